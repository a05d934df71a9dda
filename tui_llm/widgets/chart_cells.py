"""What a chart is drawn on: cells of which only those that changed are sent to the terminal. Imports Textual, and
textual-plot's canvas, which loads numpy: import this module with the chart.
"""

from __future__ import annotations

from rich.segment import Segment
from textual._box_drawing import BOX_CHARACTERS
from textual.geometry import Region
from textual.strip import Strip
from textual_hires_canvas import Canvas


def _thin_boxes() -> dict[int, str]:
    """textual-plot frames with heavy lines: for each the same in thin ones."""
    thin = {}
    for (top, right, bottom, left), box in BOX_CHARACTERS.items():
        if 2 in (top, right, bottom, left):
            thin[ord(box)] = BOX_CHARACTERS[min(top, 1), min(right, 1), min(bottom, 1), min(left, 1)]
    return thin


def _ascii() -> dict[int, str]:
    """Every character a chart is drawn with, in ASCII: a cell's upper half, its lower half, or both."""
    table = {}
    for box in BOX_CHARACTERS.values():
        table[ord(box)] = "+"
    for across in "─━╴╶╸╺":
        table[ord(across)] = "-"
    for up in "│┃╵╷╹╻":
        table[ord(up)] = "|"
    for dots in range(1, 256):
        upper, lower = dots & 0b00011011, dots & 0b11100100
        table[0x2800 + dots] = ":" if upper and lower else "'" if upper else "."
    table[ord(" ")] = " "
    return table


_THIN, _ASCII = _thin_boxes(), _ascii()


class Cells(Canvas):  # type: ignore[misc]
    """A canvas that tells the screen only of the cells that changed."""

    DEFAULT_CSS = "Cells { width: 1fr; height: 1fr; }"

    def __init__(self, identity: str, ascii_only: bool) -> None:
        super().__init__(1, 1, id=identity)
        self._characters = _ASCII if ascii_only else _THIN
        self._before: tuple[list[list[str]], list[list[str]]] | None = None

    def hold(self) -> None:
        """What is drawn from now on is not told, until `release`."""
        self._before = self._buffer, self._styles
        self._refreshes_pending += 1

    def release(self) -> None:
        """Tell of the cells that are not as they were at `hold`; the canvas was reset in between."""
        self._refreshes_pending -= 1
        before, self._before = self._before, None
        if before is None or len(before[0]) != len(self._buffer):
            self.refresh()
            return
        changed = [
            Region(first, y, last - first + 1, 1)
            for y, rows in enumerate(zip(before[0], before[1], self._buffer, self._styles, strict=True))
            if (extent := _extent(*rows)) is not None
            for first, last in [extent]
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        style = self.rich_style
        # Textual's filter for NO_COLOR wants a style on every part.
        parts = [
            Segment(part.text.translate(self._characters), part.style or style)
            for part in super().render_line(y)
            if part.text
        ]
        return Strip(parts) if parts else Strip.blank(self.size.width, style)


def _extent(old: list[str], old_styles: list[str], new: list[str], new_styles: list[str]) -> tuple[int, int] | None:
    """The first and the last cell of a row that are not as they were."""
    if old == new and old_styles == new_styles:
        return None
    if len(old) != len(new):
        return 0, len(new) - 1
    changed = [
        x
        for x, cells in enumerate(zip(old, new, old_styles, new_styles, strict=True))
        if cells[0] != cells[1] or cells[2] != cells[3]
    ]
    return changed[0], changed[-1]
