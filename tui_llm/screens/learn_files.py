"""The Learn screen's files: the learner's own, edited here or in their editor, and the networks, to be read. Imports
Textual.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.app import SuspendNotSupported
from textual.screen import Screen

import tui_llm
from tui_llm.lessons.course.exercises import hand_out
from tui_llm.lessons.course.lesson import Lesson
from tui_llm.screens.learn_editor import FileDialog
from tui_llm.screens.learn_step import StepView
from tui_llm.translation import _
from tui_llm.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from tui_llm.app import TuiApp


class FileKeys(Screen[None]):
    """The actions of the Learn screen that are about files."""

    lesson: Lesson | None
    """The lesson that is open."""
    view: StepView | None
    """The step in sight."""

    def action_edit(self) -> None:
        self.run_worker(self._edit(), group="edit", exclusive=True)

    async def _edit(self) -> None:
        path = await self._exercise_file()
        if path is None or self.view is None or self.view.exercise is None:
            return
        text = await asyncio.to_thread(path.read_text, "utf-8", "replace")
        wants_check = await self.app.push_screen_wait(FileDialog(path, text))
        self.view.exercise.show_code()
        if wants_check:
            self.view.exercise.check()

    def action_editor(self) -> None:
        self.run_worker(self._editor(), group="edit", exclusive=True)

    async def _editor(self) -> None:
        path, editor = await self._exercise_file(), own_editor()
        if path is None or editor is None or self.view is None or self.view.exercise is None:
            return
        try:
            with self.app.suspend():
                subprocess.run([*editor, str(path)], check=False)
        except SuspendNotSupported:
            self.notify(_("this terminal cannot be lent to another program; e edits here."), severity="warning")
        except OSError as error:
            cast("TuiApp", self.app).tell(error, _("starting the editor"))
        self.view.exercise.show_code()

    def action_anew(self) -> None:
        self.run_worker(self._anew(), group="edit", exclusive=True)

    async def _anew(self) -> None:
        question = _("Put the file back as it was given? What you wrote in it is lost.")
        if await self.app.push_screen_wait(Confirm(question, _("Put back"))):
            await self._exercise_file(anew=True)
            if self.view is not None and self.view.exercise is not None:
                self.view.exercise.show_code()

    async def _exercise_file(self, *, anew: bool = False) -> Path | None:
        """The learner's file of the exercise in sight; it is told if it cannot be made."""
        view = self.view
        if view is None or view.exercise is None:
            return None
        try:
            return await asyncio.to_thread(hand_out, view.lesson, view.exercise.exercise, anew=anew)
        except OSError as error:
            cast("TuiApp", self.app).tell(error, _("writing the exercise"))
            return None

    # -- To be read ---------------------------------------------------------------------------------------------------

    def action_code(self) -> None:
        if self.lesson is not None:
            self.run_worker(self._read(self.lesson.code), group="edit", exclusive=True)

    def action_full(self) -> None:
        if self.lesson is not None:
            self.run_worker(self._read(self.lesson.full), group="edit", exclusive=True)

    async def _read(self, name: str) -> None:
        path = Path(tui_llm.__file__).parents[1] / name
        try:
            text = await asyncio.to_thread(path.read_text, "utf-8")
        except OSError as error:
            cast("TuiApp", self.app).tell(error, _("reading the file"))
            return
        await self.app.push_screen_wait(FileDialog(path, text, read_only=True))


def own_editor() -> list[str] | None:
    """The person's editor as a command; None if none is named."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return shlex.split(named) if named else None
