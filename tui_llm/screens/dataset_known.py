"""The texts that were prepared before, as the Dataset screen lists and shows them. Imports `runs.home` and, inside its
functions, `text`: call them in a thread.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui_llm.errors import UserError, from_os_error
from tui_llm.runs.home import corpora_folder
from tui_llm.screens.dataset_choice import Choice, Prepared
from tui_llm.translation import sentence, spoken

if TYPE_CHECKING:
    from tui_llm.text.report import ReadReport

_PREVIEW = 20_000


@dataclass(frozen=True)
class KnownText:
    """A prepared text with one of its tokenizers."""

    name: str
    folder: Path
    choice: Choice
    prepared: Prepared
    report: ReadReport
    made: float
    """When, unix seconds."""


def known_texts() -> tuple[list[KnownText], list[str]]:
    """The prepared texts, the newest first, and a sentence for each that is damaged."""
    known: list[KnownText] = []
    damaged: list[str] = []
    try:
        folders = [folder for folder in corpora_folder().iterdir() if not folder.name.startswith(".")]
    except OSError:
        folders = []
    for folder in folders:
        if folder.is_dir():
            try:
                known += _of_corpus(folder)
            except UserError as error:
                damaged.append(spoken(error))
            except OSError as error:
                damaged.append(sentence(from_os_error(error, "reading the prepared texts").what))
    return sorted(known, key=lambda one: one.made, reverse=True), damaged


def _of_corpus(folder: Path) -> list[KnownText]:
    from tui_llm.text.corpora import read_corpus_info
    from tui_llm.text.store import INFO_FILE, read_info

    info = read_corpus_info(folder)
    name = folder.name.rpartition("-")[0] or folder.name
    found = []
    for file in folder.glob(f"tokens/[!.]*/{INFO_FILE}"):
        stats = read_info(file.parent)
        choice = Choice(
            texts=tuple(_absolute(text) for text in info.inputs),
            text_field=info.read.text_field,
            documents=info.read.documents,
            nfc=info.read.nfc,
            tokenizer=stats.kind,
            vocab_size=_wanted(file.parent),
        )
        prepared = Prepared(
            corpus=str(file.parent.relative_to(corpora_folder())),
            name=folder.name,
            kind=stats.kind,
            vocab_size=stats.vocab_size,
            tokens={split: size.tokens for split, size in stats.splits.items()},
            bytes=info.bytes,
            documents=info.documents,
        )
        found.append(KnownText(name, folder, choice, prepared, info.report, file.stat().st_mtime))
    return found


def _wanted(tokens_folder: Path) -> int | None:
    """The size of the vocabulary that was asked for, which the folder's name ends with."""
    size = tokens_folder.name.rpartition("-")[2]
    return int(size) if size.isdecimal() else None


def _absolute(text: str) -> str:
    return text if text == "-" else os.path.abspath(os.path.expanduser(text))  # noqa: PTH100, PTH111


def beginning(known: KnownText) -> str:
    """The beginning of its cleaned text, with a line break after each document.

    Raises:
        UserError: the text is damaged.
        OSError: it cannot be read.
    """
    from itertools import islice

    from tui_llm.text.cleaned import CleanedText

    assert known.prepared.documents is not None
    with CleanedText(known.folder, known.prepared.bytes, known.prepared.documents) as text:
        parts, left = [], _PREVIEW
        for start, stop in islice(text.spans(), _PREVIEW):
            # Bytes, not characters: a little less text, and a character that is cut at the end vanishes.
            part = text.read(start, min(stop, start + left)).decode("utf-8", errors="ignore")
            parts.append(part)
            left -= len(part)
            if left <= 0:
                break
        return "\n".join(parts)
