"""How many lines the page of a step takes in each of its states, reckoned without the app. In the app,
tests/screens/test_learn.py sees that no page scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rich.console import Console, RenderableType
from rich.text import Text

from tui_llm.lessons.course.computing import draw, judge
from tui_llm.lessons.course.drawings import received
from tui_llm.lessons.course.exercises import folder_of
from tui_llm.lessons.course.kit import load
from tui_llm.lessons.course.lesson import Exercise, Figure, Lesson, Question, Step
from tui_llm.screens.learn_exercise import shown_code
from tui_llm.screens.learn_figure import LESS, knobs_line, knobs_of
from tui_llm.widgets.drawings import Look
from tui_llm.widgets.drawings import draw as lines_of
from tui_llm.widgets.prose import inline, prose

#: Columns and lines of a page in a window of 80x24.
COLUMNS, LINES_THERE = 75, 21


def lines(renderable: RenderableType) -> int:
    """The lines that something takes."""
    return len(Console(width=COLUMNS).render_lines(renderable))


def states(lesson: Lesson, step: Step, language: str, run: str | None = None) -> Iterator[tuple[str, int]]:
    """Each state that the page of a step can be in, with the lines that it takes: before and after each answer, and
    with each hint.
    """
    base = 1 + lines(prose(step.prose)) + 1
    if step is lesson.steps[-1]:
        base += 1 + 2  # where to read on
    figure = _figure(lesson, step.figure, language, run) if step.figure is not None else 0
    if step.question is not None:
        asked = lines(inline(step.question.ask))
        field = sum(lines(inline(text)) for text in step.question.choices.values()) or 1
        yield "asked", base + asked + field + 1 + (0 if step.figure_waits else figure)
        for given in step.question.choices or ("1e9", str(load(lesson.folder).answers[step.question.name].function())):
            yield f"answered {given}", base + asked + _verdict(lesson, step.question, given) + 1 + figure
    elif step.exercise is not None:
        for name in step.exercise.hints:
            yield f"hint {name}", base + _exercise(lesson, step.exercise, name) + figure
    else:
        yield "seen", base + figure


def _verdict(lesson: Lesson, question: Question, given: str) -> int:
    answer, right = judge(lesson.folder, question.name, given)
    text = f"✓ You said: {question.told(given)}. {question.verdict(given, answer, right=right)}"
    return lines(inline(" ".join(text.split())))


def _exercise(lesson: Lesson, exercise: Exercise, hint: str) -> int:
    code = shown_code((folder_of(lesson, exercise) / "task.py").read_text(encoding="utf-8"))
    said = lines(inline("✗ " + " ".join(exercise.hints[hint].split())))
    return lines(prose(exercise.task)) + 1 + len(code) + 1 + said


@cache
def _drawn(folder: str, name: str, language: str, run: str | None) -> int:
    values = {name: knob.start for name, knob in load(folder).figures[name].knobs.items()}
    drawings = received(draw(folder, name, language, values, run=run))
    return len(lines_of(drawings, COLUMNS, Look(), extra=-LESS))


def _figure(lesson: Lesson, figure: Figure, language: str, run: str | None) -> int:
    """Its lines when plots are as low as they get."""
    told = {
        name: {"values": knob.values, "start": knob.start}
        for name, knob in load(lesson.folder).figures[figure.name].knobs.items()
    }
    knobs = knobs_of(figure, told)
    below = lines(knobs_line(knobs, figure.words, None)) if knobs else 0
    return _drawn(lesson.folder, figure.name, language, run) + lines(Text(figure.caption)) + below
