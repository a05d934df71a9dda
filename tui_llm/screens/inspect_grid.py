"""The map of one attention head: a row for each token, with what it looks at. Imports Textual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_llm.screens.inspect_words import fitted, visible
from tui_llm.translation import N_, _
from tui_llm.widgets.heatmap import ASCII, SHADES, Number, colour, shade

#: Before the weights stand the cursor, the token's number and the token.
_NUMBER, _LABEL = 3, 6
GUTTER = 1 + _NUMBER + 1 + _LABEL + 1


class AttentionGrid(ScrollView, can_focus=True):
    """The weights, a line a token, and a cursor on one of the lines."""

    HELP = N_(
        """## The map

Each line is a token, and tells how it shares its attention among the tokens before it and itself: a line adds up to
100 %, and the brighter a cell (in a light theme: the darker), the larger the share (its root, so that small ones can be
seen). No token sees what comes after it: the upper half is empty. Below, the line under the cursor is told in words.

**up** and **down** go through the tokens, **left** and **right** through the heads, **,** and **.** through the
layers."""
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--header", "grid--cursor"}
    DEFAULT_CSS = """
    AttentionGrid {
        height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden;
        & > .grid--header { color: $text-muted; }
        & > .grid--cursor { background: $panel; text-style: bold; }
        &:focus > .grid--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    .-monochrome AttentionGrid > .grid--cursor { text-style: bold; }
    .-monochrome AttentionGrid:focus > .grid--cursor { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", _("the token before"), show=False, id="attention.up"),
        Binding("down", "move(1)", _("the next token"), show=False, id="attention.down"),
        Binding("left", "head(-1)", _("the head before"), show=False, id="attention.left"),
        Binding("right", "head(1)", _("the next head"), show=False, id="attention.right"),
        Binding("comma", "layer(-1)", _("the layer before"), show=False, id="attention.lower"),
        Binding("full_stop", "layer(1)", _("the next layer"), show=False, id="attention.higher"),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another token."""

    @dataclass
    class Wanted(Message):
        """Another head, or layer, so many further."""

        heads: int = 0
        layers: int = 0

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__(id="attention-grid")
        self.cursor = 0
        """The place of the token in hand."""
        self.tokens: Sequence[str] = ()
        self.weights: Sequence[Sequence[Number]] = ()
        self._ascii = ascii_only

    def show(self, tokens: Sequence[str], weights: Sequence[Sequence[Number]]) -> None:
        """Show T `tokens` and T rows of T `weights`. With the tokens, the cursor stays; else it goes to the last."""
        if tokens != self.tokens:
            self.cursor = max(0, len(tokens) - 1)
        self.tokens, self.weights = tokens, weights
        self.virtual_size = Size(0, len(tokens) + 1)
        self.refresh()
        self._keep_in_sight()

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        """Tell the scroll bar, once there is one, where the lines have been scrolled to before."""
        if shown:
            self.vertical_scrollbar.position = self.scroll_y

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def on_resize(self) -> None:
        self._keep_in_sight()
        self.refresh()

    @property
    def _colourless(self) -> bool:
        return self._ascii or self.app.no_color

    def legend(self) -> Text:
        """The scale from nothing to all of the attention."""
        scale = Text("0 ")
        if self._colourless:
            scale.append(ASCII if self._ascii else SHADES)
        else:
            for step in range(7):
                scale.append("█", colour(step, 6, dark=self.app.current_theme.dark))
        return scale.append(" 100 %")

    # -- Drawing -----------------------------------------------------------------------------------------------------

    @property
    def _cell(self) -> int:
        """Columns of a weight: two, so that it is a square, where there is room."""
        return 2 if GUTTER + 2 * len(self.tokens) <= self.scrollable_content_region.width else 1

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._header().adjust_cell_length(width, self.rich_style)
        place = y - 1 + self.scroll_offset.y
        if place >= len(self.tokens):
            return Strip.blank(width, self.rich_style)
        here = place == self.cursor
        style = self.get_component_rich_style("grid--cursor") if here else self.rich_style
        label = fitted(visible(self.tokens[place], ascii_only=self._ascii), _LABEL, self._ascii)
        named = f"{'>' if here else ' '}{place + 1:>{_NUMBER}} {set_cell_size(label, _LABEL)}"
        segments = [Segment(named, style), Segment(" ", self.rich_style)]
        segments += [self._drawn(weight) for weight in self.weights[place][: place + 1]]
        return Strip(segments).simplify().adjust_cell_length(width, self.rich_style)

    def _header(self) -> Strip:
        """The beginning of each token above its column."""
        style, cell = self.get_component_rich_style("grid--header"), self._cell
        shown = (set_cell_size(visible(token, ascii_only=self._ascii), cell) for token in self.tokens)
        return Strip([Segment(" " * GUTTER + "".join(shown), style)])

    def _drawn(self, weight: Number) -> Segment:
        share = math.sqrt(max(0.0, weight or 0.0))
        if self._colourless:
            return Segment(shade(share, ascii_only=self._ascii) * self._cell, self.rich_style)
        drawn = colour(share, 1.0, dark=self.app.current_theme.dark)
        return Segment(" " * self._cell, Style(bgcolor=drawn))

    # -- Moving ------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        self._go(self.cursor + by * max(1, self.size.height - 2))

    def action_end(self, place: int) -> None:
        self._go(place % max(1, len(self.tokens)))

    def action_head(self, by: int) -> None:
        self.post_message(self.Wanted(heads=by))

    def action_layer(self, by: int) -> None:
        self.post_message(self.Wanted(layers=by))

    def on_click(self, event: events.Click) -> None:
        if event.y and event.y - 1 + self.scroll_offset.y < len(self.tokens):
            self._go(event.y - 1 + self.scroll_offset.y)

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self.tokens) - 1))
        if place != self.cursor:
            before, self.cursor = self.cursor, place
            self._keep_in_sight()
            for changed in (before, place):
                self.refresh(Region(0, changed + 1 - self.scroll_offset.y, self.size.width, 1))
            self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        page, first = self.size.height - 1, self.scroll_offset.y
        if self.cursor < first:
            self.scroll_to(y=self.cursor, animate=False, immediate=True, force=True)
        elif page > 0 and self.cursor >= first + page:
            self.scroll_to(y=self.cursor - page + 1, animate=False, immediate=True, force=True)
