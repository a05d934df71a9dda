"""Tables in text form; delimiter, quoting and header are found out. Imports errors, fields, lines, report."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tui_llm.errors import InputError
from tui_llm.text.fields import Record
from tui_llm.text.lines import LONGEST_LINE, lines_of
from tui_llm.text.report import SourceReport

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
#: Where rows have one column, nothing delimits them: this character is in no text.
_NO_DELIMITER = "\x1f"
_SAMPLE_ROWS = 200
#: Of the rows so many must have the same number of columns (two or more) for a delimiter to be believed.
_EVEN = 0.8

_LONGEST_NAME = 60
_NUMBER = re.compile(r"[-+]?\d[\d.,:/ -]{0,30}%?")
_USUAL_NAMES = {
    *("id", "text", "texto", "content", "contenido", "conteudo", "conteúdo", "body", "title", "título", "titulo"),
    *("author", "autor", "date", "fecha", "data", "name", "nombre", "nome", "label", "lang", "language", "idioma"),
    *("url", "source", "fuente", "fonte"),
}


@dataclass(frozen=True, slots=True)
class Quoting:
    """How cells that hold delimiters are written: in quotes (which inside are doubled, or escaped), or not at all."""

    quotes: bool = True
    escape: str | None = None


#: In this order; a later one must do better.
_QUOTINGS = (Quoting(), Quoting(escape="\\"), Quoting(quotes=False))


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is written, and the names of its columns (`has_header`: they stand in its first row)."""

    delimiter: str
    quoting: Quoting
    columns: tuple[str, ...]
    has_header: bool


def sniff_table(sample: str, text_field: str | None, *, is_whole: bool) -> Table:
    """How the table that begins with `sample` is written. A first row that holds `text_field` is the header."""
    sample = sample if is_whole else sample[: sample.rfind("\n") + 1] or sample
    delimiter, quoting, rows = _believed(sample, is_whole) or (_NO_DELIMITER, Quoting(), None)
    if rows is None:
        rows, _ = _sample_rows(sample, delimiter, quoting, strict=False)
    has_header = bool(rows) and (text_field in rows[0] or _is_header(rows))
    width = max((len(row) for row in rows), default=0)
    names = rows[0] if has_header else [""] * width
    columns = tuple(name.strip() or f"column{number}" for number, name in enumerate(names, 1))
    return Table(delimiter, quoting, columns, has_header)


def _believed(sample: str, is_whole: bool) -> tuple[str, Quoting, list[list[str]]] | None:
    """The delimiter and quoting that make the rows of `sample` most even, and these rows.

    Quotes are believed only where each closing one stands before a delimiter; if nothing else fits, also where not.
    """
    best: tuple[str, Quoting, list[list[str]]] | None = None
    best_score = _EVEN
    for strict in (True, False):
        for quoting in _QUOTINGS:
            for delimiter in _DELIMITERS:
                rows, complaint = _sample_rows(sample, delimiter, quoting, strict=strict)
                if complaint and (is_whole or "unexpected end" not in complaint):
                    continue
                score = _evenness(rows)
                if score >= best_score:
                    best, best_score = (delimiter, quoting, rows), score + 0.01
        if best is not None:
            return best
    return None


def csv_records(chunks: Iterable[str], table: Table, name: str, report: SourceReport) -> Iterator[Record]:
    """The rows of a table whose text comes in `chunks`, lines ended by `\\n`.

    A row with too many cells has its text cut up by delimiters that were not quoted: if the last column is the one that
    overflowed, it is put together again. Such rows are counted, as are those with too few cells.
    """
    rows = _rows(lines_of(chunks), table.delimiter, table.quoting, name)
    width = len(table.columns)
    for row in islice(rows, int(table.has_header), None):
        if len(row) != width:
            if not row:
                continue
            report.uneven_rows += 1
            if len(row) > width:
                row[width - 1 :] = [table.delimiter.join(row[width - 1 :])]
        yield list(zip(table.columns, row, strict=False))


def _rows(lines: Iterable[str], delimiter: str, quoting: Quoting, name: str) -> Iterator[list[str]]:
    reader = _reader(_short(lines, name), delimiter, quoting, strict=False)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            f"{name} is no readable table: line {reader.line_num:,}: {error}.", "look at the quotes before that line."
        ) from error


def _reader(lines: Iterable[str], delimiter: str, quoting: Quoting, *, strict: bool) -> Reader:
    csv.field_size_limit(LONGEST_LINE)
    return csv.reader(
        lines,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoting.quotes else csv.QUOTE_NONE,
        escapechar=quoting.escape,
        strict=strict,
    )


def _short(lines: Iterable[str], name: str) -> Iterator[str]:
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"{name} is no table: it has a line of over {LONGEST_LINE:,} characters.", "rename it to .txt."
            )
        yield line


def _sample_rows(sample: str, delimiter: str, quoting: Quoting, *, strict: bool) -> tuple[list[list[str]], str]:
    """The first rows of `sample` as far as they can be read, and the complaint about the rest (or nothing)."""
    rows: list[list[str]] = []
    try:
        for row in _reader(lines_of([sample]), delimiter, quoting, strict=strict):
            if row:
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error as error:
        return rows, str(error)
    return rows, ""


def _evenness(rows: list[list[str]]) -> float:
    """Which share of the rows has the commonest number of columns; 0 where that is one column."""
    if not rows:
        return 0.0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return count / len(rows) if width > 1 else 0.0


def _is_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: by usual names, or because it is unlike the cells under it."""
    first, body = [cell.strip() for cell in rows[0]], rows[1:]
    named = [cell for cell in first if cell]  # a column of row numbers often has no name
    if len(set(named)) < len(named) or any(len(cell) > _LONGEST_NAME or _NUMBER.fullmatch(cell) for cell in named):
        return False
    if any(cell.lower() in _USUAL_NAMES for cell in first):
        return True
    columns = [[row[index].strip() for row in body if len(row) > index] for index in range(len(first))]
    pairs = [(cell, column) for cell, column in zip(first, columns, strict=True) if cell]
    if any(cell in column for cell, column in pairs):
        return False
    return any(_unlike(cell, column) for cell, column in pairs)


def _unlike(name: str, column: list[str]) -> bool:
    """Whether `name` is no cell of its `column`: that holds numbers, or texts several times as long."""
    filled = [cell for cell in column if cell]
    if not filled:
        return False
    if sum(_NUMBER.fullmatch(cell) is not None for cell in filled) >= len(filled) * _EVEN:
        return True
    return sum(map(len, filled)) / len(filled) >= 3 * len(name)
