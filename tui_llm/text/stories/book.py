"""A book of stories: as many as fill a given size, with the separator between them. Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from tui_llm.text.stories import SEPARATOR, stories

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a book holds."""

    stories: int
    words: int
    distinct_words: int
    size: int


def write_book(file: BinaryIO, language: str, seed: int, size: int) -> Tally:
    """Write stories to `file` in UTF-8 until `size` bytes are passed, ending with a whole story.

    A longer book of the same language and seed begins with the shorter one. Memory does not grow with `size`.

    Raises:
        KeyError: there are no stories in `language`.
        OSError: `file` cannot be written.
    """
    written = words = number = 0
    vocabulary: set[str] = set()
    for number, story in enumerate(stories(language, seed), 1):
        between = "" if number == 1 else f"{SEPARATOR}\n"
        written += file.write(f"{between}{story}\n".encode())
        told = _WORD.findall(story.lower())
        words += len(told)
        vocabulary.update(told)
        if written > size:
            break
    return Tally(number, words, len(vocabulary), written)
