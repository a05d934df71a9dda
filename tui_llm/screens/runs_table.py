"""The table of runs: draws the lines in sight alone, so that hundreds of runs cost no more than a screenful. Imports
Textual and rich, and the list as data.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_llm.screens.runs_lines import RECENT, Column, Line, Look, fit_columns
from tui_llm.translation import N_, _
from tui_llm.widgets.base import STATE_STYLES

if TYPE_CHECKING:
    from tui_llm.app import TuiApp

_MARK = "* "


@dataclass(frozen=True)
class Row:
    """What a line of the table shows; equal rows look alike."""

    cells: tuple[str, ...]
    state: str
    marked: bool
    cursor: bool


class RunsTable(ScrollView, can_focus=True):
    """The runs, one of them under the cursor. The cursor stays on its run when the order changes."""

    HELP = N_(
        """**space** marks a run, **c** draws the curves of the marked ones in one chart. A click on a column's title
sorts by it; another click turns the order round."""
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "runs--header",
        "runs--cursor",
        "runs--mark",
        "runs--loss",
        "runs--progress",
        "runs--success",
        "runs--accent",
        "runs--warning",
        "runs--error",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "ends(0)", show=False),
        Binding("end", "ends(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor came to another run."""

    class Opened(Message):
        """The run under the cursor was clicked twice."""

    @dataclass
    class SortChosen(Message):
        """The title of a column was clicked."""

        key: str

    def __init__(self) -> None:
        super().__init__(id="runs")
        self.touched = 0.0
        """When a hand was last here, on the monotonic clock."""
        self._ascii_only = False
        self._lines: Sequence[Line] = ()
        self._marked: Collection[str] = ()
        self._cursor = 0
        self._sort, self._backwards = RECENT, False
        self._columns: list[tuple[Column, int]] = []
        self._now = time.time()
        self._drawn: dict[int, Row] = {}

    def on_mount(self) -> None:
        self._ascii_only = cast("TuiApp", self.app).charts == "ascii"

    # -- What it shows -----------------------------------------------------------------------------------------------

    @property
    def current(self) -> Line | None:
        """The run under the cursor."""
        return self._lines[self._cursor] if self._cursor < len(self._lines) else None

    @property
    def in_sight(self) -> list[str]:
        """The names of the runs that are seen."""
        first = self.scroll_offset.y
        return [line.name for line in self._lines[first : first + max(self.size.height - 1, 1)]]

    def show(
        self, lines: Sequence[Line], marked: Collection[str], sort: str, *, backwards: bool, follow: str | None = None
    ) -> None:
        """Show `lines` in their order, drawing anew what looks otherwise than before.

        The cursor goes to `follow` if that is among them, else it stays on its run.
        """
        places = {line.name: place for place, line in enumerate(lines)}
        here = self.current.name if self.current else None
        resorted = (sort, backwards) != (self._sort, self._backwards)
        self._lines, self._marked, self._now = lines, frozenset(marked), time.time()
        self._sort, self._backwards = sort, backwards
        at = places.get(follow or "", places.get(here or "", self._cursor))
        self._cursor = max(0, min(at, len(lines) - 1))
        if self._fit() or resorted:
            self.refresh()
        else:
            self._refresh_changed()
        self._keep_in_sight()

    def on_resize(self) -> None:
        self._fit()
        self._keep_in_sight()
        self.refresh()

    def notify_style_update(self) -> None:
        self._drawn.clear()
        super().notify_style_update()

    def _fit(self) -> bool:
        """Choose the columns for the present width; tell whether they changed."""
        width = self.scrollable_content_region.width or self.size.width
        self.virtual_size = Size(width, len(self._lines) + 1)
        longest = max((cell_len(line.name) for line in self._lines), default=0)
        columns = fit_columns(max(width - len(_MARK), 1), longest)
        changed = columns != self._columns
        self._columns = columns
        return changed

    def _row(self, place: int) -> Row:
        line = self._lines[place]
        cells = tuple(column.show(line, Look(width, self._now, self._ascii_only)) for column, width in self._columns)
        return Row(cells, line.state, line.name in self._marked, place == self._cursor)

    def _refresh_changed(self) -> None:
        for y in range(1, self.size.height):
            place = y - 1 + self.scroll_offset.y
            row = self._row(place) if place < len(self._lines) else None
            if row != self._drawn.get(y):
                self.refresh(Region(0, y, self.size.width, 1))

    # -- Drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        place = y - 1 + self.scroll_offset.y
        if y == 0:
            return self._header()
        if place >= len(self._lines):
            self._drawn.pop(y, None)
            return Strip.blank(self.size.width, self.rich_style)
        row = self._drawn[y] = self._row(place)
        return self._draw(row)

    def _header(self) -> Strip:
        style = self.get_component_rich_style("runs--header")
        up, down = ("^", "v") if self._ascii_only else ("▲", "▼")
        segments = [Segment(" " * len(_MARK), style)]
        for column, width in self._columns:
            title = _(column.title)
            if column.key == self._sort:
                arrow = up if column.greatest_first == self._backwards else down
                title = arrow + title if column.right else title + arrow
            segments.append(Segment(self._aligned(title, width, right=column.right) + " ", style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _draw(self, row: Row) -> Strip:
        base = self.get_component_rich_style("runs--cursor") if row.cursor else self.rich_style
        segments = [Segment(_MARK if row.marked else " " * len(_MARK), base + self._accent("mark", row))]
        for (column, width), text in zip(self._columns, row.cells, strict=True):
            style = base + self._accent(column.key, row)
            segments.append(Segment(self._aligned(text, width, right=column.right) + " ", style))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _accent(self, key: str, row: Row) -> Style:
        """The colour of a cell. Under the cursor there is none: the cursor's own must be readable."""
        if key == "state":
            key = STATE_STYLES.get(row.state, "").removeprefix("$")
        if row.cursor or f"runs--{key}" not in self.COMPONENT_CLASSES:
            return Style.null()
        return self.get_component_rich_style(f"runs--{key}", partial=True)

    def _aligned(self, text: str, width: int, *, right: bool) -> str:
        """`text` in exactly `width` cells; of one that is too long the beginning, with a mark that it is cut."""
        length = cell_len(text)
        if length > width:
            return set_cell_size(text, width - 1) + ("~" if self._ascii_only else "…")
        return " " * (width - length) + text if right else text + " " * (width - length)

    # -- Moving ------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        self._go(self._cursor + by * max(1, self.size.height - 2))

    def action_ends(self, place: int) -> None:
        self._go(place % max(1, len(self._lines)))

    def _go(self, place: int) -> None:
        self.touched = time.monotonic()
        place = max(0, min(place, len(self._lines) - 1))
        if place != self._cursor:
            self._cursor = place
            self._keep_in_sight()
            self._refresh_changed()
            self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        page = self.size.height - 1
        first = self.scroll_offset.y
        if self._cursor < first:
            self.scroll_to(y=self._cursor, animate=False, immediate=True)
        elif page > 0 and self._cursor >= first + page:
            self.scroll_to(y=self._cursor - page + 1, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        self.touched = time.monotonic()
        place = event.y - 1 + self.scroll_offset.y
        if event.y == 0:
            key = self._column_at(event.x)
            if key:
                self.post_message(self.SortChosen(key))
        elif place < len(self._lines):
            self._go(place)
            if event.chain == 2:
                self.post_message(self.Opened())

    def _column_at(self, x: int) -> str | None:
        end = len(_MARK)
        for column, width in self._columns:
            end += width + 1
            if x < end:
                return column.key
        return None
