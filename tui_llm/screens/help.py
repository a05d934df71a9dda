"""Help for the place where one is: what the focused part does, and every key that works there. Imports Textual."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Markdown, Static

from tui_llm.translation import N_, _
from tui_llm.widgets.base import Dialog
from tui_llm.widgets.palette import is_ours

Key = tuple[str, str, str]
"""A key as it is shown, what it does, and the id by which the keymap changes it."""

#: The keys that are the same everywhere.
MOVING = N_(
    """Arrows or **h j k l** move, **tab** goes to the next part, **enter** chooses, **esc** goes back.
**ctrl+p** finds every action by its name."""
)


class HelpScreen(Dialog[None]):
    """The help of the screen that was in front, with its keys."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "leave", show=False, id="help.close"),
    ]

    def __init__(self, asker: Screen[object]) -> None:
        super().__init__()
        self._texts = help_texts(asker)
        self._keys = keys_of(asker)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as scroll:
            scroll.border_title = _("Help")
            scroll.border_subtitle = _("esc closes")
            for text in self._texts:
                yield Markdown(_(text))
            yield Markdown(_(MOVING))
            yield Static(self._table())

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, show_edge=False, expand=True)
        table.add_column(_("key"), style="bold", no_wrap=True)
        table.add_column(_("what it does"))
        table.add_column(_("name in the keymap"), style="dim")
        for key, text, identity in self._keys:
            table.add_row(key, text, identity)
        return table


def help_texts(asker: Screen[object]) -> list[str]:
    """The HELP of the focused widget, of what holds it, and of the screen, each once."""
    focused: DOMNode = asker.focused or asker
    return [text for node in focused.ancestors_with_self if (text := getattr(node, "HELP", None))]


def keys_of(asker: Screen[object]) -> list[Key]:
    """The keys that work in `asker` now, one line for each thing done."""
    lines: dict[str, tuple[list[str], str, str]] = {}
    for bound in asker.active_bindings.values():
        binding = bound.binding
        if not is_ours(binding):
            continue
        keys, _text, _id = lines.setdefault(binding.action, ([], binding.description, binding.id or ""))
        keys.append(asker.app.get_key_display(binding))
    return [(", ".join(keys), text, identity) for keys, text, identity in lines.values()]
