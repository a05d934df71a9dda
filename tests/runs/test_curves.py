"""Curves of any length in bounded memory."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.runs.curves import Curve, CurveStore
from tui_llm.runs.records import TrainRecord


def _records(losses: list[list[float | None]], first_step: int = 1) -> list[TrainRecord]:
    """A record for each list of losses, with everything else a function of its step."""
    records, step = [], first_step - 1
    for each in losses:
        step += len(each)
        told = {"lr": 1.0 / (1 + step), "grad_norm": float(step % 7), "tokens_per_second": 100.0 + step % 3}
        records.append(TrainRecord(step=step, tokens=step * 10, elapsed=step / 2, loss=each[0], losses=each, **told))
    return records


def test_few_records_are_kept_as_they_are() -> None:
    store = CurveStore()
    store.append(_records([[3.0, 1.0], [2.0]]))
    curves = store.freeze()
    assert curves.loss.step.tolist() == [2, 3]
    assert curves.loss.tokens.tolist() == [20, 30]
    assert curves.loss.elapsed.tolist() == [1.0, 1.5]
    assert curves.loss.mean.tolist() == [2.0, 2.0]
    assert curves.loss.low.tolist() == [1.0, 2.0]
    assert curves.loss.high.tolist() == [3.0, 2.0]
    assert curves.lr.mean.tolist() == [1 / 3, 1 / 4]
    assert curves.grad_norm.high.tolist() == [2.0, 3.0]
    assert curves.tokens_per_second.low.tolist() == [102.0, 100.0]


def test_what_was_frozen_does_not_change() -> None:
    store = CurveStore()
    store.append(_records([[3.0]]))
    before = store.freeze()
    store.append(_records([[2.0]], first_step=2))
    assert before.loss.step.tolist() == [1]
    for array in (before.loss.mean, before.loss.step, before.lr.high):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


@given(
    losses=st.lists(st.lists(st.floats(-5, 5) | st.none(), min_size=1, max_size=4), min_size=1, max_size=200),
    batch=st.integers(1, 50),
    capacity=st.integers(2, 16),
)
def test_however_much_is_merged_nothing_is_lost(losses: list[list[float | None]], batch: int, capacity: int) -> None:
    """The extremes, the sum and the count of all that was ever recorded are those of the buckets together."""
    records = _records(losses)
    store = CurveStore(capacity)
    for start in range(0, len(records), batch):
        store.append(records[start : start + batch])
        assert len(store) <= capacity
    curves = store.freeze()
    curve = curves.loss
    steps = np.concatenate([[0], curve.step])
    assert (np.diff(steps) > 0).all()
    assert steps[-1] == records[-1].step
    flat = [loss for each in losses for loss in each]
    for place, (start, end) in enumerate(itertools.pairwise(steps)):
        held = [loss for loss in flat[int(start) : int(end)] if loss is not None]
        if held:
            assert curve.low[place] == min(held)
            assert curve.high[place] == max(held)
            assert curve.mean[place] == pytest.approx(sum(held) / len(held), abs=1e-9)
        else:
            assert math.isnan(curve.mean[place])
        assert (end in curves.bad_steps) == (len(held) < end - start)


def test_a_long_run_keeps_an_even_resolution() -> None:
    store = CurveStore(64)
    for start in range(0, 10_000, 2):  # as a dashboard sees it: two records at each poll
        store.append(_records([[1.0], [1.0]], first_step=start + 1))
    widths = np.diff(store.freeze().loss.step)
    assert len(widths) > 24
    assert widths[:-1].min() == widths[:-1].max()


def test_a_spike_never_vanishes() -> None:
    store = CurveStore(16)
    losses: list[list[float | None]] = [[2.0] for _ in range(5000)]
    losses[1234] = [2.0, 50.0, 2.0]
    store.append(_records(losses))
    assert store.freeze().loss.high.max() == 50.0


def test_numbers_that_are_missing_leave_a_gap() -> None:
    store = CurveStore()
    bare = TrainRecord(step=1, tokens=10, elapsed=1.0, loss=2.5)
    store.append([bare, *_records([[2.0]], first_step=2)])
    curves = store.freeze()
    assert np.isnan(curves.lr.mean).tolist() == [True, False]
    assert curves.loss.mean.tolist() == [2.5, 2.0]  # a record without its steps' losses has their mean
    assert curves.bad_steps.tolist() == []


def test_a_resumption_takes_back_all_after_the_checkpoint() -> None:
    """Also when the records around it had long been merged, and when a newer checkpoint turned out to be damaged."""
    plain = CurveStore(16)
    plain.append(_records([[2.0]] * 700))
    told = CurveStore(16)
    told.append(_records([[2.0]] * 700), checkpoints=[700])
    told.append(_records([[2.0]] * 90, first_step=701), checkpoints=[790])
    told.append(_records([[99.0], [None]] * 200, first_step=791))
    told.cut(700)
    curve = told.freeze().loss
    assert curve.step[-1] == 700
    assert curve.high.max() == 2.0
    assert told.freeze().bad_steps.tolist() == []
    told.append(_records([[1.0]], first_step=701))
    assert told.freeze().loss.low[-1] == 1.0


def test_a_cut_within_a_bucket_keeps_it() -> None:
    store = CurveStore(4)
    store.append(_records([[float(step)] for step in range(1, 101)]))
    store.cut(50)
    curve = store.freeze().loss
    assert curve.step[-1] == 50
    assert curve.low[0] == 1.0


@pytest.mark.parametrize("step", [-1, 0])
def test_a_run_that_begins_anew_forgets_all(step: int) -> None:
    store = CurveStore()
    store.append(_records([[1.0, 2.0], [3.0]]))
    store.cut(step)
    assert len(store.freeze().loss) == 0


def test_an_empty_store_has_empty_curves() -> None:
    curves = CurveStore().freeze()
    curve: Curve
    for curve in (curves.loss, curves.lr, curves.grad_norm, curves.tokens_per_second):
        assert len(curve) == len(curve.mean) == 0
