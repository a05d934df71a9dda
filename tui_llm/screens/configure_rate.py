"""The dialog of the Config screen that finds a learning rate: what the worker tries, as a growing chart, and what it
suggests. Imports Textual, and numpy with the chart: import it when it is first asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, ClassVar

import msgspec
import numpy as np
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui_llm.errors import UserError
from tui_llm.processes import Event, WorkerProcess
from tui_llm.screens.configure_fields import without_flags
from tui_llm.screens.dataset_work import STAGES
from tui_llm.translation import N_, _, sentence
from tui_llm.widgets.axes import Axis
from tui_llm.widgets.base import Dialog
from tui_llm.widgets.chart import Chart, Line

#: Losses above so many times the first are drawn at the upper edge: where it diverges, they leave any scale.
_CEILING = 1.5

Point = tuple[float, float, float]
"""A rate, the loss of its step in nats, and the smoothed loss after it."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker says at the end (`workers/probe_lr.py`): rates, None where there is none."""

    points: list[Point]
    suggestion: float | None
    lowest: float | None
    """Where the smoothed loss was lowest."""
    diverged_at: float | None


class FindRate(Dialog[float]):
    """Tries rates; answers the suggested one if the person takes it."""

    HELP = N_(
        """# Find a learning rate

A fresh model takes a hundred steps on the text, each at a higher **learning rate**, from one at which nothing is learnt
to one at which nothing holds. The curve is flat, then falls, then rises. The suggested rate lies half way down.

**enter** takes it as `training.lr`; **esc** breaks off and leaves all as it was. Nothing of the model is kept."""
    )
    DEFAULT_CSS = """
    FindRate { align: center middle; }
    FindRate .dialog {
        width: 76; max-width: 100%; height: 20; max-height: 100%; padding: 0 1; background: $surface;
        border: round $primary;
    }
    FindRate Chart { height: 1fr; }
    FindRate #told { height: 3; }
    FindRate #told.-fault { color: $text-error; }
    .-ascii FindRate .dialog { border: ascii $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("take it"), id="rate.take"),
        Binding("question_mark", "app.help", _("help"), id="rate.help"),
    ]

    def __init__(self, process: WorkerProcess, asked: dict[str, Any]) -> None:
        """`process` is the probe worker; `asked` tells it of the model and its text."""
        super().__init__()
        self._process, self._asked = process, asked
        self._stage = ""
        self._found: Found | None = None
        self._fault = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = _("find a learning rate")
            box.border_subtitle = _("enter takes it, ? explains, esc goes back")
            chart = Chart(ascii_only=self.tui.charts == "ascii")
            chart.can_focus = False
            yield chart
            yield Static(_("beginning…"), id="told", markup=False)

    def on_mount(self) -> None:
        self.run_worker(self._find())

    async def _find(self) -> None:
        try:
            async with contextlib.aclosing(self._process.ask("find_lr", **self._asked)) as events:
                async for event in events:
                    if event["event"] == "progress":
                        self._show_progress(event)
                    else:
                        self._show_found(msgspec.convert(event, Found))
        except asyncio.CancelledError:  # the dialog has been left
            if self._stage == "tokenizer":  # a library's work, which heeds nobody
                self._process.kill()
            raise
        except UserError as error:
            self._fault = f"{sentence(error.what)} {without_flags(sentence(error.hint))}"
            self._say(f"! {self._fault}", is_fault=True)

    def _show_progress(self, event: Event) -> None:
        self._stage = event["stage"]
        percent = int(100 * event["share"])
        points = msgspec.convert(event.get("points", []), list[Point])
        if points:
            self._draw(points, None)
            rate = rate_in_words(points[-1][0])
            self._say(_("trying the rate {rate}, {percent}%").format(rate=rate, percent=percent))
        elif self._stage in STAGES:
            self._say(f"{_(STAGES[self._stage])}, {percent}%")

    def _show_found(self, found: Found) -> None:
        self._found = found
        self._draw(found.points, found.suggestion)
        self._say(found_in_words(found))

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        if self.is_attached:  # else the dialog has been left
            self.query_one("#told", Static).set_class(is_fault, "-fault").update(text)
            self.refresh_bindings()

    def _draw(self, points: list[Point], suggestion: float | None) -> None:
        if not self.is_attached:
            return
        rates, losses, smoothed = (np.array(column) for column in zip(*points, strict=True))
        losses, smoothed = (np.minimum(each, _CEILING * losses[0]) for each in (losses, smoothed))
        lines = [
            Line(_("loss"), rates, losses, losses, "curve-1", dim=True),
            Line(_("smooth"), rates, smoothed, smoothed, "curve-1"),
        ]
        if suggestion is not None:
            place = np.flatnonzero(rates == suggestion)
            lines.append(Line(_("suggestion"), rates[place], smoothed[place], smoothed[place], "curve-2", marker="o"))
        y = Axis(_("loss, {unit}").format(unit=_("nats")))
        self.query_one(Chart).show(lines, Axis(_("rate"), log=True), y)

    def why_not(self, action: str) -> str | None:
        if action != "take":
            return None
        if self._fault:
            return self._fault
        if self._found is None:
            return _("the rates are still being tried.")
        return None if self._found.suggestion is not None else found_in_words(self._found)

    def action_take(self) -> None:
        assert self._found is not None
        assert self._found.suggestion is not None
        self.dismiss(rounded(self._found.suggestion))


def rounded(rate: float) -> float:
    """A rate as somebody would choose it: two figures say all that such a test can tell."""
    return float(f"{rate:.2g}")


def rate_in_words(rate: float) -> str:
    """The same, to be read."""
    return f"{rate:.2g}"


def found_in_words(found: Found) -> str:
    """What came of it, in sentences."""
    if found.suggestion is None:
        return _("the loss fell at none of these rates: there is nothing to suggest.")
    told = [_("{rate}: there half of the fall is done.").format(rate=rate_in_words(found.suggestion))]
    if found.lowest is not None:
        told.append(_("It is lowest at {rate}.").format(rate=rate_in_words(found.lowest)))
    if found.diverged_at is not None:
        told.append(_("At {rate} it diverges.").format(rate=rate_in_words(found.diverged_at)))
    return " ".join(told)
