"""How far the learner has come: `learn/progress.json` at home. Imports msgspec, the errors, and where home is.

Whoever has seen, answered or solved something notes it at once, in a file that is replaced whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from tui_llm.errors import InputError
from tui_llm.files import write_atomically
from tui_llm.lessons.course.lesson import Lesson, Step
from tui_llm.runs.home import home

_CHANGING = threading.Lock()


class Done(msgspec.Struct, frozen=True):
    """What was done of one lesson."""

    at: str = ""
    """The step where the learner was last."""
    seen: frozenset[str] = frozenset()
    answers: dict[str, str] = {}
    """What was answered to each question."""
    solved: frozenset[str] = frozenset()

    def has(self, step: Step) -> bool:
        """Whether a step is done: its exercise solved, its question answered, or else seen."""
        if step.exercise is not None:
            return step.exercise.name in self.solved
        if step.question is not None:
            return step.question.name in self.answers
        return step.name in self.seen

    def count(self, lesson: Lesson) -> int:
        """How many of its steps are done."""
        return sum(map(self.has, lesson.steps))

    def place(self, lesson: Lesson) -> int:
        """The place of the step to go on with."""
        names = [step.name for step in lesson.steps]
        return names.index(self.at) if self.at in names else 0


class Progress(msgspec.Struct, frozen=True):
    """What was done of each lesson, by its name."""

    lessons: dict[str, Done] = {}

    def of(self, lesson: Lesson) -> Done:
        return self.lessons.get(lesson.slug, Done())


def learn_folder() -> Path:
    """Where progress and exercises are kept."""
    return home() / "learn"


def read_progress() -> Progress:
    """How far the learner has come.

    Raises:
        InputError: the file is damaged.
        OSError: it cannot be read.
    """
    path = learn_folder() / "progress.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Progress)
    except FileNotFoundError:
        return Progress()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is damaged.", "delete it, and begin the lessons anew.") from error


def note_seen(lesson: Lesson, step: Step) -> Progress:
    """The learner is at `step`. Gives the new state, as the others do.

    Raises:
        InputError, OSError: as `read_progress`; or there is no room to write.
    """
    return _change(lesson, lambda done: msgspec.structs.replace(done, at=step.name, seen=done.seen | {step.name}))


def note_answer(lesson: Lesson, question: str, given: str) -> Progress:
    """The learner has answered."""
    return _change(lesson, lambda done: msgspec.structs.replace(done, answers={**done.answers, question: given}))


def note_solved(lesson: Lesson, exercise: str) -> Progress:
    """The learner's file is right."""
    return _change(lesson, lambda done: msgspec.structs.replace(done, solved=done.solved | {exercise}))


def forget(lesson: Lesson) -> Progress:
    """The lesson begins anew; the files of its exercises stay."""
    return _change(lesson, lambda _done: Done())


def _change(lesson: Lesson, change: Callable[[Done], Done]) -> Progress:
    with _CHANGING:
        before = read_progress()
        done = change(before.of(lesson))
        if done == before.lessons.get(lesson.slug):
            return before
        after = Progress({**before.lessons, lesson.slug: done})
        learn_folder().mkdir(parents=True, exist_ok=True)
        write_atomically(learn_folder() / "progress.json", msgspec.json.encode(after, order="sorted"), durable=False)
        return after
