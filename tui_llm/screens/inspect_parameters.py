"""The Inspect screen's parameters: a line of figures each, and the values of the one in hand as colours or bars.
Imports Textual.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widgets import Static

from tui_llm.processes import Event, WorkerProcess
from tui_llm.screens.inspect_view import ModelView
from tui_llm.screens.inspect_words import FIGURE, figure, shape, visible
from tui_llm.translation import N_, _, ngettext
from tui_llm.widgets.heatmap import Bars, Drawing, HeatMap, Picture
from tui_llm.widgets.table import Column, LineTable

#: Seconds that a cursor must rest, or a window keep its size, before values are asked for.
_REST = 0.05

#: Values that differ by less than this share of themselves are drawn by how they differ from their mean.
_ALIKE = 0.5

_COLUMNS = (
    Column(N_("parameter")),
    Column(N_("shape"), 10),
    Column(N_("mean"), FIGURE),
    Column(N_("std"), FIGURE),
    Column(N_("min"), FIGURE, least=90),
    Column(N_("max"), FIGURE, least=90),
    Column(N_("norm"), FIGURE),
)


class ParametersView(ModelView):
    """What the checkpoint holds."""

    HELP: ClassVar[str] = N_(
        """## Parameters

Every tensor of the checkpoint with its mean, its standard deviation (**std**), its least and greatest value, and its
norm. Of the one under the cursor the values are drawn: orange above 0, blue below, the further from 0 the brighter (in
a light theme: the darker). A tensor that is larger than its place is drawn by the means of blocks. In a table of tokens
each row has its token in front; a vector is drawn as bars.

Weights that have just been drawn at random look like noise. What stripes and spots there are, training has made."""
    )

    def __init__(self, worker: WorkerProcess, *, ascii_only: bool) -> None:
        super().__init__("parameters", worker, ascii_only=ascii_only)
        self.table = LineTable(_COLUMNS, ascii_only=ascii_only, id="parameter-table")
        self._caption = Static(id="tensor-caption", classes="caption", markup=False)
        self._map = HeatMap(ascii_only=ascii_only, id="tensor-map")
        self._bars = Bars(ascii_only=ascii_only, id="tensor-bars")
        self._tensors: dict[str, dict[str, Any]] = {}
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.remark_line
        with Container(classes="both"):
            yield self.table
            with Vertical(classes="drawing"):
                yield self._caption
                yield self._map
                yield self._bars

    def on_mount(self) -> None:
        super().on_mount()
        self._bars.display = False

    @property
    def main(self) -> LineTable:
        return self.table

    def clear(self) -> None:
        self._tensors = {}
        self.table.show(())
        self._caption.update("")
        self._map.show(Picture(()))
        self._bars.show(())

    def fetch(self) -> None:
        self.ask("tensors", self._take_tensors)

    def _take_tensors(self, done: Event) -> None:
        self._tensors = {one["name"]: one for one in done["tensors"]}
        before = self.table.current
        self.table.show([_line(one) for one in self._tensors.values()])
        if self.table.current == before:  # else the table says so itself
            self._fetch_values()

    @on(LineTable.Moved)
    @on(Drawing.Resized)
    def _soon(self) -> None:
        """Ask for values when the cursor or the window has come to rest."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self._fetch_values)

    def _fetch_values(self) -> None:
        chosen = self._tensors.get(self.table.current or "")
        if chosen is None or not self.is_attached:
            return
        is_vector = len(chosen["shape"]) < 2
        self._map.display, self._bars.display = not is_vector, is_vector
        # One of the two has had no place so far: it asks again when it has.
        rows, columns = (1, self._bars.size.width) if is_vector else self._map.room(labels=chosen["of_tokens"])
        if columns > 1:
            self.ask("tensor", self._take_values, name=chosen["name"], rows=rows, columns=columns)

    def _take_values(self, done: Event) -> None:
        name, values = self.table.current, done["values"]
        if name is None or done["name"] != name:
            return
        chosen = self._tensors[name]
        extent = f"{figure(chosen['min'])} .. {figure(chosen['max'])}   "
        if self._bars.display:
            base = _base(chosen)
            self._bars.show(values[0], base)
            scale = Text(_("bars from {base}").format(base=figure(base)))
        else:
            labels = done["row_labels"]
            named = None if labels is None else [visible(one, ascii_only=self.ascii_only) for one in labels]
            picture = Picture(values, named)
            self._map.show(picture)
            scale = Text.assemble(_("drawn:"), " ", self._map.legend(figure(picture.reach)))
        self._caption.update(Text.assemble((name, "bold"), "  ", _size(done, values), "\n", extent, scale))


def _line(one: dict[str, Any]) -> tuple[str, ...]:
    figures = (figure(one[key]) for key in ("mean", "std", "min", "max", "norm"))
    return (one["name"], shape(one["shape"]), *figures)


def _base(one: dict[str, Any]) -> float:
    """Where bars begin: at 0, unless the values differ by little and lie far from it, as the scales of norms do."""
    low, high, mean = one["min"], one["max"], one["mean"]
    if low is None or high is None or mean is None or low <= 0 <= high:
        return 0.0
    return float(mean) if high - low < _ALIKE * max(abs(low), abs(high)) else 0.0


def _size(done: Event, values: Sequence[Sequence[object]]) -> str:
    """The shape, how many of its rows are drawn if not all, and of how many values each that is drawn is the mean."""
    rows, columns = done["drawn"]
    told = [shape(done["shape"])]
    if done["row_labels"] is not None:
        told.append(ngettext("{count} token", "{count} tokens", rows).format(count=rows))
    block = (round(rows / len(values)), round(columns / len(values[0])))
    if block != (1, 1):
        told.append(_("means of {block}").format(block=shape(block)))
    return ", ".join(told)
