"""Pieces of text to lines. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Longer lines are no lines of records; they are cut here, so that memory stays bounded.
LONGEST_LINE = 1 << 24


def lines_of(chunks: Iterable[str]) -> Iterator[str]:
    """The lines of a text that comes in pieces, each with its `\\n` (the last perhaps without).

    A line longer than `LONGEST_LINE` comes out cut to one character more than that; the rest of it is dropped.
    """
    waiting: list[str] = []
    length = 0
    for chunk in chunks:
        first, *others = chunk.split("\n")
        if length <= LONGEST_LINE:
            waiting.append(first)
            length += len(first)
        if others:
            yield _line(waiting, "\n")
            yield from (line + "\n" for line in others[:-1])
            waiting = [others[-1]]
            length = len(others[-1])
    if length:
        yield _line(waiting, "")


def _line(parts: list[str], ending: str) -> str:
    return "".join(parts)[: LONGEST_LINE + 1] + ending
