"""How the text is cut into tokens, in colours, and the choice of the tokenizer. Imports Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Select, Static

from tui_llm.errors import UserError
from tui_llm.figures import size
from tui_llm.screens.dataset_choice import KINDS, Choice
from tui_llm.translation import N_, _, sentence

_NAMES = {
    "auto": N_("as suits the text"),
    "char": N_("characters"),
    "sentencepiece": "SentencePiece BPE",
    "bpe": N_("byte-level BPE"),
}

#: The colours of neighbouring tokens, in turn, and how much of them is in the background, in percent: with less, some
#: are the same in 256 colours.
TINTS, TINT = ("curve-1", "curve-2", "curve-3", "curve-4"), 45


class TokensPane(Vertical):
    """The tokenizer, what it costs, and a passage as it cuts it."""

    HELP = N_(
        """**Tokens** are the pieces that the model reads and writes: characters, or parts of words that occur often
(SentencePiece BPE, byte-level BPE). The passage below shows where your text is cut, by a tokenizer trained on its
beginning. The more characters a token takes, the more text the model sees at once; the larger the vocabulary, the more
of its parameters go into it. An empty **vocabulary** leaves the size to the text."""
    )

    class Changed(Message):
        """Another tokenizer, or size of its vocabulary: as the form says when this is heard of."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="options"):
            yield Label(_("tokenizer"))
            yield Select([(_(_NAMES[kind]), kind) for kind in KINDS], allow_blank=False, compact=True, id="tokenizer")
            yield Label(_("vocabulary"))
            yield Input(placeholder=_("from the text"), type="integer", max_length=7, compact=True, id="vocabulary")
        yield Static(id="costs", markup=False)
        with VerticalScroll(id="cut-scroll"):
            yield Static(id="cut", markup=False)

    def on_mount(self) -> None:
        self.border_title = _("tokens")

    def show_choice(self, choice: Choice) -> None:
        """Put `choice` into the form, without a message."""
        with self.prevent(Select.Changed, Input.Changed):
            self.query_one("#tokenizer", Select).value = choice.tokenizer
            self.query_one("#vocabulary", Input).value = str(choice.vocab_size or "")

    @on(Select.Changed)
    @on(Input.Changed)
    def _tell(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    def chosen(self, choice: Choice) -> Choice:
        """`choice` with what the form says."""
        typed = self.query_one("#vocabulary", Input).value
        wanted = int(typed) if typed.isdecimal() else 0
        return replace(choice, tokenizer=str(self.query_one("#tokenizer", Select).value), vocab_size=wanted or None)

    def show_cut(self, kind: str, cut: dict[str, Any]) -> None:
        """Show what the worker answered to "cut" for a tokenizer of `kind`."""
        told = _("{tokenizer}: {vocabulary} tokens; a token takes {characters} characters, {bytes} bytes").format(
            tokenizer=_(_NAMES[kind]),
            vocabulary=f"{cut['vocab_size']:,}",
            characters=f"{cut['characters_per_token']:.2f}",
            bytes=f"{cut['bytes_per_token']:.2f}",
        )
        if not cut["whole"]:
            learnt = _("(learnt from the first {size})").format(size=size(cut["trained_on"]))
            told = f"{told} {learnt}"
        self._show(told, coloured(cut["tokens"], ascii_only=self._ascii, separated=self._colourless))

    def show_fault(self, error: UserError) -> None:
        """Say in place why the text cannot be cut so."""
        said = Content.assemble((f"{_('error')}: {sentence(error.what)}\n", "bold $text-error"), sentence(error.hint))
        self._show("", said)

    def show_waiting(self, told: str) -> None:
        """Say that the passage is being cut, or why it is not; the passage before it stays until another comes."""
        self.query_one("#costs", Static).update(told)

    def clear(self) -> None:
        """Show nothing."""
        self._show("", Content())

    def _show(self, costs: str, passage: Content) -> None:
        self.query_one("#costs", Static).update(costs)
        self.query_one("#cut", Static).update(passage)

    @property
    def _ascii(self) -> bool:
        return self.app.has_class("-ascii")

    @property
    def _colourless(self) -> bool:
        """Whether neighbours cannot be told apart by a background: without colours, or with the terminal's few."""
        few = self.app.theme == "ansi" or self.app.console.color_system in (None, "standard")
        return few or self.app.has_class("-monochrome")


def coloured(tokens: Sequence[str], *, ascii_only: bool, separated: bool) -> Content:
    """The tokens one after the other, on backgrounds in turn, or `separated` by a line; line breaks are seen."""
    return Content.assemble(*_parts(tokens, ascii_only=ascii_only, separated=separated))


def _parts(tokens: Sequence[str], *, ascii_only: bool, separated: bool) -> Iterator[str | tuple[str, str]]:
    line, end = ("|", "\\n") if ascii_only else ("│", "⏎")
    for number, token in enumerate(tokens):
        text = token.replace("⟨", "<").replace("⟩", ">") if ascii_only else token
        # A line break is shown and made; a tab would be as wide as its place asks.
        text = text.replace("\n", f"{end}\n").replace("\t", "\\t")
        if separated:
            yield text
            if not text.endswith("\n"):
                yield line, "dim"
        else:
            yield text, f"on ${TINTS[number % len(TINTS)]} {TINT}%"


def kind_name(kind: str) -> str:
    """What a tokenizer is called."""
    return _(_NAMES[kind])
