"""Token ids on disk, in flat little-endian files that are mapped into memory. Imports numpy, msgspec and the errors.

A folder holds the tokens of several splits, `train-00000.bin`, `train-00001.bin`, ... for each, and `tokens.json`,
which says what is in them. There is no header: `numpy.fromfile` reads a shard.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tui_llm.errors import RunFailedError, from_os_error
from tui_llm.files import write_atomically

#: Tokens in a shard at most: 256 MB of uint16.
SHARD_TOKENS = 1 << 27

#: Tokens that a writer holds back before it writes: a megabyte of uint16.
_BUFFER = 1 << 19

INFO_FILE = "tokens.json"

Tokens = np.ndarray[tuple[int], np.dtype[Any]]
Windows = np.ndarray[tuple[int, int], np.dtype[np.int64]]


class SplitSize(msgspec.Struct, frozen=True):
    """How much a split holds: `bytes` of text, `tokens` with the ends of documents, `documents` at least in part."""

    tokens: int
    bytes: int
    documents: int


class TokensInfo(msgspec.Struct, frozen=True):
    """What `tokens.json` says: the tokenizer's kind and size, the type of an id, and each split's size by its name."""

    kind: Literal["char", "sentencepiece", "bpe"]
    vocab_size: int
    dtype: Literal["uint16", "uint32"]
    splits: dict[str, SplitSize]


def write_info(folder: Path, info: TokensInfo) -> None:
    """Write `tokens.json`, without which nothing in `folder` can be read: the last thing to write."""
    write_atomically(folder / INFO_FILE, msgspec.json.format(msgspec.json.encode(info)))


def read_info(folder: Path) -> TokensInfo:
    """What `tokens.json` in `folder` says.

    Raises:
        RunFailedError: it is missing or damaged.
    """
    try:
        return msgspec.json.decode((folder / INFO_FILE).read_bytes(), type=TokensInfo)
    except OSError as error:
        raise from_os_error(error, "reading the tokens") from error
    except msgspec.DecodeError as error:
        raise _damaged(folder) from error


class TokenWriter:
    """Appends ids to the shards of one split. Use it in a `with` block, or `close` it."""

    def __init__(self, folder: Path, split: str, dtype: np.dtype[Any], shard_tokens: int = SHARD_TOKENS) -> None:
        self._folder = folder
        self._split = split
        self._dtype = dtype.newbyteorder("<")
        self._shard_tokens = shard_tokens
        self._waiting: list[Tokens] = []
        self._waiting_tokens = 0
        self.tokens = 0

    def append(self, ids: Tokens) -> None:
        """Add `ids`, (T,), after those that are there."""
        self._waiting.append(ids)
        self._waiting_tokens += len(ids)
        if self._waiting_tokens >= _BUFFER:
            self._flush()

    def _flush(self) -> None:
        ids = np.concatenate([np.empty(0, self._dtype), *self._waiting], dtype=self._dtype, casting="same_kind")
        self._waiting, self._waiting_tokens = [], 0
        while len(ids):
            number, used = divmod(self.tokens, self._shard_tokens)
            now = ids[: self._shard_tokens - used]
            with (self._folder / f"{self._split}-{number:05}.bin").open("ab") as shard:
                shard.write(now.data)
            self.tokens += len(now)
            ids = ids[len(now) :]

    def close(self) -> None:
        """Write what was held back. `tokens` is now the number of all."""
        self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()


class TokenStore:
    """The tokens of one split, read where they lie; takes no memory of its own.

    Raises:
        RunFailedError: the files are not the ones that `tokens.json` tells of.
    """

    def __init__(self, folder: Path, split: str) -> None:
        info = read_info(folder)
        self.dtype = np.dtype(info.dtype).newbyteorder("<")
        paths = sorted(folder.glob(f"{split}-*.bin"))
        try:
            self._shards: list[Tokens] = [np.asarray(np.memmap(path, self.dtype, mode="r")) for path in paths]
        except ValueError as error:
            raise _damaged(folder) from error
        except OSError as error:
            raise from_os_error(error, "reading the tokens") from error
        self._ends = np.cumsum([len(shard) for shard in self._shards], dtype=np.int64)
        if split not in info.splits or info.splits[split].tokens != len(self):
            raise _damaged(folder)

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def read(self, start: int, length: int) -> Tokens:
        """The tokens start..start+length-1, (length,) of `dtype`; where they lie in one shard, without a copy."""
        self._check(start, start, length)
        first = int(np.searchsorted(self._ends, start, side="right"))
        pieces: list[Tokens] = [np.empty(0, self.dtype)]
        while length > 0:
            shard = self._shards[first]
            offset = start - int(self._ends[first]) + len(shard)
            pieces.append(shard[offset : offset + length])
            start, length, first = start + len(pieces[-1]), length - len(pieces[-1]), first + 1
        return pieces[-1] if len(pieces) <= 2 else np.concatenate(pieces)

    def windows(self, starts: np.ndarray[tuple[int], np.dtype[np.int64]], length: int) -> Windows:
        """For each of `starts`, (B,), the `length` tokens from there on: (B, length) int64."""
        if not len(starts):
            return np.empty((0, length), dtype=np.int64)
        self._check(int(starts.min()), int(starts.max()), length)
        if len(self._shards) == 1:
            return sliding_window_view(self._shards[0], length)[starts].astype(np.int64)
        return np.stack([self.read(start, length) for start in starts.tolist()]).astype(np.int64)

    def _check(self, first: int, last: int, length: int) -> None:
        if first < 0 or length < 0 or last + length > len(self):
            raise IndexError(f"tokens {first}..{last}+{length} of {len(self)}")


def _damaged(folder: Path) -> RunFailedError:
    return RunFailedError(f"the tokens in {folder} are damaged.", "delete that folder and prepare the text again.")
