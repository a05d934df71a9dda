"""The figures of tensors are those that numpy computes, and the table shows them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.inspection.parameters import parameters_table, summarize

_VALUES = st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=60)


@given(_VALUES)
def test_the_figures_are_numpys(values: list[float]) -> None:
    (line,) = summarize({"w": torch.tensor(values)})
    exact = np.array(values, dtype=np.float64)
    assert (line.name, line.shape) == ("w", [len(values)])
    assert line.mean == pytest.approx(exact.mean(), rel=1e-9, abs=1e-9)
    assert line.std == pytest.approx(exact.std(), rel=1e-6, abs=1e-6)
    assert (line.min, line.max) == (exact.min(), exact.max())
    assert line.norm == pytest.approx(np.linalg.norm(exact), rel=1e-9)


def test_one_value_counts_and_what_is_not_finite() -> None:
    one, counts, lost = summarize(
        {"one": torch.tensor(3.0), "counts": torch.tensor([[0, 4], [0, 4]]), "lost": torch.tensor([1.0, math.nan])}
    )
    assert (one.shape, one.mean, one.std) == ([], 3.0, 0.0)
    assert (counts.shape, counts.mean, counts.std, counts.max) == ([2, 2], 2.0, 2.0, 4.0)
    assert math.isnan(lost.mean)
    assert math.isnan(lost.norm)


def test_the_table_parts_what_is_learnt_from_what_is_not() -> None:
    lines = summarize({"h.0.weight": torch.ones(3, 4), "h.0.running_mean": torch.full((4,), 2.0), "b": torch.zeros(2)})
    parameters, buffers = parameters_table(lines, {"h.0.running_mean"}).split("\n\n")[:2]
    rows = [line.split() for line in parameters.splitlines()[2:]]
    assert rows == [
        ["h.0.weight", "3", "×", "4", "1", "0", "1", "1", "3.464"],
        ["b", "2", "0", "0", "0", "0", "0"],
    ]
    assert buffers.splitlines()[0].startswith("buffers")
    assert buffers.splitlines()[2].split() == ["h.0.running_mean", "4", "2", "0", "2", "2", "4"]
    widths = {len(line) for part in (parameters, buffers) for line in part.splitlines()[1:]}
    assert len(widths) == 1  # columns stand below each other
