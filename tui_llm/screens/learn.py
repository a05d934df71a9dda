"""The Learn screen: the lessons, and one of them step by step. Imports Textual and `processes`.

What figures show and questions ask is computed by a worker process, which is started when the first lesson is opened,
and ends some minutes after the screen was left, or with the app.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.errors import UserError
from tui_llm.lessons.course.lesson import Lesson, Step
from tui_llm.lessons.course.progress import Progress, forget, note_answer, note_seen, note_solved, read_progress
from tui_llm.lessons.course.reading import lessons
from tui_llm.processes import WorkerProcess
from tui_llm.runs.home import home
from tui_llm.screens.learn_exercise import ExerciseView
from tui_llm.screens.learn_files import FileKeys, own_editor
from tui_llm.screens.learn_list import LessonList
from tui_llm.screens.learn_question import QuestionView
from tui_llm.screens.learn_step import StepView
from tui_llm.screens.learn_words import themed
from tui_llm.translation import N_, _, spoken_language
from tui_llm.widgets.base import AppScreen
from tui_llm.widgets.dialogs import Confirm

#: Seconds after which the worker is ended when the screen was left.
_IDLE = 300.0


class LearnScreen(FileKeys, AppScreen):
    """The list, and beside it or in its place a lesson."""

    CSS_PATH = "learn.tcss"
    HELP = N_(
        """# Learn

A course from the first artificial neuron to your own GPT. Each lesson is a row of short steps: something to read, a
figure that answers to its knobs, a question to answer *before* you see, a small program to write.

**enter** opens a lesson, **n** and **p** go from step to step, **esc** leads back to the list. Your progress is kept.

**o** shows the lesson's network, a file made to be read; **O** the file in this program that does the same at full
size."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "next", _("next"), id="learn.next"),
        Binding("p,backspace", "previous", _("back"), id="learn.previous"),
        Binding("c", "check", _("check"), id="learn.check"),
        Binding("e", "edit", _("edit"), id="learn.edit"),
        Binding("E", "editor", _("$EDITOR"), id="learn.editor"),
        Binding("x", "anew", _("exercise anew"), show=False, id="learn.anew"),
        Binding("o", "code", _("network"), show=False, id="learn.code"),
        Binding("O", "full", _("full size"), show=False, id="learn.full"),
        Binding("R", "restart", _("lesson anew"), show=False, id="learn.restart"),
        Binding("escape", "back", _("lessons"), id="learn.back"),
    ]
    AUTO_FOCUS = "#lesson-table"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        folder = home()
        log = folder / "learn.log" if os.access(folder, os.W_OK) else None
        self._worker = WorkerProcess("tui_llm.workers.learn", log)
        self._idle: Timer | None = None
        self._list = LessonList(lessons(spoken_language()), ascii_only=self.tui.charts == "ascii")
        self._head = Static(id="lesson-head", markup=False)
        self._place_for_step = Container(id="step-place")
        self._progress = Progress()
        self._knobs: dict[str, Any] = {}
        self.lesson = None
        self.place = 0
        """The place of the step in sight."""
        self.view = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="learn"):
            yield self._list
            with Vertical(id="lesson"):
                yield self._head
                yield self._place_for_step

    async def on_mount(self) -> None:
        self._list.show(self._progress)
        await self._note(read_progress)

    async def on_unmount(self) -> None:
        self._worker.kill()  # it has nothing to save
        await self._worker.close()

    def subtitle(self) -> str:
        return self.lesson.slug if self.lesson is not None else ""

    def look(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None

    def on_screen_suspend(self) -> None:  # beside that of the base class, which Textual calls, too
        if self._idle is None:
            self._idle = self.set_interval(_IDLE, self._worker.close)

    # -- Progress ----------------------------------------------------------------------------------------------------

    async def _note(self, change: Callable[..., Progress], *about: object) -> None:
        """Note something in the progress, and show it."""
        try:
            self._progress = await asyncio.to_thread(change, *about)
        except (UserError, OSError) as error:
            self.tui.tell(error, _("keeping your progress"))
        self._list.show(self._progress)
        self._tell_head()

    # -- Lessons and steps -------------------------------------------------------------------------------------------

    def on_lesson_list_chosen(self, event: LessonList.Chosen) -> None:
        self.run_worker(self.open(event.lesson), group="step", exclusive=True)

    async def open(self, lesson: Lesson) -> None:
        """Go on with `lesson` where it was left."""
        try:
            told = await self._worker.result("lesson", lesson=lesson.folder)
        except UserError as error:
            self.tui.tell(error)
            return
        self.lesson, self._knobs = lesson, told["knobs"]
        self.add_class("-open")
        self.refresh_title()
        await self._go_to(self._progress.of(lesson).place(lesson))

    async def _go_to(self, place: int) -> None:
        """Show a step, and note that it was seen."""
        lesson = self.lesson
        assert lesson is not None
        step = lesson.steps[place]
        style = themed(self.app, "text-accent")
        self.place = place
        self.view = StepView(lesson, step, self._progress.of(lesson), self._worker, self._knobs, self._where(), style)
        await self._place_for_step.remove_children()
        await self._place_for_step.mount(self.view)
        self.set_focus(self.view.main)
        self.refresh_bindings()
        await self._note(note_seen, lesson, step)

    def _where(self) -> dict[str, Any]:
        """What figures are asked for with: the language, and what is the learner's own."""
        assert self.lesson is not None
        texts = self.tui.draft.request.get("data", {}).get("texts", [])
        run = self.tui.run_shown
        return {
            "lesson": self.lesson.folder,
            "language": spoken_language(),
            "texts": [str(text) for text in texts],
            "run": None if run is None else str(run.path),
        }

    def _tell_head(self) -> None:
        """Where one is in the lesson."""
        lesson = self.lesson
        if lesson is None:
            return
        done = self._progress.of(lesson)
        marks = "*-." if self.tui.charts == "ascii" else "●◉○"
        dots = "".join(
            marks[1] if place == self.place else marks[0] if done.has(step) else marks[2]
            for place, step in enumerate(lesson.steps)
        )
        step = _("step {number} of {count}").format(number=self.place + 1, count=len(lesson.steps))
        self._head.update(Text.assemble((f"{lesson.number} {lesson.title}", "bold"), f"   {dots} {step}"))

    @property
    def step(self) -> Step | None:
        """The step in sight."""
        return self.lesson.steps[self.place] if self.lesson is not None else None

    def _move(self, by: int) -> None:
        self.place += by
        self.run_worker(self._go_to(self.place), group="step", exclusive=True)

    def action_next(self) -> None:
        self._move(1)

    def action_previous(self) -> None:
        self._move(-1)

    def action_back(self) -> None:
        """Out of a field, then to the list."""
        view = self.view
        if view is not None and view.question is not None and view.question.field.has_focus_within:
            self.set_focus(view)
        else:
            self.remove_class("-open")
            self.set_focus(self._list.table)

    def action_restart(self) -> None:
        self.run_worker(self._restart(), group="step", exclusive=True)

    async def _restart(self) -> None:
        lesson = self.lesson
        assert lesson is not None
        question = _("Begin this lesson anew? Your answers are forgotten; the files of the exercises stay.")
        if await self.tui.push_screen_wait(Confirm(question, _("Begin anew"))):
            await self._note(forget, lesson)
            await self._go_to(0)

    # -- Keys that are off -------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        step = self.step
        if action in {"check", "edit", "editor", "anew"} and (step is None or step.exercise is None):
            return False
        if action in {"next", "previous", "code", "full", "restart", "back"} and step is None:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        lesson = self.lesson
        if action == "next" and lesson is not None and self.place == len(lesson.steps) - 1:
            return _("this is the last step; esc leads to the other lessons.")
        if action == "previous" and self.place == 0:
            return _("this is the first step.")
        if action == "editor" and own_editor() is None:
            return _("the variable EDITOR names no editor; e edits here.")
        return None

    # -- Questions ---------------------------------------------------------------------------------------------------

    async def on_question_view_answered(self, event: QuestionView.Answered) -> None:
        if self.view is None or self.lesson is None or not event.first:
            return
        self.view.reveal()
        self.set_focus(self.view.main)
        await self._note(note_answer, self.lesson, event.name, event.given)

    # -- Exercises ---------------------------------------------------------------------------------------------------

    def action_check(self) -> None:
        if self.view is not None and self.view.exercise is not None:
            self.view.exercise.check()

    async def on_exercise_view_checked(self, event: ExerciseView.Checked) -> None:
        if event.outcome.solved and self.lesson is not None:
            await self._note(note_solved, self.lesson, event.name)
