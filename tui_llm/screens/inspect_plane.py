"""The map of the embeddings: every token as a point in a plane, with as many names as there is room for. Imports
Textual.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_llm.screens.inspect_words import fitted, visible
from tui_llm.translation import N_, _

#: A name is cut after so many columns.
_LONGEST = 10

#: What each step of the zoom does to the extent of what is seen.
_ZOOM = 0.6

#: How much more a token that lies aside counts as far away than one straight ahead.
_ASIDE = 2.0

#: A point on the edge is inside, however it was rounded.
_EDGE = 1e-9

#: What a cell holds, and as what: nothing so far; and what a name may be written over.
_FREE = (" ", "")
_OPEN = ("", "dot")

Point = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """The part of the plane that is seen: its middle, and its extents."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Name:
    """A name as it stands on the map: its token's place in the list, and its cells."""

    place: int
    row: int
    column: int
    text: str


class PlaneMap(Widget, can_focus=True):
    """Tokens as names, those without room as dots; one of them in hand."""

    HELP = N_(
        """## The map

The embeddings have as many dimensions as the model is wide; the map shows the two along which they differ most (their
principal components). What stands together here may still be far apart in the others: the list of neighbours is exact.

**Arrows** go to the next name, **+** and **-** zoom, **0** shows all again, **i** finds a token."""
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"plane--dot", "plane--near", "plane--chosen"}
    DEFAULT_CSS = """
    PlaneMap {
        height: 1fr; width: 1fr;
        & > .plane--dot { color: $text-disabled; }
        & > .plane--near { color: $text-accent; text-style: bold; }
        & > .plane--chosen { text-style: reverse; }
        &:focus > .plane--chosen {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    .-monochrome PlaneMap > .plane--near { text-style: underline; }
    .-monochrome PlaneMap:focus > .plane--chosen { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1, 0)", show=False),
        Binding("right", "go(1, 0)", show=False),
        Binding("up", "go(0, 1)", show=False),
        Binding("down", "go(0, -1)", show=False),
        Binding("plus,equals_sign", "zoom(1)", _("zoom in"), show=False, id="plane.zoom_in"),
        Binding("minus", "zoom(-1)", _("zoom out"), show=False, id="plane.zoom_out"),
        Binding("0", "reset", _("show all"), show=False, id="plane.reset"),
    ]

    class Moved(Message):
        """Another token is in hand."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__(id="plane-map")
        self.chosen: int | None = None
        """The token in hand."""
        self._ascii = ascii_only
        self._tokens: Sequence[int] = ()
        self._labels: Sequence[str] = ()
        self._points: Sequence[Point] = ()
        self._near: Collection[int] = ()
        self._zoom = 0
        self._names: list[Name] | None = None
        self._rows: list[Strip] = []
        self._cells_of: object = None
        self._cells_known: list[tuple[int, int, int]] = []

    # -- What it shows -----------------------------------------------------------------------------------------------

    def show(self, tokens: Sequence[int], labels: Sequence[str], points: Sequence[Point]) -> None:
        """Show `tokens`, each with its label and point. The one in hand stays in hand; at first it is a letter."""
        self._tokens, self._points = tokens, points
        self._labels = [fitted(visible(label, ascii_only=self._ascii), _LONGEST, self._ascii) for label in labels]
        self._cells_of = None
        if self.chosen not in tokens:
            self.chosen = next(
                (token for token, label in zip(tokens, labels, strict=True) if label.strip("␣").isalpha()),
                next(iter(tokens), None),
            )
            self._near = ()
        self._forget()

    def choose(self, token: int) -> None:
        """Have `token` in hand, wherever it is."""
        self.chosen = token
        self._forget()

    def mark(self, near: Collection[int]) -> None:
        """Make the neighbours of the token in hand stand out."""
        if set(near) != set(self._near):
            self._near = frozenset(near)
            self._forget()

    def _forget(self) -> None:
        self._names = None
        self.refresh()

    def on_resize(self) -> None:
        self._forget()

    def notify_style_update(self) -> None:
        self._names = None
        super().notify_style_update()

    # -- Drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        self._shown_names()
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width, self.rich_style)

    def _window(self) -> Window:
        """All points, or the part around the one in hand."""
        xs, ys = [x for x, _y in self._points], [y for _x, y in self._points]
        width, height = (max(max(part) - min(part), 1e-12) for part in (xs, ys))
        if not self._zoom or self.chosen not in self._tokens:
            return Window((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, width, height)
        share = _ZOOM**self._zoom
        x, y = self._points[self._tokens.index(self.chosen)]
        return Window(x, y, width * share, height * share)

    def _cells(self) -> list[tuple[int, int, int]]:
        """The place in the list, the row and the column of every point inside the window."""
        window, (width, height) = self._window(), self.size
        if self._cells_of != (window, width, height):
            self._cells_of = window, width, height
            columns = max(1, width - _LONGEST // 2)
            left, bottom = window.x - window.width / 2, window.y - window.height / 2
            self._cells_known = []
            for place, (x, y) in enumerate(self._points):
                across, up = (x - left) / window.width, (y - bottom) / window.height
                if -_EDGE <= across <= 1 + _EDGE and -_EDGE <= up <= 1 + _EDGE:
                    row = height - 1 - max(0, min(height - 1, int(up * height)))
                    self._cells_known.append((place, row, max(0, min(columns - 1, int(across * columns)))))
        return self._cells_known

    def _shown_names(self) -> list[Name]:
        """The names as they are laid out, or will be: a second key may come before the first one's answer is drawn."""
        if self._names is None:
            self._lay_out()
        assert self._names is not None
        return self._names

    def _lay_out(self) -> None:
        """Find places for names: for the token in hand first, then for its neighbours, then for the others in turn."""
        width, height = self.size
        self._names = []
        grid = [[_FREE] * width for _row in range(height)]
        if self._points and width and height:
            cells = self._cells()
            in_hand = [cell for cell in cells if self._tokens[cell[0]] == self.chosen]
            near = [cell for cell in cells if self._tokens[cell[0]] in self._near]
            for ranked, style in ((in_hand, "chosen"), (near, "near"), (cells, "name")):
                for place, row, column in ranked:
                    if grid[row][column] is _FREE:  # else another is there, or found no room for its name
                        self._put(grid[row], Name(place, row, column, self._labels[place]), style)
        self._rows = [self._strip(row) for row in grid]

    def _put(self, line: list[tuple[str, str]], name: Name, style: str) -> None:
        """Write a name into its line, or a dot if others are in the way."""
        column, end = name.column, name.column + cell_len(name.text)
        if end <= len(line) and all(part in _OPEN for _cell, part in line[max(0, column - 1) : end + 1]):
            line[column:end] = [(name.text, style), *[("", style)] * (end - column - 1)]
            assert self._names is not None
            self._names.append(name)
        else:
            line[column] = ("." if self._ascii else "·", "dot")

    def _strip(self, row: Sequence[tuple[str, str]]) -> Strip:
        styles = {part: self.get_component_rich_style(f"plane--{part}") for part in ("dot", "near", "chosen")}
        segments = [Segment(text, styles.get(part, self.rich_style)) for text, part in row if text]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style)

    # -- Moving ------------------------------------------------------------------------------------------------------

    def action_go(self, right: int, up: int) -> None:
        """To the nearest name in a direction."""
        names = self._shown_names()
        here = next((name for name in names if self._tokens[name.place] == self.chosen), None)
        if here is None:
            if names:
                self._hold(names[0])
            return
        best: tuple[float, Name] | None = None
        for name in names:
            # A cell is twice as high as wide.
            dx, dy = (name.column - here.column) / 2, here.row - name.row
            ahead, aside = (dx * right, abs(dy)) if right else (dy * up, abs(dx))
            if ahead > 0 and (best is None or ahead + _ASIDE * aside < best[0]):
                best = ahead + _ASIDE * aside, name
        if best is not None:
            self._hold(best[1])

    def action_zoom(self, by: int) -> None:
        """See less around the token in hand, or more."""
        self._zoom = max(0, min(self._zoom + by, 12))
        self._forget()

    def action_reset(self) -> None:
        self._zoom = 0
        self._forget()

    def on_click(self, event: events.Click) -> None:
        names = [one for one in self._shown_names() if one.row == event.y]
        hit = next((one for one in names if one.column <= event.x < one.column + cell_len(one.text)), None)
        if hit is not None:
            self._hold(hit)

    def _hold(self, name: Name) -> None:
        if self._tokens[name.place] != self.chosen:
            self.chosen = self._tokens[name.place]
            self._forget()
            self.post_message(self.Moved())
