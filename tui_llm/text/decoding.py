"""Bytes to text, a block at a time, with line endings made `\\n`. Imports encodings and report.

A text in UTF-8 may hold lines in an older encoding, and a text in an older encoding lines in UTF-8: each line is judged
by itself. What comes out does not depend on how the bytes are cut into blocks.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from tui_llm.text.encodings import Encoding, utf8_balance
from tui_llm.text.report import SourceReport

BLOCK_BYTES = 1 << 18
#: A line longer than this is judged in parts, so that a file that is one line needs no more memory than others.
_LONGEST_LINE = 1 << 20

#: Two bytes, or the first three, of a character in UTF-8 (written so that searching it is fast).
_LIKE_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf](?:(?<=[\xc2-\xdf].)|[\x80-\xbf])", re.DOTALL)


class _Decoder(Protocol):
    def feed(self, data: bytes) -> str: ...

    def finish(self) -> str: ...


def decoded(
    stream: BinaryIO, encoding: Encoding, report: SourceReport, block_bytes: int = BLOCK_BYTES
) -> Iterator[str]:
    """The text of `stream` in `encoding`, in pieces, each line ended by `\\n`.

    When it is at its end, `report` knows the encoding that most of it was in, the line endings, the lines that were in
    another encoding, and the bytes of a character cut off at the end, which are dropped.
    """
    stream.read(encoding.mark)
    report.byte_order_mark = encoding.mark > 0
    decoder: _Decoder = (
        _LineDecoder(encoding.fallback, report) if encoding.fallback else _PlainDecoder(encoding, report)
    )
    line_endings = _LineEndings(report)
    while data := stream.read(block_bytes):
        yield line_endings.feed(decoder.feed(data))
    yield line_endings.feed(decoder.finish())
    yield line_endings.finish()


class _PlainDecoder:
    """One encoding from front to back."""

    def __init__(self, encoding: Encoding, report: SourceReport) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding.name)("replace")
        self._report = report
        report.encoding = encoding.name

    def feed(self, data: bytes) -> str:
        return self._decoder.decode(data)

    def finish(self) -> str:
        self._report.dropped_bytes += len(self._decoder.getstate()[0])
        return ""


class _LineDecoder:
    """UTF-8, and `fallback` for the lines that are not. `_rest` begins where a line does, or a part of a long line."""

    def __init__(self, fallback: str, report: SourceReport) -> None:
        self._fallback = fallback
        self._report = report
        self._rest = b""
        self._lines = {"utf-8": 0, fallback: 0}
        self._characters = {"utf-8": 0, fallback: 0}

    def feed(self, data: bytes) -> str:
        data = self._rest + data
        end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        while len(data) - end > _LONGEST_LINE:
            end += _part(data[end : end + _LONGEST_LINE])
        self._rest = data[end:]
        return self._decode(data[:end])

    def finish(self) -> str:
        whole = _without_cut_character(self._rest)
        cut = self._rest[len(whole) :]
        text = self._decode(whole)
        if cut and self._characters["utf-8"] <= self._characters[self._fallback]:
            text += self._decode_old(cut, 1)  # in that encoding the last bytes are characters of their own
        else:
            self._report.dropped_bytes += len(cut)
        main = self._main()
        self._report.encoding = main
        self._report.repaired_lines = sum(count for name, count in self._lines.items() if name != main)
        return text

    def _main(self) -> str:
        """The encoding to tell: UTF-8, unless hardly a character is in it."""
        is_old = self._characters["utf-8"] * 10 < self._characters[self._fallback]
        return self._fallback if is_old else "utf-8"

    def _decode(self, block: bytes) -> str:
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            return self._decode_by_line(block)
        beyond = len(block) - len(text)
        self._characters["utf-8"] += beyond
        if beyond and self._lines[self._fallback]:
            self._lines["utf-8"] += _lines_beyond_ascii(block)
        return text

    def _decode_by_line(self, block: bytes) -> str:
        if _LIKE_UTF8.search(block) is None:  # the usual case of a text in an older encoding: all of it at once
            return self._decode_old(block, _lines_beyond_ascii(block))
        return "".join(self._decode_line(part) for line in block.splitlines(keepends=True) for part in _parts(line))

    def _decode_line(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        right, wrong = utf8_balance(line)
        if right <= wrong:
            return self._decode_old(line, 1)
        self._lines["utf-8"] += 1
        self._characters["utf-8"] += right
        return line.decode("utf-8", "replace")

    def _decode_old(self, data: bytes, lines: int) -> str:
        text = data.decode(self._fallback, "replace")
        self._lines[self._fallback] += lines
        self._characters[self._fallback] += len(text) - len(text.encode("ascii", "ignore"))
        return text


def _lines_beyond_ascii(block: bytes) -> int:
    return sum(not line.isascii() for line in block.splitlines())


def _parts(line: bytes) -> Iterator[bytes]:
    """A line in the parts that `feed` would have cut it into, had it not yet known the line's end."""
    while len(line) > _LONGEST_LINE:
        end = _part(line[:_LONGEST_LINE])
        yield line[:end]
        line = line[end:]
    yield line


def _part(beginning: bytes) -> int:
    """Where to part a long line: at its limit, or before the character that the limit cuts."""
    return len(_without_cut_character(beginning))


def _without_cut_character(data: bytes) -> bytes:
    """`data` without a UTF-8 character of which its end shows only the beginning."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    decoder.decode(data[-4:])
    cut = len(decoder.getstate()[0])
    return data[: len(data) - cut]


class _LineEndings:
    """Makes every line ending `\\n` and counts the kinds. A `\\r` at a block's end waits for what follows it."""

    def __init__(self, report: SourceReport) -> None:
        self._counts = report.line_ending_counts
        self._waiting = False

    def feed(self, text: str) -> str:
        if self._waiting:
            text = "\r" + text
        self._waiting = text.endswith("\r")
        if self._waiting:
            text = text[:-1]
        return self._translate(text)

    def finish(self) -> str:
        return self._translate("\r" if self._waiting else "")

    def _translate(self, text: str) -> str:
        lf = text.count("\n")
        if "\r" in text:
            crlf = text.count("\r\n")
            self._counts.cr += text.count("\r") - crlf
            self._counts.crlf += crlf
            lf -= crlf
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._counts.lf += lf
        return text
