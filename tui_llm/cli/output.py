"""How every command speaks: results on stdout, narration on stderr, JSON where it is asked for.

Colours and bars appear only on a terminal and never under NO_COLOR; rich sees to both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

#: What a preparation does, stage by stage, in words.
STAGES = {"reading": "reading the text", "tokenizer": "training the tokenizer", "encoding": "cutting into tokens"}


def narrator() -> Console:
    """The console for narration: stderr, so that a pipe gets the results alone. Lines wrap on a terminal only."""
    console = Console(stderr=True, highlight=False)
    console.soft_wrap = not console.is_terminal
    return console


def narrate(text: str) -> None:
    """Say `text` (plain, not rich markup) to the person who watches."""
    narrator().print(text, markup=False)


def emit(text: str) -> None:
    """Write one line of result to stdout, as it is."""
    sys.stdout.write(text + "\n")


def emit_json(document: Any) -> None:
    """Write `document` (anything that msgspec can encode) as one indented JSON document to stdout."""
    emit(msgspec.json.format(msgspec.json.encode(document), indent=2).decode("utf-8"))


def emit_table(columns: Iterable[str], rows: Iterable[Iterable[object]], *, right: Iterable[str] = ()) -> None:
    """Write a table to stdout; the columns named in `right` are set flush right. In a pipe it is never cut."""
    flush_right = set(right)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in flush_right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 100_000
    console.print(table)


def show_error(what: str, hint: str) -> None:
    """The one form of every error: what is wrong, and what to do."""
    console = narrator()
    console.print(f"[bold red]error:[/] {escape(what)}")
    console.print(f"[bold]hint:[/] {escape(hint)}")


def silence_stdout() -> None:
    """Point stdout at nothing after the reader of our pipe has left, so that Python's exit does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
