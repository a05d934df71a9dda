"""Tokens for the eye: what each one says, which ones texts are made of, how often. Imports `models`, `text`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from tui_llm.config import ModelConfig
from tui_llm.models import MODELS
from tui_llm.models.shapes import shapes_alone
from tui_llm.text.store import TokenStore
from tui_llm.text.tokenizers.base import EOT, Tokenizer

#: Behind the last token: the blank that some models put before a text.
BLANK = "∅"

#: How a space and its like are made visible.
_VISIBLE = {" ": "␣", "\n": "↵", "\t": "⇥"}

#: Tokens of a text in which the frequent ones are found.
_COUNTED = 1 << 22


def token_labels(tokenizer: Tokenizer) -> list[str]:
    """V texts that can be seen: ␣ is a space, ↵ a line break, ⟨C3⟩ a byte that is no character by itself, U+200D a
    character that has no shape.
    """
    spelling = _spelling_bytes(tokenizer)
    labels = []
    for token, text in enumerate(tokenizer.token_bytes):
        if token == tokenizer.eot:
            labels.append(EOT)
        else:
            labels.append(f"⟨{text[0]:02X}⟩" if token in spelling else visible(text.decode(errors="surrogateescape")))
    return labels


def visible(text: str) -> str:
    """`text` with a sign for every character that could not be seen, and a circle below an accent without a letter."""
    alone = "◌" if unicodedata.category(text[:1] or " ").startswith("M") else ""
    return alone + "".join(_sign(character) for character in text)


def _sign(character: str) -> str:
    point = ord(character)
    if 0xDC80 <= point <= 0xDCFF:  # a byte that "surrogateescape" carries
        return f"⟨{point - 0xDC00:02X}⟩"
    if character in _VISIBLE or character.isprintable():
        return _VISIBLE.get(character, character)
    return f"U+{point:04X}"


def cells(text: str) -> int:
    """How many columns `text` takes where every letter is equally wide."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def tokens_of_texts(tokenizer: Tokenizer) -> list[int]:
    """The tokens that stand for text, and the end of text; not the bytes that only spell what is unknown.

    Those were hardly ever seen in training: among the others they would stand as if they meant something.
    """
    spelling = _spelling_bytes(tokenizer)
    return [
        token
        for token, text in enumerate(tokenizer.token_bytes)
        if (text or token == tokenizer.eot) and token not in spelling
    ]


def _spelling_bytes(tokenizer: Tokenizer) -> range:
    """The 256 ids in a row that stand for a byte each, beside the characters; byte-level BPE has none beside others."""
    every_byte = [bytes([byte]) for byte in range(256)]
    if tokenizer.kind != "bpe":
        for first in range(tokenizer.vocab_size - 255):
            if tokenizer.token_bytes[first : first + 256] == every_byte:
                return range(first, first + 256)
    return range(0)


def token_axes(config: ModelConfig, vocab_size: int) -> dict[str, list[bool]]:
    """Which axes of each of a model's tensors count tokens: those that grow with the vocabulary."""
    with shapes_alone():  # the larger one may be too large to be built in earnest
        model, larger = (MODELS[config.name](config, size).state_dict() for size in (vocab_size, vocab_size + 1))
    return {
        name: [size != before for size, before in zip(tensor.shape, model[name].shape, strict=True)]
        for name, tensor in larger.items()
    }


def by_frequency(tokens: Sequence[int], store: TokenStore | None) -> list[int]:
    """`tokens`, the most frequent in the text of `store` first; in their own order where there is none."""
    if store is None:
        return list(tokens)
    counts = np.bincount(store.read(0, min(len(store), _COUNTED)), minlength=max(tokens, default=0) + 1)
    return sorted(tokens, key=lambda token: -int(counts[token]))


def beginning(store: TokenStore, eot: int, length: int) -> list[int]:
    """The first `length` tokens of the first document with so many, else of the longest near the beginning."""
    ids = store.read(0, min(len(store), 64 * length)).tolist()
    documents: list[list[int]] = [[]]
    for token in ids:
        if token == eot:
            documents.append([])
        else:
            documents[-1].append(token)
    enough = next((document for document in documents if len(document) >= length), None)
    return (enough or max(documents, key=len))[:length]
