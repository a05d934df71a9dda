"""The worker that computes the figures and answers of lessons: `python -m tui_llm.workers.learn`, asked over pipes
(`service.py`). May import all but the faces.

    lesson   {lesson}                                      the knobs of its figures, and which answers are numbers
    figure   {lesson, name, language, values, texts, run}  a drawing for these values of the knobs
    answer   {lesson, name, given}                         the right answer, and whether `given` is that
"""

from __future__ import annotations

from typing import Any

from tui_llm.lessons.course.computing import draw, judge
from tui_llm.lessons.course.kit import Value, load
from tui_llm.workers.service import Asked, Job, Operation, Slices, serve


class OneLesson(Asked, frozen=True):
    """A lesson, by its folder."""

    lesson: str


class OneFigure(OneLesson, frozen=True):
    """A figure, with the values of its knobs, the learner's texts and run."""

    name: str
    language: str
    values: dict[str, Value]
    texts: tuple[str, ...] = ()
    run: str | None = None


class OneAnswer(OneLesson, frozen=True):
    """What was answered to a question."""

    name: str
    given: str


def lesson(asked: OneLesson, job: Job) -> Slices:  # noqa: ARG001 - the service's signature
    """What the lesson's figures can be asked for."""
    yield
    kit = load(asked.lesson)
    return {
        "knobs": {
            figure.name: {name: {"values": knob.values, "start": knob.start} for name, knob in figure.knobs.items()}
            for figure in kit.figures.values()
        },
        "numbers": [answer.name for answer in kit.answers.values() if answer.tolerance is not None],
    }


def figure(asked: OneFigure, job: Job) -> Slices:  # noqa: ARG001
    """One drawing."""
    yield
    return {"drawings": draw(asked.lesson, asked.name, asked.language, asked.values, asked.texts, asked.run)}


def answer(asked: OneAnswer, job: Job) -> Slices:  # noqa: ARG001
    """One answer."""
    yield
    right, is_right = judge(asked.lesson, asked.name, asked.given)
    return {"answer": right, "right": is_right}


def main() -> None:
    """Answer until the input ends."""
    operations: dict[str, Operation[Any]] = {
        "lesson": Operation(OneLesson, lesson, "reading the lesson"),
        "figure": Operation(OneFigure, figure, "drawing the figure"),
        "answer": Operation(OneAnswer, answer, "computing the answer"),
    }
    serve(operations)


if __name__ == "__main__":
    main()
