"""What happened in a run: `metrics.jsonl`, a JSON object a line. May import the standard library,
msgspec, `runs.lines` and `runs.tail`.

Every record has a `kind` and a `time` (unix seconds). The worker appends; faces read what is whole and skip what is
not: a process that is killed leaves half a line. `runs.history` makes the one true history of them.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tui_llm.runs.lines import LineWriter
from tui_llm.runs.tail import LineTail

Record = dict[str, Any]

KINDS = ("train", "eval", "system", "sample", "event")


class MetricsWriter(LineWriter):
    """Appends records, each with one write to the file's end, so that lines stay whole whoever else appends."""

    def write(self, record: Mapping[str, Any] | msgspec.Struct) -> None:
        """Append one record, timed now unless it has a `time`. A number that is not finite is written as null.

        Raises:
            ValueError: its `kind` is not one of `KINDS`.
            OSError: the disk is full, for one. The torn line is skipped by readers; writing may be tried again.
        """
        timed = {"time": time.time(), **msgspec.to_builtins(record)}
        if timed.get("kind") not in KINDS:
            raise ValueError(f"a record's kind is one of {KINDS}, not {timed.get('kind')!r}")
        self.append(msgspec.json.encode(timed))


def read_metrics(path: Path, kinds: Collection[str] | None = None) -> Iterator[Record]:
    """The whole records of `path`, in order, only of `kinds` if given; none if the file does not exist yet."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            record = _parse(line)
            if record is not None and (kinds is None or record["kind"] in kinds):
                yield record


class MetricsTail:
    """Gives the records that were appended to `path` since the last look."""

    def __init__(self, path: Path) -> None:
        self.restarted = False
        """Whether the last poll found another file, or a shorter one: what was given before it no longer counts."""
        self._tail = LineTail(path)

    def poll(self) -> list[Record]:
        """The records that became whole since the last poll. A line that is half written waits for its end.

        Raises:
            OSError: the file is there but cannot be read.
        """
        records: list[Record | None] = []
        self.restarted = False
        while True:
            lines = self._tail.read()
            if self._tail.restarted:
                self.restarted = True
                records.clear()
            if not lines:
                return [record for record in records if record is not None]
            records += map(_parse, lines.splitlines())


def _parse(line: bytes) -> Record | None:
    """The record on `line`, or nothing if the line is torn or foreign."""
    try:
        record = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return None
    return record if isinstance(record, dict) and record.get("kind") in KINDS else None
