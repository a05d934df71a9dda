"""Learning rates at the points that define each schedule."""

from __future__ import annotations

import math

import pytest

from tui_llm.config import TrainingConfig
from tui_llm.training.schedule import learning_rate


def rate(progress: float, step: int = 10_000, **settings: object) -> float:
    return learning_rate(TrainingConfig(lr=1.0, warmup_steps=10, **settings), step, progress)  # type: ignore[arg-type]


def test_the_rate_rises_evenly_while_it_warms_up() -> None:
    rates = [rate(0.0, step, schedule="constant") for step in range(12)]
    assert rates == pytest.approx([min((step + 1) / 11, 1.0) for step in range(12)])


def test_warm_up_is_at_most_a_tenth_of_a_short_run() -> None:
    config = TrainingConfig(lr=1.0, warmup_steps=100, max_steps=50, schedule="constant")
    assert learning_rate(config, 5, 0.1) == 1.0
    assert learning_rate(config, 4, 0.08) < 1.0
    of_time = TrainingConfig(lr=1.0, warmup_steps=100, minutes=2, schedule="constant")
    assert [learning_rate(of_time, 3, progress) for progress in (0.0, 0.05, 0.1, 0.5)] == pytest.approx(
        [4 / 101, 0.5, 1, 1]
    )


@pytest.mark.parametrize("progress", [0.0, 0.25, 0.5, 1.0, 1.5])
def test_cosine_falls_along_half_a_cosine_to_the_floor(progress: float) -> None:
    expected = 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
    assert rate(progress, schedule="cosine", min_lr_ratio=0.1) == pytest.approx(expected)


def test_wsd_is_stable_and_then_falls_in_a_line() -> None:
    rates = [rate(p, schedule="wsd", min_lr_ratio=0.0, decay_fraction=0.4) for p in (0.0, 0.6, 0.8, 0.9, 1.0)]
    assert rates == pytest.approx([1.0, 1.0, 0.5, 0.25, 0.0])
