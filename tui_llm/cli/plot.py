"""Line charts in a command's output: uniplot draws the lines, `widgets.axes` finds the ticks. Imports numpy, rich and
uniplot; import it where something is drawn.

On a terminal with colours the lines are of braille dots, told apart by colour. Where there are no colours (a pipe,
NO_COLOR) each line is made of a character of its own, and where the output is not UTF-8 nothing but ASCII is written.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from rich.console import Console
from uniplot import plot_to_string
from uniplot.colors import Color

from tui_llm.widgets.axes import Axis, Kind

Floats = npt.NDArray[np.float64]

#: Lines of text in the drawing, and the least columns: a narrower terminal wraps.
_HEIGHT = 15
_LEAST_WIDTH = 16

#: Columns for each label below the x axis, and lines for each beside the y axis.
_X_APART, _Y_APART = 14, 3

#: As a share of the axis.
_NEXT_TO_ZERO = 0.1

_COLOURS = ("cyan", "magenta", "yellow", "green", "red", "blue")
_MARKERS = "ox+*#@%&" + "".join(letter for letter in string.ascii_letters if letter not in "ox")

#: Upright, level, corner, and the ticks on the first two.
_UNICODE_FRAME, _ASCII_FRAME = tuple("│─└┤┬"), tuple("|-+++")


@dataclass(frozen=True, eq=False)
class Series:
    """A line: its points in the order in which they are joined. What cannot be drawn of them is left out."""

    name: str
    x: npt.ArrayLike
    y: npt.ArrayLike


@dataclass(frozen=True)
class _Look:
    """How the lines are told apart here."""

    frame: tuple[str, ...]
    braille: bool
    markers: tuple[str, ...]
    """A character for each line."""
    colours: tuple[str, ...]
    """A colour for each line; none where there are no colours."""

    def symbol(self, place: int) -> str:
        """What stands before a name in the legend."""
        symbol = ("━" if self.braille else self.markers[place]) * 2
        return Color.from_terminal(self.colours[place]).colorize(symbol) if self.colours else symbol


def plot_lines(
    series: Sequence[Series],
    *,
    title: str,
    x_label: str,
    y_label: str,
    x_log: bool = False,
    y_log: bool = False,
    x_kind: Kind = "number",
    width: int | None = None,
    height: int | None = None,
) -> str:
    """The chart of `series`, lines of text without a last line break; empty if there is nothing to draw.

    Args:
        series: the lines; the first is drawn over the others.
        title: stands above the chart.
        x_label: stands below it.
        y_label: stands above the y axis.
        x_log: whether x is logarithmic; what is not positive is then left out. So with `y_log`.
        y_log: see `x_log`.
        x_kind: what x counts, for its labels: 90 `seconds` are 1.5min.
        width: columns in all; the terminal's if not given, 80 in a pipe.
        height: lines of the drawing, without its labels.
    """
    console = Console()
    x_axis, y_axis = Axis(kind=x_kind, log=x_log), Axis(log=y_log)
    points = [_drawable(one, x_axis, y_axis) for one in series]
    if not any(len(x) for x, _ in points):
        return ""
    look = _look(console, len(series))
    columns, rows = console.width if width is None else width, _HEIGHT if height is None else height
    low, high = y_axis.limits(*_extent([y for _, y in points]))
    beside = _beside(Axis(log=y_log, ticks=max(2, rows // _Y_APART)), low, high, rows)
    margin = max(map(len, beside.values()))
    inner = max(_LEAST_WIDTH, columns - margin - 2)
    left, right = _x_limits(x_axis, *_extent([x for x, _ in points]))
    drawing = _drawn(points, (left, right), (low, high), (inner, rows), look)
    upright, _, _, tick, _ = look.frame
    body = [
        f"{beside.get(row, ''):>{margin}} {tick if row in beside else upright}{line}".rstrip()
        for row, line in enumerate(drawing)
    ]
    below = _below(Axis(kind=x_kind, log=x_log, ticks=max(2, inner // _X_APART)), left, right, inner, look.frame)
    indent = " " * (margin + 1)
    named = [indent + line for line in _legend([one.name for one in series], look, inner)] if len(series) > 1 else []
    lines = [_centred(title, margin + inner), y_label, *body, *(indent + line for line in below)]
    return "\n".join([*lines, indent + _centred(x_label, inner), *named])


def _look(console: Console, count: int) -> _Look:
    unicode = console.encoding.startswith("utf")
    coloured = count > 1 and console.color_system is not None and not console.no_color
    markers = tuple(_MARKERS[place % len(_MARKERS)] for place in range(count))
    return _Look(
        frame=_UNICODE_FRAME if unicode else _ASCII_FRAME,
        braille=unicode and (count == 1 or (coloured and count <= len(_COLOURS))),
        markers=markers,
        colours=tuple(_COLOURS[place % len(_COLOURS)] for place in range(count)) if coloured else (),
    )


def _drawable(series: Series, x_axis: Axis, y_axis: Axis) -> tuple[Floats, Floats]:
    """The places of the points that have one."""
    x = x_axis.scaled(np.asarray(series.x, dtype=np.float64))
    y = y_axis.scaled(np.asarray(series.y, dtype=np.float64))
    there = np.isfinite(x) & np.isfinite(y)
    return x[there], y[there]


def _extent(values: Sequence[Floats]) -> tuple[float, float]:
    every = np.concatenate(values)
    return float(every.min()), float(every.max())


def _x_limits(axis: Axis, left: float, right: float) -> tuple[float, float]:
    """From end to end; an axis that begins next to zero begins there."""
    if not right > left:
        return axis.limits(left, right)
    return (0.0 if not axis.log and 0.0 < left < _NEXT_TO_ZERO * right else left), right


def _drawn(
    points: Sequence[tuple[Floats, Floats]],
    x_limits: tuple[float, float],
    y_limits: tuple[float, float],
    size: tuple[int, int],
    look: _Look,
) -> list[str]:
    """The lines themselves, in `size` columns and rows of characters, by uniplot: without its frame and its labels."""
    column = (x_limits[1] - x_limits[0]) / size[0]
    joined = [_visible(x, y, column) for x, y in reversed(points)]  # uniplot draws the last over the others
    text: str = plot_to_string(
        xs=[x for x, _ in joined],
        ys=[y for _, y in joined],
        x_min=x_limits[0],
        x_max=x_limits[1],
        y_min=y_limits[0],
        y_max=y_limits[1],
        width=size[0],
        height=size[1],
        lines=True,
        x_labels=False,
        y_labels=False,
        x_gridlines=[],
        y_gridlines=[],
        color=list(look.colours[::-1]) or False,
        character_set="braille" if look.braille else "ascii",
        force_ascii_characters=list(look.markers[::-1]),
    )
    return [line[1:-1] for line in text.splitlines()[1:-1]]


def _visible(x: Floats, y: Floats, column: float) -> tuple[Floats, Floats]:
    """A point alone as a stroke over three columns: a single dot is easily overlooked."""
    return (x[0] + np.array([-column, column]), np.repeat(y, 2)) if len(x) == 1 else (x, y)


def _beside(axis: Axis, low: float, high: float, rows: int) -> dict[int, str]:
    """The labels of the y axis, by row."""
    ticks, labels = axis.get_ticks_and_labels(low, high)
    places = [round((rows - 1) * (high - tick) / (high - low)) for tick in ticks]
    return dict(zip(places, labels, strict=True)) or {0: ""}


def _below(axis: Axis, left: float, right: float, columns: int, frame: Sequence[str]) -> list[str]:
    """The x axis with its ticks, and their labels; a label for which there is no room is left out, with its tick."""
    _, level, corner, _, tick = frame
    ticks, labels = axis.get_ticks_and_labels(left, right)
    line, below = [corner, *level * columns], ""
    for place, label in zip(ticks, labels, strict=True):
        column = 1 + round((columns - 1) * (place - left) / (right - left))
        begin = min(max(0, column - len(label) // 2), columns + 1 - len(label))
        if not below or begin > len(below):
            below = below.ljust(begin) + label
            line[column] = tick
    return ["".join(line), below]


def _legend(names: Sequence[str], look: _Look, columns: int) -> list[str]:
    """The names, as many on a line as there is room for."""
    lines: list[str] = []
    room = 0
    for place, name in enumerate(names):
        entry, size = f"{look.symbol(place)} {name}", 3 + cell_len(name)
        if lines and size + 3 <= room:
            lines[-1] += "   " + entry
            room -= size + 3
        else:
            lines.append(entry)
            room = columns - size
    return lines


def _centred(text: str, columns: int) -> str:
    return " " * max(0, (columns - cell_len(text)) // 2) + text
