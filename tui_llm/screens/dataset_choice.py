"""What a person chooses on the Dataset screen, and the prepared text that comes of it.
Imports `draft`, the errors and, in a function, `text.sources`.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_llm.draft import Facts
from tui_llm.errors import InputError
from tui_llm.presets import choose_tokenizer
from tui_llm.translation import _

KINDS = ("auto", "char", "sentencepiece", "bpe")
DOCUMENTS = ("auto", "file", "line")


@dataclass(frozen=True)
class Choice:
    """Which texts, how to read them, and how to cut them into tokens."""

    texts: tuple[str, ...] = ()
    """Absolute paths or patterns."""
    text_field: str | None = None
    documents: str = "auto"
    nfc: bool = False
    tokenizer: str = "auto"
    vocab_size: int | None = None

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Choice:
        """The choice that the `data` section of a request spells out."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if data.get(name) is not None}
        return cls(**{**known, "texts": tuple(data.get("texts", ()))})

    def reading(self) -> dict[str, Any]:
        """What the worker must know to read the texts."""
        return {
            "texts": list(self.texts),
            "text_field": self.text_field,
            "documents": self.documents,
            "nfc": self.nfc,
        }

    def cutting(self, size: int) -> dict[str, Any]:
        """What the worker must know to cut the texts, which have `size` bytes, into tokens."""
        return {**self.reading(), "tokenizer": self.kind(size), "vocab_size": self.vocab_size}

    def kind(self, size: int) -> str:
        """The tokenizer, chosen for a text of `size` bytes if it is left open."""
        if self.tokenizer != "auto":
            return self.tokenizer
        return choose_tokenizer(size)

    def data(self, prepared: Prepared | None = None) -> dict[str, Any]:
        """The `data` section of a request: what was chosen, and what is `prepared` of it."""
        chosen: dict[str, Any] = {"texts": list(self.texts)}
        if self.text_field is not None:
            chosen["text_field"] = self.text_field
        if self.nfc:
            chosen["nfc"] = True
        if self.documents != "auto":
            chosen["documents"] = self.documents
        if self.tokenizer != "auto":
            chosen["tokenizer"] = self.tokenizer
        if self.vocab_size is not None:
            chosen["vocab_size"] = self.vocab_size
        if prepared is not None:
            chosen |= {"tokenizer": prepared.kind, "corpus": prepared.corpus}
        return chosen


@dataclass(frozen=True)
class Prepared:
    """A text that is ready to train on."""

    corpus: str
    """Its tokens' folder, below corpora/."""
    name: str
    kind: str
    vocab_size: int
    tokens: dict[str, int]
    """By split."""
    bytes: int
    documents: int | None

    @classmethod
    def of_event(cls, done: Mapping[str, Any], documents: int | None) -> Prepared:
        """What the worker tells at the end of a preparation; it does not tell how many `documents` there are."""
        stats = done["stats"]
        return cls(
            corpus=done["corpus"],
            name=done["name"],
            kind=stats["kind"],
            vocab_size=stats["vocab_size"],
            tokens={split: size["tokens"] for split, size in stats["splits"].items()},
            bytes=sum(size["bytes"] for size in stats["splits"].values()),
            documents=documents,
        )

    def facts(self) -> Facts:
        """What the Config screen wants to know."""
        return Facts(
            corpus=self.corpus,
            name=self.name,
            train_tokens=self.tokens["train"],
            bytes=self.bytes,
            documents=self.documents,
            vocab_size=self.vocab_size,
            smallest_split=min(self.tokens.values()),
        )


def absolute(typed: str) -> str:
    """The absolute form of a path or a pattern.

    Raises:
        InputError: there is nothing of that name, or it is the standard input, which here is the keyboard.
    """
    if typed == "-":
        raise InputError(_("the standard input is the keyboard here."), _("name a file or a folder."))
    path = os.path.abspath(os.path.expanduser(typed))  # noqa: PTH100, PTH111 - Path.expanduser raises
    if not os.path.exists(path) and not glob.has_magic(path):  # noqa: PTH110 - Path.exists raises on a long name
        raise InputError(
            _("there is no file or folder {name}.").format(name=typed[:200]),
            _("check the spelling; tab completes a path."),
        )
    return path


def tilde(path: str) -> str:
    """`path` as people write it, with ~ for their own folder."""
    own = str(Path.home())
    return "~" + path[len(own) :] if path.startswith(own + os.sep) else path


def shortened(name: str, length: int = 28) -> str:
    """A name with its beginning and its end, where it is too long for a column."""
    return name if len(name) <= length else f"{name[: length - 13]}…{name[-12:]}"


def raw_size(texts: tuple[str, ...]) -> int:
    """The bytes of all files that `texts` mean; slow for large folders, so ask in a thread.

    Raises:
        UserError: one of them means nothing.
    """
    from tui_llm.text.sources import find_sources

    return sum(source.size for source in find_sources(texts))
