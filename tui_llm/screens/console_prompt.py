"""Where the prompt of the Console is written, and what is said of its characters. Imports Textual and `text`."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui_llm.text.tokenizers import load_tokenizer
from tui_llm.translation import N_, _


class PromptArea(TextArea):
    """A text of some lines; enter sends it. Beyond its first and last line lie the prompts that were sent before."""

    HELP = N_(
        """## The prompt

The model goes on from this text; with none, it begins a new one. **enter** generates, **ctrl+j** begins a new line,
**up** and **down** fetch earlier prompts, **esc** leaves it, so that the keys are commands again."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", _("generate"), priority=True, id="console.submit"),
        Binding("ctrl+j,shift+enter,alt+enter", "new_line", _("new line"), priority=True, id="console.newline"),
    ]

    class Submitted(Message):
        """Enter was pressed."""

    class Recalled(Message):
        """An earlier (-1) or later (1) prompt is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def action_new_line(self) -> None:
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        if self.cursor_at_first_line and not select:
            self.post_message(self.Recalled(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.cursor_at_last_line and not select:
            self.post_message(self.Recalled(1))
        else:
            super().action_cursor_down(select)

    async def _on_paste(self, event: events.Paste) -> None:
        """Pasted control characters would be drawn as they are."""
        event.prevent_default()  # Textual calls the base class's handler, too
        text = "".join(one for one in event.text if one in "\n\t" or unicodedata.category(one) != "Cc")
        await super()._on_paste(events.Paste(text))


def strange_characters(tokenizer_path: Path, prompt: str) -> list[str]:
    """The characters of `prompt` that the vocabulary does not have: the model sees them as bytes, and never saw them.

    Raises:
        InputError: the tokenizer is missing or damaged.
        OSError: it cannot be read.
    """
    tokenizer = load_tokenizer(tokenizer_path)
    if tokenizer.kind == "bpe":  # cuts every text into bytes first, and has learnt which belong together
        return []
    known: dict[bytes, int] = {}
    for text in tokenizer.token_bytes:
        known[text] = known.get(text, 0) + 1
    # Each byte has a token of its own, so a character that is one byte long is known if that byte has two.
    return [
        one
        for one in sorted(set(prompt))
        if not one.isspace() and known.get(one.encode("utf-8", "replace"), 0) < 1 + one.isascii()
    ]
