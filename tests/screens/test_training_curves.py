"""What the chart draws, as numbers: thinning, smoothing, axes."""

from __future__ import annotations

import numpy as np
import pytest

from tui_llm.screens.training_curves import smoothed
from tui_llm.widgets.axes import Axis
from tui_llm.widgets.chart import Line, thin


def test_a_spike_never_vanishes_however_narrow_the_chart() -> None:
    x = np.arange(100_000.0)
    low, high = np.full(len(x), 1.0), np.full(len(x), 1.1)
    high[54_321], low[12_345] = 9.0, 0.2
    shown_x, shown_y = thin(Line("train", x, low, high, "curve-1"), 0.0, 100_000.0, 140)
    assert len(shown_x) <= 2 * 142
    assert (shown_y.min(), shown_y.max()) == (0.2, 9.0)
    assert abs(shown_x[np.argmax(shown_y)] - 54_321) < 100_000 / 140


def test_only_what_is_in_sight_is_drawn_and_the_lines_reach_the_edges() -> None:
    x = np.arange(1_000.0)
    shown_x, _y = thin(Line("val", x, x, x, "curve-2"), 400.5, 420.5, 140)
    assert shown_x.tolist() == list(range(400, 422))


def test_smoothing_is_tensorboards_where_a_curve_has_a_thousand_points() -> None:
    values = np.sin(np.arange(1024.0))
    last = num = 0.0
    expected = []
    for number, value in enumerate(values, 1):  # the moving average of TensorBoard's scalar dashboard, debiased
        last = 0.9 * last + 0.1 * float(value)
        num = 1.0 - 0.9**number
        expected.append(last / num)
    assert smoothed(values, 0.9) == pytest.approx(expected)


def test_smoothing_passes_over_gaps_and_begins_at_the_first_value() -> None:
    result = smoothed(np.array([np.nan, 3.0, np.nan, 3.0]), 0.99)
    assert np.isnan(result[[0, 2]]).all()
    assert result[[1, 3]] == pytest.approx([3.0, 3.0])


@pytest.mark.parametrize(
    ("axis", "low", "high", "labels"),
    [
        (Axis("step", "count"), 0.0, 40_000.0, ["0", "10k", "20k", "30k", "40k"]),
        (Axis("step", "count"), 0.0, 2_000_000.0, ["0", "0.5M", "1.0M", "1.5M", "2.0M"]),
        (Axis("step", "count"), 10_000.0, 10_400.0, ["10.0k", "10.1k", "10.2k", "10.3k", "10.4k"]),
        (Axis("time", "seconds"), 0.0, 7_200.0, ["0s", "30min", "1h", "1.5h", "2h"]),
        (Axis("loss"), 1.0, 3.0, ["1.0", "1.5", "2.0", "2.5", "3.0"]),
        (Axis("tokens", "count", log=True), 1.0, 6.0, ["10", "100", "1k", "10k", "100k", "1M"]),
        (Axis("loss", log=True), 0.0, 0.7, ["1", "2", "3", "4", "5"]),
    ],
)
def test_ticks_stand_at_round_numbers(axis: Axis, low: float, high: float, labels: list[str]) -> None:
    ticks, told = axis.get_ticks_and_labels(low, high)
    assert told == labels
    assert all(low <= tick <= high for tick in ticks)


def test_axes_end_at_round_numbers_around_the_data() -> None:
    assert Axis("step", "count").limits(10, 12_345, from_zero=True) == (0.0, 15_000.0)
    low, high = Axis("loss").limits(1.43, 4.21)
    assert (low, high) == pytest.approx((1.0, 4.5))
    low, high = Axis("loss").limits(2.0, 2.0)
    assert low < 2.0 < high
