"""Curves, points and regions of a lesson as lines of text: braille where the terminal has it. Imports rich, numpy (by
the axes) and the colours of heat maps.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from tui_llm.lessons.course.drawings import Number, Plot
from tui_llm.widgets.axes import Axis
from tui_llm.widgets.heatmap import colour, shade

if TYPE_CHECKING:
    from tui_llm.widgets.drawings import Look

#: Dots of a braille cell by their place in it: columns left and right, rows from the top.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))

#: What curves are made of where there are no braille dots, or no colours.
_MARKS = "*+.~-="

#: Columns for a label below.
_LABEL = 10

#: How much of the strongest colour a region has, so that what stands on it is seen.
_REGION = 0.28

Range = tuple[float, float]


def plotted(plot: Plot, width: int, height: int, look: Look) -> list[Text]:
    """The lines of `plot`: legend, `height` lines of drawing, ticks."""
    y_axis = Axis(log=plot.y_log, ticks=max(2, height // 3))
    x_axis = Axis(ticks=max(2, width // 14))
    x_range = plot.x_range or _ends(
        x_axis, [*(one.x for one in plot.curves), *(one.x for one in plot.points)], log=False
    )
    y_range = plot.y_range or _ends(
        y_axis, [*(one.y for one in plot.curves), *(one.y for one in plot.points)], log=plot.y_log
    )
    if plot.y_range is not None and plot.y_log:
        y_range = math.log10(y_range[0]), math.log10(y_range[1])
    beside = _beside(y_axis, y_range, height)
    margin = max(map(cell_len, beside.values()), default=0)
    canvas = _Canvas(max(8, width - margin - 2), height, x_range, y_range, look)
    if plot.region is not None:
        canvas.fill(plot.region)
    for place, curve in enumerate(plot.curves):
        canvas.draw(place, curve.x, [_scaled(y, plot.y_log) for y in curve.y])
    for place, points in enumerate(plot.points, len(plot.curves)):
        canvas.mark(place, points.mark, points.x, [_scaled(y, plot.y_log) for y in points.y])
    upright, level, corner = "|-+" if look.ascii_only else "│─└"
    lines = [_legend(plot, look)]
    for row in range(height):
        lines.append(Text(f"{beside.get(row, ''):>{margin}} {upright}").append_text(canvas.line(row)))
    lines.append(Text(" " * (margin + 1) + corner + level * canvas.width))
    lines.append(Text(" " * (margin + 2) + _below(x_axis, x_range, canvas.width, plot.x)))
    return lines


def _scaled(value: Number, log: bool) -> Number:
    """The place of a value on its axis."""
    if value is None or not log:
        return value
    return math.log10(value) if value > 0 else None


def _ends(axis: Axis, series: Sequence[Sequence[Number]], *, log: bool) -> Range:
    """Round ends for all that is to be seen."""
    places = [place for one in series for value in one if (place := _scaled(value, log)) is not None]
    return axis.limits(min(places), max(places)) if places else (0.0, 1.0)


def _beside(axis: Axis, ends: Range, height: int) -> dict[int, str]:
    """The labels of the y axis by their row."""
    ticks, labels = axis.get_ticks_and_labels(*ends)
    rows = {}
    for tick, label in zip(ticks, labels, strict=True):
        share = (tick - ends[0]) / (ends[1] - ends[0])
        rows[min(height - 1, round((1 - share) * height - 0.5))] = label
    return rows


def _below(axis: Axis, ends: Range, width: int, name: str) -> str:
    """The labels of the x axis, and at the right end what it is called."""
    line = ""
    room = width - cell_len(name) - 1
    ticks, labels = axis.get_ticks_and_labels(*ends)
    for tick, label in zip(ticks, labels, strict=True):
        column = max(0, int((tick - ends[0]) / (ends[1] - ends[0]) * width - len(label) / 2))
        if (column > len(line) or not line) and column + len(label) <= room:
            line += " " * (column - len(line)) + label
    return line + " " * (width - cell_len(line) - cell_len(name)) + name


def _legend(plot: Plot, look: Look) -> Text:
    """What the y axis is called, and the signs of curves and points."""
    line = Text(plot.y, "bold")
    for place, curve in enumerate(plot.curves):
        if curve.label:
            sign = _MARKS[place % len(_MARKS)] * 2 if look.plain else "━━"
            line.append("  ").append(sign, look.curve(place)).append(f" {curve.label}")
    for place, points in enumerate(plot.points, len(plot.curves)):
        if points.label:
            line.append("  ").append(points.mark, look.curve(place)).append(f" {points.label}")
    return line


class _Canvas:
    """Cells with dots, marks and backgrounds."""

    def __init__(self, width: int, height: int, x: Range, y: Range, look: Look) -> None:
        self.width, self._height = width, height
        self._x, self._y = x, y
        self._look = look
        self._dots: dict[tuple[int, int], int] = {}
        self._owner: dict[tuple[int, int], int] = {}
        self._marks: dict[tuple[int, int], tuple[str, int]] = {}
        self._backs: dict[tuple[int, int], float] = {}

    def _place(self, x: Number, y: Number) -> tuple[float, float] | None:
        """In cells from the upper left corner; None if it is not finite."""
        if x is None or y is None:
            return None
        (left, right), (low, high) = self._x, self._y
        return (x - left) / (right - left) * self.width, (high - y) / (high - low) * self._height

    def fill(self, region: Sequence[Sequence[Number]]) -> None:
        """Put colours behind everything."""
        reach = max((abs(value) for row in region for value in row if value is not None), default=0.0) or 1.0
        for row in range(self._height):
            values = region[int((row + 0.5) / self._height * len(region))]
            for column in range(self.width):
                value = values[int((column + 0.5) / self.width * len(values))]
                self._backs[column, row] = 0.0 if value is None else value / reach

    def draw(self, owner: int, xs: Sequence[Number], ys: Sequence[Number]) -> None:
        """Join points by a line."""
        before = None
        for x, y in zip(xs, ys, strict=True):
            here = self._place(x, y)
            if here is not None:
                for column, row in _between(before or here, here):
                    self._dot(owner, column, row)
            before = here

    def _dot(self, owner: int, column: float, row: float) -> None:
        # What stands exactly on the far end of an axis belongs to its last dot.
        x = math.floor(column * 2 - (column == self.width))
        y = math.floor(row * 4 - (row == self._height))
        cell = x // 2, y // 4
        if 0 <= cell[0] < self.width and 0 <= cell[1] < self._height:
            kept = self._dots.get(cell, 0) if self._owner.get(cell) == owner else 0
            self._dots[cell] = kept | _DOTS[x % 2][y % 4]
            self._owner[cell] = owner

    def mark(self, owner: int, mark: str, xs: Sequence[Number], ys: Sequence[Number]) -> None:
        """Put a character at each point."""
        for x, y in zip(xs, ys, strict=True):
            here = self._place(x, y)
            if here is not None:
                column, row = min(int(here[0]), self.width - 1), min(int(here[1]), self._height - 1)
                if here[0] >= 0 and here[1] >= 0 and here[0] <= self.width and here[1] <= self._height:
                    self._marks[column, row] = mark, owner

    def line(self, row: int) -> Text:
        """One line of the drawing."""
        line = Text()
        for column in range(self.width):
            cell = column, row
            back = self._backs.get(cell)
            style, sign = "", " "
            if back is not None and self._look.plain:
                sign = shade(0.3, ascii_only=self._look.ascii_only) if back > 0 else " "
            elif back is not None:
                style = f"on {colour(back * _REGION, 1.0, dark=self._look.dark)}"
            if cell in self._marks:
                sign, owner = self._marks[cell]
                style = f"bold {self._look.curve(owner)} {style}"
            elif cell in self._dots:
                owner = self._owner[cell]
                sign = _MARKS[owner % len(_MARKS)] if self._look.plain else chr(0x2800 + self._dots[cell])
                style = f"{self._look.curve(owner)} {style}"
            line.append(sign, " ".join(style.split()))
        return line


def _between(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Places from `start` to `end`, half a dot apart, at most so many as a large window has."""
    steps = min(2000, math.ceil(max(abs(end[0] - start[0]) * 4, abs(end[1] - start[1]) * 8, 1)))
    for step in range(steps + 1):
        share = step / steps
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
