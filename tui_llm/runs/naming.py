"""What a run may be called. Imports only the standard library and the errors."""

from __future__ import annotations

import re
import unicodedata

from tui_llm.errors import InputError

#: The word that stands for the most recent run.
LAST = "last"

#: In characters. Sixty of four bytes each still fit in a file's name.
LONGEST_NAME = 60

#: Letters of any language come with their marks.
_LETTERS_MARKS_DIGITS = ("L", "M", "Nd")


def check_name(name: str) -> str:
    """Give `name` in the form it is kept (accents composed, NFC).

    Raises:
        InputError: `name` cannot be a run's.
    """
    composed = unicodedata.normalize("NFC", name)
    fault = _fault(composed)
    if fault:
        raise InputError(
            f"{name!r} cannot be a run's name: it {fault}.",
            f"begin with a letter, a digit or '_', then letters, digits, '.', '_' and '-'; at most {LONGEST_NAME}.",
        )
    return composed


def stem_of(text: str) -> str:
    """What is left of `text` (a file's name, say) that `<stem>-N` can be a run's name; `run` if nothing is left."""
    composed = unicodedata.normalize("NFC", text)
    words = re.sub("-{2,}", "-", "".join(character if _fits(character) else "-" for character in composed))
    return words.lstrip(".-")[: LONGEST_NAME - len("-999999")].rstrip(".-") or "run"


def _fits(character: str) -> bool:
    return character in "._-" or unicodedata.category(character).startswith(_LETTERS_MARKS_DIGITS)


def _fault(name: str) -> str | None:
    if not name:
        return "is empty"
    if name == LAST:
        return "means the most recent run"
    if len(name) > LONGEST_NAME:
        return f"has {len(name)} characters"
    wrong = next((character for character in name if not _fits(character)), None)
    if wrong is not None:
        return f"holds {wrong!r}"
    if name[0] in ".-":
        return f"begins with {name[0]!r}"
    return "ends with '.'" if name[-1] == "." else None
