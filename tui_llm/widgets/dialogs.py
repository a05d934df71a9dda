"""Questions in front of a screen: yes or no, and a line of text. Imports Textual and the base of the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from tui_llm.errors import UserError
from tui_llm.translation import _, spoken
from tui_llm.widgets.base import Dialog

DIALOG_CSS = """
Confirm, TextPrompt { align: center middle; }
.dialog {
    width: 64; max-width: 95%; height: auto; max-height: 90%; padding: 1 2; background: $surface;
    border: round $primary;
}
.dialog > Static { height: auto; margin-bottom: 1; }
.dialog .fault { color: $error; height: auto; }
.dialog Horizontal { height: auto; align-horizontal: right; }
.dialog Button { margin-left: 2; min-width: 12; }
"""


class Confirm(Dialog[bool]):
    """Asks before something is destroyed. Answers True only if the person says so; the safe button has the focus."""

    DEFAULT_CSS = DIALOG_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,s", "answer(True)", _("yes"), id="dialog.yes"),
        Binding("n", "answer(False)", _("no"), id="dialog.no"),
    ]

    def __init__(self, question: str, yes: str) -> None:
        """`yes` is what the button that does it is called: the deed itself, such as "Delete"."""
        super().__init__()
        self._question, self._yes = question, yes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._question, markup=False)
            with Horizontal():
                yield Button(_("Cancel"), id="no")
                yield Button(self._yes, id="yes", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)


class TextPrompt(Dialog[str]):
    """Asks for a line of text, and says at once what is wrong with it."""

    DEFAULT_CSS = DIALOG_CSS

    def __init__(self, question: str, value: str = "", check: Callable[[str], object] | None = None) -> None:
        """`check` is called with what was typed; a `UserError` that it raises is shown and the dialog stays open."""
        super().__init__()
        self._question, self._value, self._check = question, value, check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield Input(self._value, select_on_focus=True)
            yield Static("", classes="fault", markup=False)

    def on_input_changed(self) -> None:
        self.query_one(".fault", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            if self._check is not None:
                self._check(event.value)
        except UserError as error:
            self.query_one(".fault", Static).update(spoken(error))
            return
        self.dismiss(event.value)
