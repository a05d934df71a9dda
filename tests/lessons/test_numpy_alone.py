"""What a learner is told at the head of each network: it needs numpy, and nothing else."""

from __future__ import annotations

import sys

import pytest

from tests.test_imports import loaded

NETWORKS = "neurons, bigram, mlp, saturation, backprop, wavenet, attention, sampling, modern_parts"


@pytest.mark.parametrize(("modules", "allowed"), [("value, bpe", set()), (NETWORKS, {"numpy"})])
def test_networks_need_numpy_alone(modules: str, allowed: set[str]) -> None:
    found = loaded(f"from tui_llm.lessons import {modules}") - loaded("")
    outside = {name for name in found if name not in sys.stdlib_module_names and not name.startswith("_")}
    assert outside == {"tui_llm"} | allowed
