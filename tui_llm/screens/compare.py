"""Several runs compared: their validation curves in one chart, in bits per byte, and their figures below. Imports
textual-plot and numpy: it is imported when runs are compared for the first time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.figures import count, duration
from tui_llm.runs.compared import Compared, CompareWatch, Floats, by_text, share_tokenizer
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.runs_lines import words_of
from tui_llm.translation import N_, _, ngettext
from tui_llm.widgets.axes import Axis
from tui_llm.widgets.base import AppScreen
from tui_llm.widgets.chart import Chart, Line
from tui_llm.widgets.columns import fitting

#: Each run has a character of its own: colours alone would not tell all of them apart, nor those without colours.
MARKERS = "ox+*#@%&"

_COLOURS = 6

#: Seconds of reading in one look, over all runs.
_BUDGET = 0.5

#: What the x axis may be, with the values of a run on it.
X_AXES: tuple[tuple[Axis, Callable[[Compared], Floats]], ...] = (
    (Axis(N_("step"), "count"), lambda run: run.steps),
    (Axis(N_("time"), "seconds"), lambda run: run.elapsed_at),
    (Axis(N_("tokens"), "count"), lambda run: run.tokens_at),
)


class CompareScreen(AppScreen):
    """Two runs or more, side by side."""

    CSS_PATH = "compare.tcss"
    HELP = N_(
        """# Comparison

The curves are the bits per byte that each model needs for text it has not seen: less is better. They compare models of
any size and with any tokenizer, as long as they were trained on the same text.

**x** shows them over steps, over the time of training, or over the tokens trained on: which model is better after the
same *work* is another question than which is better after the same *minutes*. The character before a name marks its
curve, and the best one is in bold.

**bits/byte** is of the validation part of the text and **test** of its test part: the final scores of the best
checkpoint or, as long as a run has not finished, its best so far. **perplexity** is per token: it compares only models
with the same tokenizer."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="compare.back"),
        Binding("x", "x_axis", _("x axis"), id="compare.x"),
        Binding("u", "log", _("log axis"), id="compare.log"),
        Binding("plus", "zoom(1)", _("zoom in"), show=False, id="compare.zoom_in"),
        Binding("minus", "zoom(-1)", _("zoom out"), show=False, id="compare.zoom_out"),
        Binding("left", "cursor(-1)", _("read off further left"), show=False, id="compare.left"),
        Binding("right", "cursor(1)", _("read off further right"), show=False, id="compare.right"),
        Binding("0", "reset", _("show all"), show=False, id="compare.reset"),
        Binding("y", "copy", _("copy the figures"), id="compare.copy"),
    ]

    def __init__(self, runs: Sequence[RunDirectory]) -> None:
        super().__init__()
        self._watch = CompareWatch(runs)
        self._count = len(runs)
        self._runs: list[Compared] = []
        self._reading = False
        self._x, self._log = 0, False

    def body(self) -> Iterable[Widget]:
        yield Chart(ascii_only=self.tui.charts == "ascii")
        with VerticalScroll():
            yield Static(_("reading…"), id="figures", markup=False)

    def on_mount(self) -> None:
        self.poll_every(2.0, self.look)

    def subtitle(self) -> str:
        return ngettext("{count} run compared", "{count} runs compared", self._count).format(count=self._count)

    # -- Looking -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        if not self._reading and self.is_mounted:
            self._reading = True
            self._read()

    @work
    async def _read(self) -> None:
        """Read in a thread until all is known, and show what is known so far."""
        try:
            while True:
                runs = await asyncio.to_thread(self._watch.poll, _BUDGET)
                if runs is not None:
                    self._runs = runs
                    self._show()
                if all(run.read_share >= 1 for run in self._runs):
                    return
        finally:
            self._reading = False

    # -- Showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        x_axis, values = X_AXES[self._x]
        lines = [
            Line(run.name, values(run), run.bits_per_byte, run.bits_per_byte, _colour(place), marker=MARKERS[place])
            for place, run in enumerate(self._runs)
            if len(run.steps)
        ]
        x = Axis(_(x_axis.name), x_axis.kind)
        y = Axis(_("bits per byte"), log=self._log)
        self.query_one(Chart).show(lines, x, y)
        self.query_one("#figures", Static).update(self._table())

    def _table(self) -> Table:
        texts = {title: [_(title), *map(cell, self._runs)] for title, cell in _COLUMNS.items()}
        room = self.size.width - len("  x  ")  # the screen's margins, and the marker
        shown = fitting(texts, _SPARED, room)
        table = Table(box=None, pad_edge=False, header_style="bold", caption_style="dim", caption_justify="left")
        for place, title in enumerate(("", *map(_, shown))):
            table.add_column(title, no_wrap=True, justify="left" if place < 2 else "right")
        best = min((run.score for run in self._runs if run.score is not None), default=None)
        for place, run in enumerate(self._runs):
            sign = Text(MARKERS[place], style=self._style(_colour(place)))
            style = "bold" if run.score is not None and run.score == best else ""
            table.add_row(sign, *(Text(_COLUMNS[title](run)) for title in shown), style=style)
        if len(by_text(self._runs)) > 1:
            table.caption = _("trained on different texts: their bits per byte do not compare directly")
        elif "perplexity" in shown and not share_tokenizer(self._runs):
            table.caption = _("perplexity compares only models with the same tokenizer")
        return table

    def _style(self, colour: str) -> Style:
        return Style(color=Color.parse(self.app.theme_variables[colour]).rich_color, bold=True)

    def on_resize(self) -> None:
        if self._runs:
            self._show()

    # -- Keys --------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Out of the zoom or the reading off, then out of the comparison."""
        chart = self.query_one(Chart)
        if chart.zoomed or chart.has_cursor:
            chart.action_reset_scales()
        else:
            self.dismiss()

    def action_x_axis(self) -> None:
        self._x = (self._x + 1) % len(X_AXES)
        self._show()

    def action_log(self) -> None:
        self._log = not self._log
        self._show()

    def action_zoom(self, way: int) -> None:
        chart = self.query_one(Chart)
        if way > 0:
            chart.action_zoom_in()
        else:
            chart.action_zoom_out()

    def action_cursor(self, cells: int) -> None:
        self.query_one(Chart).move_cursor(cells)

    def action_reset(self) -> None:
        self.query_one(Chart).action_reset_scales()

    def action_copy(self) -> None:
        rows = [[_(title) for title in _COLUMNS], *([cell(run) for cell in _COLUMNS.values()] for run in self._runs)]
        self.tui.copy_text("\n".join("\t".join(row) for row in rows))


#: What the table shows of a run, by the columns' titles.
_COLUMNS: dict[str, Callable[[Compared], str]] = {
    N_("name"): lambda run: run.name,
    N_("bits/byte"): lambda run: "" if run.score is None else f"{run.score:.3f}",
    N_("at step"): lambda run: "" if run.best_step is None else f"{run.best_step:,}",
    N_("test"): lambda run: "" if run.test_bits_per_byte is None else f"{run.test_bits_per_byte:.3f}",
    N_("perplexity"): lambda run: "" if run.perplexity is None else f"{run.perplexity:.3f}",
    N_("tokenizer"): lambda run: f"{run.tokenizer or ''} {run.vocab_size or ''}".strip(),
    N_("params"): lambda run: "" if run.parameters is None else count(run.parameters),
    N_("tokens"): lambda run: "" if run.tokens is None else count(run.tokens),
    N_("time"): lambda run: "" if run.elapsed is None else duration(run.elapsed),
    N_("tok/s"): lambda run: "" if run.tokens_per_second is None else count(run.tokens_per_second),
    N_("state"): lambda run: words_of(run.state),
}

#: Columns that a narrow screen goes without, the first of them first.
_SPARED = ("tok/s", "tokenizer", "perplexity", "tokens", "at step", "state", "params", "time", "test")


def _colour(place: int) -> str:
    """The theme's name for the colour of the curve at `place`."""
    return f"curve-{place % _COLOURS + 1}"
