"""What every tokenizer is: text to ids and back, without loss. Imports numpy, the errors and the standard library."""

from __future__ import annotations

import codecs
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np

from tui_llm.errors import InputError

Kind = Literal["char", "sentencepiece", "bpe"]
Ids = np.ndarray[tuple[int], np.dtype[Any]]

#: The token that ends every document. The same letters in somebody's text are ordinary characters.
EOT = "<|endoftext|>"

HUGGING_FACE_FILE = "tokenizer.json"

#: No token crosses the border before a space that stands alone between two words, so ids are the same on both sides.
_SAFE_CUT = re.compile(r"(?<=\S) (?=\S)")

#: Characters: what the libraries' encoders are quickest with, and enough parts for all their threads.
_PART = 4000

_UNICODE = 0x110000


class Tokenizer(ABC):
    """Turns any Unicode text (no lone surrogates) into ids 0..V-1 and back: `decode(encode(text)) == text`.

    Attributes:
        vocab_size: V, how many tokens there are.
        eot: the id of `<|endoftext|>`; `encode` never yields it.
        dtype: of the ids: uint16 where V fits, else uint32.
        token_bytes: V items, the UTF-8 bytes that each token stands for; b"" for those that stand for no text.
        byte_lengths: (V,) int64, their lengths: what bits per byte are counted with.
    """

    kind: ClassVar[Kind]

    def __init__(self, token_bytes: list[bytes], eot: int) -> None:
        self.token_bytes = token_bytes
        self.vocab_size = len(token_bytes)
        self.eot = eot
        self.dtype: np.dtype[Any] = np.dtype("<u2" if self.vocab_size <= 1 << 16 else "<u4")
        self.byte_lengths = np.array([len(token) for token in token_bytes], dtype=np.int64)

    def encode(self, text: str) -> Ids:
        """The ids of `text`, (T,) of `dtype`."""
        return self.encode_many([text])[0]

    @abstractmethod
    def encode_many(self, texts: Sequence[str]) -> list[Ids]:
        """The ids of each of `texts`, with as many threads as the machine lends."""

    @abstractmethod
    def save(self, folder: Path) -> None:
        """Write the ecosystem's own files for this tokenizer into `folder`, which is made if need be."""

    def decode(self, ids: Sequence[int] | Ids) -> str:
        """The text that `ids` stand for; bytes that are no UTF-8 become U+FFFD."""
        return b"".join(self.token_bytes[token] for token in np.asarray(ids).tolist()).decode("utf-8", errors="replace")


class StreamDecoder:
    """Decodes token by token: what `feed` and then `flush` give, joined, is what `decode` gives for all of them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._token_bytes = tokenizer.token_bytes
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, token: int) -> str:
        """The text that is ready after `token`: nothing while a character is not complete."""
        return self._utf8.decode(self._token_bytes[token])

    def flush(self) -> str:
        """What is left at the end: U+FFFD for a character that never became complete."""
        return self._utf8.decode(b"", final=True)


def cut_text(text: str, size: int) -> Iterator[str]:
    """Cut `text` into parts of little more than `size` characters, only where no token can cross.

    A stretch without a single space between two words stays whole, however long.
    """
    start = 0
    while len(text) - start > size and (cut := _SAFE_CUT.search(text, start + size)):
        yield text[start : cut.start()]
        start = cut.start()
    yield text[start:]


def last_safe_cut(text: str, reach: int) -> int:
    """The last place within the final `reach` characters of `text` where no token can cross, else its end."""
    place = len(text)
    for cut in _SAFE_CUT.finditer(text, max(0, len(text) - reach)):
        place = cut.start()
    return place


def in_parts(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """All `texts` cut into short parts, for encoders that take a list, and how many parts each text gave."""
    parts: list[str] = []
    counts: list[int] = []
    for text in texts:
        before = len(parts)
        parts.extend(cut_text(text, _PART))
        counts.append(len(parts) - before)
    return parts, counts


def rejoin(encoded: Sequence[Any], counts: Sequence[int], dtype: np.dtype[Any]) -> list[Ids]:
    """Undo `in_parts` on the encoded parts: for each text one array of ids."""
    joined: list[Ids] = []
    first = 0
    for count in counts:
        joined.append(np.concatenate(encoded[first : first + count], dtype=dtype, casting="unsafe"))
        first += count
    return joined


def codepoints(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """The code points of `text`, (characters,) uint32."""
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def count_characters(texts: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How often each code point occurs in `texts`, (0x110000,) int64; holds one part of the text at a time."""
    counts = np.zeros(_UNICODE, dtype=np.int64)
    waiting: list[str] = []
    characters = 0
    for text in texts:
        waiting.append(text)
        characters += len(text)
        if characters >= _UNICODE:
            counts += np.bincount(codepoints("".join(waiting)), minlength=_UNICODE)
            waiting, characters = [], 0
    return counts + np.bincount(codepoints("".join(waiting)), minlength=_UNICODE)


def most_frequent(counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The code points that occur, the most frequent first; equals by their number."""
    present = np.flatnonzero(counts)
    return present[np.argsort(-counts[present], kind="stable")]


def vocabulary_too_small(asked: int, smallest: int) -> InputError:
    """The error for a vocabulary without room for the bytes and the characters that every text needs."""
    return InputError(
        f"a vocabulary of {asked} is too small for this text.", f"ask for --vocab-size {smallest} or more."
    )
