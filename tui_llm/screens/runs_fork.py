"""The dialog that forks a run: from which checkpoint, under which name, with which changes, and when it starts. The
Runs and the Training screen open it. Imports Textual, `config` and `runs`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, OptionList, Select, Static
from textual.widgets.option_list import Option

from tui_llm.config import BUDGETS, Request, read_request
from tui_llm.errors import InputError, UserError, from_os_error
from tui_llm.figures import size
from tui_llm.runs.checkpoints import CheckpointInfo, best_of, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.naming import stem_of
from tui_llm.runs.queue import busy_runs
from tui_llm.runs.status import read_status
from tui_llm.screens.runs_actions import check_free
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.base import Dialog

_UNITS = {"max_steps": N_("steps"), "minutes": N_("minutes"), "epochs": N_("epochs")}

#: When the new run starts: at once, in its turn, or not by this dialog.
_NOW, _QUEUE, _LATER = "now", "queue", "later"


@dataclass(frozen=True)
class Source:
    """What is known of the run to fork."""

    checkpoints: Sequence[CheckpointInfo]
    """The whole ones, the newest first."""
    best: int | None
    """The step of the best."""
    bits_per_loss: float | None
    """Bits per byte for a loss of one nat a token: the same all through a run."""
    training: Request
    """Its settings of the training."""
    busy: bool
    """Whether a run is at work now, be it the one to fork."""


def read_source(run: RunDirectory) -> Source:
    """Look at `run`.

    Raises:
        InputError: it has no checkpoint, or its files are damaged.
        OSError: they cannot be read.
    """
    there = list_checkpoints(run)
    whole = [info for info in reversed(there) if info.whole]
    if not whole:
        raise InputError(f"run {run.name} has no whole checkpoint yet.", "train it for longer, or resume it.")
    best = best_of(there)
    status = read_status(run)
    ratio = status.val_bits_per_byte / status.val_loss if status.val_bits_per_byte and status.val_loss else None
    training: Request = read_request(run.config_path).get("training", {})
    return Source(whole, best.step if best else None, ratio, training, bool(busy_runs()))


class ForkDialog(Dialog[RunDirectory]):
    """Makes a new run that goes on from a checkpoint of `run`, and gives it; it may have been started."""

    CSS_PATH = "runs_fork.tcss"
    HELP = N_(
        """# Fork

A fork is a new run that begins where a checkpoint of another one stands, with that run's history. The other one stays
as it is. Give it a larger **budget** to train on, or another **learning rate**; what is left empty stays as it was."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "fork", _("fork"), id="fork.do"),
    ]

    def __init__(self, run: RunDirectory, step: int | None = None) -> None:
        """`step` is the checkpoint that is chosen at first; the newest if it is not given."""
        super().__init__()
        self._run, self._step = run, step
        self._source: Source | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = Text(_("Fork {name}").format(name=self._run.name))
            yield Static(_checkpoint_titles(), id="titles")
            yield OptionList(id="checkpoints", compact=True)
            with Horizontal():
                yield Label(_("name"))
                yield Input(_free_name(self._run), id="name", compact=True)
            with Horizontal():
                yield Label(_("learning rate"))
                yield Input(id="lr", compact=True, placeholder=_("as it was"))
            with Horizontal():
                yield Label(_("budget in all"))
                yield Input(id="budget", compact=True, placeholder=_("as it was"))
                units = [(_(word), unit) for unit, word in _UNITS.items()]
                yield Select(units, id="unit", compact=True, allow_blank=False)
            with Horizontal():
                yield Label(_("start"))
                starts = [(_("now"), _NOW), (_("in its turn"), _QUEUE), (_("not yet"), _LATER)]
                yield Select(starts, id="start", compact=True, allow_blank=False)
            yield Static(id="fault", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Cancel"), id="cancel", compact=True)
                yield Button(_("Fork"), id="fork", variant="primary", compact=True, disabled=True)

    @work
    async def on_mount(self) -> None:
        try:
            source = await asyncio.to_thread(read_source, self._run)
        except (UserError, OSError) as error:
            self._tell(error, _("reading the run"))
            return
        self._source = source
        options = self.query_one(OptionList)
        options.add_options(Option(_checkpoint_line(info, source), str(info.step)) for info in source.checkpoints)
        steps = [info.step for info in source.checkpoints]
        options.highlighted = steps.index(self._step) if self._step in steps else 0
        options.focus()
        self.query_one("#lr", Input).placeholder = _as_it_was(source.training.get("lr"))
        unit = next((unit for unit in BUDGETS if source.training.get(unit)), BUDGETS[0])
        self.query_one("#unit", Select).value = unit
        self.query_one("#budget", Input).placeholder = _as_it_was(source.training.get(unit))
        self.query_one("#start", Select).value = _QUEUE if source.busy else _NOW
        self.query_one("#fork", Button).disabled = False

    def on_option_list_option_selected(self) -> None:
        self.query_one("#name").focus()

    def on_input_submitted(self) -> None:
        self.action_fork()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "fork":
            self.action_fork()
        else:
            self.dismiss(None)

    def _tell(self, error: UserError | OSError, doing: str) -> None:
        """Say what is wrong in the dialog, which stays open."""
        told = from_os_error(error, doing) if isinstance(error, OSError) else error
        self.query_one("#fault", Static).update(spoken(told))

    # -- Doing it ----------------------------------------------------------------------------------------------------

    @work(exclusive=True)
    async def action_fork(self) -> None:
        """Make the fork, start it if that is wished, and end with it."""
        place = self.query_one(OptionList).highlighted
        if self._source is None or place is None:
            return
        from tui_llm.runs.fork import fork_run
        from tui_llm.runs.launch import start_worker

        button = self.query_one("#fork", Button)
        button.disabled = True
        try:
            name = check_free(self.query_one("#name", Input).value)
            step = self._source.checkpoints[place].step
            forked = await asyncio.to_thread(fork_run, self._run, step, name, self._changes())
        except (UserError, OSError) as error:
            self._tell(error, _("forking the run"))
            button.disabled = False
            return
        when = self.query_one("#start", Select).value
        try:
            if when != _LATER:
                start_worker(forked, queue=when == _QUEUE)
        except OSError as error:  # the fork is there all the same, and can be resumed
            self.tui.tell(error, _("starting the worker"))
        self.dismiss(forked)

    def _changes(self) -> Request:
        """The settings that were typed.

        Raises:
            InputError: one of them is no number that it could be.
        """
        training: dict[str, Any] = {}
        rate = _number(self.query_one("#lr", Input).value, _("the learning rate"))
        if rate is not None:
            training["lr"] = rate
        budget = _number(self.query_one("#budget", Input).value, _("the budget"))
        if budget is not None:
            unit = str(self.query_one("#unit", Select).value)
            training[unit] = int(budget) if unit == "max_steps" else budget
        return {"training": training} if training else {}


def _number(text: str, what: str) -> float | None:
    """The positive number that was typed; nothing if nothing was.

    Raises:
        InputError: it is none.
    """
    if not text.strip():
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise InputError(
            _("{what} cannot be {text!r}.").format(what=what, text=text), _("write a number greater than 0.")
        )
    return number


def _as_it_was(value: object) -> str:
    return _("as it was") if value is None else _("as it was: {value}").format(value=value)


def _free_name(run: RunDirectory) -> str:
    """The first of `<name>-fork-1`, `<name>-fork-2`... that no run has."""
    stem = stem_of(f"{run.name}-fork")
    number = 1
    while (runs_folder() / f"{stem}-{number}").exists():
        number += 1
    return f"{stem}-{number}"


_WIDTHS = (9, 12, 11, 10)


def _checkpoint_titles() -> Text:
    titles = (_("step"), _("validation"), _("bits/byte"), _("size"))
    return Text("".join(title.rjust(width) for title, width in zip(titles, _WIDTHS, strict=True)), style="bold")


def _checkpoint_line(info: CheckpointInfo, source: Source) -> Text:
    loss, ratio = info.val_loss, source.bits_per_loss
    cells = (
        f"{info.step:,}",
        "" if loss is None else f"{loss:.3f}",
        "" if loss is None or ratio is None else f"{loss * ratio:.3f}",
        size(info.bytes),
    )
    text = Text("".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True)))
    if info.step == source.best:
        text.append("  " + _("best"), style="bold")
    return text
