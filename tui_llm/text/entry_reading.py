"""One entry to pieces of documents: by its form as plain text, as HTML, or as records. Imports all rooms of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from tui_llm.errors import InputError
from tui_llm.text.cleaning import Cleaner
from tui_llm.text.containers import Entry
from tui_llm.text.csv_records import csv_records, sniff_table
from tui_llm.text.decoding import decoded
from tui_llm.text.documents import END_OF_TEXT, DocumentBuilder, Piece, split_documents
from tui_llm.text.encodings import Encoding
from tui_llm.text.fields import Record, default_field, find_field, survey, unknown_field
from tui_llm.text.formats import Form, form_of
from tui_llm.text.html import html_text
from tui_llm.text.json_records import json_line_records, json_records
from tui_llm.text.lists import SAMPLE_CHARACTERS, judge_list
from tui_llm.text.parquet_records import parquet_records
from tui_llm.text.report import SourceReport

_SEPARATED = f"it is divided by {END_OF_TEXT}"
_RECORDS = ("csv", "tsv", "json", "jsonl", "parquet")


class ReadOptions(msgspec.Struct, frozen=True):
    """`text_field`: the field of records that is the text (None: judged). `nfc`: compose letters and accents.

    `documents` of a plain text: `file` is one, `line` makes each line one, `auto` judges.
    """

    text_field: str | None = None
    nfc: bool = False
    documents: Literal["auto", "file", "line"] = "auto"


def entry_pieces(entry: Entry, options: ReadOptions, source: SourceReport, builder: DocumentBuilder) -> Iterator[Piece]:
    """The pieces of the documents in `entry`, made by `builder`; what is found out on the way is noted in `source`.

    Raises:
        InputError: it is not text, not what its name says, or has no such field.
    """
    form = form_of(entry)
    source.format = form.format
    if form.format in _RECORDS:
        yield from _record_pieces(entry, form, options, source, builder)
    else:
        yield from _text_pieces(entry, form, options, source, builder)


def _text_pieces(
    entry: Entry, form: Form, options: ReadOptions, source: SourceReport, builder: DocumentBuilder
) -> Iterator[Piece]:
    chunks = _text_of(entry, form, source)
    if form.format == "html":
        chunks = html_text(chunks)
    chunks = _cleaned(chunks, Cleaner(source, options.nfc))
    by_line = options.documents == "line"
    source.documents_why = "asked for"
    if options.documents == "auto":
        chunks, by_line = _judged(chunks, form, source)
    source.documents_by = "line" if by_line else "file"
    yield from split_documents(chunks, builder, by_line=by_line)
    if not by_line and source.documents + builder.empty_documents > 1:
        source.documents_by, source.documents_why = "separator", _SEPARATED
    if options.text_field is not None:
        source.warnings.append("it has no fields, so --text-field was not used.")


def _judged(chunks: Iterator[str], form: Form, source: SourceReport) -> tuple[Iterator[str], bool]:
    """Whether each line is a document, judged by the text's beginning; and the whole text again."""
    if form.format != "txt":
        source.documents_why = f"a file in {form.format} is one document"
        return chunks, False
    beginning = ""
    is_whole = True
    for chunk in chunks:
        beginning += chunk
        if len(beginning) >= SAMPLE_CHARACTERS:
            is_whole = False
            break
    sample = beginning[:SAMPLE_CHARACTERS]
    by_line, source.documents_why = False, _SEPARATED
    if END_OF_TEXT not in sample:
        by_line, source.documents_why = judge_list(sample, is_whole=is_whole)
    return _chained(beginning, chunks), by_line


def _chained(beginning: str, chunks: Iterator[str]) -> Iterator[str]:
    yield beginning
    yield from chunks


def _record_pieces(
    entry: Entry, form: Form, options: ReadOptions, source: SourceReport, builder: DocumentBuilder
) -> Iterator[Piece]:
    source.documents_by, source.documents_why = "record", f"each record of a {form.format} file is a document"
    field = _field(entry, form, options.text_field, source)
    source.field = field
    cleaner = Cleaner(source, options.nfc)
    for record in _records(entry, form, options.text_field, source, field):
        texts = [text for name, text in record if name == field and text]
        if form.format != "json" or texts:  # in JSON every string comes as a record of its own
            source.records += 1
            source.records_without_text += not texts
        for text in texts:
            clean = cleaner.feed(text) + cleaner.finish()
            if END_OF_TEXT in clean:
                yield from split_documents([clean], builder, by_line=False)
            else:
                yield from builder.whole(clean)


def _field(entry: Entry, form: Form, wanted: str | None, source: SourceReport) -> str:
    scratch = SourceReport(path=entry.name, format=form.format)
    source.fields = survey(_records(entry, form, wanted, scratch))
    if wanted is None:
        field = default_field(source.fields)
        if field is None:
            raise InputError(f"{entry.name} holds no text in any field.", "look at what is in it.")
        return field
    field = find_field(wanted, source.fields)
    if field is None:
        everything = survey(_records(entry, form, wanted, scratch), everything=True)
        field = find_field(wanted, everything)
        if field is None:
            raise unknown_field(wanted, everything, entry.name)
    return field


def _records(
    entry: Entry, form: Form, wanted: str | None, source: SourceReport, field: str | None = None
) -> Iterator[Record]:
    if form.format == "parquet":
        with entry.open_seekable() as file:
            yield from parquet_records(file, entry.name, field)
        return
    chunks = _text_of(entry, form, source)
    if form.format == "json":
        yield from json_records(chunks, entry.name)
    elif form.format == "jsonl":
        yield from json_line_records(chunks, source)
    else:
        table = sniff_table(form.beginning, wanted, is_whole=entry.is_whole)
        yield from csv_records(chunks, table, entry.name, source)


def _text_of(entry: Entry, form: Form, source: SourceReport) -> Iterator[str]:
    assert isinstance(form.encoding, Encoding)
    with entry.open() as stream:
        yield from decoded(stream, form.encoding, source)


def _cleaned(chunks: Iterable[str], cleaner: Cleaner) -> Iterator[str]:
    for chunk in chunks:
        yield cleaner.feed(chunk)
    yield cleaner.finish()
