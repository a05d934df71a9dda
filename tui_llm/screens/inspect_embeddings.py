"""The Inspect screen's embeddings: the tokens as points, and those that the model holds for alike. Imports Textual."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from tui_llm.processes import Event, WorkerProcess
from tui_llm.screens.inspect_plane import PlaneMap
from tui_llm.screens.inspect_view import ModelView
from tui_llm.screens.inspect_words import flow, visible
from tui_llm.translation import N_, _

#: Neighbours that are asked for.
_COUNT = 20


class EmbeddingsView(ModelView):
    """The map, and the neighbours of the token in hand."""

    takes_text = True
    HELP: ClassVar[str] = N_(
        """## Embeddings

Each token is a row of numbers at the model's entrance, and training moves rows of tokens that are used alike towards
each other: vowels, digits, names. **i** finds a character or word; its neighbours are told by the cosine of the angle
between the rows, 1 for the same direction, 0 for nothing in common."""
    )

    def __init__(self, worker: WorkerProcess, *, ascii_only: bool) -> None:
        super().__init__("embeddings", worker, ascii_only=ascii_only)
        self.map = PlaneMap(ascii_only=ascii_only)
        self._near = Static(id="neighbours", markup=False)
        self._told: Event | None = None

    def compose(self) -> ComposeResult:
        yield self.remark_line
        with Container(classes="both"):
            yield self.map
            yield self._near

    @property
    def main(self) -> PlaneMap:
        return self.map

    def clear(self) -> None:
        self.map.chosen = None
        self.map.show((), (), ())
        self._told = None
        self._tell()

    def fetch(self) -> None:
        self.ask("plane", self._take_points)

    def read(self, text: str) -> None:
        """Find the token that `text` is, or begins with."""
        self.ask("neighbours", self._take_neighbours, text=text, count=_COUNT)

    def _take_points(self, done: Event) -> None:
        self.map.show(done["tokens"], done["labels"], [(x or 0.0, y or 0.0) for x, y in done["points"]])
        self.on_plane_map_moved()

    def on_plane_map_moved(self) -> None:
        """Ask for the neighbours of the token in hand."""
        if self.map.chosen is not None:
            self.ask("neighbours", self._take_neighbours, token=self.map.chosen, count=_COUNT)

    def _take_neighbours(self, done: Event) -> None:
        if done["token"] != self.map.chosen:
            self.map.choose(done["token"])
        if not done["is_all"]:
            first = visible(done["label"], ascii_only=self.ascii_only)
            self.remark(_("that is more than one token; {token} is its first.").format(token=first))
        self.map.mark([one["token"] for one in done["neighbours"]])
        self._told = done
        self._tell()

    def _tell(self) -> None:
        """List the neighbours, a line each where there is room."""
        if self._told is None:
            self._near.update("")
            return
        parts = [Text(visible(self._told["label"], ascii_only=self.ascii_only), "bold reverse")]
        for one in self._told["neighbours"]:
            cosine = "-" if one["cosine"] is None else f"{one['cosine']:.2f}"
            parts.append(
                Text.assemble((visible(one["label"], ascii_only=self.ascii_only), "bold"), " ", (cosine, "dim"))
            )
        wide = self.screen.has_class("-wide")
        self._near.update(Text("\n").join(parts) if wide else flow(parts, self.size.width - 2, "   "))

    def on_resize(self) -> None:
        self._tell()
