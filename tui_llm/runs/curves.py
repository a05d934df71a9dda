"""Curves of any length in bounded memory: what a run's train records say, thinned. May import the standard library,
numpy and `runs.records`.

Neighbouring records share a bucket, and the more records there are the more of them do. A bucket keeps the least and
the greatest value of what it holds, so that a spike never vanishes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_llm.runs.records import TrainRecord

Floats = npt.NDArray[np.float64]

#: There are at most so many buckets.
CAPACITY = 4096

#: A resumption goes back to one of so many newest checkpoints; no bucket reaches over one of them.
_PROTECTED = 3

#: The values that have a curve, in the order of their rows.
_NAMES = ("loss", "lr", "grad_norm", "tokens_per_second")
_VALUES = len(_NAMES)

# Rows of the table of buckets (a column each), by how neighbours are merged.
_FIRST_STEP = 0  # of the first
_LAST_STEP, _TOKENS, _ELAPSED = 1, 2, 3  # of the last
_RECORDS, _BAD = 4, 5  # summed, as are:
_COUNT = slice(6, 6 + _VALUES)
_TOTAL = slice(6 + _VALUES, 6 + 2 * _VALUES)
_LOW = slice(6 + 2 * _VALUES, 6 + 3 * _VALUES)
_HIGH = slice(6 + 3 * _VALUES, 6 + 4 * _VALUES)
_ROWS = 6 + 4 * _VALUES


@dataclass(frozen=True, eq=False)
class Curve:
    """One value over the run: a point a bucket, in order of steps. All arrays have one length and are read-only."""

    step: Floats
    """The last step of each bucket."""
    elapsed: Floats
    """Seconds of training at that step."""
    tokens: Floats
    """Tokens trained on at that step."""
    mean: Floats
    """Over the bucket; nan where it has no finite value."""
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.step)


@dataclass(frozen=True, eq=False)
class Curves:
    """The curves of a run at one moment; nothing in them changes any more. They share their steps."""

    loss: Curve
    """Nats a token."""
    lr: Curve
    grad_norm: Curve
    tokens_per_second: Curve
    bad_steps: Floats
    """The last steps of the buckets in which a loss was not finite."""


class CurveStore:
    """Takes the train records of a run in order and keeps their curves."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._table = np.empty((_ROWS, 0))
        self._stride = 1  # the records that fill a bucket
        self._protected: tuple[int, ...] = ()

    def __len__(self) -> int:
        return self._table.shape[1]

    def clear(self) -> None:
        """Forget everything."""
        self._table = np.empty((_ROWS, 0))
        self._stride, self._protected = 1, ()

    def append(self, records: Sequence[TrainRecord], checkpoints: Sequence[int] = ()) -> None:
        """Take `records`, in order; `checkpoints` are steps at which the run saved itself among them."""
        self._protected = (*self._protected, *checkpoints)[-_PROTECTED:]
        if records:
            starts, joined = self._grouping(records)
            new, kept = _buckets(records, starts), self._table
            if joined:
                new = _merged(np.concatenate([kept[:, -1:], new], axis=1), np.delete(np.arange(len(starts) + 1), 1))
                kept = kept[:, :-1]
            self._table = np.concatenate([kept, new], axis=1)
        while len(self) > self._capacity:
            self._halve()

    def cut(self, step: int) -> None:
        """Take back what was recorded about steps after `step`.

        It is exact where the run saved itself at `step` of late; a bucket that reaches over an older step stays.
        """
        table = self._table[:, self._table[_FIRST_STEP] <= step]
        table[_LAST_STEP] = np.minimum(table[_LAST_STEP], step)
        self._table = table
        self._protected = tuple(one for one in self._protected if one <= step)

    def freeze(self) -> Curves:
        """The curves as they are now."""
        table = self._table.copy()
        counts = table[_COUNT]
        with np.errstate(invalid="ignore"):
            means = table[_TOTAL] / counts  # 0 / 0 is nan
        table.flags.writeable = means.flags.writeable = False
        axes = table[_LAST_STEP], table[_ELAPSED], table[_TOKENS]
        curves = {
            name: Curve(*axes, mean, low, high)
            for name, mean, low, high in zip(_NAMES, means, table[_LOW], table[_HIGH], strict=True)
        }
        return Curves(**curves, bad_steps=table[_LAST_STEP][table[_BAD] > 0])

    def _grouping(self, records: Sequence[TrainRecord]) -> tuple[npt.NDArray[np.intp], bool]:
        """Where among `records` buckets begin, and whether the first of them goes on with the last one there is."""
        room = 0
        if len(self):
            last = self._table[:, -1]
            closed = last[_LAST_STEP] in self._protected
            room = 0 if closed else max(0, self._stride - int(last[_RECORDS]))
        marks: list[Sequence[int]] = [range(room or self._stride, len(records), self._stride)]
        if records[0].step <= max(self._protected, default=-1):
            steps = [record.step for record in records]
            after = np.searchsorted(steps, self._protected, side="right")
            marks.append([place for place in after.tolist() if place < len(records)])
        return np.unique([0, *itertools.chain.from_iterable(marks)]), room > 0

    def _halve(self) -> None:
        """Merge neighbours two by two, except over a checkpoint to which the run may go back."""
        ends = np.searchsorted(self._table[_LAST_STEP], self._protected, side="right").tolist()
        borders = sorted({0, *ends, len(self)})
        pieces = [np.arange(start, end, 2) for start, end in itertools.pairwise(borders)]
        self._table = _merged(self._table, np.concatenate(pieces))
        self._stride *= 2


def _merged(table: Floats, starts: npt.NDArray[np.intp]) -> Floats:
    """The table in which the columns from each of `starts` to the next are one."""
    ends = np.append(starts[1:], table.shape[1]) - 1
    return np.concatenate(
        [
            table[:_LAST_STEP, starts],
            table[_LAST_STEP:_RECORDS, ends],
            np.add.reduceat(table[_RECORDS : _TOTAL.stop], starts, axis=1),
            np.fmin.reduceat(table[_LOW], starts, axis=1),
            np.fmax.reduceat(table[_HIGH], starts, axis=1),
        ]
    )


def _buckets(records: Sequence[TrainRecord], starts: npt.NDArray[np.intp]) -> Floats:
    """`records` as a table with a column for those from each of `starts` to the next."""
    table = np.empty((_ROWS, len(starts)))
    ends = np.append(starts[1:], len(records))
    firsts = [records[place] for place in starts.tolist()]
    lasts = [records[place - 1] for place in ends.tolist()]
    table[_FIRST_STEP] = [record.step - max(len(record.losses), 1) + 1 for record in firsts]
    table[_LAST_STEP] = [record.step for record in lasts]
    table[_TOKENS] = [record.tokens for record in lasts]
    table[_ELAPSED] = [record.elapsed for record in lasts]
    table[_RECORDS] = ends - starts
    losses = [record.losses or [record.loss] for record in records]
    lengths = np.fromiter(map(len, losses), np.intp, len(losses))
    places = (np.cumsum(lengths) - lengths)[starts]
    columns: list[tuple[list[Any], npt.NDArray[np.intp]]] = [
        (list(itertools.chain.from_iterable(losses)), places),
        ([record.lr for record in records], starts),
        ([record.grad_norm for record in records], starts),
        ([record.tokens_per_second for record in records], starts),
    ]
    for index, (values, groups) in enumerate(columns):
        numbers = _numbers(values)
        if np.isfinite(numbers).all():
            table[_COUNT][index] = np.append(groups[1:], len(numbers)) - groups
            table[_TOTAL][index] = np.add.reduceat(numbers, groups)
        else:
            numbers[~np.isfinite(numbers)] = np.nan
            table[_COUNT][index] = np.add.reduceat(np.isfinite(numbers).astype(np.float64), groups)
            table[_TOTAL][index] = np.add.reduceat(np.nan_to_num(numbers), groups)
        table[_LOW][index] = np.fmin.reduceat(numbers, groups)
        table[_HIGH][index] = np.fmax.reduceat(numbers, groups)
    table[_BAD] = np.append(places[1:], len(columns[0][0])) - places - table[_COUNT][0]
    return table


def _numbers(values: list[Any]) -> Floats:
    """`values` as an array, None as nan."""
    try:
        return np.fromiter(values, np.float64, len(values))  # twice as fast as np.array, which understands None
    except TypeError:
        return np.array(values, dtype=np.float64)
