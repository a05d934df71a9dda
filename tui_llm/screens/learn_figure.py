"""The Learn screen's figures: a drawing, its knobs, its caption. Imports Textual and `processes`; what it draws is
computed by the worker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.errors import UserError
from tui_llm.lessons.course.drawings import Drawing, received
from tui_llm.lessons.course.lesson import Figure
from tui_llm.processes import WorkerProcess
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.drawings import Look, draw

#: Seconds after which it is said that the worker is at work.
_PATIENCE = 0.3

#: Lines by which plots shrink and grow at most, to fill the page.
LESS, _MORE = 4, 12

Value = int | float | str


@dataclass
class Knob:
    """One knob in its place."""

    name: str
    label: str
    values: Sequence[Value]
    place: int

    @property
    def value(self) -> Value:
        return self.values[self.place]


def knobs_of(figure: Figure, told: Mapping[str, Any]) -> list[Knob]:
    """The knobs of a figure as they are at the start; `told`: their values and starts, by name."""
    return [
        Knob(name, figure.knobs[name], knob["values"], knob["values"].index(knob["start"]))
        for name, knob in told.items()
    ]


def knobs_line(knobs: Sequence[Knob], words: Mapping[str, str], cursor: int | None) -> Text:
    """The knobs side by side, that at `cursor` in hand. A knob is not broken where the line is."""
    line = Text()
    for place, knob in enumerate(knobs):
        values = [words[one] if isinstance(one, str) else f"{one:g}".replace("-", "−") for one in knob.values]
        value = f"< {values[knob.place]:^{max(map(len, values))}} >"
        line.append("   " if place else "").append(_unbroken(f"{knob.label} "), "bold" if place == cursor else "")
        line.append(_unbroken(value), "bold reverse" if place == cursor else "bold")
    return line


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


class Knobs(Static, can_focus=True):
    """The knobs of a figure, side by side; posts `Turned`."""

    HELP = N_(
        """## Knobs

**left** and **right** (or **-** and **+**) turn a knob, **up** and **down** choose another one. The figure answers."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "turn(-1)", _("less"), id="knobs.less"),
        Binding("right,plus", "turn(1)", _("more"), id="knobs.more"),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("home", "turn(-1000)", show=False),
        Binding("end", "turn(1000)", show=False),
    ]

    class Turned(Message):
        """A knob has another value."""

    def __init__(self, knobs: Sequence[Knob], words: Mapping[str, str]) -> None:
        super().__init__(markup=False)
        self.knobs = list(knobs)
        self.cursor = 0
        self._in_hand = False
        self._words = words
        self.display = bool(knobs)

    @property
    def values(self) -> dict[str, Value]:
        """The value of each knob."""
        return {knob.name: knob.value for knob in self.knobs}

    def on_mount(self) -> None:
        self._show()

    def on_focus(self) -> None:
        self._in_hand = True
        self._show()

    def on_blur(self) -> None:
        self._in_hand = False
        self._show()

    def _show(self) -> None:
        self.update(knobs_line(self.knobs, self._words, self.cursor if self._in_hand else None))

    def action_turn(self, by: int) -> None:
        knob = self.knobs[self.cursor]
        place = max(0, min(len(knob.values) - 1, knob.place + by))
        if place != knob.place:
            knob.place = place
            self._show()
            self.post_message(self.Turned())

    def action_choose(self, by: int) -> None:
        """Another knob; beyond the first and the last, the page scrolls."""
        if not 0 <= self.cursor + by < len(self.knobs):
            raise SkipAction
        self.cursor += by
        self._show()


class FigureView(Vertical):
    """A figure; `fetch` asks for it, and so does every turn of a knob."""

    def __init__(self, figure: Figure, knobs: Sequence[Knob], worker: WorkerProcess, where: Mapping[str, Any]) -> None:
        """`where`: what the worker is told beside the figure's name and its knobs' values."""
        super().__init__(classes="figure")
        self.knobs = Knobs(knobs, figure.words)
        self.settled = False
        """Whether it shows what its knobs say."""
        self._figure, self._worker, self._where = figure, worker, where
        self._drawings: list[Drawing] = []
        self._come = False
        """Whether what was asked for last is here."""
        self._lines = 0
        self._extra = 0
        self._drawing = Static(classes="drawing", markup=False)
        self._remark = Static(classes="remark", markup=False)

    def compose(self) -> ComposeResult:
        yield self._drawing
        yield self._remark
        yield Static(self._figure.caption, classes="caption", markup=False)
        yield self.knobs

    def on_mount(self) -> None:
        self._remark.display = False

    def fetch(self) -> None:
        """Ask for the drawing; one that was asked for before is not wanted any more."""
        self.settled = self._come = False
        self.run_worker(self._fetch(), exclusive=True)

    def on_knobs_turned(self) -> None:
        self.fetch()

    async def _fetch(self) -> None:
        waiting = self.set_timer(_PATIENCE, self._wait)
        try:
            done = await self._worker.result("figure", name=self._figure.name, values=self.knobs.values, **self._where)
        except UserError as error:
            self._come = True
            self._drawings = []
            self._draw()
            self._say(spoken(error), error=True)
        else:
            self._come = True
            self._drawings = received(done["drawings"])
            self._say("")
            self._draw()
        finally:
            waiting.stop()
        self.call_after_refresh(self.fit)

    def _wait(self) -> None:
        if not self._come:  # the timer may have rung just before it was stopped
            self._say(_("computing…"))

    def _say(self, text: str, *, error: bool = False) -> None:
        self._remark.set_class(error, "-error")
        self._remark.update(text)
        self._remark.display = bool(text)

    def on_resize(self) -> None:
        self._draw()
        self.call_after_refresh(self.fit)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def fit(self) -> None:
        """Have plots as high as the page has room for; it is settled once it stands there so."""
        page = self.parent
        if self._drawings and self._drawing.size.height != self._lines:
            return  # not laid out yet: its resize comes here again
        ends = [child.virtual_region_with_margin.bottom for child in page.children if child.display] if page else []
        if not isinstance(page, Widget) or not self._drawings or not ends:  # the page may be gone by now
            self.settled = self._come
            return
        lines, end = self._lines, max(ends)
        extra = max(-LESS, min(_MORE, self._extra + page.scrollable_content_region.height - end))
        if extra != self._extra:
            self._extra = extra
            self._draw()
        self.settled = self._come and self._lines == lines

    def _draw(self) -> None:
        width = self._drawing.content_size.width or self.content_size.width
        if width:
            lines = draw(self._drawings, width, look_of(self), extra=self._extra)
            self._lines = len(lines)
            self._drawing.update(Text("\n", no_wrap=True).join(lines))


def look_of(widget: Widget) -> Look:
    """How the app draws."""
    app = widget.app
    variables = app.theme_variables
    curves = tuple(_rich(variables.get(f"curve-{number}", "")) for number in range(1, 7))
    return Look(app.has_class("-ascii"), app.no_color, app.current_theme.dark, curves)


def _rich(name: str) -> str:
    """A theme's colour by a name that rich knows."""
    return name.removeprefix("ansi_")
