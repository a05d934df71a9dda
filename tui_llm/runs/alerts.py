"""What somebody who watches a run should know at once, as data: the faces find the words. May import the standard
library, numpy, msgspec and `runs`.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from tui_llm.runs.checkpoints import CheckpointInfo
from tui_llm.runs.curves import Curve, Curves
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.records import AnyRecord, EvalRecord, EventRecord, TrainRecord
from tui_llm.runs.status import ACTIVE, Status

Kind = Literal[
    "worker_gone",  # last_words: str
    "out_of_memory",  # reason: str
    "disk_full",  # free: int (bytes), or reason: str
    "stalled",  # seconds: float, since something was recorded; usual: float, between records
    "non_finite_loss",  # (a step alone)
    "loss_spike",  # loss: float; usual: float
    "checkpoint_failed",  # reason: str
    "checkpoint_damaged",  # reason: str
    "config_damaged",  # reason: str
    "files_unreadable",  # reason: str
    "records_skipped",  # count: int
]

#: The most spikes that are told of, the newest.
MOST_SPIKES = 20

# A spike rises out of the last _WINDOW buckets by so many of their spreads, and by so much of their usual height.
_WINDOW = 64
_SPREADS = 12.0
_RISE = 0.25

# A run stalls that records nothing for so many seconds, so many usual gaps, and so many evaluations' time: the final
# scores take as long as several evaluations.
_RECENT = 32
_STALL_SECONDS = 60.0
_STALL_GAPS = 20.0
_STALL_EVALUATIONS = 6.0

#: Less room than this on the disk, in bytes, or than the newest checkpoint takes, is as good as none.
_LITTLE_ROOM = 20_000_000

_NO_SPACE = "no space is left"


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know."""

    kind: Kind
    step: int | None = None
    time: float | None = None
    """Unix seconds, where it is known."""
    fields: Mapping[str, float | int | str] = {}
    """What belongs to the kind, as the list of kinds says."""


class Pace:
    """How quickly a run records, to tell a stall from a slow step."""

    def __init__(self) -> None:
        self._train: deque[tuple[float, int]] = deque(maxlen=_RECENT)  # seconds of training, step
        self._heard = 0.0
        self._evaluation = 0.0

    def take(self, records: Sequence[AnyRecord]) -> None:
        """Look at `records`, the newest."""
        for record in records[-_RECENT:]:
            if isinstance(record, TrainRecord):
                if self._train and record.elapsed < self._train[-1][0]:  # it was resumed
                    self._train.clear()
                self._train.append((record.elapsed, record.step))
            elif isinstance(record, EvalRecord) and self._heard and not record.final:
                self._evaluation = record.time - self._heard
            elif isinstance(record, EventRecord) and record.event == "resumed":
                self._train.clear()
            self._heard = record.time

    def stall(self, status: Status) -> Alert | None:
        """An alert if the run, by its own clock, has recorded nothing for much longer than usual."""
        if status.state != "running" or len(self._train) < 4:
            return None
        usual = (self._train[-1][0] - self._train[0][0]) / (len(self._train) - 1)
        silent = status.heartbeat - self._heard
        if silent <= max(_STALL_SECONDS, _STALL_GAPS * usual, _STALL_EVALUATIONS * self._evaluation):
            return None
        return Alert(kind="stalled", step=status.step, time=self._heard, fields={"seconds": silent, "usual": usual})


def loss_alerts(curves: Curves) -> list[Alert]:
    """Losses that are not finite, and spikes, the newest first."""
    bad = [Alert(kind="non_finite_loss", step=int(step)) for step in curves.bad_steps[-1:]]
    return [*bad, *reversed(_spikes(curves.loss))]


def _spikes(loss: Curve) -> list[Alert]:
    high = loss.high[np.isfinite(loss.high)]
    step = loss.step[np.isfinite(loss.high)]
    if len(high) <= _WINDOW:
        return []
    windows = sliding_window_view(high, _WINDOW)[:-1]
    usual = _middle(windows)
    rise = high[_WINDOW:] - usual
    places = np.flatnonzero(rise > _RISE * np.abs(usual))
    spread = _middle(np.abs(windows[places] - usual[places, None]))
    places = places[rise[places] > _SPREADS * spread]
    # One spike is one alert, however long it lasts: its highest bucket.
    apart = np.flatnonzero(np.diff(places) > _WINDOW // 8) + 1
    alerts = []
    for each in np.split(places, apart)[-MOST_SPIKES:]:
        if len(each):
            top = int(each[np.argmax(rise[each])])
            fields = {"loss": float(high[_WINDOW + top]), "usual": float(usual[top])}
            alerts.append(Alert(kind="loss_spike", step=int(step[_WINDOW + top]), fields=fields))
    return alerts


def _middle(windows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The upper median of each row."""
    half = _WINDOW // 2
    middle: npt.NDArray[np.float64] = np.partition(windows, half, axis=1)[:, half]
    return middle


def event_alerts(events: Iterable[EventRecord]) -> list[Alert]:
    """Checkpoints that could not be written or read, the newest first."""
    alerts = []
    for event in events:
        reason = event.reason or ""
        if event.event == "checkpoint_failed":
            kind: Kind = "disk_full" if _NO_SPACE in reason else "checkpoint_failed"
        elif event.event == "checkpoint_damaged":
            kind = "checkpoint_damaged"
        else:
            continue
        alerts.append(Alert(kind=kind, step=event.step, time=event.time, fields={"reason": reason}))
    return alerts[::-1]


def state_alerts(state: str, status: Status, words: Sequence[str]) -> list[Alert]:
    """What the status itself says."""
    if state == "crashed":
        said = {"last_words": words[-1]} if words else {}
        return [Alert(kind="worker_gone", step=status.step, time=status.heartbeat, fields=said)]
    if state == "failed" and status.cause is not None:
        reason = {"reason": status.error or ""}
        return [Alert(kind=status.cause, step=status.step, time=status.heartbeat, fields=reason)]
    return []


def room_alerts(run: RunDirectory, state: str, checkpoints: Sequence[CheckpointInfo]) -> list[Alert]:
    """An alert if the disk of a run at work has no room for one more checkpoint."""
    if state not in ACTIVE:
        return []
    try:
        free = shutil.disk_usage(run.path).free
    except OSError:  # the folder has gone: the next poll tells
        return []
    needed = max(checkpoints[-1].bytes if checkpoints else 0, _LITTLE_ROOM)
    return [Alert(kind="disk_full", fields={"free": free})] if free < needed else []
