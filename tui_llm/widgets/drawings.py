"""A lesson's drawings as lines of text, for the app and for a command's output. Imports rich and the colours of heat
maps.

The same drawing gives the same lines for the same width; plots alone grow with the height that is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from tui_llm.lessons.course.drawings import Bars, Beside, Drawing, Lines, Matrix, Number, Pieces, Plot, Table
from tui_llm.widgets.heatmap import colour, shade

#: Columns between two drawings, and between two columns of a table.
_APART = 3
_GAP = 2

#: Columns of a bar at most, and of the label before it.
_BAR, _LABEL = 40, 24


@dataclass(frozen=True)
class Look:
    """With what is drawn."""

    ascii_only: bool = False
    colourless: bool = False
    dark: bool = True
    curves: tuple[str, ...] = ("blue", "yellow", "green", "magenta", "red", "cyan")
    """The colours of curves and points."""

    @property
    def plain(self) -> bool:
        """Whether numbers are told by shades."""
        return self.ascii_only or self.colourless

    def curve(self, place: int) -> str:
        return "" if self.plain else self.curves[place % len(self.curves)]


def draw(drawings: Sequence[Drawing], width: int, look: Look, *, extra: int = 0) -> list[Text]:
    """The lines of `drawings`, below each other, at most `width` columns wide; plots are `extra` lines higher."""
    lines: list[Text] = []
    for drawing in drawings:
        if lines:
            lines.append(Text())
        lines += _drawn(drawing, width, look, extra)
    return lines


def _drawn(drawing: Drawing, width: int, look: Look, extra: int) -> list[Text]:
    lines = _body(drawing, width, look, extra)
    if drawing.title:
        lines.insert(0, Text(set_cell_size(drawing.title, min(cell_len(drawing.title), width)), "bold"))
    return lines


def _body(drawing: Drawing, width: int, look: Look, extra: int) -> list[Text]:
    match drawing:
        case Table():
            return _table(drawing)
        case Matrix():
            return _matrix(drawing, width, look)
        case Plot():
            from tui_llm.widgets.drawing_plot import plotted

            return plotted(drawing, width, drawing.height + extra, look)
        case Bars():
            return _bars(drawing, width, look)
        case Lines():
            return _marked(drawing.lines, drawing.marked)
        case Pieces():
            return _pieces(drawing, width, look)
        case Beside():
            return _beside(drawing, width, look, extra)


def _table(table: Table) -> list[Text]:
    cells = [list(table.columns), *(list(row) for row in table.rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    lines = []
    for place, row in enumerate(cells, -1):
        parts = [_fit(row[0], widths[0]), *(_fit(cell, -wide) for cell, wide in zip(row[1:], widths[1:], strict=True))]
        marked = place in table.marked
        text = ("> " if marked else "  ") + (" " * _GAP).join(parts)
        lines.append(Text(text, "bold" if marked else "dim" if place < 0 else ""))
    return lines


def _marked(lines: Sequence[str], marked: Sequence[int]) -> list[Text]:
    drawn = []
    for place, line in enumerate(lines):
        sign = "" if not marked else "> " if place in marked else "  "
        drawn.append(Text(sign + line, "bold" if place in marked else ""))
    return drawn


def _matrix(matrix: Matrix, width: int, look: Look) -> list[Text]:
    reach = matrix.reach
    if reach is None:
        reach = max((abs(value) for row in matrix.values for value in row if value is not None), default=0.0)
    gutter = max(map(cell_len, matrix.rows), default=-1) + 1
    count = max(map(len, matrix.values), default=1)
    wanted = max([2, *(cell_len(label) + 1 for label in matrix.columns)])
    if matrix.digits is not None:
        numbers = [f"{value:.{matrix.digits}f}" for row in matrix.values for value in row if value is not None]
        wanted = max([wanted, *(len(number) + 1 for number in numbers)])
    wide = max(1, min(wanted, (width - gutter) // count))
    lines = []
    if matrix.columns:
        labels = "".join(_fit(label, -wide) for label in matrix.columns)
        lines.append(Text(" " * gutter + labels, "dim"))
    for place, row in enumerate(matrix.values):
        line = Text(_fit(matrix.rows[place], gutter) if matrix.rows else "")
        for value in row:
            line.append_text(_cell(value, reach, wide, matrix.digits, look))
        lines.append(line)
    return lines


def _cell(value: Number, reach: float, wide: int, digits: int | None, look: Look) -> Text:
    if digits is not None:
        number = _fit("" if value is None else f"{value:.{digits}f}", -wide)
        if look.plain:
            return Text(number)
        back = colour(value, reach, dark=look.dark)
        return Text(number, f"{_readable(back)} on {back}")
    if look.plain:
        share = 0.5 if value is None or not reach else (value / reach + 1) / 2
        return Text(("?" if value is None else shade(share, ascii_only=look.ascii_only)) * wide)
    return Text(" " * wide, f"on {colour(value, reach, dark=look.dark)}")


def _readable(back: str) -> str:
    """Black or white, whichever is read better on `back`, such as #00afd7."""
    red, green, blue = (int(back[place : place + 2], 16) for place in (1, 3, 5))
    return "#000000" if 0.3 * red + 0.59 * green + 0.11 * blue > 110 else "#ffffff"


def _bars(bars: Bars, width: int, look: Look) -> list[Text]:
    values = [0.0 if value is None else value for value in bars.values]
    reach = bars.reach or max(map(abs, values), default=0.0) or 1.0
    names = min(_LABEL, max(map(cell_len, bars.labels), default=0))
    numbers = ["?" if value is None else f"{value:.{bars.digits}f}" for value in bars.values]
    digits = max(map(len, numbers), default=0)
    room = max(4, min(_BAR, width - names - digits - 5))
    lines = []
    for place, (label, value, number) in enumerate(zip(bars.labels, values, numbers, strict=True)):
        marked = place in bars.marked
        drawn = _bar(min(1.0, abs(value) / reach), room, look)
        line = Text(("> " if marked else "  ") + _fit(label, names) + " ", "bold" if marked else "")
        tint = "" if look.plain else colour(value, abs(value) * 1.2, dark=look.dark)
        line.append(drawn + " " * (room - len(drawn)), tint).append(f" {number:>{digits}}")
        lines.append(line)
    return lines


def _bar(share: float, room: int, look: Look) -> str:
    """A bar in eighths of a column."""
    eighths = round(share * room * 8)
    if look.ascii_only:
        return "#" * round(share * room)
    return "█" * (eighths // 8) + ("" if eighths % 8 == 0 else "▏▎▍▌▋▊▉"[eighths % 8 - 1])


def _pieces(pieces: Pieces, width: int, look: Look) -> list[Text]:
    """Pieces flow, broken anywhere between two; line breaks and spaces are shown."""
    lines, used = [Text()], 0
    for place, piece in enumerate(pieces.pieces):
        shown = piece.replace("\n", "\\n" if look.ascii_only else "↵").replace(" ", "_" if look.ascii_only else "·")
        weight = None if pieces.weights is None else pieces.weights[place]
        style = ""
        if look.plain:
            level = "" if weight is None else shade(weight, ascii_only=look.ascii_only)
            shown = f"{shown}{level}|"
        elif pieces.weights is None:
            back = colour((1, -1)[place % 2] * 0.3, 1.0, dark=look.dark)
            style = f"{_readable(back)} on {back}"
        else:
            back = colour(weight, 1.0, dark=look.dark)
            style = f"{_readable(back)} on {back}"
        if used + cell_len(shown) > width and used:
            lines.append(Text())
            used = 0
        lines[-1].append(shown, style)
        used += cell_len(shown)
    return lines


def _beside(beside: Beside, width: int, look: Look, extra: int) -> list[Text]:
    room = (width - _APART * (len(beside.parts) - 1)) // max(1, len(beside.parts))
    columns = []
    left = width
    for number, part in enumerate(beside.parts, 1):
        last = number == len(beside.parts)
        columns.append(_drawn(part, max(8, left if last else room), look, extra))
        left -= max((line.cell_len for line in columns[-1]), default=0) + _APART
    lines = []
    for place in range(max(map(len, columns), default=0)):
        line = Text()
        for number, column in enumerate(columns):
            wide = max((one.cell_len for one in column), default=0)
            piece = column[place].copy() if place < len(column) else Text()
            if number + 1 < len(columns):
                piece.pad_right(wide - piece.cell_len + _APART)
            line.append_text(piece)
        lines.append(line)
    return lines


def _fit(text: str, width: int) -> str:
    """`text` in so many columns; to the right of them if `width` is negative."""
    room = abs(width)
    if cell_len(text) >= room:
        return set_cell_size(text, room)
    blank = " " * (room - cell_len(text))
    return blank + text if width < 0 else text + blank
