"""A list to choose from in front of the Console: runs, checkpoints, earlier answers; and what those lists hold.
Imports Textual and `runs`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_llm import figures
from tui_llm.errors import UserError, from_os_error
from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.checkpoints import CheckpointInfo, best_of, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.console_history import Entry
from tui_llm.translation import STATES, _, sentence
from tui_llm.widgets.base import Dialog, type_into


class Item(NamedTuple):
    """A line of the list."""

    id: str
    """What the dialog answers."""
    cells: tuple[str, ...]
    """The last one takes the room that is left."""


class Choice(Dialog[str]):
    """Asks for one of several. `/` filters; what is listed is looked up again every two seconds."""

    CSS_PATH = "console_choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", _("filter"), id="console.filter"),
    ]

    class Listed(Message):
        """What there is to choose from, or why that cannot be told."""

        def __init__(self, items: list[Item] | UserError) -> None:
            super().__init__()
            self.items = items

    def __init__(self, title: str, look: Callable[[], list[Item]], empty: str, chosen: str | None = None) -> None:
        """`look` is called in a thread; `empty` is said where there is nothing; `chosen` is the line to begin with."""
        super().__init__()
        self._title, self._look, self._empty, self._chosen = title, look, empty, chosen
        self._items: list[Item] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="choice") as box:
            box.border_title = self._title
            box.border_subtitle = _("enter chooses, / filters, esc goes back")
            yield Input(placeholder=_("filter"), compact=True)
            yield OptionList(compact=True, markup=False)
            yield Static(_("looking…"), markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()
        self._look_again()
        self.set_interval(2.0, self._look_again)

    def _look_again(self) -> None:
        self.run_worker(self._list, thread=True, exclusive=True, exit_on_error=False)

    def _list(self) -> None:
        try:
            items: list[Item] | UserError = self._look()
        except UserError as error:
            items = error
        except OSError as error:
            items = from_os_error(error, _("reading the list"))
        self.post_message(self.Listed(items))

    def on_choice_listed(self, message: Listed) -> None:
        if isinstance(message.items, UserError):
            self._say(f"{sentence(message.items.what)} {sentence(message.items.hint)}")
        elif message.items != self._items:
            self._items = message.items
            self._show()

    def _say(self, text: str) -> None:
        said = self.query_one(Static)
        said.update(text)
        said.display = bool(text)

    def _show(self) -> None:
        """List what passes the filter, with the line that was in hand still in hand."""
        listed = self.query_one(OptionList)
        in_hand = listed.highlighted_option
        wanted = in_hand.id if in_hand is not None else self._chosen
        words = self.query_one(Input).value.casefold().split()
        kept = [one for one in self._items or () if all(word in " ".join(one.cells).casefold() for word in words)]
        widths = [max(map(len, column)) for column in zip(*(one.cells[:-1] for one in kept), strict=True)]
        listed.set_options([Option(_line(one, widths), id=one.id) for one in kept])
        if kept:
            listed.highlighted = next((place for place, one in enumerate(kept) if one.id == wanted), 0)
        self._say("" if kept else _("nothing passes the filter.") if self._items else self._empty)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_filter(self) -> None:
        asked = self.query_one(Input)
        asked.display = True
        type_into(asked)

    def on_input_changed(self) -> None:
        self._show()

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """First leave the filter, then the dialog."""
        asked = self.query_one(Input)
        if not asked.display:
            self.dismiss(None)
            return
        asked.value = ""
        asked.display = False
        self.query_one(OptionList).focus()


def _line(item: Item, widths: list[int]) -> Table:
    line = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        line.add_column(width=width, no_wrap=True)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in item.cells))
    return line


def list_run_items() -> list[Item]:
    """Every run that could have a checkpoint, the most recently active first; its id is its path."""
    items = []
    for one in list_runs():
        bits = one.status.val_bits_per_byte if one.status is not None else None
        told = _("{bits} bits/byte").format(bits=f"{bits:.3f}") if bits is not None else ""
        items.append(Item(one.path, (one.name, _(STATES[one.state]), told)))
    return items


def checkpoint_items(run: RunDirectory) -> list[Item]:
    """What can be asked of a run: the best, the last, and each step that is kept.

    Raises:
        OSError: they cannot be read.
    """
    there = list_checkpoints(run)
    whole = [info for info in there if info.whole]
    best = best_of(there)
    items = []
    if best is not None:
        items.append(Item("best", (_("best"), _step(best), _loss(best))))
    if whole:
        items.append(Item("last", (_("last"), _step(whole[-1]), _("the newest, also while the run goes on"))))
    for info in reversed(there):
        items.append(Item(str(info.step), ("", _step(info), sentence(info.fault) if info.fault else _loss(info))))
    return items


def _step(info: CheckpointInfo) -> str:
    return _("step {step}").format(step=info.step)


def _loss(info: CheckpointInfo) -> str:
    return "" if info.val_loss is None else _("validation loss {loss}").format(loss=f"{info.val_loss:.4f}")


def history_items(entries: list[Entry]) -> list[Item]:
    """Earlier answers, the newest first; the id is the place in `entries`."""
    now = time.time()
    items = []
    for place, entry in reversed(list(enumerate(entries))):
        begun = entry.question.prompt + "".join(text for _id, text, _p in entry.tokens[:60])
        begun = " ".join(begun.split())
        ago = figures.age(now - entry.time)
        items.append(Item(str(place), (ago, Path(entry.question.run).name, begun or _("(nothing)"))))
    return items
