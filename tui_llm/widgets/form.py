"""A form as a list of lines: arrows move, enter edits a value in its place. Imports Textual and the errors.

What the lines mean is for the screen to know; it answers the messages, those of the lines among them (`form_rows`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input

from tui_llm.errors import UserError
from tui_llm.translation import N_, _
from tui_llm.widgets.base import type_into
from tui_llm.widgets.form_rows import FormRows

Check = Callable[[str], object]
"""Raises a `UserError` if what was typed cannot be."""


class Editor(Input):
    """The line in which a value is typed, in the value's place."""

    DEFAULT_CSS = "Editor { layer: editor; display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(0)", _("take it"), id="form.take"),
        Binding("down,tab", "leave(1)", show=False),
        Binding("up,shift+tab", "leave(-1)", show=False),
        Binding("escape", "give_up", _("back"), id="form.back"),
    ]

    @property
    def _form(self) -> Form:
        assert isinstance(self.parent, Form)
        return self.parent

    def action_leave(self, by: int) -> None:
        self._form.take(by)

    def action_give_up(self) -> None:
        self._form.give_up()

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        if self.app.app_focus and not self._form.take(0):
            self._form.give_up()


class Form(Container):
    """The lines and the editor. `show` the lines; answer `Asked` by `edit`, or by a dialog."""

    HELP = N_(
        """**The form**: a setting a line, as in `run.toml`. What you have changed is marked `*`, what cannot be `!`.

Arrows move, **g** and **G** go to the next group and the one before; **enter** on a group folds it.
**enter** changes a value: type it, then **enter**, or an arrow to go on; **esc** leaves it as it was.
**left** and **right** go through choices."""
    )
    DEFAULT_CSS = "Form { layers: rows editor; height: 1fr; } Form > FormRows { layer: rows; }"

    @dataclass
    class Typed(Message):
        """What is being typed can be a value (`fault` is None), or cannot, and why."""

        key: str
        text: str
        fault: UserError | None

    @dataclass
    class GivenUp(Message):
        """The value is to be what it was before it was edited."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self.rows = FormRows()
        self._editor = Editor(compact=True, select_on_focus=True)
        self._check: Check | None = None
        self._key = ""

    def compose(self) -> ComposeResult:
        yield self.rows
        yield self._editor

    @property
    def editing(self) -> str | None:
        """The key of the line whose value is being typed."""
        return self._key if self._check is not None else None

    def edit(self, text: str, placeholder: str, check: Check) -> None:
        """Have the value under the cursor typed, beginning with `text`."""
        line = self.rows.current
        assert line is not None
        self.rows.go_to(self.rows.cursor)
        self._place()
        editor = self._editor
        with editor.prevent(Input.Changed):
            editor.value = text
        editor.placeholder = placeholder
        editor.cursor_position = len(text)
        editor.remove_class("-invalid")
        self._check, self._key = check, line.key
        editor.display = True
        type_into(editor)

    def _place(self) -> None:
        """Put the editor where the value is."""
        place = self.rows.place_of_value()
        self._editor.styles.offset = (place.x, place.y)
        self._editor.styles.width = place.width

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._check is not None:
            fault = self._fault(self._check, event.value)
            self._editor.set_class(fault is not None, "-invalid")
            self.post_message(self.Typed(self._key, event.value, fault))

    @staticmethod
    def _fault(check: Check, text: str) -> UserError | None:
        try:
            check(text)
        except UserError as error:
            return error
        return None

    def take(self, by: int) -> bool:
        """End editing if what was typed can be, and move `by` lines; else stay."""
        if self._check is None or self._fault(self._check, self._editor.value) is not None:
            return False
        self.close()
        self.rows.action_move(by)
        return True

    def give_up(self) -> None:
        """End editing; the value is to be what it was."""
        if self._check is not None:
            self.close()
            self.post_message(self.GivenUp(self._key))

    def close(self) -> None:
        """End editing, whatever was typed."""
        self._check = None
        had_focus = self._editor.has_focus
        self._editor.display = False
        if had_focus:
            self.rows.focus()

    def on_mount(self) -> None:
        self.watch(self.rows, "scroll_y", self._leave_editor, init=False)

    def _leave_editor(self) -> None:
        """The line under the editor has gone elsewhere."""
        if not self.take(0):
            self.give_up()

    def on_resize(self) -> None:
        self.call_after_refresh(self._place)
