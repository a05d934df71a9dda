"""The Inspect screen's updates: how far each step moved each parameter, over the training. Imports Textual and `runs`;
the chart, with numpy, when there are probes to show.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container

from tui_llm.screens.inspect_layers import ProbesView
from tui_llm.screens.inspect_words import FIGURE, figure, shape
from tui_llm.translation import N_, _
from tui_llm.widgets.sparks import spark
from tui_llm.widgets.table import Column, LineTable

if TYPE_CHECKING:
    from tui_llm.runs.probes import ParameterProbe, ProbeRecord
    from tui_llm.widgets.chart import Chart

#: log10 of the ratio that is usual where the learning rate suits the model.
USUAL = -3.0

#: Columns of a curve in a line.
_SPARK = 14

_COLUMNS = (
    Column(N_("parameter")),
    Column(N_("shape"), 10, least=76),
    Column(N_("std"), FIGURE),
    Column(N_("gradient"), 9),
    Column(N_("log10"), 6),
    Column(N_("so far"), _SPARK, left=True),
)


class UpdatesView(ProbesView):
    """The curves of all parameters in one chart, and a line for each."""

    HELP: ClassVar[str] = N_(
        """## Updates

By what share of itself each parameter was changed in one step: the standard deviation of the change over that of the
values, as a decimal logarithm. -3, a thousandth, is usual; far above it the learning rate is too high, far below it the
model learns slowly. The chart has all parameters, the one under the cursor in front. **[** and **]** go through the
probed steps; the figures are those of the step."""
    )

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__("updates", ascii_only=ascii_only)
        self.table = LineTable(_COLUMNS, ascii_only=ascii_only)
        self.chart: Chart | None = None
        self._curves: dict[str, tuple[list[int], list[float]]] = {}

    def compose(self) -> ComposeResult:
        yield self.remark_line
        with Container(classes="both"):
            yield self.table

    @property
    def main(self) -> LineTable:
        return self.table

    def show_record(self, record: ProbeRecord | None) -> None:
        self._curves = _curves(self.probes)
        parameters = record.parameters if record is not None else []
        self.table.show([self._line(parameter) for parameter in parameters])
        self.draw()

    def _line(self, parameter: ParameterProbe) -> tuple[str, ...]:
        _steps, logs = self._curves[parameter.name]
        ratio = log10(parameter.update_ratio)
        told = f"{ratio:.2f}" if math.isfinite(ratio) else "-"
        curve = spark(logs, _SPARK, ascii_only=self.ascii_only)
        figures = (figure(parameter.std), figure(parameter.gradient_std))
        return (parameter.name, shape(parameter.shape), *figures, told, curve)

    @on(LineTable.Moved)
    @work(exclusive=True)
    async def draw(self) -> None:
        """Draw the chart, which is made when there is something to draw for the first time."""
        if not self.probes or not self.is_attached:
            if self.chart is not None:
                self.chart.display = False
            return
        await asyncio.to_thread(_load_chart)
        if self.chart is None:
            from tui_llm.widgets.chart import Chart

            self.chart = Chart(ascii_only=self.ascii_only, id="update-chart")
            self.chart.can_focus = False
            await self.query_one(".both").mount(self.chart)
        self.chart.display = True
        self._show_curves(self.chart)

    def _show_curves(self, chart: Chart) -> None:
        import numpy as np

        from tui_llm.widgets.axes import Axis
        from tui_llm.widgets.chart import Line

        def line(label: str, steps: list[int], logs: list[float], colour: str, **look: Any) -> Line:
            y = np.array(logs, dtype=np.float64)
            return Line(label, np.array(steps, dtype=np.float64), y, y, colour, **look)

        chosen = self.table.current
        others = [one for name, one in self._curves.items() if name != chosen]
        lines = [
            line(_("others") if not place else "", *one, "foreground", dim=True) for place, one in enumerate(others)
        ]
        ends = [self.probes[0].step, self.probes[-1].step]
        lines.append(line(_("usual"), ends, [USUAL, USUAL], "curve-2"))
        if chosen is not None and chosen in self._curves:
            lines.append(line(_("this one"), *self._curves[chosen], "curve-1", marker="o"))
        chart.show(lines, Axis(_("step"), "count"), Axis(_("log10 of update / value")))


def _load_chart() -> None:
    """Import what takes a third of a second, in a thread."""
    import tui_llm.widgets.chart  # noqa: F401


def _curves(probes: list[ProbeRecord]) -> dict[str, tuple[list[int], list[float]]]:
    """For each parameter the steps, and the logarithms of its update ratios."""
    curves: dict[str, tuple[list[int], list[float]]] = {}
    for probe in probes:
        for parameter in probe.parameters:
            steps, logs = curves.setdefault(parameter.name, ([], []))
            steps.append(probe.step)
            logs.append(log10(parameter.update_ratio))
    return curves


def log10(ratio: float | None) -> float:
    """The decimal logarithm; nan where a parameter did not move at all."""
    return math.log10(ratio) if ratio is not None and ratio > 0 and math.isfinite(ratio) else math.nan
