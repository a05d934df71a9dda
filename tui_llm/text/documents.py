"""Text to documents, and documents to pieces of bounded size. Imports nothing of the project.

A document is one or more consecutive pieces. `<|endoftext|>` in a text separates documents and vanishes from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

END_OF_TEXT = "<|endoftext|>"
PIECE_CHARS = 1 << 20
#: A long document is parted at the last word's end within so many characters, if there is one.
_SEARCHED = 4096


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document, of at most `PIECE_CHARS` characters. It is empty only where it merely ends a document."""

    text: str
    ends_document: bool


class DocumentBuilder:
    """Makes pieces of the text of one document after the other. Documents of nothing but whitespace vanish.

    The pieces depend on the documents' text alone, not on how it comes in.
    """

    def __init__(self) -> None:
        self.empty_documents = 0
        self._parts: list[str] = []
        self._length = 0
        self._is_blank = True
        self._is_open = False

    def add(self, text: str) -> Iterator[Piece]:
        """Add to the document; gives the pieces that are full."""
        if not text:
            return
        self._is_open = True
        if self._is_blank:
            visible = text.lstrip()
            # White space before all text is kept as far as it fits a piece; there can be any amount of it.
            text = text[: min(len(text) - len(visible), PIECE_CHARS - self._length)] + visible
            self._is_blank = not visible
        self._parts.append(text)
        self._length += len(text)
        if self._length > PIECE_CHARS:
            yield from self._full_pieces()

    def whole(self, text: str, *, count_empty: bool = True) -> Iterator[Piece]:
        """The pieces of a whole document; quick where it is short."""
        if self._is_open or len(text) > PIECE_CHARS:
            yield from self.add(text)
            yield from self.end(count_empty=count_empty)
        elif text and not text.isspace():
            yield Piece(text, ends_document=True)
        elif text:
            self.empty_documents += count_empty

    def end(self, *, count_empty: bool = True) -> Iterator[Piece]:
        """End the document, if there is any: gives its last piece."""
        if self._is_open and self._is_blank:
            self.empty_documents += count_empty
        elif self._is_open:
            yield Piece("".join(self._parts), ends_document=True)
        self._parts.clear()
        self._length = 0
        self._is_blank = True
        self._is_open = False

    def _full_pieces(self) -> Iterator[Piece]:
        text = "".join(self._parts)
        while len(text) > PIECE_CHARS:
            end = _word_end(text)
            yield Piece(text[:end], ends_document=False)
            text = text[end:]
        self._parts = [text]
        self._length = len(text)


def split_documents(chunks: Iterable[str], builder: DocumentBuilder, *, by_line: bool) -> Iterator[Piece]:
    """The documents of a text that comes in `chunks`: parted at each END_OF_TEXT and, `by_line`, at each line's end."""
    for text, ends in _separated(chunks):
        if by_line:
            yield from _lines(text, builder)
        else:
            yield from builder.add(text)
        if ends:
            yield from builder.end()
    yield from builder.end()


def _lines(text: str, builder: DocumentBuilder) -> Iterator[Piece]:
    *ended, last = text.split("\n")
    for line in ended:
        yield from builder.whole(line, count_empty=False)
    yield from builder.add(last)


def _separated(chunks: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text without the separators, each with the one line break after it; True where a document ends there."""
    waiting = ""
    after_separator = False
    for chunk in chunks:
        text = waiting + chunk
        *ended, text = text.split(END_OF_TEXT)
        for document in ended:
            yield document.removeprefix("\n") if after_separator else document, True
            after_separator = True
        if after_separator and text:
            text = text.removeprefix("\n")
            after_separator = False
        start = _separator_start(text)
        waiting = text[start:]
        yield text[:start], False
    yield waiting, False


def _separator_start(text: str) -> int:
    """Where at the end of `text` a separator may begin, else its length."""
    start = text.rfind("<", max(0, len(text) - len(END_OF_TEXT) + 1))
    return start if start >= 0 and END_OF_TEXT.startswith(text[start:]) else len(text)


def _word_end(text: str) -> int:
    """The last place within a piece where a space or a line break follows a word; else the piece's limit."""
    for end in range(PIECE_CHARS, PIECE_CHARS - _SEARCHED, -1):
        if text[end] in " \n" and not text[end - 1].isspace():
            return end
    return PIECE_CHARS
