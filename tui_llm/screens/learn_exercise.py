"""The Learn screen's exercises: the task, the learner's file, and what its check says. Imports Textual; the check runs
in a process of its own.
"""

from __future__ import annotations

import asyncio
import re

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tui_llm.errors import UserError, from_os_error
from tui_llm.lessons.course.exercises import Outcome, check, hand_out, told
from tui_llm.lessons.course.lesson import Exercise, Lesson
from tui_llm.screens.learn_words import verdict
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.prose import inline, prose

#: Lines of the learner's code that are shown.
LINES = 9


def shown_code(text: str) -> list[str]:
    """The lines of a file that are shown: without the task above them, and with a blank line for several."""
    code = "\n".join(line.rstrip() for line in text.split("\n") if not line.startswith("#"))
    lines = re.sub(r"\n{3,}", "\n\n", code).strip("\n").split("\n")
    return lines if len(lines) <= LINES + 1 else [*lines[:LINES], "…"]


class ExerciseView(Vertical):
    """An exercise; `check` posts `Checked`."""

    HELP = N_(
        """## Exercises

The file is yours, in your folder. **e** edits it here, **E** in `$EDITOR`; **c** checks it and says what is wrong, one
thing at a time. **x** puts it back as it was given."""
    )

    class Checked(Message):
        """The check has ended, so or so."""

        def __init__(self, name: str, outcome: Outcome) -> None:
            super().__init__()
            self.name, self.outcome = name, outcome

    def __init__(self, lesson: Lesson, exercise: Exercise, *, solved: bool, code: str) -> None:
        super().__init__(classes="exercise")
        self.lesson, self.exercise = lesson, exercise
        self._solved, self._style = solved, code
        self._code = Static(classes="code", markup=False)
        self._said = Static(classes="verdict", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(prose(self.exercise.task, self._style), classes="ask")
        yield self._code
        yield self._said

    def on_mount(self) -> None:
        self._tell("")
        if self._solved:
            self._tell(self.exercise.done, right=True)
        self.show_code()

    def show_code(self) -> None:
        """Show the file as it is now."""
        self.run_worker(self._show_code(), group="code", exclusive=True)

    async def _show_code(self) -> None:
        try:
            path = await asyncio.to_thread(hand_out, self.lesson, self.exercise)
            text = await asyncio.to_thread(path.read_text, "utf-8", "replace")
        except OSError as error:
            self._tell(spoken(from_os_error(error, "writing the exercise")))
            return
        self._code.update(Text("\n".join(shown_code(text)), no_wrap=True, overflow="ellipsis"))

    def check(self) -> None:
        """Have the file checked."""
        self.run_worker(self._check(), group="check", exclusive=True)

    async def _check(self) -> None:
        self._tell(_("checking…"))
        try:
            path = await asyncio.to_thread(hand_out, self.lesson, self.exercise)
            outcome = await asyncio.to_thread(check, self.lesson, self.exercise, path)
        except UserError as error:
            self._tell(spoken(error))
            return
        except OSError as error:
            self._tell(spoken(from_os_error(error, "reading the exercise")))
            return
        text = told(outcome, self.exercise)
        if outcome.printed.strip() and not outcome.solved:
            text += " " + _("It printed: {text}").format(text=" ".join(outcome.printed.split())[:120])
        self._tell(text, right=outcome.solved)
        self.post_message(self.Checked(self.exercise.name, outcome))

    def _tell(self, text: str, *, right: bool | None = None) -> None:
        """Say something; with a sign, if it is about something right or wrong."""
        said = inline(text, self._style) if right is None else verdict(self.app, text, right=right)
        self._said.update(said)
        self._said.display = bool(text)
