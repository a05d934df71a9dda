"""Reading any text: from the files a person named to clean pieces of documents, in one pass and bounded memory.

The one door of the reading half of `tui_llm.text`; no other room imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from tui_llm.errors import InputError, UserError
from tui_llm.text.containers import Entry, entries, failures_told
from tui_llm.text.documents import DocumentBuilder, Piece
from tui_llm.text.entry_reading import ReadOptions, entry_pieces
from tui_llm.text.formats import form_of
from tui_llm.text.report import ReadReport, SourceReport
from tui_llm.text.sources import Source
from tui_llm.text.tally import Tally

__all__ = ["ReadOptions", "ReadReport", "read_pieces"]

OnProgress = Callable[[int, int], None]


def read_pieces(
    sources: Sequence[Source], options: ReadOptions, report: ReadReport, on_progress: OnProgress | None = None
) -> Iterator[Piece]:
    """The documents of `sources`, cleaned, in pieces. `report` is complete when the last piece was taken.

    `on_progress(done, total)` hears of the raw bytes read. What a person named must be readable; of folders and
    archives, files that are not text are left out and told in the report.

    Raises:
        InputError: a named file is not text, damaged, or lacks the field; or there is no text at all.
        RunFailedError: a named file must not be read.
    """
    progress = _Progress(sources, on_progress)
    for source in sources:
        if source.named:
            _refuse_early(source)
    tally = Tally(report)
    for source in sources:
        progress.begin(source)
        try:
            for entry in entries(source, report.skip, progress.add):
                yield from _read_entry(entry, source.named and entry.name == source.name, options, report, tally)
        except UserError as error:
            if source.named:
                raise
            report.skip(source.name, error.what)
    if not report.documents:
        raise _nothing(report)


def _refuse_early(source: Source) -> None:
    """Raise what is to be raised of a file's beginning before anything is read, which may take long."""
    for entry in islice(entries(source, on_skip=lambda *_: None, on_read=lambda *_: None), 1):
        if entry.name == source.name:
            form_of(entry)


def _read_entry(
    entry: Entry, is_named: bool, options: ReadOptions, report: ReadReport, tally: Tally
) -> Iterator[Piece]:
    if not entry.head:
        report.skip(entry.name, f"{entry.name} is empty.")
        return
    source = SourceReport(path=entry.name, format="txt", compression=entry.compression)
    tally.begin(source)
    builder = DocumentBuilder()
    try:
        with failures_told(entry.name):
            for piece in entry_pieces(entry, options, source, builder):
                tally.add(piece)
                yield piece
    except UserError as error:
        if is_named:
            raise
        for piece in builder.end():
            tally.add(piece)
            yield piece
        if not source.documents:
            report.skip(entry.name, error.what)
            return
        source.warnings.append(f"only its beginning was read: {error.what}")
    source.empty_documents = builder.empty_documents
    source.line_endings = source.line_ending_counts.kind
    if not source.documents:
        report.skip(entry.name, f"{entry.name} holds nothing but white space.")
        return
    tally.finish()


def _nothing(report: ReadReport) -> InputError:
    hint = "name a file, a folder or an archive that holds text."
    if report.files_skipped == 1:
        return InputError(report.skipped[0].reason, hint)
    reason = f", for instance: {report.skipped[0].reason}" if report.skipped else "."
    return InputError(f"no text was found in {report.files_skipped:,} files{reason}", hint)


class _Progress:
    """Counts the raw bytes read; a file's beginning is read more than once, but it counts as no more than its size."""

    def __init__(self, sources: Sequence[Source], on_progress: OnProgress | None) -> None:
        self._total = sum(source.size for source in sources)
        self._on_progress = on_progress
        self._before = 0
        self._size = 0
        self._read = 0

    def begin(self, source: Source) -> None:
        self._before += self._size
        self._size = source.size
        self._read = 0

    def add(self, count: int) -> None:
        self._read += count
        if self._on_progress is not None:
            self._on_progress(self._before + min(self._read, self._size), self._total)
