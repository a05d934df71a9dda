"""What every language of the stories is made of: words with their forms, beats with their variants, and dice.

Knows no language and no plot. Standard library only.

A language is written as plain text, a beat at a time: the name of the beat and a colon, then each way to tell it on a
line that begins with `- ` (lines that follow continue it):

    wall.river:
    - But {h} found that [the rain|the spring] had carried the bridge away.

`[a|b]` is a choice; `{h}` is a word of the scene and `{h.the}` one of its forms; `{H}`, the hero at the head of a
sentence, is short for `[{h}|{h.The}]`. `//` begins a new line, and a variant that begins with a dash or a quotation
mark is speech and has lines of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SPEECH = ("—", '"')


class Word:
    """A word or a phrase: `{w}` in a variant is its text, `{w.the}` a form, `{w.The}` that form with a capital.

    `Up` is the text with a capital. Which forms there are is the language's own affair.
    """

    def __init__(self, text: str, **forms: str) -> None:
        self._text = text
        for name, form in {**forms, "up": text}.items():
            setattr(self, name, form)
            setattr(self, name[:1].upper() + name[1:], form[:1].upper() + form[1:])

    def __str__(self) -> str:
        return self._text

    def form(self, name: str) -> str:
        """One form by its name; raises AttributeError where the word has none."""
        return str(getattr(self, name))

    def named(self, name: str) -> Word:
        """Somebody of this kind whose name is `name`: all the forms of the kind, and a text of its own."""
        somebody = Word.__new__(Word)
        somebody.__dict__.update(self.__dict__, _text=name)
        return somebody


def by_gender(masculine: str, feminine: str) -> dict[str, list[str]]:
    """Two rows of words as a mapping by gender."""
    return {"m": masculine.split(), "f": feminine.split()}


@dataclass(frozen=True, slots=True)
class Language:
    """The words and the beats of one language. Mappings by gender have the keys `m` and `f`.

    Whoever can be somebody (walkers, strangers, trades) has the forms `gender` and `the`; all other forms are between
    the words of a language and its beats.
    """

    names: Mapping[str, Sequence[str]]
    #: Kinds who cannot fly, swim or dig: what stops them on the road must be able to stop them.
    walkers: Sequence[Word]
    #: Kinds who are met on the way, the others among them.
    strangers: Sequence[Word]
    kin: Sequence[Word]
    places: Sequence[Word]
    #: A sequence for every object, one word for every adjective that it can have.
    things: Sequence[Sequence[Word]]
    days: Mapping[str, Sequence[Word]]
    traits: Mapping[str, Mapping[str, Word]]
    trades: Mapping[str, Mapping[str, Word]]
    products: Mapping[str, Word]
    #: The forms that agree with two people, by their common gender.
    pairs: Mapping[str, Word]
    #: Every beat's variants, and every variant's readings.
    beats: Mapping[str, Sequence[Sequence[str]]]


class Dice:
    """Choices that are the same on every platform and version: only `Random.random` promises that."""

    def __init__(self, seed: str) -> None:
        self._random: Callable[[], float] = Random(seed).random

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._random() * len(choices))]

    def pick_other(self, choices: Sequence[T], taken: Callable[[T], bool]) -> T:
        """One of `choices` that is not taken; at least one must be free."""
        while taken(choice := self.pick(choices)):
            pass
        return choice

    def chance(self) -> bool:
        return self._random() < 0.5


def read_beats(text: str) -> dict[str, list[list[str]]]:
    """The beats written in `text` (see the module's docstring): of each its variants, of each variant its readings.

    Raises:
        ValueError: a beat stands twice, or a line belongs to none.
    """
    written: dict[str, list[str]] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.endswith(":") and " " not in line:
            name = line[:-1]
            if name in written:
                raise ValueError(f"the beat {name} stands twice")
            written[name] = []
        elif line.startswith("- ") and name:
            written[name].append(line[2:].strip())
        elif name and written[name]:
            written[name][-1] += " " + line.strip()
        else:
            raise ValueError(f"line {number} belongs to no beat: {line}")
    return {name: [_spell_out(raw) for raw in raws] for name, raws in written.items()}


def _spell_out(raw: str) -> list[str]:
    """Every reading of a variant with choices, its line breaks set."""
    pieces = _CHOICE.split(raw.replace("{H}", "[{h}|{h.The}]"))  # text, choice, text, choice, ..., text
    readings = itertools.product(*(piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)))
    return [_set_lines("".join(reading).split(" // ")) for reading in readings]


def _set_lines(lines: list[str]) -> str:
    """Lines as they are told: speech neither begins after other words nor goes on before them."""
    text = "\n".join(lines)
    return ("\n" if lines[0].startswith(_SPEECH) else "") + text + ("\n" if lines[-1].startswith(_SPEECH) else "")
