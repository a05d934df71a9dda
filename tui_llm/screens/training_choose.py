"""Chooses the run that the dashboard shows. Imports Textual and `runs`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tui_llm.runs.catalogue import RunSummary
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.training_words import state_word
from tui_llm.translation import _
from tui_llm.widgets.base import STATE_STYLES, Dialog
from tui_llm.widgets.dialogs import DIALOG_CSS


class ChooseRun(Dialog[RunDirectory]):
    """All runs, the most recently active first."""

    DEFAULT_CSS = (
        DIALOG_CSS + "ChooseRun { align: center middle; } ChooseRun OptionList { max-height: 16; border: none; }"
    )

    def __init__(self, runs: Sequence[RunSummary], present: str | None) -> None:
        super().__init__()
        self._runs, self._present = runs, present

    def compose(self) -> ComposeResult:
        width = max((len(one.name) for one in self._runs), default=0)
        with Vertical(classes="dialog"):
            yield Label(_("Which run?"))
            yield OptionList(*(Option(self._line(one, width)) for one in self._runs), markup=False)

    def on_mount(self) -> None:
        names = [one.name for one in self._runs]
        self.query_one(OptionList).highlighted = names.index(self._present) if self._present in names else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(RunDirectory(Path(self._runs[event.option_index].path)))

    def _line(self, one: RunSummary, width: int) -> Text:
        bits = one.status.val_bits_per_byte if one.status else None
        colour = self.app.theme_variables.get(STATE_STYLES.get(one.state, "").removeprefix("$"), "")
        return Text.assemble(
            f"{one.name:<{width}}  ",
            (f"{state_word(one.state):<10}", colour if colour.startswith("#") else ""),
            f" {bits:.3f} {_('bits/byte')}" if bits is not None else "",
        )
