"""Numbers as colours: a matrix as a heat map of half-block cells, a row of numbers as bars. Imports Textual.

Colours diverge from 0, which is all but the background: blue below, orange above, brighter (in a light theme: darker)
the further away. All of them are in the 256 colours of every terminal, and no kind of colour blindness takes these two
for each other. Without colours it is shades of grey from the least to the greatest, and characters where there are not
even blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

Number = float | None
"""None is what is not finite."""

#: From next to 0 to the furthest, below and above; and 0 itself.
_DARK_BELOW = ("#00005f", "#005f87", "#0087af", "#00afd7", "#5fd7ff", "#d7ffff")
_DARK_ABOVE = ("#5f0000", "#870000", "#af5f00", "#d78700", "#ffaf00", "#ffffaf")
_DARK_ZERO = "#000000"
_LIGHT_BELOW = ("#d7ffff", "#afd7ff", "#87afd7", "#5f87d7", "#005faf", "#00005f")
_LIGHT_ABOVE = ("#ffffd7", "#ffd7af", "#ffaf5f", "#d78700", "#af5f00", "#5f0000")
_LIGHT_ZERO = "#ffffff"

#: Levels without colours, from the least to the greatest.
SHADES = " ░▒▓█"
ASCII = " .:-=+*#%@"

#: Columns for the labels of rows, if there are any.
_GUTTER = 8

#: A number is drawn at most so many columns wide, however few there are.
_WIDEST = 8

#: A number is drawn at most so many times as wide as high.
_STRETCH = 3


@dataclass(frozen=True)
class Picture:
    """What a heat map shows: rows of equally many numbers."""

    values: Sequence[Sequence[Number]]
    row_labels: Sequence[str] | None = None
    """A text for each row, where rows have names."""

    @property
    def reach(self) -> float:
        """The greatest distance from 0."""
        return max((abs(value) for row in self.values for value in row if value is not None), default=0.0)


def colour(value: Number, reach: float, *, dark: bool) -> str:
    """The colour of `value` on a scale from -reach to reach."""
    below, above, zero = (_DARK_BELOW, _DARK_ABOVE, _DARK_ZERO) if dark else (_LIGHT_BELOW, _LIGHT_ABOVE, _LIGHT_ZERO)
    if value is None or reach <= 0:
        return zero
    level = round(min(1.0, abs(value) / reach) * len(above))
    if not level:
        return zero
    return (above if value > 0 else below)[level - 1]


def shade(share: float, *, ascii_only: bool) -> str:
    """A character that is as dense as `share`, from 0 to 1."""
    levels = ASCII if ascii_only else SHADES
    return levels[min(len(levels) - 1, int(max(0.0, share) * len(levels)))]


class Drawing(Widget):
    """What heat maps and bars have in common: they are drawn anew for their place, theme and numbers, and kept."""

    class Resized(Message):
        """There is another room for numbers."""

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._ascii = ascii_only
        self._strips: list[Strip] | None = None

    @property
    def _dark(self) -> bool:
        return self.app.current_theme.dark

    @property
    def _colourless(self) -> bool:
        return self._ascii or self.app.no_color

    def on_resize(self) -> None:
        self._strips = None
        self.post_message(self.Resized())

    def notify_style_update(self) -> None:
        self._strips = None
        super().notify_style_update()

    def draw(self) -> list[Strip]:
        """The lines from the top; those that are missing below are blank."""
        raise NotImplementedError

    def forget(self) -> None:
        """The numbers are others: draw them."""
        self._strips = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._strips is None:
            self._strips = self.draw()
        width = self.size.width
        if y >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[y].adjust_cell_length(width, self.rich_style)


class HeatMap(Drawing):
    """A matrix. It draws what it is given; who has more asks `room` how much there is place for."""

    DEFAULT_CSS = "HeatMap { height: 1fr; width: 1fr; }"

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(ascii_only=ascii_only, id=id)
        self._picture = Picture(())

    def show(self, picture: Picture) -> None:
        """Draw `picture`."""
        if picture != self._picture:
            self._picture = picture
            self.forget()

    def room(self, *, labels: bool) -> tuple[int, int]:
        """How many rows and columns of numbers there is place for, with labels beside the rows or without."""
        width, height = self.size
        return max(1, height * (1 if self._colourless else 2)), max(1, width - (_GUTTER if labels else 0))

    def legend(self, reach: str) -> Text:
        """The scale from -`reach` to `reach`, as the numbers are drawn."""
        scale = Text(f"-{reach} ")
        if self._colourless:
            scale.append(ASCII if self._ascii else SHADES)
        else:
            for step in range(-len(_DARK_ABOVE), len(_DARK_ABOVE) + 1):
                scale.append("█", colour(step, len(_DARK_ABOVE), dark=self._dark))
        return scale.append(f" {reach}")

    def draw(self) -> list[Strip]:
        values = self._picture.values
        if not values or not values[0]:
            return []
        rows, columns = self.room(labels=self._picture.row_labels is not None)
        if self._colourless:
            return self._shades(rows, columns)
        high = max(1, min(rows // len(values), columns // len(values[0]), _WIDEST))
        return self._colours(high, max(1, min(columns // len(values[0]), _STRETCH * high, _WIDEST)))

    def _colours(self, high: int, wide: int) -> list[Strip]:
        """Each number in a rectangle `high` half lines high and `wide` columns wide."""
        values, reach, dark = self._picture.values, self._picture.reach, self._dark
        drawn = [[colour(value, reach, dark=dark) for value in row] for row in values]
        halves = [place // high for place in range(len(values) * high)]  # the row of each half line
        if len(halves) % 2:
            halves.append(-1)
        outside = self.rich_style.bgcolor
        strips: list[Strip] = []
        for upper, lower in zip(halves[::2], halves[1::2], strict=True):
            segments = [self._named(upper, first=high == 1 or upper * high == 2 * len(strips))]
            for column in range(len(values[0])):
                above = drawn[upper][column]
                if lower >= 0:
                    style = Style.parse(f"{above} on {drawn[lower][column]}")
                else:
                    style = Style(color=above, bgcolor=outside)
                segments.append(Segment("▀" * wide, style))
            strips.append(Strip(segments).simplify())
        return strips

    def _shades(self, rows: int, columns: int) -> list[Strip]:
        """A number a cell, or in one twice as wide as high; 0 is halfway between the least and the greatest."""
        values, reach = self._picture.values, self._picture.reach
        height = max(1, min(rows // len(values), columns // (2 * len(values[0])), _WIDEST // 2))
        width = max(1, min(2 * height, columns // len(values[0])))
        strips = []
        for place, row in enumerate(values):
            for line in range(height):
                text = "".join(self._shade(value, reach) * width for value in row)
                strips.append(Strip([self._named(place, first=line == 0), Segment(text, self.rich_style)]))
        return strips

    def _shade(self, value: Number, reach: float) -> str:
        if value is None:
            return "?"
        return shade((value / reach + 1) / 2 if reach else 0.5, ascii_only=self._ascii)

    def _named(self, row: int, *, first: bool) -> Segment:
        """The label of a row, on the first of its lines."""
        labels = self._picture.row_labels
        if labels is None:
            return Segment("", self.rich_style)
        label = labels[row] if first else ""
        if cell_len(label) >= _GUTTER:
            label = set_cell_size(label, _GUTTER - 2) + ("~" if self._ascii else "…")
        return Segment(set_cell_size(label, _GUTTER), self.rich_style)


class Bars(Drawing):
    """A row of numbers as bars up and down from a line, with two steps a cell."""

    DEFAULT_CSS = "Bars { height: 1fr; width: 1fr; }"

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(ascii_only=ascii_only, id=id)
        self._values: Sequence[Number] = ()
        self._base = 0.0

    def show(self, values: Sequence[Number], base: float = 0.0) -> None:
        """Draw `values` from a line at `base`."""
        if (values, base) != (self._values, self._base):
            self._values, self._base = values, base
            self.forget()

    @property
    def _wide(self) -> int:
        """Columns of a bar."""
        return max(1, min(_WIDEST, self.size.width // max(1, len(self._values))))

    @property
    def drawn_width(self) -> int:
        """Columns of all bars."""
        return self._wide * len(self._values)

    def draw(self) -> list[Strip]:
        heights = [None if value is None else value - self._base for value in self._values]
        finite = [height for height in heights if height is not None]
        rows = self.size.height
        if not finite or not rows:
            return []
        low, high = min(0.0, *finite), max(0.0, *finite)
        per_step = (high - low) / (2 * rows) or 1.0
        zero = round(high / per_step)  # steps above the line
        tops = [zero - round((height or 0.0) / per_step) for height in heights]
        styles = [self._style(height) for height in heights]
        strips = []
        for line in range(rows):
            segments = [
                Segment(self._part(min(top, zero), max(top, zero), line, known=height is not None) * self._wide, style)
                for height, top, style in zip(heights, tops, styles, strict=True)
            ]
            strips.append(Strip(segments).simplify())
        return strips

    def _part(self, first: int, last: int, line: int, *, known: bool) -> str:
        """What stands in a line of a bar that fills the steps from `first` up to `last`."""
        upper, lower = (first <= step < last for step in (2 * line, 2 * line + 1))
        if not known:
            return "?" if line == 0 else " "
        if self._ascii:
            return "#" if upper and lower else "'" if upper else "." if lower else " "
        return "█" if upper and lower else "▀" if upper else "▄" if lower else " "

    def _style(self, height: Number) -> Style:
        if self._colourless or not height:
            return self.rich_style
        drawn = colour(height, abs(height) * 1.5, dark=self._dark)  # neither the palest nor the strongest
        return self.rich_style + Style.parse(drawn)
