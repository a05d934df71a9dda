"""The tokens that could have come at a place of an answer, with their probabilities, to go on from. Imports Textual."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_llm.screens.console_answer import Alternative, Token, quoted, surprise
from tui_llm.translation import N_, _
from tui_llm.widgets.tokens import Legend

#: Cells of the longest bar.
_BAR = 12

#: As many as the worker tells of.
MOST = 5


class _List(OptionList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", _("go on from there"), id="console.continue"),
        *(
            Binding(str(number), f"take({number - 1})", show=False, id=f"console.continue.{number}")
            for number in range(1, MOST + 1)
        ),
    ]

    def action_take(self, number: int) -> None:
        """Choose a line by its number."""
        if number < self.option_count:
            self.highlighted = number
            self.action_select()


class Alternatives(Vertical):
    """The token under the cursor, and what the model found likeliest in its place."""

    HELP = N_(
        """## Other tokens

What the model found likeliest at this place, before temperature and cuts. **enter**, a **number** or a **click** takes
one: what stands before is kept as it is, and the answer goes on from there. **esc** goes back to the answer."""
    )

    class Taken(Message):
        """One was chosen to go on from."""

        def __init__(self, alternative: Alternative) -> None:
            super().__init__()
            self.alternative = alternative

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__(id="alternatives")
        self._full, self._dot = ("#", ".") if ascii_only else ("█", "─")
        self._mark = ">" if ascii_only else "▸"
        self._token: Token | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="token", markup=False)
        yield _List(compact=True, markup=False)
        yield Legend(ascii_only=self._mark == ">")

    def show(self, token: Token, number: int, *, ending: bool) -> None:
        """Tell of `token`, the answer's `number`th; `ending` if it ends the text."""
        self._token = token
        text = _("end of text") if ending else quoted(token.text) if token.text else _("part of a character")
        told = _("token {number}: {text}   {probability}   {bits} bits").format(
            number=number, text=text, probability=_percent(token.probability), bits=f"{surprise(token.probability):.2f}"
        )
        self.query_one("#token", Static).update(told)
        listed = self.query_one(_List)
        listed.set_options([Option(self._line(rank, one, token)) for rank, one in enumerate(token.alternatives, 1)])
        if token.alternatives:
            listed.highlighted = 0
        else:
            listed.add_option(Option(Text(_("the other tokens of this place were not kept."), "dim"), disabled=True))

    def focus_list(self) -> None:
        """Have the keys choose among them."""
        self.query_one(_List).focus()

    def _line(self, rank: int, one: Alternative, token: Token) -> Table:
        filled = round(_BAR * one.probability)
        line = Table.grid(padding=(0, 1), expand=True)
        for _column in range(3):
            line.add_column(no_wrap=True)
        line.add_column(no_wrap=True, ratio=1, overflow="ellipsis")
        written = one.token == token.token
        text = _("end of text") if one.ends_text else quoted(one.text)
        line.add_row(
            f"{self._mark if written else ' '}{rank}",
            Text(self._full * filled + self._dot * (_BAR - filled)),
            f"{_percent(one.probability):>7}",
            Text(text, "bold" if written else "", no_wrap=True, overflow="ellipsis"),
        )
        return line

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._token is not None:
            self.post_message(self.Taken(self._token.alternatives[event.option_index]))


def _percent(probability: float) -> str:
    return f"{100 * probability:.1f} %" if probability >= 0.0005 or not probability else f"{100 * probability:.2g} %"
