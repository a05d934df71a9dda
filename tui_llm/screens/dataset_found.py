"""What reading found out about the texts, and how they are to be read. Imports Textual and the report's form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Checkbox, Input, Label, Select, Static

from tui_llm.figures import size
from tui_llm.screens.dataset_choice import DOCUMENTS, Choice, shortened
from tui_llm.translation import N_, _, sentence

if TYPE_CHECKING:
    from tui_llm.text.report import ReadReport, SourceReport

_FORMATS = {
    "txt": N_("plain text"),
    "md": "Markdown",
    "html": "HTML",
    "csv": "CSV",
    "tsv": "TSV",
    "json": "JSON",
    "jsonl": N_("JSON lines"),
    "parquet": "Parquet",
}
LANGUAGES = {"es": N_("Spanish"), "pt": N_("Portuguese"), "en": N_("English"), "unknown": N_("not known")}
_LINE_ENDINGS = {
    "lf": N_("LF line endings"),
    "crlf": N_("CRLF line endings"),
    "cr": N_("CR line endings"),
    "mixed": N_("mixed line endings"),
    "other": N_("unusual line endings"),
}
_BY = {
    "file": N_("the whole file is one"),
    "line": N_("each line is one"),
    "separator": N_("parted where it says so"),
    "record": N_("each record is one"),
}
_HOW = {"auto": N_("as judged"), "file": N_("whole files"), "line": N_("lines")}

#: Files in the table, remarks and fields: the first ones are shown, of the others how many there are.
_FILES, _REMARKS, _FIELDS = 200, 50, 8

#: Characters of the beginning that stand among what was found.
_BEGINNING = 400


class Tick(Checkbox):
    """A checkbox that is told from an empty one without colours."""

    @property
    def _button(self) -> Content:
        return Content("[x]" if self.value else "[ ]")


class FoundPane(Vertical):
    """How the texts are read, above what was found."""

    HELP = N_(
        """**Found**: what reading made of your text. **Documents** are texts of their own, which the model learns to
begin and to end: whole files, lines, or as judged from the text; the reason is told. In CSV, JSON and Parquet a
**field** holds the text; leave it empty to have it judged. **NFC** composes letters and accents written apart."""
    )

    class Changed(Message):
        """The texts are to be read in another way: as the form says when this is heard of."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="options"):
            yield Label(_("documents"))
            yield Select([(_(_HOW[how]), how) for how in DOCUMENTS], allow_blank=False, compact=True, id="documents")
            yield Label(_("field"))
            yield Input(placeholder=_("as judged"), compact=True, id="field")
            yield Tick("NFC", compact=True, id="nfc")
        with VerticalScroll(id="found-scroll"):
            yield Static(id="facts")
            yield Static(id="files")
            yield Static(id="remarks")

    def on_mount(self) -> None:
        self.border_title = _("found")

    def show_choice(self, choice: Choice) -> None:
        """Put `choice` into the form, without a message."""
        with self.prevent(Select.Changed, Input.Changed, Checkbox.Changed):
            self.query_one("#documents", Select).value = choice.documents
            self.query_one("#field", Input).value = choice.text_field or ""
            self.query_one("#nfc", Checkbox).value = choice.nfc

    @on(Select.Changed)
    @on(Input.Changed)
    @on(Checkbox.Changed)
    def _tell(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    def chosen(self, choice: Choice) -> Choice:
        """`choice` with what the form says."""
        return replace(
            choice,
            documents=str(self.query_one("#documents", Select).value),
            text_field=self.query_one("#field", Input).value.strip() or None,
            nfc=self.query_one("#nfc", Checkbox).value,
        )

    def show_report(self, report: ReadReport | None) -> None:
        """Show `report`; None shows nothing."""
        shown: dict[str, Table | Text] = {"#facts": Text(), "#files": Text(), "#remarks": Text()}
        if report is not None:
            several = report.files > 1
            shown["#facts"] = _grid(_totals(report) if several else _facts(report.sources[0]))
            folder = _common_folder(report) if several else ""
            if several:
                shown["#files"] = _files(report, folder)
            shown["#remarks"] = _remarks(report, folder)
        for name, content in shown.items():
            self.query_one(name, Static).update(content)


def _common_folder(report: ReadReport) -> str:
    """The folder that all files are in, with the separator after it."""
    folder = os.path.commonprefix([source.path for source in report.sources]).rpartition("/")[0]  # noqa: RUF071
    return f"{folder}/" if folder else ""


def _files(report: ReadReport, folder: str) -> Table:
    """A line for each file."""
    rows = [
        (
            shortened(source.path.removeprefix(folder)),
            _(LANGUAGES[source.language]),
            f"{source.documents:,}",
            size(source.bytes),
            ", ".join(filter(None, (source.format, source.compression, source.encoding))),
        )
        for source in report.sources[:_FILES]
    ]
    left = report.files - len(rows)
    if left:
        rows.append((_("and {count} more").format(count=f"{left:,}"), "", "", "", ""))
    names = (_("file"), _("language"), _("documents"), _("size"), _("format"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, cells in enumerate(zip(names, *rows, strict=True)):
        # Where there is little room, the names of files and formats are cut off, not the figures.
        least = None if number in (0, 4) else max(map(cell_len, cells))
        justify: Literal["left", "right"] = "right" if number in (2, 3) else "left"
        table.add_column(names[number], no_wrap=True, overflow="ellipsis", min_width=least, justify=justify)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in rows:
        if value:
            grid.add_row(name, Text(value))
    return grid


def _facts(source: SourceReport) -> Iterator[tuple[str, str]]:
    """One file."""
    yield _("format"), ", ".join(_written(source))
    yield _("language"), _(LANGUAGES[source.language])
    by = _(_BY[source.documents_by])
    yield (
        _("documents"),
        f"{source.documents:,} ({by}{': ' if source.documents_why else ''}{sentence(source.documents_why)})",
    )
    yield (
        _("size"),
        _("{size} in UTF-8, {characters} characters, {lines} lines").format(
            size=size(source.bytes), characters=f"{source.characters:,}", lines=f"{source.lines:,}"
        ),
    )
    yield _("alphabet"), _("{count} distinct characters").format(count=f"{source.distinct_characters:,}")
    yield _("duplicates"), _duplicates(source.duplicate_documents, source.documents, source.duplicates_capped)
    yield _("fields"), ", ".join(_fields(source))
    yield _("begins"), " ".join(source.preview.split())[:_BEGINNING]


def _totals(report: ReadReport) -> Iterator[tuple[str, str]]:
    """Several files."""
    yield _("files"), f"{report.files:,}"
    yield _("language"), _(LANGUAGES[report.language])
    yield _("documents"), f"{report.documents:,}"
    yield (
        _("size"),
        _("{size} in UTF-8, {characters} characters, {lines} lines").format(
            size=size(report.bytes), characters=f"{report.characters:,}", lines=f"{report.lines:,}"
        ),
    )
    yield _("alphabet"), _("{count} distinct characters").format(count=f"{report.distinct_characters:,}")
    yield _("duplicates"), _duplicates(report.duplicate_documents, report.documents, report.duplicates_capped)


def _written(source: SourceReport) -> Iterator[str]:
    yield _(_FORMATS[source.format])
    if source.compression:
        yield source.compression
    if source.encoding:
        mark = f" {_('with a byte order mark')}" if source.byte_order_mark else ""
        yield f"{source.encoding}{mark}"
        if source.line_endings in _LINE_ENDINGS:
            yield _(_LINE_ENDINGS[source.line_endings])


def _duplicates(duplicates: int, documents: int, capped: bool) -> str:
    if documents < 2:
        return ""
    told = _("at least {count} of {documents} documents") if capped else _("{count} of {documents} documents")
    return told.format(count=f"{duplicates:,}", documents=f"{documents:,}")


def _fields(source: SourceReport) -> Iterator[str]:
    for field in source.fields[:_FIELDS]:
        yield _("{name} (the text)").format(name=field.name) if field.name == source.field else field.name
    if len(source.fields) > _FIELDS:
        left = len(source.fields) - _FIELDS
        yield _("and {count} more").format(count=left)


def _remarks(report: ReadReport, folder: str) -> Text:
    """The warnings and the files left out, each below a title; files by their names in `folder`."""
    warnings = [sentence(told) for told in (report.sources[0].warnings if report.files == 1 else report.warnings)]
    skipped = [sentence(skipped.reason) for skipped in report.skipped]
    text = Text()
    for title, lines, number in (
        (_("warnings"), warnings, len(warnings)),
        (_("left out"), skipped, report.files_skipped),
    ):
        if not lines:
            continue
        text.append(f"\n{title}: {number:,}\n", style="bold")
        text.append("".join(f"{line.removeprefix(folder)}\n" for line in lines[:_REMARKS]))
        if number > _REMARKS:
            left = number - _REMARKS
            text.append(_("and {count} more").format(count=f"{left:,}") + "\n")
    return text
