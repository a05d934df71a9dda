"""What a run has recorded so far, thinned: its curves, evaluations, samples and events. May import the standard
library, numpy, msgspec and `runs`.

What a resumption repeats is taken back, as in `runs.history`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from typing import cast

from tui_llm.runs.alerts import Alert, Pace, event_alerts, loss_alerts
from tui_llm.runs.curves import Curves, CurveStore
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.glimpse import outline
from tui_llm.runs.records import AnyRecord, EvalRecord, EventRecord, SampleRecord, TrainRecord, decode_records
from tui_llm.runs.tail import LineTail

#: The newest of each are kept.
MOST_SAMPLES = 200
MOST_EVENTS = 2000

#: A longer file, in bytes, is first seen in outline, if there is little time.
OUTLINED = 16 << 20

#: Beyond so many evaluations every second one is let go, but never the best.
MOST_EVALUATIONS = 4096


class MetricsReader:
    """Follows one `metrics.jsonl`. What does not change between two polls stays the very same object."""

    def __init__(self, run: RunDirectory) -> None:
        self._path = run.metrics_path
        self._tail = LineTail(self._path)
        self._store = CurveStore()
        self._samples: deque[SampleRecord] = deque(maxlen=MOST_SAMPLES)
        self._events: deque[EventRecord] = deque(maxlen=MOST_EVENTS)
        self._evaluations: list[EvalRecord] = []
        self._outline: Curves | None = None
        self._forget()

    def _forget(self) -> None:
        self._store.clear()
        self._samples.clear()
        self._events.clear()
        self._evaluations.clear()
        self.pace = Pace()
        self.read_share = 1.0
        self.new_events: list[EventRecord] = []
        """The events that the last poll brought."""
        self._skipped = 0
        self._lives = 1
        self._freeze()

    def _freeze(self) -> None:
        self.curves = self._outline or self._store.freeze()
        self.evaluations = tuple(self._evaluations)
        self.samples = tuple(self._samples)
        self.events = tuple(self._events)
        self.alerts: list[Alert] = [*loss_alerts(self.curves), *event_alerts(self._events)]
        if self._skipped > self._lives:  # a worker that is killed leaves half a line, which is no damage
            self.alerts.append(Alert(kind="records_skipped", fields={"count": self._skipped}))

    def poll(self, budget_seconds: float | None) -> bool:
        """Read on, for about `budget_seconds` if given; say whether anything has changed.

        Until all of a long file has been read, the curves are an outline of all of it.

        Raises:
            OSError: the file is there but cannot be read.
        """
        began = time.monotonic()
        changed, done = False, False
        if budget_seconds is not None and self._tail.reached == 0:
            self._outline = self._seen_in_outline()
        self.new_events = []
        while not done and (budget_seconds is None or not changed or time.monotonic() - began < budget_seconds):
            lines = self._tail.read()
            if self._tail.restarted:
                self._forget()
                changed = True
            done = not lines
            if lines:
                records, skipped = decode_records(lines)
                self._skipped += skipped
                self._take(records)
                changed = True
        if done:
            self._outline = None
        share = 1.0 if done else self._tail.reached / max(self._tail.size, 1)
        changed |= share != self.read_share
        self.read_share = share
        if changed:
            self._refreeze()
        return changed

    def _seen_in_outline(self) -> Curves | None:
        try:
            if self._path.stat().st_size < OUTLINED:
                return None
            records = outline(self._path)
        except FileNotFoundError:
            return None
        store = CurveStore()
        store.append(records)
        return store.freeze()

    def _take(self, records: Sequence[AnyRecord]) -> None:
        if set(map(type, records)) == {TrainRecord}:  # nearly always, of a long file
            self._store.append(cast(Sequence[TrainRecord], records))
            self.pace.take(records)
            return
        begin = 0
        for place in [place for place, record in enumerate(records) if type(record) is EventRecord]:
            record = records[place]
            if isinstance(record, EventRecord) and record.event == "resumed" and record.step is not None:
                self._extend(records[begin:place])
                self._cut(record.step)
                self._lives += 1
                begin = place
        self._extend(records[begin:])

    def _extend(self, records: Sequence[AnyRecord]) -> None:
        train = [record for record in records if type(record) is TrainRecord]
        saved: list[int] = []
        if len(train) < len(records):
            for record in records:
                if type(record) is EvalRecord:
                    self._evaluations.append(record)
                elif type(record) is SampleRecord:
                    self._samples.append(record)
                elif type(record) is EventRecord:
                    self._events.append(record)
                    self.new_events.append(record)
                    if record.event == "checkpoint" and record.step is not None:
                        saved.append(record.step)
            self._thin_evaluations()
            del self.new_events[:-MOST_EVENTS]
        self._store.append(train, saved)
        self.pace.take(records)

    def _cut(self, step: int) -> None:
        """Take back what was recorded about steps after `step`; events happened all the same."""
        self._store.cut(step)
        self._evaluations[:] = [record for record in self._evaluations if record.step <= step]
        kept = [record for record in self._samples if record.step <= step]
        self._samples.clear()
        self._samples.extend(kept)

    def _thin_evaluations(self) -> None:
        while len(self._evaluations) > MOST_EVALUATIONS:
            measured = [record for record in self._evaluations if record.loss is not None]
            best = min(measured, key=lambda record: record.loss or 0.0, default=None)
            self._evaluations[:] = [
                record for place, record in enumerate(self._evaluations) if place % 2 or record is best
            ]

    def _refreeze(self) -> None:
        """Freeze anew what has changed."""
        before = self.evaluations, self.samples, self.events
        self._freeze()
        for name, old in zip(("evaluations", "samples", "events"), before, strict=True):
            if getattr(self, name) == old:
                setattr(self, name, old)
