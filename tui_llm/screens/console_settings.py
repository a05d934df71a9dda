"""The settings of one answer of the Console: how tokens are drawn, how many, what ends it. Imports Textual."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from tui_llm.errors import InputError, UserError
from tui_llm.screens.console_answer import Sampling
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.base import Dialog

#: Field, its name, one line of explanation.
_FIELDS = (
    ("temperature", N_("temperature"), N_("below 1 is careful, above 1 is daring")),
    ("top_k", N_("top-k"), N_("only the k likeliest tokens; 0: all")),
    ("top_p", N_("top-p"), N_("only the likeliest that reach p; 1: all")),
    ("repetition_penalty", N_("repetition penalty"), N_("above 1 avoids what was there already")),
    ("max_new_tokens", N_("length"), N_("tokens to write at most")),
    ("seed", N_("seed"), N_("empty: another one each time")),
    ("stop", N_("stop text"), N_("ends the answer; \\n is a line break")),
)

_WHOLE = {"top_k", "max_new_tokens", "seed"}


class SamplingDialog(Dialog[Sampling | None]):
    """Asks for the settings; what cannot be is told as it is typed."""

    CSS_PATH = "console_settings.tcss"
    HELP = N_(
        """## Settings of an answer

**temperature** divides what the model says before a token is drawn: low is careful, high is daring. **top-k** and
**top-p** leave unlikely tokens out. With the same **seed** and settings, the same prompt gives the same answer."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, sampling: Sampling) -> None:
        super().__init__()
        self._title, self._sampling = title, sampling

    def compose(self) -> ComposeResult:
        with Vertical(id="sampling") as box:
            box.border_title = self._title
            box.border_subtitle = _("enter takes them, esc goes back")
            for field, name, explanation in _FIELDS:
                with Horizontal():
                    yield Label(_(name), classes="name", markup=False)
                    yield Input(_written(self._sampling, field), id=field, compact=True, select_on_focus=True)
                    yield Static(_(explanation), classes="explanation", markup=False)
            yield Static(id="fault", markup=False)

    def on_input_changed(self) -> None:
        self._read()

    def on_input_submitted(self) -> None:
        sampling = self._read()
        if sampling is not None:
            self.dismiss(sampling)

    def _read(self) -> Sampling | None:
        """What the fields say; if it cannot be, say why and give None."""
        fault = self.query_one("#fault", Static)
        try:
            sampling = read_sampling({field: self.query_one(f"#{field}", Input).value for field, _n, _e in _FIELDS})
        except UserError as error:
            fault.update(spoken(error))
            return None
        fault.update("")
        return sampling


def read_sampling(typed: dict[str, str]) -> Sampling:
    """The settings that were typed; a comma is a decimal point, too.

    Raises:
        InputError: one of them cannot be.
    """
    values: dict[str, object] = {"stop": typed["stop"].replace("\\n", "\n")}
    for field, name, _explanation in _FIELDS[:-1]:
        text = typed[field].strip().replace(",", ".")
        try:
            values[field] = None if field == "seed" and not text else int(text) if field in _WHOLE else float(text)
        except ValueError as error:
            hint = _("write a whole number.") if field in _WHOLE else _("write a number, such as 0.8.")
            raise InputError(_("{name}: {text} is no number.").format(name=_(name), text=text or '""'), hint) from error
    return Sampling(**values)  # type: ignore[arg-type]


def _written(sampling: Sampling, field: str) -> str:
    value = getattr(sampling, field)
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value).replace("\n", "\\n")
