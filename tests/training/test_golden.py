"""No refactoring changes the mathematics unseen: the first losses of every preset are those that they were."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest

from tests.training.golden import GOLDEN, STEPS, first_losses
from tui_llm.presets import PRESETS


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="other CPUs draw other dropout masks")
@pytest.mark.parametrize("preset", PRESETS)
def test_the_first_losses_are_the_golden_ones(preset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))[preset]
    told = first_losses(preset, tmp_path)
    assert len(told) == STEPS
    assert told == pytest.approx(golden, rel=0, abs=1e-4)
