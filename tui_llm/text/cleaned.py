"""The cleaned text on disk: all documents in one UTF-8 file, and where each ends. Imports numpy, documents, tokenizers.

`text.utf8` holds the documents one after the other with nothing between them; `documents.u64` the byte after each
one's last, as little-endian 64-bit numbers. Nothing here ever holds a whole text or all its documents in memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from tui_llm.errors import RunFailedError
from tui_llm.text.documents import Piece
from tui_llm.text.tokenizers.base import last_safe_cut

_TEXT_FILE = "text.utf8"
_DOCUMENTS_FILE = "documents.u64"

#: Bytes that are read at once.
_BLOCK = 1 << 20

#: Characters at the end of a block in which a place to cut is looked for.
_REACH = 8192

#: Documents whose ends are read or written at once.
_ENDS = 1 << 16

#: Those that no UTF-8 character begins with.
_CONTINUATION_BYTES = bytes(range(0x80, 0xC0))


class Excerpt(NamedTuple):
    """The bytes start..stop-1 as text."""

    text: str
    start: int
    stop: int


class TextSize(NamedTuple):
    """How much a cleaned text holds."""

    bytes: int
    characters: int
    documents: int


def write_cleaned(folder: Path, pieces: Iterable[Piece]) -> TextSize:
    """Write the documents that `pieces` make into `folder`, and say how much there was."""
    size = characters = documents = 0
    ends: list[int] = []
    with (folder / _TEXT_FILE).open("wb") as text, (folder / _DOCUMENTS_FILE).open("wb") as marks:
        for piece in pieces:
            size += text.write(piece.text.encode("utf-8"))
            characters += len(piece.text)
            if piece.ends_document:
                ends.append(size)
                documents += 1
            if len(ends) == _ENDS:
                marks.write(np.array(ends, dtype="<u8").data)
                ends = []
        marks.write(np.array(ends, dtype="<u8").data)
    return TextSize(size, characters, documents)


class CleanedText:
    """Reads what `write_cleaned` wrote. All places are counted in bytes. Use it in a `with` block.

    Raises:
        RunFailedError: the files are not of the size that is told of them.
    """

    def __init__(self, folder: Path, size: int, documents: int) -> None:
        self._ends = folder / _DOCUMENTS_FILE
        self.size = size
        self.documents = documents
        text = folder / _TEXT_FILE
        if not text.exists() or text.stat().st_size != size or self._ends.stat().st_size != documents * 8:
            raise RunFailedError(f"the text in {folder} is damaged.", "delete that folder and prepare the text again.")
        self._file = text.open("rb", buffering=_BLOCK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, start: int, stop: int) -> bytes:
        """The bytes start..stop-1."""
        self._file.seek(start)
        return self._file.read(stop - start)

    def spans(self, start: int = 0) -> Iterator[tuple[int, int]]:
        """Where each document begins and ends, from the one that holds `start` on."""
        index, first = self._document_at(start)
        while index < self.documents:
            ends = np.fromfile(self._ends, dtype="<u8", count=_ENDS, offset=index * 8).tolist()
            for end in ends:
                yield first, end
                first = end
            index += len(ends)

    def _document_at(self, place: int) -> tuple[int, int]:
        """The number of the document that holds `place`, and where it begins."""
        if place == 0:
            return 0, 0
        ends = np.memmap(self._ends, dtype="<u8", mode="r")
        index = int(np.searchsorted(ends, place, side="right"))
        return index, int(ends[index - 1]) if index else 0

    def character_at(self, place: int) -> int:
        """The first place from `place` on where a character begins."""
        following = self.read(place, place + 3)
        return place + len(following) - len(following.lstrip(_CONTINUATION_BYTES))

    def pieces(self, start: int, stop: int) -> Iterator[Excerpt]:
        """The text from `start` to `stop` (both where a character begins), cut where no token can cross."""
        while start < stop:
            block = self.read(start, min(start + _BLOCK, stop))
            at_end = start + len(block) == stop
            text, used = codecs.utf_8_decode(block, "strict", at_end)
            if not at_end:
                text = text[: last_safe_cut(text, _REACH)]
                used = len(text.encode("utf-8"))
            yield Excerpt(text, start, start + used)
            start += used
