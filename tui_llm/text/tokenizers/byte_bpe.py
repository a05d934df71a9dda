"""Byte-level byte-pair encoding as GPT-2's, trained on one's own text. Imports Hugging Face `tokenizers` where used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from tui_llm.files import write_atomically
from tui_llm.text.tokenizers.base import (
    EOT,
    HUGGING_FACE_FILE,
    Ids,
    Kind,
    Tokenizer,
    cut_text,
    in_parts,
    rejoin,
    vocabulary_too_small,
)

if TYPE_CHECKING:
    import tokenizers

#: The 256 bytes and the end of text.
_SMALLEST = 257

# Said before the library is first used, or it warns in every process that is forked afterwards.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")


class ByteBpeTokenizer(Tokenizer):
    """Merged bytes inside the words that GPT-2's pattern finds; `tokenizer.json` is the library's own."""

    kind: ClassVar[Kind] = "bpe"

    def __init__(self, backend: tokenizers.Tokenizer) -> None:
        backend.encode_special_tokens = True
        tokens = sorted(backend.get_vocab().items(), key=lambda item: item[1])
        byte_of = {character: byte for byte, character in enumerate(_byte_characters())}
        eot = backend.token_to_id(EOT)
        if eot is None:
            raise ValueError("a tokenizer without an end of text")
        super().__init__([b"" if index == eot else bytes(byte_of[c] for c in token) for token, index in tokens], eot)
        self._backend = backend

    def encode_many(self, texts: Sequence[str]) -> list[Ids]:
        parts, counts = in_parts(texts)
        encoded = self._backend.encode_batch_fast(parts, add_special_tokens=False)
        return rejoin([np.array(one.ids, dtype=self.dtype) for one in encoded], counts, self.dtype)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / HUGGING_FACE_FILE, self._backend.to_str())


def train_byte_bpe(sample: Iterable[str], vocab_size: int) -> ByteBpeTokenizer:
    """A tokenizer with up to `vocab_size` tokens: fewer where nothing in `sample` is left to merge.

    Raises:
        InputError: `vocab_size` has no room for the bytes.
    """
    from tokenizers import Tokenizer as Backend
    from tokenizers import decoders, models, pre_tokenizers, trainers

    if vocab_size < _SMALLEST:
        raise vocabulary_too_small(vocab_size, _SMALLEST)
    parts = [part for text in sample for part in cut_text(text, 1 << 16)]
    backend = Backend(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        # The library reserves memory for as many as it is told, and each merge needs a byte of text.
        vocab_size=min(vocab_size, _SMALLEST + sum(len(part.encode("utf-8")) for part in parts)),
        min_frequency=2,
        show_progress=False,
        special_tokens=[EOT],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    backend.train_from_iterator(parts, trainer)
    return ByteBpeTokenizer(backend)


def read_byte_bpe(document: str) -> ByteBpeTokenizer:
    """The tokenizer that the text of a `tokenizer.json` describes. Raises whatever the library says of a bad one."""
    from tokenizers import Tokenizer as Backend

    return ByteBpeTokenizer(Backend.from_str(document))


def _byte_characters() -> list[str]:
    """The printable character that GPT-2's vocabulary writes for each of the 256 bytes, in the bytes' order."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = iter(range(256, 512))
    return [chr(byte if byte in printable else next(others)) for byte in range(256)]
