"""JSON and JSON lines, read as a stream whatever their size. Imports errors, fields, lines, report; ijson inside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from tui_llm.errors import InputError
from tui_llm.text.fields import NAMELESS, Record, joined, strings
from tui_llm.text.lines import LONGEST_LINE, lines_of
from tui_llm.text.report import SourceReport

#: So many of the lines that are not JSON are told by number.
_TOLD_LINES = 10
#: A single value that is longer than this cannot be read as a stream.
_LONGEST_VALUE = 1 << 26


def looks_like_json_lines(sample: str, *, is_whole: bool) -> bool:
    """Whether the first lines of `sample` are objects, one each; a single one counts if it is all there is."""
    lines = [line for line in islice(lines_of([sample]), 5) if line.strip()]
    objects = [line for line in lines if _parsed_object(line) is not None]
    return len(objects) >= 2 or (len(objects) == len(lines) == 1 and is_whole)


def json_line_records(chunks: Iterable[str], report: SourceReport) -> Iterator[Record]:
    """The records of a text with an object in each line. Lines that are not JSON are counted, and skipped."""
    for number, whole_line in enumerate(lines_of(chunks), 1):
        line = whole_line.strip("\ufeff \t\n")  # files joined together bring their byte order marks along
        if not line:
            continue
        try:
            value = json.loads(line) if len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            value = None
        if value is not None:
            yield list(strings(value))
            continue
        report.broken_lines += 1
        if len(report.first_broken_lines) < _TOLD_LINES:
            report.first_broken_lines.append(number)


def json_records(chunks: Iterable[str], name: str) -> Iterator[Record]:
    """Every string of a JSON document (or of several, one after the other) as a record of its own.

    Raises:
        InputError: the document is not JSON, or ends too soon.
    """
    import ijson

    stream = _Bytes(chunks, name)
    try:
        for path, text in _leaves(ijson.basic_parse(stream, multiple_values=True, use_float=True)):
            stream.unanswered = 0
            if text is not None:
                yield [(path or NAMELESS, text)]
    except ijson.JSONError as error:
        reason = str(error).strip().splitlines()[0].removeprefix("b'").rstrip(".")
        raise InputError(
            f"{name} is not whole and right JSON ({reason}).", "make the file again, or mend it."
        ) from error


def _leaves(events: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str | None]]:
    """Each event of the parser with the dotted path where it happens, and its text if it is a string."""
    paths: list[str] = []
    here = ""
    for event, value in events:
        if event in ("start_map", "start_array"):
            paths.append(here)
        elif event in ("end_map", "end_array"):
            here = paths.pop()
        elif event == "map_key":
            here = joined(paths[-1], str(value))
        yield here, str(value) if event == "string" else None


def _parsed_object(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class _Bytes:
    """Text in pieces as a file of UTF-8 bytes, which counts what was read since the parser last found something."""

    def __init__(self, chunks: Iterable[str], name: str) -> None:
        self._chunks = iter(chunks)
        self._name = name
        self._rest = b""
        self.unanswered = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; nothing at the end."""
        if size == 0:
            return b""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk.encode("utf-8")
        data, self._rest = self._rest[:size], self._rest[size:]
        self.unanswered += len(data)
        if self.unanswered > _LONGEST_VALUE:
            raise InputError(
                f"{self._name} holds a single value of over 64 MB.", "split it into records, or save it as .txt."
            )
        return data
