"""Counting what was read while it streams by, in bounded memory. Imports documents, language, remarks, report."""

from __future__ import annotations

from tui_llm.text.documents import Piece
from tui_llm.text.language import SAMPLE_CHARACTERS, guess_language
from tui_llm.text.remarks import remarks_on
from tui_llm.text.report import ReadReport, SourceReport

#: Repeated documents, and lines, are looked for among the first so many different ones.
MOST_DOCUMENTS = 500_000
MOST_LINES = 200_000
PREVIEW_CHARACTERS = 200
#: Short documents are counted together: one look at many characters is faster than many looks.
_BATCH_CHARACTERS = 1 << 18

#: A line that reaches over pieces is known by its first so many characters.
_LINE_BEGINNING = 4096

_ASCII = bytes(range(128))
_BEYOND_ASCII = bytes(range(128, 256))


class Tally:
    """Counts the pieces of one source after the other, into its report and into that of all."""

    def __init__(self, report: ReadReport) -> None:
        self._report = report
        self._documents = _Remembered(MOST_DOCUMENTS)
        self._characters: set[str] = set()
        self._sample = ""

    def begin(self, source: SourceReport) -> None:
        """What follows is of `source`."""
        self._source = source
        self._source_characters = _Characters()
        self._lines: _Remembered | None = _Remembered(MOST_LINES)
        self._open_line = ""
        self._document_hash: int | None = None
        self._batch: list[str] = []
        self._batch_length = 0

    def add(self, piece: Piece) -> None:
        """Count a piece."""
        text, source = piece.text, self._source
        if source.documents:
            self._lines = None  # repeated lines are told of a single document only
        if self._lines is not None and not self._lines.is_full:
            *lines, last = (self._open_line + text).split("\n")
            self._open_line = last[:_LINE_BEGINNING]
            source.repeated_lines += self._lines.add([hash(line) for line in lines if line and not line.isspace()])
        document = hash(text) if self._document_hash is None else hash((self._document_hash, text))
        self._document_hash = None if piece.ends_document else document
        if piece.ends_document:
            source.documents += 1
            source.duplicate_documents += self._documents.has(document)
            source.lines += not text.endswith("\n")
        self._batch.append(text)
        self._batch_length += len(text)
        if self._batch_length >= _BATCH_CHARACTERS:
            self._count_batch()

    def finish(self) -> None:
        """The source is at its end: add it to the report of all."""
        self._count_batch()
        source, report = self._source, self._report
        if self._lines is not None and self._open_line:
            source.repeated_lines += self._lines.add([hash(self._open_line)])
        source.duplicates_capped = self._documents.is_full or (self._lines is not None and self._lines.is_full)
        if self._lines is None:
            source.repeated_lines = 0
        source.distinct_characters = len(self._source_characters.seen)
        self._characters |= self._source_characters.seen
        report.distinct_characters = len(self._characters)
        report.duplicates_capped = self._documents.is_full
        report.language = guess_language(self._sample)
        source.warnings += remarks_on(source)
        report.add(source)

    def _count_batch(self) -> None:
        source = self._source
        if not source.characters:
            self._look_at_beginning()
        text = "".join(self._batch)
        encoded = text.encode("utf-8")
        source.characters += len(text)
        source.bytes += len(encoded)
        source.lines += encoded.count(b"\n")
        self._source_characters.add(encoded)
        self._batch.clear()
        self._batch_length = 0

    def _look_at_beginning(self) -> None:
        text = ("\n" if self._source.documents > 1 else "").join(self._batch).lstrip()
        self._source.preview = text[:PREVIEW_CHARACTERS].rstrip()
        self._source.language = guess_language(text)
        self._sample += text[: SAMPLE_CHARACTERS - len(self._sample)] + "\n"


class _Characters:
    """The distinct characters of UTF-8 texts. Those in ASCII, nearly all, are sifted out without looking at each."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._known = _BEYOND_ASCII

    def add(self, encoded: bytes) -> None:
        if new := encoded.translate(None, self._known):
            self.seen.update(new.decode("ascii"))
            self._known += bytes(set(new))
        self.seen.update(encoded.translate(None, _ASCII).decode("utf-8"))


class _Remembered:
    """Hashes that were seen, as long as there are not too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: set[int] = set()

    @property
    def is_full(self) -> bool:
        return len(self._seen) >= self._most

    def has(self, hashed: int) -> bool:
        """Whether `hashed` had been seen; from now on it has."""
        if hashed in self._seen:
            return True
        if len(self._seen) < self._most:
            self._seen.add(hashed)
        return False

    def add(self, hashes: list[int]) -> int:
        """How many of `hashes` had been seen, or occur among them before."""
        new = set(hashes) - self._seen
        self._seen |= new
        return len(hashes) - len(new)
