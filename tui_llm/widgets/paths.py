"""A line for a path, completed as a shell does it: tab takes what is certain, arrows choose. Imports Textual.

Folders are read in a thread: those on a network may be slow.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList

from tui_llm.translation import N_, _

#: Of a folder with very many files the first ones are offered.
MOST = 100


def completions(typed: str) -> list[str]:
    """What `typed` may go on to, as it would be typed; folders end with a separator. Nothing if it cannot be read.

    Hidden files are offered once their dot is typed. Upper and lower case differ only if that finds something.
    """
    head, tail = os.path.split(typed)
    if typed == "~":
        head, tail = "~", ""
    try:
        with os.scandir(Path(head).expanduser() if head else Path()) as entries:
            names = [
                entry.name + (os.sep if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(".") <= tail.startswith(".")
            ]
    except (OSError, RuntimeError, ValueError):  # no such folder, user, or file name
        return []
    found = [name for name in names if name.startswith(tail)]
    found = found or [name for name in names if name.casefold().startswith(tail.casefold())]
    return [os.path.join(head, name) for name in sorted(found, key=str.casefold)[:MOST]]  # noqa: PTH118 - ~ stays ~


def cleaned(typed: str) -> str:
    """A path as a person means it: without the quotes and backslashes of a file that was dropped on the terminal."""
    path = typed.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        return path[1:-1]
    if "\\ " in path and not os.path.lexists(path):
        return path.replace("\\ ", " ")
    return path


class PathInput(Vertical):
    """A line for a path, with a list of what it may go on to below it. Posts `Chosen` on enter."""

    DEFAULT_CSS = """
    PathInput { height: 1; }
    PathInput > Suggestions {
        display: none; overlay: screen; constrain: none inside;
        text-wrap: nowrap; text-overflow: ellipsis;
        width: 1fr; height: auto; max-height: 10; padding: 0; border: none; background: $panel; color: $foreground;
    }
    PathInput > Suggestions > .option-list--option-highlighted {
        background: $primary; color: $background; text-style: bold reverse;
    }
    """

    HELP = N_(
        """**A path**: a file, a folder, an archive, or a pattern such as `~/books/*.txt`.
**Tab** completes it, **down** and **up** choose among what is offered, **enter** takes it, **esc** leaves the line."""
    )

    @dataclass
    class Chosen(Message):
        """A path was entered. It may not exist."""

        path: str

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        yield PathLine(placeholder=self._placeholder, compact=True, select_on_focus=False)
        yield Suggestions(compact=True, markup=False)

    @property
    def line(self) -> PathLine:
        """Where it is typed."""
        return self.query_one(PathLine)

    @property
    def suggestions(self) -> Suggestions:
        """What is offered."""
        return self.query_one(Suggestions)

    def clear(self) -> None:
        """Empty the line."""
        self.line.value = ""
        self.suggestions.offer([])

    @on(Input.Changed)
    def _look_for_more(self, event: Input.Changed) -> None:
        event.stop()
        self.run_worker(self._suggest(event.value), exclusive=True)

    async def _suggest(self, typed: str) -> None:
        found = await asyncio.to_thread(completions, typed) if typed else []
        if self.line.has_focus and typed == self.line.value:
            self.suggestions.offer([] if found == [typed] else found)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        path = self.suggestions.chosen or event.value
        if self.suggestions.chosen and path.endswith(os.sep):  # there is more to choose in it
            self.line.go_on_to(path)
            return
        self.suggestions.offer([])
        if cleaned(path):
            self.post_message(self.Chosen(cleaned(path)))

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.line.go_on_to(str(event.option.prompt))
        self.line.focus()


class Suggestions(OptionList, can_focus=False):
    """What a path may go on to. The focus stays in the line."""

    def offer(self, paths: list[str]) -> None:
        """Show `paths`, none of them chosen."""
        self.set_options(paths)
        self.highlighted = None
        self.display = bool(paths)

    @property
    def chosen(self) -> str | None:
        """The one that the arrows went to."""
        option = self.highlighted_option if self.display else None
        return None if option is None else str(option.prompt)


class PathLine(Input):
    """The line itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", _("complete the path"), show=False, id="path.complete"),
        Binding("down", "move('down')", _("next suggestion"), show=False, id="path.next"),
        Binding("up", "move('up')", _("previous suggestion"), show=False, id="path.previous"),
        Binding("escape", "hide", show=False),
    ]

    @property
    def _suggestions(self) -> Suggestions:
        assert isinstance(self.parent, PathInput)
        return self.parent.suggestions

    def go_on_to(self, path: str) -> None:
        """Put `path` into the line, the cursor behind it."""
        self.value = path
        self.cursor_position = len(path)

    async def action_complete(self) -> None:
        """Take what is chosen or else certain; where nothing is, go to the first suggestion; or to the next widget."""
        chosen = self._suggestions.chosen
        if chosen is not None:
            self.go_on_to(chosen)
            return
        found = await asyncio.to_thread(completions, self.value) if self.value else []
        certain = os.path.commonprefix(found)  # noqa: RUF071 - of characters, as they are typed
        if len(certain) > len(self.value) or (len(found) == 1 and certain != self.value):
            self.go_on_to(certain)
        elif len(found) > 1:
            self._suggestions.offer(found)
            self._suggestions.action_cursor_down()
        else:
            self.screen.focus_next()

    async def action_move(self, where: str) -> None:
        """Go through the suggestions; in an empty line they are what is in this folder."""
        if not self._suggestions.display and where == "down":
            self._suggestions.offer(await asyncio.to_thread(completions, self.value))
        if not self._suggestions.display:
            raise SkipAction
        if where == "down":
            self._suggestions.action_cursor_down()
        else:
            self._suggestions.action_cursor_up()

    def action_hide(self) -> None:
        """Put the suggestions away; without them esc is somebody else's."""
        if not self._suggestions.display:
            raise SkipAction
        self._suggestions.offer([])

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        self._suggestions.offer([])
