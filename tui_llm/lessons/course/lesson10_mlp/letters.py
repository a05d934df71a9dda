"""Which kind of character it is, so that a map of them can have colours. Standard library alone."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest


def kind(character: str) -> int:
    """0 a vowel of the Latin script, with an accent or without; 1 another small letter; 2 a capital; 3 all else."""
    if not character.isalpha():
        return 3
    if character.isupper():
        return 2
    return 0 if unicodedata.normalize("NFD", character)[0] in "aeiou" else 1


def kinds_of(alphabet: str) -> list[int | None]:
    """The places of `alphabet` in rounds of six, each kind at its own place in the round; None fills up.

    A plot gives its points six colours in turn: so every kind has its own.
    """
    kinds = [[place for place, character in enumerate(alphabet) if kind(character) == which] for which in range(4)]
    found: list[int | None] = []
    for one in zip_longest(*kinds):
        found += [*one, None, None]
    return found
