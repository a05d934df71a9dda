"""The lines of a form, drawn by one widget: a name, a value, an explanation, and a cursor. Moving, and showing changed
values, cost the same with three lines or three hundred. What the lines mean is for others to know. Imports Textual.
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

#: Columns before a line's name: the cursor, the mark, a space each.
_GUTTER = 3

#: Columns of a value where there is room for the explanation beside it, which is not worth fewer than the latter.
_VALUE, _LEAST_NOTE = 21, 16


@dataclass(frozen=True)
class Line:
    """One line of the form; `key` is unique."""

    key: str
    name: str
    value: str = ""
    note: str = ""
    mark: str = ""
    """One character: what is special about it, told without colour."""
    given: bool = False
    """Whether the value is the person's own; others are dim."""
    wrong: bool = False
    choice: bool = False
    """Whether left and right change the value."""
    heading: bool = False


class FormRows(ScrollView, can_focus=True):
    """Draws the lines, and has the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("form--name", "form--value", "form--given", "form--note", "form--heading", "form--wrong", "form--cursor"),
    }
    DEFAULT_CSS = """
    FormRows {
        height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden;
        & > .form--name { color: $foreground; }
        & > .form--value { color: $foreground; }
        & > .form--given { color: $text-accent; text-style: bold; }
        & > .form--note { color: $text-muted; }
        & > .form--heading { color: $text-primary; text-style: bold; }
        & > .form--wrong { color: $text-error; text-style: bold; }
        & > .form--cursor { background: $panel; text-style: bold; }
        &:focus > .form--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    .-monochrome FormRows:focus > .form--cursor { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", _("change"), id="form.change"),
        Binding("space", "step(1)", _("next choice"), show=False, id="form.next"),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
        Binding("g", "jump(1)", _("next group"), show=False, id="form.group"),
        Binding("G", "jump(-1)", _("previous group"), show=False, id="form.group.previous"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on another line; None if there is no line."""

        line: Line | None

    @dataclass
    class Asked(Message):
        """Somebody wants to change this line."""

        line: Line

    @dataclass
    class Stepped(Message):
        """The next choice (1) or the one before (-1) is wanted."""

        line: Line
        by: int

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.cursor = 0
        self._widest = 0
        """Columns of the longest name so far: fewer lines do not move the columns."""

    # -- What is shown -----------------------------------------------------------------------------------------------

    def show(self, lines: Sequence[Line]) -> None:
        """Show `lines`; the cursor stays on its line, or where that was."""
        before, self.lines = self.lines, tuple(lines)
        same_keys = [line.key for line in before] == [line.key for line in self.lines]
        if same_keys:
            for y, (old, new) in enumerate(zip(before, self.lines, strict=True)):
                if old != new:
                    self.refresh_line(y)
            return
        kept = before[self.cursor].key if self.cursor < len(before) else None
        keys = [line.key for line in self.lines]
        first = next((index for index, line in enumerate(self.lines) if not line.heading), 0)
        self.cursor = keys.index(kept) if kept in keys else first
        named = max((cell_len(line.name) for line in self.lines if not line.heading), default=0)
        self._widest = max(self._widest, named)
        self.virtual_size = Size(0, len(self.lines))
        self.refresh()
        self.call_after_refresh(self._scroll_to_cursor)
        if kept not in keys:
            self._tell()

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def place_of_value(self) -> Region:
        """Where the value under the cursor is drawn, in this widget's coordinates."""
        names, values, _notes = self._widths()
        return Region(_GUTTER + names, self.cursor - self.scroll_offset.y, values, 1)

    def _widths(self) -> tuple[int, int, int]:
        """Columns of the names, the values, the notes."""
        width = self.scrollable_content_region.width
        names = min(self._widest + 1, max(width - _GUTTER - 8, 8))
        room = max(width - _GUTTER - names, 1)
        notes = room - _VALUE if room - _VALUE >= _LEAST_NOTE else 0
        return names, room - notes, notes

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if index >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[index]
        here = index == self.cursor
        ascii_only = self.app.has_class("-ascii")
        names, values, notes = self._widths()
        gutter = f"{'>' if here else ' '}{line.mark or ' '} "
        if line.heading:
            cells = [(gutter, "heading"), (_fit(f"{line.name}  {line.value}", width - _GUTTER, ascii_only), "heading")]
        else:
            value = f"< {line.value} >" if here and line.choice else line.value
            drawn = "wrong" if line.wrong else "given" if line.given else "value"
            cells = [
                (gutter, drawn),
                (_fit(line.name, names - 1, ascii_only) + " ", "wrong" if line.wrong else "name"),
                (_fit(value, values - 1, ascii_only) + " ", drawn),
                (_fit(line.note, notes, ascii_only), "note"),
            ]
        style = self.rich_style
        cursor = self.get_component_rich_style("form--cursor", partial=True)
        segments = [
            Segment(text, style + cursor if here else self.get_component_rich_style(f"form--{part}"))
            for text, part in cells
        ]
        return Strip(segments).adjust_cell_length(width, style + cursor if here else style)

    # -- Moving ------------------------------------------------------------------------------------------------------

    def go_to(self, index: int) -> None:
        """Put the cursor on a line, and the line in sight."""
        index = max(0, min(index, len(self.lines) - 1))
        if index != self.cursor and self.lines:
            self.refresh_line(self.cursor)
            self.cursor = index
            self.refresh_line(index)
            self._tell()
        self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self.cursor == 1 and self.lines[0].heading:
            self.scroll_to(y=0, animate=False)
        elif self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    def _tell(self) -> None:
        self.post_message(self.Moved(self.current))

    def action_move(self, by: int) -> None:
        self.go_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        self.go_to(self.cursor + by * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, index: int) -> None:
        self.go_to(index % max(1, len(self.lines)))

    def action_jump(self, by: int) -> None:
        """To the heading after or before."""
        headings = [index for index, line in enumerate(self.lines) if line.heading]
        beyond = [index for index in headings[::by] if (index - self.cursor) * by > 0]
        self.go_to(beyond[0] if beyond else (len(self.lines) - 1) * (by > 0))
        if beyond:
            self.scroll_to(y=beyond[0], animate=False)

    # -- Changing ----------------------------------------------------------------------------------------------------

    def action_ask(self) -> None:
        if self.current is not None:
            self.post_message(self.Asked(self.current))

    def action_step(self, by: int) -> None:
        line = self.current
        if line is not None and (line.choice or line.heading):
            self.post_message(self.Stepped(line, by))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; on a value, or a heading, it does what enter does."""
        index = event.y + self.scroll_offset.y
        if index < len(self.lines):
            self.go_to(index)
            if self.lines[index].heading or self.place_of_value().contains(event.x, event.y):
                self.action_ask()


def _fit(text: str, width: int, ascii_only: bool) -> str:
    """`text` in exactly `width` columns, with an ellipsis if it is cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    end = "." if ascii_only else "…"
    return set_cell_size(text, width - 1) + end
