"""The Learn screen's list of lessons, with how far each has been gone through. Imports Textual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tui_llm.lessons.course.lesson import Lesson
from tui_llm.lessons.course.progress import Progress
from tui_llm.translation import N_, _
from tui_llm.widgets.table import Column, LineTable

_COLUMNS = (Column(N_("lesson")), Column(N_("steps"), 7))


class _Table(LineTable):
    """The lines; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", _("open"), id="lessons.open"),
        Binding("right", "open", show=False),
    ]

    class Opened(Message):
        """The lesson in hand is wanted."""

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:  # beside that of the base class, which puts the cursor there
        if event.y:
            self.post_message(self.Opened())


class LessonList(Vertical):
    """The lessons; posts `Chosen` for the one to be opened."""

    class Chosen(Message):
        """A lesson was chosen."""

        def __init__(self, lesson: Lesson) -> None:
            super().__init__()
            self.lesson = lesson

    def __init__(self, lessons: Sequence[Lesson], *, ascii_only: bool) -> None:
        super().__init__(id="lessons")
        self.table = _Table(_COLUMNS, ascii_only=ascii_only, id="lesson-table")
        self._lessons = lessons
        self._about = Static(id="lesson-about", markup=False)

    def compose(self) -> ComposeResult:
        yield self.table
        yield self._about

    @property
    def current(self) -> Lesson:
        """The lesson under the cursor."""
        return self._lessons[self.table.cursor]

    def show(self, progress: Progress) -> None:
        """Show how far each lesson has been gone through."""
        lines = []
        for lesson in self._lessons:
            done, count = progress.of(lesson).count(lesson), len(lesson.steps)
            lines.append((f"{lesson.number:2} {lesson.title}", _("done") if done == count else f"{done}/{count}"))
        self.table.show(lines)
        self._tell()

    def on_line_table_moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self._about.update(self.current.about)

    def on__table_opened(self, event: _Table.Opened) -> None:
        event.stop()
        self.post_message(self.Chosen(self.current))
