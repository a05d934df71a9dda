"""The questions of the Config screen: one of several things, a file to write, a file to read. Imports Textual."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from tui_llm.config import Request, read_request
from tui_llm.errors import InputError, UserError, from_os_error
from tui_llm.presets import resolve
from tui_llm.translation import _, spoken
from tui_llm.widgets.base import Dialog
from tui_llm.widgets.dialogs import DIALOG_CSS
from tui_llm.widgets.paths import PathInput


class Choice(NamedTuple):
    """One of several things: its key, what it is called, and a line about it."""

    key: str
    name: str
    note: str = ""


class Pick(Dialog[str]):
    """Asks for one of several things; answers its key."""

    DEFAULT_CSS = (
        DIALOG_CSS
        + """
    Pick { align: center middle; }
    Pick .dialog { width: 76; }
    Pick OptionList { height: auto; max-height: 14; text-wrap: nowrap; text-overflow: ellipsis; background: $surface; }
    Pick .dialog > .note { height: auto; min-height: 2; margin: 1 0 0 0; color: $text-muted; }
    """
    )

    def __init__(self, question: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self._question, self._choices, self._current = question, choices, current

    def compose(self) -> ComposeResult:
        widest = max((cell_len(choice.name) for choice in self._choices), default=0)
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield OptionList(
                *(Option(_prompt(choice, widest), choice.key) for choice in self._choices), compact=True, markup=False
            )
            if any(choice.note for choice in self._choices):
                yield Static("", classes="note", markup=False)

    def on_mount(self) -> None:
        keys = [choice.key for choice in self._choices]
        self.query_one(OptionList).highlighted = keys.index(self._current) if self._current in keys else 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the whole line about it: there is not always room beside it."""
        for note in self.query(".note").results(Static):
            note.update(self._choices[event.option_index].note)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


def _prompt(choice: Choice, widest: int) -> Content:
    """The name, and the line about it."""
    return Content.assemble(
        set_cell_size(choice.name, widest + 2) if choice.note else choice.name, (choice.note, "$text-muted")
    )


class OpenFile(Dialog[Path]):
    """Asks for a configuration to read; answers its path once it is known to hold one."""

    DEFAULT_CSS = DIALOG_CSS + "OpenFile { align: center middle; }"

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_("load the settings from this TOML file:"))
            yield PathInput(_("a path; tab completes it"))
            yield Static("", classes="fault", markup=False)

    def on_mount(self) -> None:
        self.query_one(PathInput).line.focus()

    def on_path_input_chosen(self, event: PathInput.Chosen) -> None:
        path = Path(event.path).expanduser()
        try:
            read_configuration(path)
        except UserError as error:
            self.query_one(".fault", Static).update(spoken(error))
        else:
            self.dismiss(path)


def read_configuration(path: Path) -> Request:
    """The configuration in a file, checked.

    Raises:
        UserError: there is none.
    """
    try:
        request = read_request(path)
    except OSError as error:
        raise from_os_error(error, _("reading the configuration")) from error
    resolve(request)
    return request


def check_target(typed: str) -> Path:
    """The path of a file to write.

    Raises:
        InputError: it cannot be written there.
    """
    path = Path(typed.strip()).expanduser()
    if not typed.strip() or path.is_dir():
        raise InputError(_("a file needs a name."), _("end it with .toml."))
    if not path.parent.is_dir():
        raise InputError(_("there is no folder {path}.").format(path=path.parent), _("choose one that there is."))
    return path
