"""What the Dataset screen is doing, how far it is, what went wrong, and what is ready. Imports Textual."""

from __future__ import annotations

import time

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Static

from tui_llm.errors import UserError
from tui_llm.figures import count, duration
from tui_llm.screens.dataset_choice import Prepared
from tui_llm.screens.dataset_tokens import kind_name
from tui_llm.translation import N_, _, sentence

#: What the worker does, stage by stage.
STAGES = {
    "reading": N_("reading the text"),
    "tokenizer": N_("training the tokenizer"),
    "encoding": N_("cutting into tokens"),
    "writing": N_("writing stories"),
}
PREPARATION = ("reading", "tokenizer", "encoding")

_BAR = 24


class WorkLine(Vertical):
    """Progress, a fault, or what is ready: a few lines at the foot of the screen, none when there is nothing to say."""

    def compose(self) -> ComposeResult:
        yield Static(id="told", markup=False)
        yield Button(_("go on: configure a model"), variant="success", compact=True, id="onward")

    def on_mount(self) -> None:
        self._stages: tuple[str, ...] = ()
        self._stage, self._share, self._begun = "", 0.0, 0.0
        self._clock: Timer = self.set_interval(1.0, self._draw, pause=True)
        self.rest()

    @property
    def stage(self) -> str:
        """What is being done."""
        return self._stage

    def begin(self, stages: tuple[str, ...]) -> None:
        """Show a bar for each of `stages`, the first of which begins now."""
        self._stages, self._stage, self._share, self._begun = stages, stages[0], 0.0, time.monotonic()
        self.display = True
        self.query_one(Button).display = False
        self._clock.resume()
        self._draw()

    def advance(self, stage: str, share: float) -> None:
        """So much of `stage` is done, 0 to 1."""
        if stage in self._stages:
            self._stage, self._share = stage, share
            self._draw()

    def fail(self, error: UserError) -> None:
        """Show what went wrong."""
        self._tell(
            Content.assemble((f"{_('error')}: {sentence(error.what)}\n", "bold $text-error"), sentence(error.hint))
        )

    def say(self, told: str) -> None:
        """Show a sentence."""
        self._tell(Content(told))

    def finish(self, prepared: Prepared) -> None:
        """Show what is ready, and the way on."""
        told = _("prepared: {train} training tokens, {val} val, {test} test; {tokenizer}, {vocabulary} tokens").format(
            **{split: f"{number:,}" for split, number in prepared.tokens.items()},
            tokenizer=kind_name(prepared.kind),
            vocabulary=count(prepared.vocab_size) if prepared.vocab_size > 99_999 else f"{prepared.vocab_size:,}",
        )
        self._tell(Content.styled(told, "$text-success"))
        self.query_one(Button).display = True

    def rest(self) -> None:
        """Show nothing."""
        self._tell(Content())
        self.display = False

    def _tell(self, told: Content) -> None:
        self._clock.pause()
        self._stages, self._stage = (), ""
        self.display = True
        self.query_one(Button).display = False
        self.query_one("#told", Static).update(told)

    def _draw(self) -> None:
        if not self._stages:
            return
        now = self._stages.index(self._stage)
        names = [_(STAGES[stage]) for stage in self._stages]
        width = max(map(cell_len, names))
        lines = []
        for number, name in enumerate(names):
            share = 1.0 if number < now else self._share if number == now else 0.0
            aside = ""
            if number == now:
                seconds = duration(time.monotonic() - self._begun)
                aside = _("{time}  esc cancels").format(time=seconds)
            padded = name + " " * (width - cell_len(name))
            lines.append(f"{padded}  {self._bar(share)} {share:4.0%}  {aside}".rstrip())
        self.query_one("#told", Static).update("\n".join(lines))

    def _bar(self, share: float) -> str:
        done = round(share * _BAR)
        full, empty = ("#", "-") if self.app.has_class("-ascii") else ("█", "░")
        return full * done + empty * (_BAR - done)
