"""A table of figures with a cursor on one of its lines, which fits its columns to its width. Imports Textual.

It draws the lines in sight alone, each anew only if it looks otherwise than before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_llm.translation import _

#: A column between two others, and the one that shows the cursor without colours.
_GAP = 1


@dataclass(frozen=True)
class Column:
    """A column of the table."""

    title: str
    """Marked for translation; translated where it is shown."""
    width: int = 0
    """Cells; 0 takes what the others leave."""
    left: bool = False
    """Whether it is aligned to the left, as the one of width 0 is."""
    least: int = 0
    """The table's width from which on it is shown."""


class LineTable(ScrollView, can_focus=True):
    """Lines of cells; the first cell of a line names it, and the cursor stays on its name."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--header", "table--cursor"}
    DEFAULT_CSS = """
    LineTable {
        height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden;
        & > .table--header { color: $text-muted; text-style: bold; }
        & > .table--cursor { background: $panel; text-style: bold; }
        &:focus > .table--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    .-monochrome LineTable > .table--cursor { text-style: bold; }
    .-monochrome LineTable:focus > .table--cursor { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        table: LineTable

        @property
        def control(self) -> LineTable:
            return self.table

    def __init__(self, columns: Sequence[Column], *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.cursor = 0
        """The place of the line in hand."""
        self._columns = columns
        self._ascii = ascii_only
        self._lines: Sequence[tuple[str, ...]] = ()

    @property
    def current(self) -> str | None:
        """The first cell of the line in hand."""
        return self._lines[self.cursor][0] if self.cursor < len(self._lines) else None

    def show(self, lines: Sequence[tuple[str, ...]]) -> None:
        """Show `lines`, a cell for each column; the cursor stays on its line, or where that was."""
        here, before = self.current, self._lines
        self._lines = lines
        names = [line[0] for line in lines]
        self.cursor = names.index(here) if here in names else max(0, min(self.cursor, len(lines) - 1))
        self.virtual_size = Size(0, len(lines) + 1)
        if len(before) != len(lines):
            self.refresh()
        for place, (old, new) in enumerate(zip(before, lines, strict=False)):
            if old != new:
                self._refresh_line(place)
        if self.current != here:
            self.post_message(self.Moved(self))
        self._keep_in_sight()

    def on_resize(self) -> None:
        self._keep_in_sight()

    # -- Drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        if y == 0:
            style = self.get_component_rich_style("table--header")
            return self._drawn(tuple(_(column.title) for column in self._columns), style, " ")
        place = y - 1 + self.scroll_offset.y
        if place >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        here = place == self.cursor
        style = self.get_component_rich_style("table--cursor") if here else self.rich_style
        return self._drawn(self._lines[place], style, ">" if here else " ")

    def _drawn(self, cells: Sequence[str], style: object, sign: str) -> Strip:
        width = self.scrollable_content_region.width
        shown = [(column, cell) for column, cell in zip(self._columns, cells, strict=True) if width >= column.least]
        fixed = sum(column.width + _GAP for column, _cell in shown if column.width)
        rest = max(1, width - fixed - 1 - _GAP)
        parts = [self._fit(cell, column.width or rest, left=column.left or not column.width) for column, cell in shown]
        text = sign + (" " * _GAP).join(parts)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)  # type: ignore[arg-type]

    def _fit(self, text: str, width: int, *, left: bool) -> str:
        """`text` in exactly `width` cells; of one that is too long the beginning and the end."""
        length = cell_len(text)
        if length > width:
            mark = "~" if self._ascii else "…"
            head = (width - 1) // 2
            return set_cell_size(set_cell_size(text, head) + mark + text[len(text) - (width - 1 - head) :], width)
        return text + " " * (width - length) if left else " " * (width - length) + text

    # -- Moving ------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.go_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        self.go_to(self.cursor + by * max(1, self.size.height - 2))

    def action_end(self, place: int) -> None:
        self.go_to(place % max(1, len(self._lines)))

    def go_to(self, place: int) -> None:
        """Put the cursor on a line."""
        place = max(0, min(place, len(self._lines) - 1))
        if place != self.cursor:
            self._refresh_line(self.cursor)
            self.cursor = place
            self._keep_in_sight()
            self._refresh_line(place)
            self.post_message(self.Moved(self))

    def on_click(self, event: events.Click) -> None:
        if event.y and event.y - 1 + self.scroll_offset.y < len(self._lines):
            self.go_to(event.y - 1 + self.scroll_offset.y)

    def _refresh_line(self, place: int) -> None:
        y = place + 1 - self.scroll_offset.y
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _keep_in_sight(self) -> None:
        page = self.size.height - 1
        first = self.scroll_offset.y
        if self.cursor < first:
            self.scroll_to(y=self.cursor, animate=False, immediate=True, force=True)
        elif page > 0 and self.cursor >= first + page:
            self.scroll_to(y=self.cursor - page + 1, animate=False, immediate=True, force=True)
