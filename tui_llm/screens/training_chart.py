"""The place of the large chart in the dashboard: what it shows of the run, and whether it stands still. Imports
Textual; the chart itself, with numpy, when the first reading has come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from tui_llm.screens.training_view import View
from tui_llm.translation import N_, _

if TYPE_CHECKING:
    from tui_llm.runs.snapshot import RunSnapshot
    from tui_llm.screens.training_curves import Smoother
    from tui_llm.widgets.chart import Chart


class ChartPanel(Container):
    """The losses over the run. It draws nothing until a snapshot comes."""

    HELP: ClassVar[str] = N_(
        """## The chart

The loss of every step, dim (all that lies between the least and the greatest value of a column); the same smoothed, as
in TensorBoard; and, marked **o**, the loss on text that the model does not see. If that one rises while the others
fall, the model learns the text by heart.

Arrows move the picture and **+ -** zoom, **0** shows all again. The mouse does the same: the wheel zooms, dragging
moves, pointing reads values. **,** and **.** move a cursor that reads them.
"""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "pan('left')", _("move the picture left"), show=False, id="chart.left"),
        Binding("right", "pan('right')", _("move the picture right"), show=False, id="chart.right"),
        Binding("up", "pan('up')", _("move the picture up"), show=False, id="chart.up"),
        Binding("down", "pan('down')", _("move the picture down"), show=False, id="chart.down"),
    ]

    def __init__(self, *, ascii_only: bool, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.view = View()
        self.frozen: RunSnapshot | None = None
        """The snapshot at which the picture stands still."""
        self.chart: Chart | None = None
        self._ascii_only = ascii_only
        self._snapshot: RunSnapshot | None = None
        self._drawn: tuple[object, ...] = ()
        self._smoother: Smoother | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("reading…"), id="no-chart", markup=False)

    def clear(self) -> None:
        """Another run is shown."""
        self._snapshot = self.frozen = None
        self._drawn = ()
        self.query_one("#no-chart", Static).update(_("reading…"))
        self._choose_what_is_seen(False)

    async def show(self, snapshot: RunSnapshot) -> None:
        """Show the newest state of the run, unless the picture stands still."""
        self._snapshot = snapshot
        if not len(snapshot.curves.loss) and not snapshot.evaluations:
            waiting = snapshot.read_share < 1.0
            self.query_one("#no-chart", Static).update(_("reading…") if waiting else _("no losses yet"))
            self._choose_what_is_seen(False)
            return
        if self.chart is None:
            from tui_llm.screens.training_curves import Smoother
            from tui_llm.widgets.chart import Chart

            self._smoother = Smoother()
            self.chart = Chart(ascii_only=self._ascii_only, id="chart")
            await self.mount(self.chart)
            if self.screen.focused is None:
                self.chart.focus()
        self._choose_what_is_seen(True)
        self.draw()

    def look_at(self, view: View) -> None:
        """Show the same data in another way."""
        self.view = view
        self.draw()

    def freeze(self) -> None:
        """Let the picture stand still, or go on with the newest data."""
        self.frozen = None if self.frozen else self._snapshot
        self.draw()

    def draw(self) -> None:
        """Draw, if the data or the way it is looked at has changed."""
        snapshot = self.frozen or self._snapshot
        if snapshot is None or self.chart is None or self._smoother is None:
            return
        drawn = (snapshot.curves, snapshot.evaluations, self.view, self.frozen)
        if len(drawn) == len(self._drawn) and all(a is b for a, b in zip(drawn, self._drawn, strict=True)):
            return
        from tui_llm.screens.training_curves import chart_lines

        self._drawn = drawn
        lines, x, y = chart_lines(snapshot, self.view, self._smoother)
        warning = _("frozen") if self.frozen else ""
        self.chart.show(lines, x, y, note=self.view.note(), warning=warning)

    def action_pan(self, direction: str) -> None:
        if self.chart is not None:
            getattr(self.chart, f"action_pan_{direction}")()

    def _choose_what_is_seen(self, chart: bool) -> None:
        if self.chart is not None:
            self.chart.display = chart
        self.query_one("#no-chart").display = not chart
