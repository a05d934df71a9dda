"""One step of a lesson on the Learn screen: prose, and its figure, question or exercise. Imports Textual and
`processes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.lessons.course.lesson import Exercise, Figure, Lesson, Question, Step
from tui_llm.lessons.course.progress import Done
from tui_llm.processes import WorkerProcess
from tui_llm.screens.learn_exercise import ExerciseView
from tui_llm.screens.learn_figure import FigureView, knobs_of
from tui_llm.screens.learn_question import QuestionView
from tui_llm.translation import _
from tui_llm.widgets.prose import prose


class StepView(VerticalScroll, can_focus=True):
    """What is seen of one step. A figure behind a question comes into sight with its answer."""

    def __init__(
        self,
        lesson: Lesson,
        step: Step,
        done: Done,
        worker: WorkerProcess,
        knobs: Mapping[str, Any],
        where: Mapping[str, Any],
        code: str,
    ) -> None:
        """`knobs`: those of all figures, as the worker tells them. `where`: what figures are asked for with. `code`:
        the style of code.
        """
        super().__init__(classes="step")
        self.lesson, self.step = lesson, step
        self.figure: FigureView | None = None
        self.question: QuestionView | None = None
        self.exercise: ExerciseView | None = None
        self._parts: list[Widget] = []
        self._code = code
        for part in step.parts:
            match part:
                case Figure():
                    self.figure = FigureView(part, knobs_of(part, knobs.get(part.name, {})), worker, where)
                    self._parts.append(self.figure)
                case Question():
                    given = done.answers.get(part.name)
                    self.question = QuestionView(part, given, worker, lesson.folder, code)
                    self._parts.append(self.question)
                case Exercise():
                    solved = part.name in done.solved
                    self.exercise = ExerciseView(lesson, part, solved=solved, code=code)
                    self._parts.append(self.exercise)

    def compose(self) -> ComposeResult:
        yield Static(self.step.title, classes="step-title", markup=False)
        yield Static(prose(self.step.prose, self._code), classes="prose")
        yield from self._parts
        if self.step is self.lesson.steps[-1]:
            read = _("To read: {code} (o), and at full size {full} (O).")
            text = read.format(code=self.lesson.code, full=self.lesson.full)
            yield Static(text, classes="read-on", markup=False)

    def on_mount(self) -> None:
        if self.figure is not None:
            waits = self.step.figure_waits and self.question is not None and self.question.given is None
            self.figure.display = not waits
            if not waits:
                self.figure.fetch()

    @property
    def main(self) -> Widget:
        """What takes the focus: what is to be answered or turned, else the page."""
        if self.question is not None and self.question.given is None:
            return self.question.field
        if self.figure is not None and self.figure.display and self.figure.knobs.knobs:
            return self.figure.knobs
        return self

    def reveal(self) -> None:
        """The question has been answered: what was predicted can be seen."""
        if self.figure is not None and not self.figure.display:
            self.figure.display = True
            self.figure.fetch()
