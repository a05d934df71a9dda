"""Tokenizers of three kinds, trained on one's own text. No torch; the libraries are imported where they are used."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tui_llm.errors import InputError, RunFailedError
from tui_llm.text.tokenizers.base import EOT, HUGGING_FACE_FILE, Ids, Kind, StreamDecoder, Tokenizer
from tui_llm.text.tokenizers.byte_bpe import read_byte_bpe, train_byte_bpe
from tui_llm.text.tokenizers.char import read_char, train_char
from tui_llm.text.tokenizers.sentencepiece_bpe import MODEL_FILE, SentencePieceTokenizer, train_sentencepiece

__all__ = ["EOT", "Ids", "Kind", "StreamDecoder", "Tokenizer", "load_tokenizer", "train_tokenizer"]

_FEWEST = 512
_MOST = 32768


def train_tokenizer(kind: Kind, vocab_size: int | None, sample: Iterable[str], text_bytes: int) -> Tokenizer:
    """Train a tokenizer on `sample`: for "char" the whole text, for the others a part of it that fits in memory.

    Without a `vocab_size`, "char" takes all characters and the others the power of two nearest to the square root of
    `text_bytes`, the size of the text that `sample` was taken from; fewer where the text does not give as many.

    Raises:
        InputError: the text does not give as many as `vocab_size`, or needs more.
    """
    tokenizer: Tokenizer
    wanted = default_vocab_size(text_bytes) if vocab_size is None else vocab_size
    if kind == "char":
        tokenizer = train_char(sample, vocab_size)
    elif kind == "bpe":
        tokenizer = train_byte_bpe(sample, wanted)
    else:
        tokenizer = train_sentencepiece(sample, wanted, grow=vocab_size is None)
    if vocab_size is not None and tokenizer.vocab_size < vocab_size:
        raise InputError(
            f"a vocabulary of {vocab_size} is too large for this text.",
            f"ask for --vocab-size {tokenizer.vocab_size} or less, or leave it out.",
        )
    return tokenizer


def default_vocab_size(text_bytes: int) -> int:
    """How many tokens suit a text: about as many as the root of its bytes (1 MB: 1024, 4 MB: 2048, 100 MB: 8192)."""
    return min(max(1 << round(math.log2(max(text_bytes, 1)) / 2), _FEWEST), _MOST)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer whose files are in `folder`, of whichever kind.

    Raises:
        InputError: there is none.
        RunFailedError: its files are damaged.
        OSError: its files cannot be read.
    """
    model, document = folder / MODEL_FILE, folder / HUGGING_FACE_FILE
    path = model if model.exists() else document
    if not path.exists():
        raise InputError(f"there is no tokenizer in {folder}.", "name a run or a folder that has a tokenizer in it.")
    content = path.read_bytes()
    try:
        return SentencePieceTokenizer(content) if path == model else _read_hugging_face(content)
    except Exception as error:  # each library has its own errors for a bad file, some the bare class
        raise RunFailedError(
            f"the tokenizer in {folder} is damaged.",
            "restore that folder from a copy, or delete it and prepare the text again.",
        ) from error


def _read_hugging_face(content: bytes) -> Tokenizer:
    document = msgspec.json.decode(content)
    return read_char(document) if document["model"]["byte_fallback"] else read_byte_bpe(content.decode("utf-8"))
