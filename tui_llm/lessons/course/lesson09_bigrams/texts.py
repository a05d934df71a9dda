"""The learner's own text as lessons 9 and 10 take it: of any script, any length, with whatever is in it. Standard
library, the kit and the stories.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, wraps
from itertools import islice

from tui_llm.lessons.course.drawings import Lines
from tui_llm.lessons.course.kit import Drawn, Words
from tui_llm.text.stories import SEPARATOR, stories

#: The most characters that an alphabet has here: tables have its square. Rarer ones all become `OTHER`.
MOST = 96
OTHER = "□"


@lru_cache(maxsize=4)
def prepared(text: str) -> str:
    """`text` with no more than `MOST` different characters, all of which can be shown.

    Accents are joined to their letters, every white space but the line break is a space, and what is rare or cannot be
    printed is `OTHER`.
    """
    text = unicodedata.normalize("NFC", text.replace(SEPARATOR, "").replace("\r\n", "\n").replace("\r", "\n"))
    signs = {character: _sign(character) for character in set(text)}
    text = "".join(signs[character] for character in text)
    kept = set(alphabet_of(text)[: MOST - 1])
    return text if len(set(text)) <= MOST else "".join(one if one in kept else OTHER for one in text)


def _sign(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    return " " if character.isspace() else OTHER


def alphabet_of(text: str) -> str:
    """Every character of `text` once, the most frequent first."""
    return "".join(sorted(counts := Counter(text), key=lambda one: (-counts[one], one)))


@lru_cache(maxsize=1)
def some_stories() -> str:
    """An English text for what is asked of everyone alike."""
    return prepared("\n\n".join(islice(stories("en"), 60)))


def shown(character: str) -> str:
    """A character with a sign for those that are not seen, and a circle below an accent that stands alone."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return f"◌{character}"
    return {"\n": "↵", " ": "·"}.get(character, character)


def mark(character: str) -> str:
    """The sign of a character that takes one column."""
    sign = shown(character)
    return sign if len(sign) == 1 and _columns(sign) == 1 else OTHER


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, lines: int, width: int = 72) -> list[str]:
    """The beginning of `text` as so many lines at most, with line breaks as signs."""
    found, used = [""], 0
    for character in text:
        columns = _columns(character)
        if used + columns > width:
            if len(found) == lines:
                break
            found.append("")
            used = 0
        found[-1] += "↵" if character == "\n" else character
        used += columns
    return found


def at_least(least: int, word: str) -> Callable[[Callable[..., Drawn]], Callable[..., Drawn]]:
    """For a figure of the learner's text: it is given that `prepared`, and if there are fewer characters than `least`,
    its word `word` says so instead.
    """

    def made(function: Callable[..., Drawn]) -> Callable[..., Drawn]:
        @wraps(function)
        def drawn(words: Words, *, text: str, **knobs: float | str) -> Drawn:
            text = prepared(text)
            if len(text) < least:
                return Lines(lines=textwrap.wrap(words(word, count=len(text), least=least), 72))
            return function(words, text=text, **knobs)

        return drawn

    return made
