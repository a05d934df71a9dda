"""What a worker printed: the newest lines of `worker.log`, and the last words of one that died. Imports only the
standard library, msgspec and `runs`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.records import EventRecord
from tui_llm.runs.tail import LineTail

#: So much of the log's end is read at the first look, in bytes.
FIRST_LOOK = 1 << 17

_LAST_WORDS_LOOK = 8192
_LONGEST_LINE = 2000
_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line that the worker printed, or something that happened."""

    source: Literal["worker", "event"]
    time: float | None = None
    """Unix seconds; the worker's lines have none."""
    name: str = ""
    """The event's name."""
    text: str = ""
    """The worker's line."""
    fields: Mapping[str, Any] = {}
    """What the event says beside its name and its time; nothing that is None."""


def event_entry(event: EventRecord) -> LogEntry:
    """The event as an entry of the log."""
    said = msgspec.to_builtins(event)
    fields = {key: value for key, value in said.items() if key not in ("kind", "time", "event") and value is not None}
    return LogEntry(source="event", time=event.time, name=event.event, fields=fields)


class LogTail:
    """Gives the worker's newest lines; of a long log only its end is ever read."""

    def __init__(self, run: RunDirectory) -> None:
        self._tail = LineTail(run.log_path, skip_to_last=FIRST_LOOK)

    def poll(self) -> list[LogEntry]:
        """What was printed since the last look, without empty lines and control sequences.

        Raises:
            OSError: the log is there but cannot be read.
        """
        entries: list[LogEntry] = []
        while lines := self._tail.read():
            entries += [LogEntry(source="worker", text=line) for line in _clean(lines)]
        return entries


def last_words(run: RunDirectory, lines: int = 5) -> tuple[str, ...]:
    """The last `lines` lines of the run's log that are not empty; none if it cannot be read."""
    try:
        with run.log_path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _LAST_WORDS_LOOK))
            return tuple(_clean(file.read())[-lines:])
    except OSError:
        return ()


def _clean(data: bytes) -> list[str]:
    text = data.decode("utf-8", errors="replace")
    # What a progress bar drew over is not there any more: after a carriage return a line begins anew.
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    cleaned = (_CONTROL_SEQUENCE.sub("", line).rstrip()[:_LONGEST_LINE] for line in lines)
    return [line for line in cleaned if line]
