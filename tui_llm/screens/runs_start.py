"""Asks when a run may start, if another one is at work already. Imports Textual and `runs`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Static

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.queue import busy_runs
from tui_llm.translation import _
from tui_llm.widgets.base import Dialog
from tui_llm.widgets.dialogs import DIALOG_CSS

When = Literal["now", "queue"]


class WhenToStart(Dialog[When]):
    """Asks whether a run starts now, beside others, or waits for its turn."""

    DEFAULT_CSS = DIALOG_CSS + "WhenToStart { align: center middle; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "choose('queue')", _("wait for its turn"), id="start.queue"),
        Binding("n", "choose('now')", _("start now"), id="start.now"),
    ]

    def __init__(self, run: RunDirectory, at_work: Sequence[str]) -> None:
        super().__init__()
        self._run, self._at_work = run, at_work

    def compose(self) -> ComposeResult:
        told = _("At work now: {others}. {name} can wait for its turn, or train beside it: both are slower then.")
        with Vertical(classes="dialog"):
            yield Static(told.format(others=", ".join(self._at_work), name=self._run.name), markup=False)
            with Horizontal():
                yield Button(_("Cancel"), id="cancel")
                yield Button(_("Now"), id="now")
                yield Button(_("Wait"), id="queue", variant="primary")

    def on_mount(self) -> None:
        self.query_one("#queue").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "cancel":
            self.dismiss(None)
        else:
            self.action_choose("now" if event.button.id == "now" else "queue")

    def action_choose(self, when: When) -> None:
        self.dismiss(when)


async def ask_when(screen: Screen[None], run: RunDirectory) -> When | None:
    """When `run` is to start: now if the device is free, else what the person says; None if it is not to start.

    To be awaited in a worker of `screen`.

    Raises:
        OSError: the home folder cannot be read.
    """
    others = [summary.name for summary in await asyncio.to_thread(busy_runs) if summary.name != run.name]
    if not others:
        return "now"
    answer = await screen.app.push_screen_wait(WhenToStart(run, others))
    return answer
