"""What a text is written in: plain, HTML, CSV, JSON, Parquet. Its name says it, else its first characters.

Imports containers, decoding, encodings, errors, json_records, report, signatures, sources.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Literal

from tui_llm.errors import InputError
from tui_llm.text.containers import Entry
from tui_llm.text.decoding import decoded
from tui_llm.text.encodings import Encoding, judge_encoding
from tui_llm.text.json_records import looks_like_json_lines
from tui_llm.text.report import SourceReport
from tui_llm.text.signatures import is_parquet
from tui_llm.text.sources import ending_of

Format = Literal["txt", "md", "html", "csv", "tsv", "json", "jsonl", "parquet"]

_BY_ENDING: dict[str, Format] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_HTML = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_HTML_CHARACTERS = 1024
_JSON_LINES = re.compile(r"\s*\{")


@dataclass(frozen=True, slots=True)
class Form:
    """How to read an entry. `beginning` is its first text, decoded (empty for Parquet, which has no `encoding`)."""

    format: Format
    encoding: Encoding | None
    beginning: str


def form_of(entry: Entry) -> Form:
    """The form of `entry`.

    Raises:
        InputError: it is binary data, in an unknown encoding, or not what its name says.
    """
    if is_parquet(entry.head):
        return Form("parquet", None, "")
    named = _BY_ENDING.get(ending_of(entry.name))
    if named == "parquet":
        raise InputError(
            f"{entry.name} is not a Parquet file, though its name says so.", "fetch it again, or rename it."
        )
    encoding = judge_encoding(entry.head, entry.name, is_whole=entry.is_whole)
    scratch = SourceReport(path=entry.name, format="")
    beginning = "".join(decoded(io.BytesIO(entry.head), encoding, scratch))
    return Form(_format(named, beginning, entry.is_whole), encoding, beginning)


def _format(named: Format | None, beginning: str, is_whole: bool) -> Format:
    if named == "jsonl" and not is_whole and "\n" not in beginning:
        return named  # a first line that is longer than the beginning
    if named in ("json", "jsonl"):
        return "jsonl" if looks_like_json_lines(beginning, is_whole=is_whole) else "json"
    if named is not None:
        return named
    if beginning.lstrip().startswith("<") and _HTML.search(beginning[:_HTML_CHARACTERS]):
        return "html"
    if _JSON_LINES.match(beginning) and looks_like_json_lines(beginning, is_whole=is_whole):
        return "jsonl"
    return "txt"
