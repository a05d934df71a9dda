"""What reading found out, ready for JSON. Imports nothing of the project.

A `SourceReport` tells of one file (or one member of an archive), a `ReadReport` of all that was read together.
"""

from __future__ import annotations

from typing import Literal

import msgspec

DocumentsBy = Literal["file", "line", "separator", "record"]

#: Of very many files or skipped files only so many are told one by one; the totals count all.
DETAILS = 1_000


class LineEndings(msgspec.Struct):
    """How often each line ending stood in the raw text; `other` are U+0085, vertical tabs and form feeds."""

    lf: int = 0
    crlf: int = 0
    cr: int = 0
    other: int = 0

    @property
    def kind(self) -> str:
        """`lf`, `crlf`, `cr`, `other`, `mixed`, or `none` where there is no line break at all."""
        seen = [name for name in self.__struct_fields__ if getattr(self, name)]
        return "none" if not seen else seen[0] if len(seen) == 1 else "mixed"


class Field(msgspec.Struct, frozen=True):
    """A field of the records that holds text: its dotted name, and its characters in the first records."""

    name: str
    characters: int


class Skipped(msgspec.Struct, frozen=True):
    """A file that was not read (or not to its end), and why."""

    path: str
    reason: str


class SourceReport(msgspec.Struct, kw_only=True):
    """One file. Sizes are those of the cleaned text: `bytes` in UTF-8, `lines` counts a last line without its break.

    `duplicate_documents` occurred before, in this file or in an earlier one; `repeated_lines` are looked for where the
    file is one document. `duplicates_capped`: there were too many to remember them all, so there may be more.
    """

    path: str
    format: str
    compression: str | None = None
    encoding: str | None = None
    byte_order_mark: bool = False
    line_endings: str = "none"
    line_ending_counts: LineEndings = msgspec.field(default_factory=LineEndings)
    language: str = "unknown"

    documents: int = 0
    documents_by: DocumentsBy = "file"
    documents_why: str = ""
    empty_documents: int = 0
    duplicate_documents: int = 0
    repeated_lines: int = 0
    duplicates_capped: bool = False
    characters: int = 0
    bytes: int = 0
    lines: int = 0
    distinct_characters: int = 0

    field: str | None = None
    fields: list[Field] = msgspec.field(default_factory=list)
    records: int = 0
    records_without_text: int = 0
    broken_lines: int = 0
    first_broken_lines: list[int] = msgspec.field(default_factory=list)
    uneven_rows: int = 0

    repaired_lines: int = 0
    dropped_bytes: int = 0
    mended_characters: int = 0
    removed_characters: int = 0
    replacement_characters: int = 0
    mojibake: int = 0
    not_nfc: bool = False

    warnings: list[str] = msgspec.field(default_factory=list)
    preview: str = ""


class ReadReport(msgspec.Struct, kw_only=True):
    """All that was read: the totals over every file, and the files one by one (the first `DETAILS` of them)."""

    documents: int = 0
    empty_documents: int = 0
    duplicate_documents: int = 0
    duplicates_capped: bool = False
    characters: int = 0
    bytes: int = 0
    lines: int = 0
    distinct_characters: int = 0
    language: str = "unknown"
    files: int = 0
    files_skipped: int = 0
    warnings: list[str] = msgspec.field(default_factory=list)
    sources: list[SourceReport] = msgspec.field(default_factory=list)
    skipped: list[Skipped] = msgspec.field(default_factory=list)

    def skip(self, path: str, reason: str) -> None:
        """Note that `path` was left out."""
        self.files_skipped += 1
        if len(self.skipped) < DETAILS:
            self.skipped.append(Skipped(path, reason))

    def add(self, source: SourceReport) -> None:
        """Add a file that has been read to the totals and to the list."""
        self.files += 1
        for total in ("documents", "empty_documents", "duplicate_documents", "characters", "bytes", "lines"):
            setattr(self, total, getattr(self, total) + getattr(source, total))
        if len(self.sources) < DETAILS:
            self.sources.append(source)
            self.warnings += [f"{source.path}: {warning}" for warning in source.warnings]
