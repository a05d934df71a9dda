"""The panel beside the form: what the configuration means, counted and measured by a worker of its own.
Imports Textual and what the app may; torch lives in the worker.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec
from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker

from tui_llm.draft import Draft, Facts
from tui_llm.errors import UserError
from tui_llm.processes import WorkerProcess
from tui_llm.screens.configure_fields import without_flags
from tui_llm.screens.configure_meaning import Meaning, figures, warnings
from tui_llm.screens.configure_request import fault, preset_of
from tui_llm.translation import N_, _, sentence

PROBE_WORKER = "tui_llm.workers.probe"

#: Seconds without a change before the worker is asked; seconds out of sight before it is sent home.
_SETTLED, _IDLE = 0.3, 60.0

#: Seconds that a measurement trains; seconds after which a count is given up, the start of the worker included.
_PROBED, _LONGEST = 3.0, 60.0

_BETWEEN = "   "


class MeaningPanel(VerticalScroll):
    """Shows what the draft means. `consider` it whenever it has changed; `measure` it when asked to."""

    HELP = N_(
        """**What it means**: how large the model is, what it needs, how often it will see the text.
**t** trains it for a moment, saving nothing, to measure its speed on this machine; **esc** breaks that off.
Figures with `~` are estimates. Lines with `!` are warnings: you may start all the same."""
    )

    @dataclass
    class Learnt(Message):
        """What the configuration comes to, with what `auto` would choose, is known; or known no more."""

        meaning: Meaning | None

    def __init__(self) -> None:
        super().__init__()
        self._view = Static(id="meaning", markup=False)
        self.process = WorkerProcess(PROBE_WORKER)
        """The worker that counts and measures."""
        self._draft: Draft | None = None
        self._meaning: Meaning | None = None
        self._measured: Meaning | None = None
        """The last measurement; it may be of another configuration."""
        self._status = ""
        self._fault = ""
        self._waiting: Timer | None = None
        self._leaving: Timer | None = None
        self._measuring: Worker[None] | None = None
        self._is_measuring = False

    def compose(self) -> ComposeResult:
        yield self._view

    async def on_unmount(self) -> None:
        await self.process.close()

    # -- What is asked -----------------------------------------------------------------------------------------------

    def consider(self, draft: Draft) -> None:
        """Show what `draft` means, as soon as it has been left alone for a moment."""
        if draft == self._draft:
            return
        self._draft = draft
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_SETTLED, self._ask)

    def _ask(self) -> None:
        draft = self._draft
        assert draft is not None
        if fault(draft.request) is not None:
            self._learn(None, status=_("what is marked ! must be mended first."))
        elif preset_of(draft.request) == "auto" and not _is_known(draft.facts):
            self._learn(None, status=_("auto chooses sizes, batch and rate for a text and the time: it needs a text."))
        else:
            self._say(_("counting…"))
            self.run_worker(self._describe(draft), exclusive=True, group="describe")

    async def _describe(self, draft: Draft) -> None:
        try:
            async with asyncio.timeout(_LONGEST):
                done = await self.process.result("describe", **fields_of(draft))
        except TimeoutError:
            self.process.kill()
            self._learn(None, fault=_("this is too large to be counted."))
        except UserError as error:
            self._learn(None, fault=f"{sentence(error.what)} {without_flags(sentence(error.hint))}")
        else:
            meaning = msgspec.convert(done, Meaning)
            self._learn(meaning.measured_as(self._measured) if self._measured is not None else meaning)

    def measure(self) -> None:
        """Train the draft for a moment and show how fast it was."""
        if self._draft is not None and not self._is_measuring:
            self._measuring = self.run_worker(self._probe(self._draft), group="measure")

    def cancel(self) -> None:
        """Break a measurement off."""
        if self._measuring is not None:
            self._measuring.cancel()

    async def _probe(self, draft: Draft) -> None:
        self._is_measuring = True
        self.show_meaning()
        try:
            done = await self.process.result("probe", **fields_of(draft), seconds=_PROBED)
            self._measured = msgspec.convert(done, Meaning)
            if draft == self._draft:
                self._meaning, self._fault = self._measured, ""
            elif self._meaning is not None:
                self._meaning = self._meaning.measured_as(self._measured)
        except UserError as error:
            self._fault = f"{sentence(error.what)} {without_flags(sentence(error.hint))}"
        finally:
            self._is_measuring = False
            self.show_meaning()

    # -- The worker's rest -------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """The screen is out of sight: after a while the worker need not stand ready."""
        self._leaving = self.set_timer(_IDLE, self.dismiss_worker)

    def come_back(self) -> None:
        """The screen is in sight again."""
        if self._leaving is not None:
            self._leaving.stop()

    def dismiss_worker(self) -> None:
        """End the worker and give its memory back; it is started anew when something is asked."""
        self.workers.cancel_node(self)
        self.process.kill()
        if self._status:  # it was about to answer: ask again when there is time
            self._draft = None

    # -- What is shown -----------------------------------------------------------------------------------------------

    def _learn(self, meaning: Meaning | None, *, status: str = "", fault: str = "") -> None:
        self._meaning = meaning
        self._say(status, fault)
        self.post_message(self.Learnt(meaning))

    def _say(self, status: str, fault: str = "") -> None:
        self._status, self._fault = status, fault
        self.show_meaning()

    def show_meaning(self) -> None:
        """Show what is known by now."""
        if not self.is_attached:  # the app is ending
            return
        told = [Content.styled(f"! {self._fault}\n", "bold $text-error")] if self._fault else []
        if self._meaning is not None:
            told += [Content.styled(f"! {warning}\n", "$text-warning") for warning in warnings(self._meaning)]
            width = self.scrollable_content_region.width
            if self.screen.has_class("-wide"):
                told += [Content("\n" if told else ""), _in_columns(self._meaning)]
            else:
                told.append(_in_rows(self._meaning, width))
        status = _("training for a moment to measure it… esc breaks it off") if self._is_measuring else self._status
        if status:
            told.append(Content.styled(f"\n{status}" if told else status, "$text-muted"))
        self._view.update(Content("").join(told))


def _in_columns(meaning: Meaning) -> Content:
    """A figure a line."""
    lines = figures(meaning)
    names, values = (max(cell_len(line[column]) for line in lines) for column in (0, 1))
    return Content("\n").join(
        Content.assemble((set_cell_size(line.name, names + 2), "$text-muted"), (f"{line.value:>{values}}", "bold"))
        for line in lines
    )


def _in_rows(meaning: Meaning, width: int) -> Content:
    """As many figures in a row as fit."""
    rows: list[list[Content]] = []
    room = 0
    for line in figures(meaning):
        figure = Content.assemble((f"{line.name} ", "$text-muted"), (line.value, "bold"))
        if figure.cell_length > room:
            rows.append([])
            room = width
        rows[-1].append(figure)
        room -= figure.cell_length + len(_BETWEEN)
    return Content("\n").join(Content(_BETWEEN).join(row) for row in rows)


def _is_known(facts: Facts) -> bool:
    return facts.corpus is not None or facts.train_tokens is not None or facts.bytes is not None


def fields_of(draft: Draft) -> dict[str, Any]:
    """What the worker is told of `draft`."""
    facts = draft.facts
    return {
        "request": draft.request,
        "corpus": facts.corpus,
        "vocab_size": facts.vocab_size,
        "train_tokens": facts.train_tokens,
        "smallest_split": facts.smallest_split,
        "train_bytes": facts.bytes,
    }
