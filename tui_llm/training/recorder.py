"""What the trainer tells the world: records in `metrics.jsonl` and `probes.jsonl`, the run's state in `status.json`,
and a heartbeat. Imports `runs`; no torch.

A full disk does not stop the training: what could not be recorded is told once, and recording goes on when there is
room again. Only a last checkpoint that cannot be saved ends a run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tui_llm.errors import NO_ROOM
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.liveness import signed
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.probes import ProbeRecord, ProbeWriter
from tui_llm.runs.status import Status, write_status

#: Seconds between two heartbeats while nothing else is told.
HEARTBEAT = 5.0

#: Seconds between two updates that tell how far one stage of the preparation is.
STAGE_INTERVAL = 0.5


class Recorder:
    """The one writer of a run's metrics and status. Use it as a context: the heart beats inside."""

    def __init__(
        self,
        run: RunDirectory,
        status: Status,
        say: Callable[[str], None],
        on_update: Callable[[Status], None],
    ) -> None:
        self.run = run
        self.say = say
        self.status = signed(msgspec.structs.replace(status, stage=None, stage_share=None))
        self._stage_told_at = 0.0
        self._on_update = on_update
        self._metrics = MetricsWriter(run.metrics_path)
        self._probes: ProbeWriter | None = None
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._told_full = False

    def __enter__(self) -> Recorder:
        self._heart.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._heart.join()
        self._metrics.close()
        if self._probes is not None:
            self._probes.close()

    def update(self, **changes: Any) -> None:
        """Change fields of the status and write it."""
        with self._lock:
            self.status = msgspec.structs.replace(self.status, **changes)
            self._unless_full(self._write_status)
        self._on_update(self.status)

    def preparing(self, stage: str, share: float) -> bool:
        """Tell how far the preparation is: at once when a stage begins, now and then while it goes on.

        Give whether it was told this time.
        """
        now = time.monotonic()
        if stage == self.status.stage and now - self._stage_told_at < STAGE_INTERVAL:
            return False
        self._stage_told_at = now
        self.update(stage=stage, stage_share=share)
        return True

    def record(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Append one record to the metrics."""
        with self._lock:
            self._unless_full(lambda: self._metrics.write({"kind": kind, **fields}))

    def event(self, name: str, **fields: Any) -> None:
        """Append an event: something that happened, by name."""
        self.record("event", {"event": name, **fields})

    def probe(self, record: ProbeRecord) -> None:
        """Append what was seen in one step to the probes; their file is there once there is something to write."""
        with self._lock:
            self._unless_full(lambda: self._write_probe(record))

    def _write_probe(self, record: ProbeRecord) -> None:
        if self._probes is None:
            self._probes = ProbeWriter(self.run.probes_path)
        self._probes.write(record)

    def _write_status(self) -> None:
        self.status = signed(self.status)
        write_status(self.run, self.status)

    def _unless_full(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            if not self._told_full:
                self.say("the disk is full: training goes on, but is not recorded until there is room.")
            self._told_full = True
        else:
            self._told_full = False

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT):
            with self._lock:
                self._unless_full(self._write_status)
