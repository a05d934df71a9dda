"""A token for each character. Imports numpy and msgspec; the file it writes is read by Hugging Face `tokenizers`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import numpy as np

from tui_llm.files import write_atomically
from tui_llm.text.tokenizers.base import (
    EOT,
    HUGGING_FACE_FILE,
    Ids,
    Kind,
    Tokenizer,
    codepoints,
    count_characters,
    most_frequent,
    vocabulary_too_small,
)

#: Ids 1..256 stand for the 256 bytes; before them the end of text, after them the characters.
_FIRST_BYTE = 1
_FIRST_CHARACTER = _FIRST_BYTE + 256

#: Rarer characters than these many are spelt with bytes, unless more are asked for.
_MOST_TOKENS = 16384


class CharTokenizer(Tokenizer):
    """Characters by a look-up table; those outside the vocabulary by the tokens of their UTF-8 bytes.

    In `tokenizer.json` it is a BPE model without merges and with byte fallback: the same ids come out of it there.
    """

    kind: ClassVar[Kind] = "char"

    def __init__(self, characters: Sequence[str]) -> None:
        """`characters`: those of the vocabulary, in the order of their ids."""
        byte_tokens = [bytes([byte]) for byte in range(256)]
        super().__init__([b"", *byte_tokens, *(character.encode("utf-8") for character in characters)], eot=0)
        self._characters = characters
        # 0 marks what is not in the vocabulary: no character has the id of the end of text.
        self._table = np.zeros(0x110000, dtype=self.dtype)
        self._table[codepoints("".join(characters))] = np.arange(_FIRST_CHARACTER, self.vocab_size)

    def encode_many(self, texts: Sequence[str]) -> list[Ids]:
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> Ids:
        points = codepoints(text)
        # Nothing is clipped, every code point is in the table: but to check them takes numpy several times as long.
        ids: Ids = self._table.take(points, mode="clip")
        if ids.all():
            return ids
        unknown = np.flatnonzero(ids == 0)
        missing = points[unknown]
        widths = np.ones(len(ids), dtype=np.int64)
        widths[unknown] = 1 + (missing > 0x7F) + (missing > 0x7FF) + (missing > 0xFFFF)
        ids = np.repeat(ids, widths)
        spelt = np.frombuffer(missing.tobytes().decode("utf-32-le").encode("utf-8"), dtype=np.uint8)
        ids[ids == 0] = spelt.astype(self.dtype) + _FIRST_BYTE
        return ids

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / HUGGING_FACE_FILE, msgspec.json.encode(_as_hugging_face(self._characters)))


def train_char(sample: Iterable[str], vocab_size: int | None) -> CharTokenizer:
    """A tokenizer with the characters of `sample`, the most frequent ones if there is not room for all.

    Raises:
        InputError: `vocab_size` has no room for one character.
    """
    room = (_MOST_TOKENS if vocab_size is None else vocab_size) - _FIRST_CHARACTER
    if room < 1:
        raise vocabulary_too_small(room + _FIRST_CHARACTER, smallest=_FIRST_CHARACTER + 1)
    kept = np.sort(most_frequent(count_characters(sample))[:room])
    return CharTokenizer([chr(point) for point in kept])


def read_char(document: dict[str, Any]) -> CharTokenizer:
    """The tokenizer that a `tokenizer.json` written by `save` describes.

    Raises:
        ValueError: it describes another one.
    """
    ids: dict[str, int] = document["model"]["vocab"]
    characters = sorted(ids, key=ids.__getitem__)[_FIRST_CHARACTER:]
    if document["model"] != _as_hugging_face(characters)["model"]:
        raise ValueError("not the vocabulary of a character tokenizer")
    return CharTokenizer(characters)


def _as_hugging_face(characters: Sequence[str]) -> dict[str, Any]:
    tokens = [EOT, *(f"<0x{byte:02X}>" for byte in range(256)), *characters]
    end = {"id": 0, "content": EOT, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{**end, "special": True}],
        "normalizer": None,
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": {token: index for index, token in enumerate(tokens)},
            "merges": [],
        },
    }
