"""Which steps of a run are probed."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.making import make
from tui_llm.training.probing import Prober


def probed_steps(max_steps: int | None, progress: Callable[[int], float], begin: int = 0) -> list[int]:
    """The steps that are probed while the progress is below 1, by a prober that begins at step `begin`."""
    prober = Prober(make("bigram"), max_steps)
    steps, step = [], begin
    while progress(step) < 1.0:
        if prober.probe(step, progress(step)) is not None:
            steps.append(step)
        step += 1
    return steps


@settings(deadline=None)
@given(max_steps=st.integers(1, 3000), resumed=st.floats(0.0, 1.0, exclude_max=True))
def test_a_budget_of_steps_is_probed_evenly_and_resumed_alike(max_steps: int, resumed: float) -> None:
    steps = probed_steps(max_steps, lambda step: step / max_steps)
    assert steps[0] == 0
    assert min(10, max_steps) <= len(steps) <= 100
    apart = set(np.diff(steps))
    assert len(apart) <= 1
    assert max_steps < 50 or all(distance >= 5 for distance in apart)
    assert max_steps < 500 or len(steps) > 50
    begin = int(resumed * max_steps)
    again = probed_steps(max_steps, lambda step: step / max_steps, begin)
    assert again == [step for step in steps if step >= begin]


@settings(deadline=None)
@given(count=st.integers(1, 1500), first=st.floats(0.0, 0.2), resumed=st.floats(0.0, 1.0, exclude_max=True))
def test_a_budget_of_time_is_probed_by_the_clock(count: int, first: float, resumed: float) -> None:
    """The steps share evenly what the first evaluation leaves of the time."""

    def progress(step: int) -> float:
        return first + step / count * (1.0 - first)

    steps = probed_steps(None, progress)
    assert steps[0] == 0
    assert len(steps) <= 101
    assert first > 0.0 or count < 10 or len(steps) >= 10
    assert count < 50 or len(steps) >= (1.0 - first) * min(100, count / 5) - 10
    for before, after in itertools.pairwise(steps):
        assert after - before >= 5 or progress(after) / after > 1 / 50
    begin = int(resumed * count)
    again = probed_steps(None, progress, begin)
    assert all(step > begin for step in again) or begin == 0
    assert abs(len(again) - sum(step >= begin for step in steps)) <= 2


@settings(deadline=None)
@given(st.lists(st.floats(0.5, 2.0), min_size=60, max_size=300))
def test_steps_of_any_lengths_are_never_probed_too_often(lengths: list[float]) -> None:
    ends = [0.0, *np.cumsum(lengths).tolist()]
    steps = probed_steps(None, lambda step: ends[step] / ends[-1])
    assert 10 <= len(steps) <= 101
    slow = [step for step in range(1, len(lengths)) if ends[step] / ends[-1] / step > 1 / 50]
    for before, after in itertools.pairwise(steps):
        assert after - before >= 5 or after in slow


def test_a_model_without_parameters_is_not_probed() -> None:
    assert Prober(make("bigram-counts"), 10).probe(0, 0.0) is None
