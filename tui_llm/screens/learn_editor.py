"""A file in a window of the Learn screen: to be edited, or only read. Imports Textual."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, TextArea

from tui_llm.files import write_atomically
from tui_llm.translation import N_, _
from tui_llm.widgets.base import Dialog


class FileDialog(Dialog[bool]):
    """A file; esc saves it and goes back, ctrl+s saves it and asks for its check (the answer is then True)."""

    HELP = N_(
        """## The editor

**esc** saves and goes back, **ctrl+s** saves and checks, **ctrl+z** takes back. Nothing is lost."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "finish(False)", _("back"), priority=True, id="editor.leave"),
        Binding("ctrl+s", "finish(True)", _("save and check"), priority=True, id="editor.check"),
    ]

    def __init__(self, path: Path, text: str, *, read_only: bool = False) -> None:
        super().__init__()
        self._path, self._text, self._read_only = path, text, read_only

    def compose(self) -> ComposeResult:
        with Vertical(classes="file") as frame:
            frame.border_title = str(self._path.name)
            yield TextArea.code_editor(
                self._text, language=None, read_only=self._read_only, soft_wrap=False, theme="css", id="file-text"
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        if not self._read_only:  # behind the task, where the code begins
            lines = self._text.split("\n")
            first = next((place for place, line in enumerate(lines) if line and not line.startswith("#")), 0)
            area.move_cursor((first, 0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "finish" and self._read_only and parameters == (True,):
            return False
        return super().check_action(action, parameters)

    async def action_finish(self, check: bool) -> None:
        """Save what was changed, and leave."""
        text = self.query_one(TextArea).text
        if not self._read_only and text != self._text:
            try:
                await asyncio.to_thread(write_atomically, self._path, text)
            except OSError as error:
                self.tui.tell(error, _("writing the exercise"))
                return
        self.dismiss(check)
