"""The Inspect screen's attention: a text of the person's, and what each of its tokens looks at, head by head.
Imports Textual.
"""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from tui_llm.processes import Event, WorkerProcess
from tui_llm.screens.inspect_grid import GUTTER, AttentionGrid
from tui_llm.screens.inspect_view import ModelView, Place
from tui_llm.screens.inspect_words import flow, looks_at
from tui_llm.translation import N_, _

#: Tokens of a text that are shown at most, and at least, however narrow the window is.
_MOST, _FEWEST = 64, 8


class AttentionView(ModelView):
    """Layers, heads, and the map of one of them."""

    takes_text = True
    HELP: ClassVar[str] = N_(
        """## Attention

Write a text (**i**), and see which of the tokens before it each token looks at, in every head of every layer. Some
heads look at the token just before, some at the last space or line break, some at an earlier token like this one and
at what followed it."""
    )

    def __init__(self, worker: WorkerProcess, *, ascii_only: bool) -> None:
        super().__init__("attention", worker, ascii_only=ascii_only)
        self.text = ""
        self._layer = self._head = 0
        self._layers = self._heads = 0
        self._whole = True
        self._kept: dict[tuple[int, int], Event] = {}
        """The answers for this text and checkpoint, by layer and head."""
        self._caption = Static(id="head-caption", classes="caption", markup=False)
        self.grid = AttentionGrid(ascii_only=ascii_only)
        self._words = Static(id="looks-at", markup=False)

    def compose(self) -> ComposeResult:
        yield self.remark_line
        yield self._caption
        yield self.grid
        yield self._words

    def on_mount(self) -> None:
        super().on_mount()
        self.clear()

    @property
    def main(self) -> AttentionGrid:
        return self.grid

    def look_at(self, place: Place | None, *, again: bool) -> None:
        if place != self.place:
            self._kept.clear()
        super().look_at(place, again=again)

    def read(self, text: str) -> None:
        """Look at `text` from now on."""
        self.text = text
        self._kept.clear()
        self.fetch()

    def clear(self) -> None:
        self._layer = self._head = 0
        self.grid.show((), ())
        self._caption.update(_("i: write a text, and see what each of its tokens looks at."))
        self._words.update("")

    def fetch(self) -> None:
        known = self._kept.get((self._layer, self._head))
        if known is not None:
            self._take(known)
        elif self.text:
            limit = max(_FEWEST, min(_MOST, (self.grid.size.width or self.app.size.width) - GUTTER - 1))
            fields: dict[str, Any] = {"text": self.text, "limit": limit, "layer": self._layer, "head": self._head}
            self.ask("attention", self._take, **fields)

    def _take(self, done: Event) -> None:
        self._layer, self._head = done["layer"], done["head"]
        self._layers, self._heads, self._whole = done["layers"], done["heads"], done["whole"]
        self._kept[self._layer, self._head] = done
        self.grid.show(done["tokens"], done["weights"])
        self._tell()

    def on_attention_grid_wanted(self, message: AttentionGrid.Wanted) -> None:
        """Go on to another layer; or to another head, behind a layer's last one to the next layer's first."""
        if not self._heads:
            return
        number = self._layer * self._heads + self._head + message.heads + message.layers * self._heads
        if 0 <= number < self._layers * self._heads:
            self._layer, self._head = divmod(number, self._heads)
            self.fetch()

    def on_attention_grid_moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        layer = _("layer {number} of {count}").format(number=self._layer + 1, count=self._layers)
        head = _("head {number} of {count}").format(number=self._head + 1, count=self._heads)
        count = len(self.grid.tokens)
        cut = "" if self._whole else "   " + _("the first {count} tokens").format(count=count)
        self._caption.update(Text.assemble((f"{layer}, {head}", "bold"), "   ", self.grid.legend(), cut))
        row = self.grid.cursor
        if row < count:
            words = looks_at(self.grid.tokens, row, self.grid.weights[row], ascii_only=self.ascii_only)
            self._words.update(flow([Text(word) for word in words], self.size.width - 2))

    def on_resize(self) -> None:
        if self._heads:
            self._tell()
