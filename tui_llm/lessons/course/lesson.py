"""What a lesson is made of: steps with prose, figures, questions and exercises, as words in one language.
Standard library alone: what is computed for them stands in each lesson's `figures.py` (see `kit.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: An exercise as it is given to the learner has not been solved: its check says so by this hint.
UNSOLVED = "unsolved"


class _Number(float):
    """A number that is written with four digits, unless a format asks for others."""

    def __format__(self, form: str, /) -> str:
        return super().__format__(form or ".4g")


@dataclass(frozen=True)
class Figure:
    """A drawing that answers to its knobs."""

    name: str
    caption: str
    knobs: Mapping[str, str]
    """What each knob is called."""
    words: Mapping[str, str]
    """What is written in the drawing, and the values of knobs that are words."""


@dataclass(frozen=True)
class Question:
    """Something to predict before it is computed."""

    name: str
    ask: str
    choices: Mapping[str, str]
    """What can be answered; empty if a number is asked for."""
    right: str
    """Said of a right answer. `{answer}` is the right one, here and below."""
    wrong: str
    wrong_choices: Mapping[str, str]
    """Said instead of `wrong`, of a choice of this name."""

    def verdict(self, given: str, answer: str | float, *, right: bool) -> str:
        """What is said of the answer `given` when `answer` is the right one."""
        said = self.right if right else self.wrong_choices.get(given, self.wrong)
        return said.format(answer=self.told(answer) if isinstance(answer, str) else _Number(answer))

    def told(self, answer: str | float) -> str:
        """An answer in words: a choice up to its colon, or a number."""
        return self.choices.get(answer, answer).partition(": ")[0] if isinstance(answer, str) else f"{_Number(answer)}"


@dataclass(frozen=True)
class Exercise:
    """A small file to be edited."""

    name: str
    task: str
    done: str
    """Said when it is solved."""
    hints: Mapping[str, str]
    """What is said of each mistake; `{...}` are values that the check gives."""


Part = Figure | Question | Exercise


@dataclass(frozen=True)
class Step:
    """What is seen at a time."""

    name: str
    title: str
    prose: str
    """Markdown."""
    parts: tuple[Part, ...]
    """At most one figure, and at most one question or exercise. A figure behind a question is seen once it is
    answered.
    """

    @property
    def figure(self) -> Figure | None:
        return next((part for part in self.parts if isinstance(part, Figure)), None)

    @property
    def question(self) -> Question | None:
        return next((part for part in self.parts if isinstance(part, Question)), None)

    @property
    def exercise(self) -> Exercise | None:
        return next((part for part in self.parts if isinstance(part, Exercise)), None)

    @property
    def figure_waits(self) -> bool:
        """Whether the figure shows what is to be predicted first."""
        return len(self.parts) > 1 and isinstance(self.parts[0], Question)


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language."""

    number: int
    folder: str
    """The folder's name in `tui_llm/lessons/course`, `lesson01_neuron`."""
    title: str
    about: str
    """A sentence for the list."""
    code: str
    """The file of the network, from the project's root; `full` does the same at full size."""
    full: str
    steps: tuple[Step, ...]

    @property
    def slug(self) -> str:
        """What it is called on the command line and on the disk."""
        return self.folder.partition("_")[2]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(step.figure for step in self.steps if step.figure is not None)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(step.question for step in self.steps if step.question is not None)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(step.exercise for step in self.steps if step.exercise is not None)
