"""What the Dataset screen asks: which files of a tree, what stories, which text of those prepared before.
Imports Textual; `text.corpora` in a thread.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, DataTable, DirectoryTree, Input, Label, Select, Static
from textual.widgets._directory_tree import DirEntry
from textual.widgets._tree import TreeNode

from tui_llm.figures import age, size
from tui_llm.screens.dataset_choice import shortened
from tui_llm.screens.dataset_found import LANGUAGES
from tui_llm.screens.dataset_known import KnownText, known_texts
from tui_llm.translation import N_, _, environment_language
from tui_llm.widgets.base import Dialog, type_into

_LARGEST = 1000.0
"""Megabytes of stories; more of the same does not teach more."""


@dataclass(frozen=True)
class Book:
    """Stories to be written."""

    language: str
    megabytes: float


class StoriesDialog(Dialog[Book]):
    """Asks for the language and the size of the stories to be written."""

    HELP = N_(
        """**Stories** are written by a grammar, not by a model: simple and correct. A few megabytes are enough for a
first model. They are kept in a file; the same ones are not written twice."""
    )

    def compose(self) -> ComposeResult:
        spoken = self.tui.settings.language or environment_language(os.environ)
        languages = [(_(LANGUAGES[code]), code) for code in ("es", "pt", "en")]
        with Vertical(classes="dialog"):
            yield Static(_("Have short stories written: simple texts that a small model learns well."))
            with Horizontal(classes="options"):
                yield Label(_("language"))
                yield Select(languages, value=spoken, allow_blank=False, compact=True, id="language")
            with Horizontal(classes="options"):
                yield Label(_("megabytes"))
                yield Input("5", type="number", compact=True, id="megabytes")
            yield Static("", classes="fault", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Write"), variant="primary", id="write")

    def on_mount(self) -> None:
        self.query_one("#megabytes").focus()

    @on(Button.Pressed)
    @on(Input.Submitted)
    def _take(self) -> None:
        try:
            megabytes = float(self.query_one("#megabytes", Input).value)
        except ValueError:
            megabytes = 0.0
        if 0.0 < megabytes <= _LARGEST:
            self.dismiss(Book(str(self.query_one("#language", Select).value), megabytes))
        else:
            told = _("give a size from above 0 to {largest} megabytes.").format(largest=f"{_LARGEST:g}")
            self.query_one(".fault", Static).update(told)


class TreeDialog(Dialog[list[str]]):
    """Files and folders to choose from. Answers with the paths that are chosen in the end, those of before included."""

    HELP = N_(
        """**Space** adds the file or the folder under the cursor, or takes it away; what is chosen has a `*`. **Enter**
opens a folder, or adds a file and closes. Of a folder, all that is text is read. Hidden files are not shown."""
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "go_up", _("folder above"), id="tree.up"),
    ]

    def __init__(self, chosen: Iterable[str], folder: Path) -> None:
        super().__init__()
        self._chosen = list(chosen)
        self._folder = folder

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="tree-dialog") as box:
            box.border_title = _("files and folders")
            box.border_subtitle = _("space adds  enter takes a file  backspace up  esc closes")
            yield FileTree(self._folder, self._chosen)

    def on_mount(self) -> None:
        tree = self.query_one(FileTree)
        if self.tui.charts == "ascii":
            tree.show_guides = False
        tree.focus()

    def action_leave(self) -> None:
        self.dismiss(self._chosen)

    def action_go_up(self) -> None:
        """Show the folder that holds this one."""
        tree = self.query_one(FileTree)
        tree.path = Path(tree.path).parent

    @on(DirectoryTree.FileSelected)
    def _take(self, event: DirectoryTree.FileSelected) -> None:
        if str(event.path) not in self._chosen:
            self._chosen.append(str(event.path))
        self.dismiss(self._chosen)


class FileTree(DirectoryTree):
    """Folders and files, hidden ones left out; those chosen have a mark."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "+ ", "- ", "  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", _("add or take away"), id="tree.choose"),
        Binding("right", "open", _("open the folder"), show=False, id="tree.open"),
        Binding("left", "shut", _("close the folder"), show=False, id="tree.shut"),
    ]

    def __init__(self, folder: Path, chosen: list[str]) -> None:
        super().__init__(folder)
        self._chosen = chosen

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        return [path for path in paths if not path.name.startswith(".")]

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        label = super().render_label(node, base_style, style)
        if node.data is not None and str(node.data.path) in self._chosen:
            label.append("  *", base_style + Style(bold=True))
        return label

    def action_choose(self) -> None:
        """Choose what the cursor is on, or take it away."""
        node = self.cursor_node
        if node is None or node.data is None:
            return
        path = str(node.data.path)
        if path in self._chosen:
            self._chosen.remove(path)
        else:
            self._chosen.append(path)
        node.refresh()

    def action_open(self) -> None:
        """Open the folder."""
        if self.cursor_node is not None and self.cursor_node.allow_expand:
            self.cursor_node.expand()

    def action_shut(self) -> None:
        """Close the folder, or go to the one that this is in."""
        node = self.cursor_node
        if node is not None and node.is_expanded:
            node.collapse()
        elif node is not None and node.parent is not None:
            self.move_cursor(node.parent)


class KnownDialog(Dialog[KnownText]):
    """The texts that were prepared before."""

    HELP = N_(
        """**Prepared texts**, the newest first; a text is listed once for each way in which it was cut into tokens.
Enter takes one: nothing is left to be done before the training, even if its files are gone."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", _("filter"), id="known.filter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: list[KnownText] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="known-dialog") as box:
            box.border_title = _("prepared texts")
            box.border_subtitle = _("enter takes one  / filters  esc closes")
            yield Input(placeholder=_("filter"), compact=True, id="filter")
            yield DataTable(id="known", cursor_type="row")
            yield Static(_("looking…"), id="none", markup=False)

    async def on_mount(self) -> None:
        table = self._table
        for name in (_("text"), _("tokenizer"), _("tokens"), _("size"), _("documents"), _("age")):
            table.add_column(name)
        table.focus()
        self.run_worker(self._look())

    async def _look(self) -> None:
        known, damaged = await asyncio.to_thread(known_texts)
        self._known = known
        told = "" if known else _("no text has been prepared yet.")
        if damaged:
            told = "\n".join([*filter(None, [told]), *damaged])
        self.query_one("#none", Static).update(told)
        self._show("")

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one("#known", DataTable)

    def _show(self, wanted: str) -> None:
        self._table.clear()
        now = time.time()
        for number, known in enumerate(self._known):
            if wanted.casefold() not in f"{known.name} {' '.join(known.choice.texts)}".casefold():
                continue
            prepared = known.prepared
            self._table.add_row(
                Text(shortened(known.name)),
                Text(f"{prepared.kind} {prepared.vocab_size:,}"),
                *(
                    Text(told, justify="right")
                    for told in (
                        f"{sum(prepared.tokens.values()):,}",
                        size(prepared.bytes),
                        f"{prepared.documents:,}",
                        age(now - known.made),
                    )
                ),
                key=str(number),
            )

    def action_filter(self) -> None:
        """Type what the name must hold."""
        type_into(self.query_one("#filter"))

    def action_leave(self) -> None:
        line = self.query_one("#filter", Input)
        if line.has_focus or line.value:
            line.value = ""
            self._table.focus()
        else:
            self.dismiss(None)

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        self._show(event.value.strip())

    @on(Input.Submitted, "#filter")
    def _filtered(self) -> None:
        self._table.focus()

    @on(DataTable.RowSelected)
    def _take(self, event: DataTable.RowSelected) -> None:
        self.dismiss(self._known[int(str(event.row_key.value))])
