"""What a lesson's `figures.py` is made with: `figure`, `choice`, `number`, and what figures can be given. Standard
library alone; whoever imports a lesson's module through `load` imports what that lesson computes with.

    @figure(threshold=Knob(span(0, 3, 0.5), 1.5))
    def gate(words: Words, threshold: float) -> Table: ...

    @choice
    def which(): return "or"            # the name of the right choice

    @number(tolerance=0.02)
    def capacity(): return measured
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tui_llm.lessons.course.drawings import Drawing

Value = int | float | str
Drawn = Drawing | Sequence[Drawing]


@dataclass(frozen=True)
class Knob:
    """The values that the learner can choose among, in order, and the one at the start. Those that are texts are names
    of words in the lesson's files.
    """

    values: tuple[Value, ...]
    start: Value

    def __post_init__(self) -> None:
        if self.start not in self.values or len(set(self.values)) != len(self.values) or len(self.values) < 2:
            raise ValueError(f"a knob has at least two different values, and starts at one: {self}")


def span(low: float, high: float, step: float) -> tuple[float, ...]:
    """The values from `low` to `high`, for a `Knob`; ints if `low` and `step` are."""
    count = round((high - low) / step)
    return tuple(round(low + place * step, 10) for place in range(count + 1))


@dataclass(frozen=True)
class Own:
    """Something of the learner's own that a figure is given."""

    kind: str


#: The learner's text, a str: the one chosen in Dataset, else stories in the lesson's language.
TEXT = Own("text")

#: The learner's run, a `RunDirectory`: the one in hand, else the newest with a checkpoint.
RUN = Own("run")


class Words:
    """The words of a figure in the learner's language, by their names."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __call__(self, name: str, /, **values: object) -> str:
        """The word, with `values` in its braces.

        Raises:
            KeyError: the lesson's file has no such word, or it wants another value.
        """
        if name not in self._words:
            raise KeyError(f"the figure has no `word {name}:`")
        return self._words[name].format(**values)


@dataclass(frozen=True)
class FigureMaker:
    """Draws one figure."""

    name: str
    knobs: Mapping[str, Knob]
    own: Mapping[str, Own]
    function: Callable[..., Drawn]

    def __call__(self, words: Words, **given: Any) -> Drawn:
        """The drawing for the knobs' values, and what is the learner's own."""
        return self.function(words, **given)


@dataclass(frozen=True)
class Answer:
    """Computes the answer to one question: a choice's name, or a number."""

    name: str
    function: Callable[[], Value]
    tolerance: float | None
    """How far from the number one may be; None if the answer is a choice."""

    def judge(self, given: str) -> tuple[Value, bool]:
        """The right answer, and whether `given` is that.

        Raises:
            ValueError: a number is asked for, and `given` is none.
        """
        right = self.function()
        if self.tolerance is None:
            return right, given == right
        return right, abs(as_number(given) - float(right)) <= self.tolerance


def as_number(text: str) -> float:
    """A number as people type it, with a point or a comma.

    Raises:
        ValueError: it is none.
    """
    return float(text.strip().replace(",", "."))


def figure(**inputs: Knob | Own) -> Callable[[Callable[..., Drawn]], FigureMaker]:
    """A figure of the name of the function below, which takes the words and what is named here."""

    def made(function: Callable[..., Drawn]) -> FigureMaker:
        takes = list(inspect.signature(function).parameters)
        if takes != ["words", *inputs]:
            raise TypeError(f"{function.__name__} must take (words, {', '.join(inputs)}), and takes {takes}")
        knobs = {name: one for name, one in inputs.items() if isinstance(one, Knob)}
        own = {name: one for name, one in inputs.items() if isinstance(one, Own)}
        return FigureMaker(function.__name__, knobs, own, function)

    return made


def choice(function: Callable[[], str]) -> Answer:
    """The answer to the question of the name of this function, which returns the name of the right choice."""
    return Answer(function.__name__, function, None)


def number(*, tolerance: float) -> Callable[[Callable[[], float]], Answer]:
    """The answer to the question of the name of the function below: a number; within `tolerance` is right."""

    def made(function: Callable[[], float]) -> Answer:
        return Answer(function.__name__, function, tolerance)

    return made


@dataclass(frozen=True)
class Kit:
    """What one lesson computes."""

    figures: Mapping[str, FigureMaker]
    answers: Mapping[str, Answer]


@cache
def load(folder: str) -> Kit:
    """What `figures.py` in `folder` computes."""
    module = importlib.import_module(f"tui_llm.lessons.course.{folder}.figures")
    found = vars(module).values()
    return Kit(
        {one.name: one for one in found if isinstance(one, FigureMaker)},
        {one.name: one for one in found if isinstance(one, Answer)},
    )
