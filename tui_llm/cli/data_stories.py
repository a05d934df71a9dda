"""`tui-llm data stories`: write a book of short stories, any size, to train a first model on."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Annotated

import typer

from tui_llm.cli.output import narrate
from tui_llm.errors import InputError, from_os_error
from tui_llm.files import replacing
from tui_llm.text.stories import LANGUAGES
from tui_llm.text.stories.book import Tally, write_book


def stories(
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file to write; - is stdout.", show_default=False)],
    language: Annotated[
        str, typer.Option("--language", metavar="|".join(LANGUAGES), help="The language to tell them in.")
    ],
    megabytes: Annotated[float, typer.Option("--megabytes", help="How much to write, in millions of bytes.")] = 4.0,
    seed: Annotated[int, typer.Option("--seed", help="Another seed tells other stories.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT if it exists.")] = False,
) -> None:
    """Write short stories of our own making: a clean text, of any size, to train a first model on.

    The same language and seed give the same text everywhere, and a longer text begins with the shorter one.
    """
    if language not in LANGUAGES:
        raise InputError(f"there are no stories in {language!r}.", f"choose one of {', '.join(LANGUAGES)}.")
    if not (math.isfinite(megabytes) and megabytes > 0):
        raise InputError(f"--megabytes {megabytes:g} is no size.", "give a number above 0, such as --megabytes 4.")
    size = int(megabytes * 1_000_000)
    if out == "-":
        tally = write_book(sys.stdout.buffer, language, seed, size)
        sys.stdout.buffer.flush()
    else:
        path = Path(out)
        _check_place(path, force)
        tally = _save(path, language, seed, size)
    narrate(
        f"{tally.stories:,} stories, {tally.words:,} words ({tally.distinct_words:,} distinct), "
        f"{tally.size / 1_000_000:.2f} MB written to {'stdout' if out == '-' else out}."
    )


def _check_place(path: Path, force: bool) -> None:
    if path.exists():
        if not path.is_file():
            raise InputError(f"{path} is not a file.", "name a file to write, or - for stdout.")
        if not force:
            raise InputError(f"{path} exists already.", "choose another name, or replace it with --force.")
    elif not path.parent.is_dir():
        raise InputError(f"the folder {path.parent} does not exist.", "make it first, or choose another place.")


def _save(path: Path, language: str, seed: int, size: int) -> Tally:
    try:
        with replacing(path) as file:
            return write_book(file, language, seed, size)
    except OSError as error:
        raise from_os_error(error, "writing the stories") from error
