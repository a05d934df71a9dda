"""A text whose tokens are coloured by how sure the model was of each, and can be walked through. Imports Textual.

Wrapping goes on from the last line when tokens are appended, and only lines in sight are drawn: a long text that
streams in costs no more per token than a short one.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_llm.translation import N_, _

#: Probabilities that divide the levels of sureness: from 0, a surprise, to 4, hardly in doubt.
BOUNDS = (0.05, 0.2, 0.5, 0.9)

#: The owner of what stands before the first token.
_LEAD = -1

#: A tab is so many cells wide, wherever it stands.
_TAB = 4


class Piece(NamedTuple):
    """A token as it is shown."""

    text: str
    probability: float


def level(probability: float) -> int:
    """How sure a model was, from 0 (a surprise) to 4 (hardly in doubt)."""
    return bisect_right(BOUNDS, probability)


def cells(text: str, *, ascii_only: bool = False) -> Iterator[tuple[str, int]]:
    """What is drawn for `text`, and how wide each part is; a combining mark is a part of width 0.

    What would steer the terminal, or could not be seen, is shown by its name: nothing reaches the terminal raw.
    """
    for character in text:
        if character == "\n":
            yield "\n", 1
        elif character == "\t":
            yield from [(" ", 1)] * _TAB
        elif character.isprintable() or character in "\u200d\u200c":
            yield character, cell_len(character)
        else:
            name = _name(character, ascii_only=ascii_only)
            yield name, cell_len(name)


def _name(character: str, *, ascii_only: bool) -> str:
    if unicodedata.category(character) == "Zs":  # spaces of other widths: harmless
        return " "
    point = ord(character)
    if ascii_only:
        return f"<{point:02X}>"
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"⟨{point:02X}⟩"


class TokenText(ScrollView, can_focus=True):
    """Text before the first token, the tokens, and a cursor on one of them."""

    ALLOW_SELECT = False  # a drag would fight with the cursor; copying has its key
    HELP = N_(
        """## The tokens of an answer

The stronger a token stands out, the less sure the model was of it: a probability of 90 % and more is plain, one below
5 % stands out most. **Arrows** or **h j k l** put a cursor on a token,
and so does a **click**; below (or beside) it are the tokens that could have come instead. **enter** goes there."""
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tokens--lead",
        "tokens--plain",
        "tokens--cursor",
        *(f"tokens--{number}" for number in range(len(BOUNDS) + 1)),
    }
    DEFAULT_CSS = """
    TokenText { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size: 1 1; }
    TokenText > .tokens--lead { color: $text-muted; }
    TokenText > .tokens--3 { background: $warning 14%; }
    TokenText > .tokens--2 { background: $warning 32%; }
    TokenText > .tokens--1 { background: $warning 58%; color: auto; }
    TokenText > .tokens--0 { background: $warning; color: auto; text-style: bold; }
    TokenText > .tokens--cursor { text-style: bold reverse; }
    TokenText:ansi, TokenText:nocolor {
        & > .tokens--4 { text-style: dim; }
        & > .tokens--3 { background: transparent; }
        & > .tokens--2 { background: transparent; text-style: underline; }
        & > .tokens--1 { background: transparent; color: $foreground; text-style: bold; }
        & > .tokens--0 { background: transparent; color: $foreground; text-style: bold underline; }
    }
    TokenText:ansi {
        & > .tokens--2, & > .tokens--1, & > .tokens--0 { color: $warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("enter", "choose", _("other tokens"), show=False, id="tokens.choose"),
    ]

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The number of the token under the cursor."""
    coloured: reactive[bool] = reactive(True)

    class Moved(Message):
        """The cursor stands on another token, or on none."""

        def __init__(self, tokens: TokenText) -> None:
            super().__init__()
            self.tokens = tokens

        @property
        def control(self) -> TokenText:
            return self.tokens

    class Chosen(Moved):
        """Enter was pressed; the cursor may stand on no token."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._ascii = ascii_only
        self._levels: list[int] = []
        self._firsts: list[int] = []
        self._cells: list[str] = []
        self._widths: list[int] = []
        self._owners: list[int] = []
        self._starts: list[int] = [0]  # the first cell of every line

    # -- What is shown -----------------------------------------------------------------------------------------------

    def show(self, lead: str, pieces: Iterable[Piece] = ()) -> None:
        """Show `lead` and `pieces` instead of what was there."""
        for kept in (self._levels, self._firsts, self._cells, self._widths, self._owners):
            kept.clear()
        self._starts = [0]
        self.cursor = None
        self._put(lead, _LEAD)
        self.append(pieces)
        self.refresh()

    def append(self, pieces: Iterable[Piece]) -> None:
        """Show `pieces` behind the others; the end stays in sight if it was."""
        follows = self.cursor is None and self.is_vertical_scroll_end
        for piece in pieces:
            self._firsts.append(len(self._cells))
            self._put(piece.text, len(self._levels))
            self._levels.append(level(piece.probability))
        changed = len(self._starts) - 1
        self._wrap()
        self.refresh_lines(changed, len(self._starts) - changed)
        if follows:
            self.scroll_end(animate=False)

    def _put(self, text: str, owner: int) -> None:
        for shown, width in cells(text, ascii_only=self._ascii):
            if width == 0 and self._cells and self._cells[-1] != "\n":
                self._cells[-1] += shown
                continue
            self._cells.append(shown if width else f"◌{shown}")
            self._widths.append(width or 1)
            self._owners.append(owner)

    def _wrap(self) -> None:
        """Find the lines anew from the last one on. A space may hang over the edge, where there is a column for it."""
        room = max(2, self.size.width - 1)
        place = line = self._starts[-1]
        column, after_space = 0, None
        while place < len(self._cells):
            shown, width = self._cells[place], self._widths[place]
            if shown == "\n" or (column + width > room and place > line and not (shown == " " and column == room)):
                line = place + 1 if shown == "\n" else place if after_space is None else after_space
                self._starts.append(line)
                place = max(place, line)
                column, after_space = sum(self._widths[line:place]), None
                continue
            column += width
            place += 1
            if shown == " ":
                after_space = place
        self.virtual_size = Size(self.size.width, len(self._starts))

    def on_resize(self) -> None:
        follows = self.cursor is None and self.is_vertical_scroll_end
        self._starts = [0]
        self._wrap()
        self.refresh()
        if follows:
            self.scroll_end(animate=False)
        self._show_cursor()

    # -- Drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.size.width
        line = y + self.scroll_offset.y
        if line >= len(self._starts):
            return Strip.blank(width, base)
        segments = [
            Segment("".join(" " if self._cells[place] == "\n" else self._cells[place] for place in places), style)
            for style, places in groupby(self._places(line), self._style_at)
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _places(self, line: int) -> range:
        """The cells of a line."""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._cells)
        return range(self._starts[line], end)

    def _style_at(self, place: int) -> Style:
        owner = self._owners[place]
        if owner == _LEAD:
            return self.get_component_rich_style("tokens--lead")
        if owner == self.cursor:
            return self.get_component_rich_style("tokens--cursor")
        return self.get_component_rich_style(f"tokens--{self._levels[owner]}" if self.coloured else "tokens--plain")

    def watch_cursor(self, before: int | None, now: int | None) -> None:
        for token in (before, now):
            if token is not None and token < len(self._firsts):
                first, last = self._line_of(token), self._line_of(token, end=True)
                self.refresh_lines(first, last - first + 1)
        self._show_cursor()
        self.post_message(self.Moved(self))

    def _show_cursor(self) -> None:
        if self.cursor is not None:
            region = Region(0, self._line_of(self.cursor), 1, 1)
            self.scroll_to_region(region, animate=False, spacing=Spacing(1, 0, 1, 0), force=True)

    def _line_of(self, token: int, *, end: bool = False) -> int:
        """The line where a token begins, or ends."""
        place = self._firsts[token]
        if end:
            place = max(place, (self._firsts[token + 1] if token + 1 < len(self._firsts) else len(self._cells)) - 1)
        return bisect_right(self._starts, place) - 1

    # -- Walking -----------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """To the next token, or the one before; the first step goes to the newest or the first one."""
        if not self._levels:
            return
        if self.cursor is None:
            self.cursor = len(self._levels) - 1 if by < 0 else 0
        else:
            self.cursor = min(max(0, self.cursor + by), len(self._levels) - 1)

    def action_line(self, by: int) -> None:
        """To the token above or below. Above the first one is the prompt, which is only brought into sight."""
        if self.cursor is None:
            self.action_step(by)
            return
        column = sum(self._widths[self._starts[self._line_of(self.cursor)] : self._firsts[self.cursor]])
        line = self._line_of(self.cursor) + by
        if 0 <= line < len(self._starts):
            token = self._token_at(column, line)
            if token is not None:
                self.cursor = token
                return
        self.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A screenful up or down; the cursor, if there is one, comes along."""
        if self.cursor is None:
            self.scroll_relative(y=by * self.size.height, animate=False)
            return
        for _line in range(max(1, self.size.height - 1)):
            self.action_line(by)

    def action_first(self) -> None:
        if self._levels:
            self.cursor = 0
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        if self._levels:
            self.cursor = len(self._levels) - 1

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line < len(self._starts):
            self.cursor = self._token_at(event.x, line)

    def _token_at(self, column: int, line: int) -> int | None:
        """The token at a column of a line, the last one if the line is shorter; None for the text before all tokens."""
        owner = _LEAD
        for place in self._places(line):
            owner = self._owners[place]
            column -= self._widths[place]
            if column < 0:
                break
        return None if owner == _LEAD else owner


class Legend(TokenText, can_focus=False):
    """What the colours mean; nobody walks here."""

    def on_mount(self) -> None:
        edges = (1.0, *reversed(BOUNDS), 0.0)
        pieces = []
        for above, below in pairwise(edges):
            pieces += [Piece(f" {100 * below:.0f} - {100 * above:.0f} % ", below), Piece("\n", 1.0)]
        self.show(_("how sure the model was:") + "\n", pieces)

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
