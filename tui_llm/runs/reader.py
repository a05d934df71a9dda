"""Following a run from its folder, a little at a time. May import the standard library, numpy, msgspec, the errors,
`config`, `presets` and `runs`.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable
from pathlib import Path

from tui_llm.config import RunConfig, read_request
from tui_llm.errors import InputError, from_os_error
from tui_llm.presets import resolve
from tui_llm.runs.alerts import Alert, room_alerts, state_alerts
from tui_llm.runs.catalogue import RunSummary, summarize, summary_of
from tui_llm.runs.checkpoints import CheckpointInfo, best_of, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.log import LogEntry, LogTail, event_entry, last_words
from tui_llm.runs.metrics_reader import MetricsReader
from tui_llm.runs.snapshot import GONE, RunSnapshot
from tui_llm.runs.status import Status

#: The newest are kept.
MOST_LOG_ENTRIES = 2000

_Stamp = tuple[int, int, int] | None


class RunReader:
    """Follows one run. It is polled about once a second, from one thread at a time.

    A poll reads what was appended and what has changed, and never raises for what it finds: damage becomes an alert.
    Memory is bounded, however long the run.
    """

    def __init__(self, run: RunDirectory) -> None:
        self.run = run
        self._metrics = MetricsReader(run)
        self._log_tail = LogTail(run)
        self._log: deque[LogEntry] = deque(maxlen=MOST_LOG_ENTRIES)
        self._frozen_log: tuple[LogEntry, ...] = ()
        self._config: RunConfig | None = None
        self._checkpoints: tuple[CheckpointInfo, ...] = ()
        self._status: Status | None = None
        self._readable = False
        self._stamps: dict[Path, _Stamp] = {}
        self._faults: dict[str, Alert] = {}
        self._last: RunSnapshot | None = None

    def poll(self, budget_seconds: float | None = None) -> RunSnapshot | None:
        """The run as it is now; nothing if it is as it was at the last poll.

        With `budget_seconds`, reading the metrics ends after about so long and goes on at the next poll; the snapshot's
        `read_share` tells how much of them it knows.
        """
        summary = self._summary()
        if summary is None:
            return self._gone()
        changed = [
            self._guarded("metrics.jsonl", lambda: self._metrics.poll(budget_seconds)),
            self._guarded("worker.log", self._read_log),
            self._guarded("run.toml", self._read_config),
            self._guarded("checkpoints", self._read_checkpoints),
        ]
        snapshot = self._snapshot(summary)
        if self._last is not None and not any(changed) and _looks_like(snapshot, self._last):
            return None
        self._last = snapshot
        return snapshot

    def _summary(self) -> RunSummary | None:
        """How the run stands; its worker is looked at each time, its status is read when it has changed."""
        changed = self._changed(self.run.status_path)
        if self._readable and not changed and self._status is not None:
            return summary_of(self.run, self._status)
        summary = summarize(self.run)
        self._readable = summary is not None and summary.status is not None
        if summary is not None and summary.status is not None:
            self._status = summary.status
        return summary

    def _changed(self, path: Path) -> bool:
        """Whether the file or folder `path` is another than at the last look; also if it cannot be looked at."""
        stamp: _Stamp = None
        try:
            stat = path.stat()
            stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        except FileNotFoundError:
            pass
        except OSError:
            self._stamps.pop(path, None)
            return True
        changed = path not in self._stamps or self._stamps[path] != stamp
        self._stamps[path] = stamp
        return changed

    def _guarded(self, name: str, read: Callable[[], bool]) -> bool:
        """Do `read`; what the system or a damaged file has against it becomes an alert. Say if anything changed."""
        try:
            changed = read()
        except InputError as error:
            fault = Alert(kind="config_damaged", fields={"reason": error.what})
        except OSError as error:
            fault = Alert(kind="files_unreadable", fields={"reason": from_os_error(error, f"reading {name}").what})
        else:
            return self._faults.pop(name, None) is not None or changed
        changed = self._faults.get(name) != fault
        self._faults[name] = fault
        return changed

    def _read_log(self) -> bool:
        entries = [event_entry(event) for event in self._metrics.new_events] + self._log_tail.poll()
        self._log.extend(entries)
        if entries:
            self._frozen_log = tuple(self._log)
        return bool(entries)

    def _read_config(self) -> bool:
        if not self._changed(self.run.config_path) and "run.toml" not in self._faults:
            return False
        self._config = None
        self._config = resolve(read_request(self.run.config_path))
        return True

    def _read_checkpoints(self) -> bool:
        if not self._changed(self.run.checkpoints_path) and "checkpoints" not in self._faults:
            return False
        self._checkpoints = tuple(list_checkpoints(self.run))
        return True

    def _snapshot(self, summary: RunSummary) -> RunSnapshot:
        metrics, last = self._metrics, self._last
        if last is not None and last.state == summary.state and last.log is self._frozen_log:
            words = last.last_words
        else:
            words = last_words(self.run) if summary.state in ("crashed", "failed") else ()
        best = best_of(list(self._checkpoints))
        return RunSnapshot(
            name=self.run.name,
            path=self.run.path,
            state=summary.state,
            problem=summary.problem,
            hint=summary.hint,
            status=self._status,
            config=self._config,
            curves=metrics.curves,
            evaluations=metrics.evaluations,
            samples=metrics.samples,
            events=metrics.events,
            checkpoints=self._checkpoints,
            best_step=None if best is None else best.step,
            log=self._frozen_log,
            alerts=(*self._state_alerts(summary, words), *self._faults.values(), *metrics.alerts),
            last_words=words,
            read_share=metrics.read_share,
        )

    def _state_alerts(self, summary: RunSummary, words: tuple[str, ...]) -> list[Alert]:
        if summary.status is None:
            return []
        alerts = state_alerts(summary.state, summary.status, words)
        stall = self._metrics.pace.stall(summary.status) if summary.state == "running" else None
        return [*alerts, *([stall] if stall else []), *room_alerts(self.run, summary.state, self._checkpoints)]

    def _gone(self) -> RunSnapshot | None:
        if self._last is not None and self._last.state == GONE:
            return None
        empty = RunSummary(
            name=self.run.name,
            path=str(self.run.path),
            state=GONE,
            problem=f"the folder of run {self.run.name} is gone.",
            hint="it was deleted or renamed; the list of runs shows those that there are.",
            status=None,
            active=0.0,
        )
        self._last = dataclasses.replace(self._snapshot(empty), alerts=())
        return self._last


def _looks_like(one: RunSnapshot, other: RunSnapshot) -> bool:
    """Whether nothing is to be told again, as far as files that did not change go."""
    return (one.state, one.problem, one.status, one.alerts, one.last_words) == (
        other.state,
        other.problem,
        other.status,
        other.alerts,
        other.last_words,
    )
