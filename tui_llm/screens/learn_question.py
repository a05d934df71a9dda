"""The Learn screen's questions: predict, then see. Imports Textual and `processes`; the right answer is computed by the
worker.
"""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_llm.errors import UserError
from tui_llm.lessons.course.lesson import Question
from tui_llm.processes import WorkerProcess
from tui_llm.screens.learn_words import verdict
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.prose import inline


class QuestionView(Vertical):
    """A question; once it is answered, what is so, and why. Posts `Answered`."""

    HELP = N_(
        """## Predict, then see

Answer before you look: arrows and **enter** choose; a number is typed. A wrong prediction teaches the most."""
    )

    class Answered(Message):
        """The learner has predicted `given`; `first` if only now."""

        def __init__(self, name: str, given: str, *, first: bool) -> None:
            super().__init__()
            self.name, self.given, self.first = name, given, first

    def __init__(self, question: Question, given: str | None, worker: WorkerProcess, lesson: str, code: str) -> None:
        """`given`: what was answered before, if it was. `lesson` is the folder; `code` the style of code."""
        super().__init__(classes="question")
        self.given = given
        self._question, self._worker, self._lesson, self._code = question, worker, lesson, code
        self._verdict = Static(classes="verdict", markup=False)
        self.field: Widget
        if question.choices:
            options = [Option(inline(text, code), id=name) for name, text in question.choices.items()]
            self.field = OptionList(*options, compact=True)
        else:
            self.field = Input(compact=True, restrict="[-+0-9.,]*", placeholder=_("a number, then enter"))

    def compose(self) -> ComposeResult:
        yield Static(inline(self._question.ask, self._code), classes="ask")
        yield self.field
        yield self._verdict

    def on_mount(self) -> None:
        self._verdict.display = False
        if isinstance(self.field, OptionList):
            self.field.highlighted = 0
        if self.given is not None:
            self.field.display = False
            self._judge(self.given, first=False)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._judge(str(event.option_id), first=True)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._judge(event.value.strip(), first=True)

    def _judge(self, given: str, *, first: bool) -> None:
        self.run_worker(self._ask(given, first=first), exclusive=True)

    async def _ask(self, given: str, *, first: bool) -> None:
        try:
            done = await self._worker.result("answer", lesson=self._lesson, name=self._question.name, given=given)
        except UserError as error:
            self._verdict.update(spoken(error))
            self._verdict.display = True
            return
        self.given = given
        self.field.display = False
        self._tell(given, done["answer"], right=done["right"])
        self.post_message(self.Answered(self._question.name, given, first=first))

    def _tell(self, given: str, answer: Any, *, right: bool) -> None:
        lead = _("You said: {answer}.").format(answer=self._question.told(given).rstrip("."))
        text = self._question.verdict(given, answer, right=right)
        self._verdict.update(verdict(self.app, text, right=right, lead=lead))
        self._verdict.display = True
