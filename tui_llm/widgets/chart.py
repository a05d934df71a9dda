"""The large chart: textual-plot's widget, made cheap to redraw. Imports Textual, textual-plot and numpy, which take a
third of a second: import this module when a chart is first shown.

A chart is given whole curves and draws what its width can show: in every column the least and the greatest value, so
that a spike never vanishes. Its axes end at round numbers, so that new data changes the last columns alone; only cells
that changed are sent to the terminal, and nothing is drawn if no dot would move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.color import Color
from textual.containers import Grid
from textual.geometry import Region
from textual_hires_canvas import HiResMode
from textual_plot import PlotWidget
from textual_plot.plot_widget import Legend, LinePlot, ScatterPlot, VLinePlot

from tui_llm.widgets.axes import Axis
from tui_llm.widgets.chart_cells import Cells

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    """A curve to draw. Arrays have one length; x rises; what is not finite is left out."""

    label: str
    """Empty for one that the caption does not name."""
    x: Floats
    low: Floats
    """The least value at each x."""
    high: Floats
    """The greatest; the same array as `low` where there is but one."""
    colour: str
    """The name of a theme's variable, such as `curve-1`."""
    dim: bool = False
    """Whether it stands behind the others."""
    marker: str = ""
    """A character that marks each point, if they are not too many."""


#: One character for each cell of the legend, by what it is drawn with.
_LEGEND_DOTS = "⠒⠒"


class Chart(PlotWidget, inherit_bindings=False):  # type: ignore[misc, call-arg]
    """Curves over one axis, with zoom, pan and a cursor. The screen binds the keys: here are the actions."""

    DEFAULT_CSS = """
    Chart {
        & > .plot--axis { color: $foreground 40%; }
        &:focus > .plot--axis { color: $primary; }
        & > .plot--tick { color: $foreground 70%; text-style: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    KEYBOARD_PAN_FACTOR = 6.0  # cells

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.set_reactive(Chart.margin_top, 0)
        self.set_reactive(Chart.margin_bottom, 1)
        self.set_reactive(Chart.margin_left, 7)
        self._chosen_x = self._chosen_y = False  # whether somebody chose what an axis shows
        self._ascii_only = ascii_only
        self._lines: tuple[Line, ...] = ()
        self._axes = (Axis(), Axis())
        self._note = self._warning = ""
        self._cursor: float | None = None
        self._picture: object = None

    def compose(self) -> ComposeResult:
        with Grid():
            for part in ("margin-top", "margin-left", "plot", "margin-bottom"):
                yield Cells(part, self._ascii_only)
        yield Legend(id="legend")  # the parent wants one; ours stands in the frame

    # -- What it shows -----------------------------------------------------------------------------------------------

    def show(self, lines: Sequence[Line], x: Axis, y: Axis, note: str = "", warning: str = "") -> None:
        """Draw `lines`, the later over the earlier; `note` and `warning` go into the frame. Other axes end the zoom."""
        if (x.name, x.log, y.name, y.log) != tuple(part for axis in self._axes for part in (axis.name, axis.log)):
            self._chosen_x = self._chosen_y = False
            self._cursor = None
        self._lines, self._axes, self._note, self._warning = tuple(lines), (x, y), note, warning
        self.set_x_formatter(x)
        self.set_y_formatter(y)
        self._rerender()

    def action_reset_scales(self) -> None:
        """Show all of it again, without a cursor."""
        self._chosen_x = self._chosen_y = False
        self._cursor = None
        self._rerender()

    def action_zoom_in(self) -> None:
        """Show less of the x axis; the other one fits what is seen."""
        self._zoom_with_keyboard(self.KEYBOARD_ZOOM_FACTOR, zoom_y=False)

    def action_zoom_out(self) -> None:
        """Show more of the x axis."""
        self._zoom_with_keyboard(-self.KEYBOARD_ZOOM_FACTOR, zoom_y=False)

    @property
    def zoomed(self) -> bool:
        """Whether the axes show a part that somebody chose."""
        return self._chosen_x or self._chosen_y

    def move_cursor(self, cells: int) -> None:
        """Move the cursor by so many cells; the first time it comes to the last point."""
        width = max(1, self._scale_rectangle.width)
        if self._cursor is None:
            self._cursor = min(self._x_max, max((float(line.x[-1]) for line in self._shown()), default=self._x_max))
        else:
            self._cursor += cells * (self._x_max - self._x_min) / width
        self._cursor = min(self._x_max, max(self._x_min, self._cursor))
        self._rerender()

    @property
    def has_cursor(self) -> bool:
        return self._cursor is not None

    def drop_cursor(self) -> None:
        """Take the cursor away."""
        self._cursor = None
        self._rerender()

    def on_focus(self) -> None:
        self.call_after_refresh(self._rerender)  # the frame shows it, once the styles are those of the new state

    def on_blur(self) -> None:
        self.call_after_refresh(self._rerender)

    def on_leave(self) -> None:
        if self._cursor is not None:
            self.drop_cursor()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Read the curves off where the pointer is."""
        if event.button or event.widget is None or event.widget.id != "plot":
            return
        offset = event.screen_offset - self.query_one("#plot").region.offset
        self._cursor = self.get_coordinate_from_pixel(offset.x, offset.y)[0]
        self._rerender()

    # -- Drawing -----------------------------------------------------------------------------------------------------

    def _zoom(self, center_x: float, center_y: float, factor: float, zoom_x: bool, zoom_y: bool) -> None:
        self._chosen_x, self._chosen_y = self._chosen_x or zoom_x, self._chosen_y or zoom_y
        super()._zoom(center_x, center_y, factor, zoom_x, zoom_y)

    def _pan(self, factor_x: float, factor_y: float) -> None:
        self._chosen_x, self._chosen_y = self._chosen_x or bool(factor_x), self._chosen_y or bool(factor_y)
        super()._pan(factor_x, factor_y)

    def notify_style_update(self) -> None:
        self._picture = None
        super().notify_style_update()

    def _rerender(self) -> None:
        """The parent repaints all of its place; here the canvases tell what has changed."""
        if self.is_mounted and self._scale_rectangle.width > 0:
            self._render_plot()
        else:
            super()._rerender()

    def _render_plot(self) -> None:
        canvases = list(self.query(Cells))
        if len(canvases) < 4 or self._scale_rectangle.width < 2 or self._scale_rectangle.height < 1:
            return
        self._settle_limits()
        datasets = self._thinned()
        caption = self._caption()
        picture = self._dots(datasets), caption, self._cursor
        if picture == self._picture:
            return
        self._picture = picture
        self._datasets = list(datasets)
        self._labels = [None] * len(datasets)
        self._v_lines = [] if self._cursor is None else [VLinePlot(self._cursor, self._style("foreground", dim=True))]
        for canvas in canvases:
            canvas.hold()
        try:
            super()._render_plot()
            self._write_caption(self.query_one("#plot", Cells), caption)
            name = self._axes[0].name[: self.margin_left - 1]  # there is room for it below the other axis
            _write(self.query_one("#margin-bottom", Cells), 0, name, str(self.get_component_rich_style("plot--tick")))
        finally:
            for canvas in canvases:
                canvas.release()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Any:
        if layout:
            self._picture = None  # the canvases are made anew
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _shown(self) -> Iterable[Line]:
        """The lines that have points, with their values on the axes' scale."""
        x_axis, y_axis = self._axes
        for line in self._lines:
            x, low = x_axis.scaled(line.x), y_axis.scaled(line.low)
            high = low if line.high is line.low else y_axis.scaled(line.high)
            good = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
            if good.any():
                yield Line(line.label, x[good], low[good], high[good], line.colour, line.dim, line.marker)

    def _settle_limits(self) -> None:
        """Axes from the first round number below the data in sight to the first above, unless somebody chose others."""
        self._auto_x_min = self._auto_x_max = self._auto_y_min = self._auto_y_max = False
        x_axis, y_axis = self._axes
        lines = list(self._shown())
        if not self._chosen_x:
            xs = [float(x) for line in lines for x in (line.x[0], line.x[-1])] or [0.0]
            self._x_min, self._x_max = x_axis.limits(min(xs), max(xs), from_zero=True)
        if not self._chosen_y:
            seen = [(line, (line.x >= self._x_min) & (line.x <= self._x_max)) for line in lines]
            lows = [float(line.low[there].min()) for line, there in seen if there.any()]
            highs = [float(line.high[there].max()) for line, there in seen if there.any()]
            if lows:
                self._y_min, self._y_max = y_axis.limits(min(lows), max(highs))

    def _thinned(self) -> list[LinePlot | ScatterPlot]:
        """What the width can show of each line."""
        plots: list[LinePlot | ScatterPlot] = []
        columns = self._scale_rectangle.width * 2
        for line in self._shown():
            style = self._style(line.colour, dim=line.dim)
            x, y = thin(line, self._x_min, self._x_max, columns)
            plots.append(LinePlot(*self._inside(x, y), HiResMode.BRAILLE, style))
            if (line.marker and np.count_nonzero(line.x >= self._x_min) <= columns // 8) or len(x) == 1:
                x, y = self._inside(line.x, line.high)
                plots.append(ScatterPlot(x, y, None, line.marker or "*", style))
        return plots

    def _inside(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """What stands exactly on the far ends of the axes, a little before: the frame would be drawn over it."""
        right = self._x_max - (self._x_max - self._x_min) / self._scale_rectangle.width / 4
        top = self._y_max - (self._y_max - self._y_min) / self._scale_rectangle.height / 4
        return (
            np.where(x <= self._x_max, np.minimum(x, right), x),
            np.where(y <= self._y_max, np.minimum(y, top), y),
        )

    def _dots(self, datasets: Iterable[LinePlot | ScatterPlot]) -> tuple[object, ...]:
        """The picture that the data makes, to see whether it changes: positions in quarters of a cell, and the axes."""
        width, height = self._scale_rectangle.size
        columns, rows = 2 * width / (self._x_max - self._x_min), 4 * height / (self._y_max - self._y_min)
        points = (((each.x - self._x_min) * columns, (each.y - self._y_min) * rows) for each in datasets)
        drawn = tuple(np.floor(part).astype(np.int32).tobytes() for pair in points for part in pair)
        limits = self._x_min, self._x_max, self._y_min, self._y_max
        frame = [str(self.get_component_rich_style(part)) for part in ("plot--axis", "plot--tick")]
        return drawn, limits, self._axes, width, height, frame

    def _style(self, colour: str, dim: bool = False) -> str:
        value = self.app.theme_variables.get(colour, "")
        return str(Style(color=Color.parse(value).rich_color if value else None, dim=dim or None))

    def _caption(self) -> tuple[tuple[str, str], ...]:
        """What stands in the frame's upper edge: the legend, or the values at the cursor; and the note."""
        x_axis, y_axis = self._axes
        parts = [(self._warning, "bold reverse")] if self._warning else []
        parts.append(
            (y_axis.name, "") if self._cursor is None else (f"{x_axis.name} {x_axis.told(self._cursor)}", "bold")
        )
        for line in self._shown():
            if not line.label:  # one of many, which another stands for
                continue
            value = ""
            if self._cursor is not None:
                place = int(np.argmin(np.abs(line.x - self._cursor)))
                low, high = y_axis.told(line.low[place]), y_axis.told(line.high[place])
                value = f" {low}" if low == high else f" {low}..{high}"
            sign = line.marker or ("--" if self._ascii_only else _LEGEND_DOTS)
            parts.append((f"{sign} {line.label}{value}", self._style(line.colour, dim=line.dim)))
        if self._note:
            parts.append((self._note, ""))
        return tuple(parts)

    def _write_caption(self, canvas: Cells, caption: Iterable[tuple[str, str]]) -> None:
        """Write it into the upper edge, which has no ticks of its own."""
        width = self._scale_rectangle.width
        _write(canvas, 1, "─" * width, str(self.get_component_rich_style("plot--axis")))
        x = 2
        for text, style in caption:
            if x + len(text) + 2 > width:
                break
            _write(canvas, x, f" {text} ", style)
            x += len(text) + 2


def _write(canvas: Cells, x: int, text: str, style: str) -> None:
    """Put `text` into the first row, from column `x`."""
    for place, character in enumerate(text):
        canvas.set_pixel(x + place, 0, character, style)


def thin(line: Line, start: float, end: float, columns: int) -> tuple[Floats, Floats]:
    """The points of `line` from `start` to `end` and the first on either side, two a column at most: the least and the
    greatest.
    """
    first = max(0, int(np.searchsorted(line.x, start)) - 1)
    last = min(len(line.x), int(np.searchsorted(line.x, end, side="right")) + 1)
    x, low, high = line.x[first:last], line.low[first:last], line.high[first:last]
    if not len(x):
        return x, low
    column = np.floor((x - start) / (end - start) * columns)
    starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    x, low, high = x[starts], np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
    if np.array_equal(low, high):
        return x, low
    # Up in one column, down in the next: the way between two columns is short.
    odd = np.arange(len(x)) % 2 == 1
    pairs = np.stack([np.where(odd, high, low), np.where(odd, low, high)], axis=1)
    return np.repeat(x, 2), pairs.ravel()
