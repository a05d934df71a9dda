"""`tui-llm data inspect`: what a text is and what reading makes of it, before anything is trained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui_llm.cli.arguments import Json
from tui_llm.cli.output import emit, emit_json, emit_table, narrator

if TYPE_CHECKING:
    from tui_llm.text.reading import ReadOptions
    from tui_llm.text.report import ReadReport, SourceReport

_FORMATS = {
    "txt": "plain text",
    "md": "Markdown",
    "html": "HTML",
    "csv": "CSV",
    "tsv": "TSV",
    "json": "JSON",
    "jsonl": "JSON lines",
    "parquet": "Parquet",
}
_LANGUAGES = {"es": "Spanish", "pt": "Portuguese", "en": "English", "unknown": "not known"}
_LINE_ENDINGS = {"lf": "LF", "crlf": "CRLF", "cr": "CR", "mixed": "mixed", "other": "unusual", "none": "no"}
_BY = {
    "file": "the whole file is one",
    "line": "each line is one",
    "separator": "parted where it says so",
    "record": "each record is one",
}
_SHOWN_FILES = 40
_SHOWN_REMARKS = 20
_SHOWN_FIELDS = 8


def inspect(
    texts: Annotated[
        list[str],
        typer.Argument(metavar="TEXT...", help="Files, folders, archives, patterns; - is the standard input."),
    ],
    text_field: Annotated[
        str | None,
        typer.Option("--text-field", metavar="NAME", help="The field of CSV, JSON or Parquet that is the text."),
    ] = None,
    nfc: Annotated[bool, typer.Option("--nfc", help="Compose letters and accents that are written apart.")] = False,
    documents: Annotated[
        Literal["auto", "file", "line"],
        typer.Option("--documents", help="What a document is in plain text: the whole file, each line, or as judged."),
    ] = "auto",
    json: Json = False,
) -> None:
    """Show what a text is: format, encoding, documents, sizes, and all that is odd about it."""
    from tui_llm.text.reading import ReadOptions

    report = _read(texts, ReadOptions(text_field=text_field, nfc=nfc, documents=documents))
    if json:
        emit_json(report)
        return
    if report.files == 1:
        _show_one(report.sources[0])
    else:
        _show_all(report)
    _show_remarks(report)


def _read(texts: list[str], options: ReadOptions) -> ReadReport:
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    from tui_llm.text.reading import read_pieces
    from tui_llm.text.report import ReadReport
    from tui_llm.text.sources import find_sources

    report = ReadReport()
    console = narrator()
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        pieces = read_pieces(
            find_sources(texts), options, report, lambda done, total: bar.update(task, completed=done, total=total)
        )
        for _ in pieces:
            pass
    return report


def _show_one(source: SourceReport) -> None:
    rows = {
        "file": source.path,
        "format": ", ".join(_written(source)),
        "language": _LANGUAGES[source.language],
        "documents": f"{source.documents:,} ({_BY[source.documents_by]}: {source.documents_why})",
        "fields": ", ".join(_fields(source)),
        "size": f"{source.characters:,} characters, {source.bytes:,} bytes in UTF-8, {source.lines:,} lines",
        "alphabet": f"{source.distinct_characters:,} different characters",
        "begins": " ".join(source.preview.split())[:120],
    }
    for name, value in rows.items():
        if value:
            emit(f"{name:<11}{value}")


def _written(source: SourceReport) -> Iterator[str]:
    yield _FORMATS[source.format]
    if source.compression:
        yield source.compression
    if source.encoding:
        yield source.encoding + (" with a byte order mark" if source.byte_order_mark else "")
        yield f"{_LINE_ENDINGS[source.line_endings]} line endings"


def _fields(source: SourceReport) -> Iterator[str]:
    for field in source.fields[:_SHOWN_FIELDS]:
        yield f"{field.name} (the text)" if field.name == source.field else field.name
    if len(source.fields) > _SHOWN_FIELDS:
        yield f"and {len(source.fields) - _SHOWN_FIELDS:,} more"


def _show_all(report: ReadReport) -> None:
    rows = [
        (
            source.path,
            source.format + (f", {source.compression}" if source.compression else ""),
            source.encoding or "",
            source.language,
            f"{source.documents:,}",
            f"{source.characters:,}",
            f"{source.bytes:,}",
        )
        for source in report.sources[:_SHOWN_FILES]
    ]
    if report.files > len(rows):
        rows.append((f"and {report.files - len(rows):,} more files", "", "", "", "", "", ""))
    total = f"{report.documents:,}", f"{report.characters:,}", f"{report.bytes:,}"
    rows.append((f"all {report.files:,} files", "", "", report.language, *total))
    names = ("file", "format", "encoding", "language", "documents", "characters", "bytes")
    emit_table(names, rows, right=names[-3:])
    emit(f"{report.distinct_characters:,} different characters")


def _show_remarks(report: ReadReport) -> None:
    """The warnings and the files left out, below a title each."""
    remarks = report.sources[0].warnings if report.files == 1 else report.warnings
    skipped = [skipped.reason for skipped in report.skipped]
    for title, lines, count in (("to know", remarks, len(remarks)), ("left out", skipped, report.files_skipped)):
        if lines:
            emit(f"\n{title}:")
        for line in lines[:_SHOWN_REMARKS]:
            emit(f"  {line}")
        if count > _SHOWN_REMARKS:
            emit(f"  and {count - _SHOWN_REMARKS:,} more (--json tells them)")
