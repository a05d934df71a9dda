"""What every screen of the app is made from: its frame, polling that rests while it is out of sight, keys that say why
they are off, and help. Imports Textual, the errors and the app's own services.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, Static

from tui_llm.translation import _

if TYPE_CHECKING:
    from tui_llm.app import TuiApp

Answer = TypeVar("Answer")


#: From so many columns on, there is room for more.
ROOMY = 100

#: The names of other screens are not cut to fewer letters than these.
_FEWEST_LETTERS = 3


class KeysSayWhy:
    """For a screen: an action that cannot be done now is dim in the footer, and its key tells why.

    Override `why_not`. Call `refresh_bindings()` when its answers may have changed.
    """

    def why_not(self, action: str) -> str | None:  # noqa: ARG002 - for those who override it
        """Why `action` (without `action_`) cannot be done now, in a sentence for people; None if it can."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return None if self.why_not(action) else True


def type_into(field: Widget) -> None:
    """Give a field the focus at once. `focus()` waits its turn, and what is typed meanwhile would be taken for keys."""
    field.screen.set_focus(field)


class AppScreen(KeysSayWhy, Screen[None]):
    """One of the screens that the number keys go to.

    A subclass gives `TITLE` (translated), `HELP` (Markdown, translated where it is shown), `body()`, and bindings that
    each have an `id` of the form `screen.action`.
    """

    HELP: ClassVar[str | None] = None
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self._polls: list[Timer] = []

    @property
    def tui(self) -> TuiApp:
        """The app, with its own type."""
        return cast("TuiApp", self.app)

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield from self.body()
        yield Footer(compact=True, show_command_palette=False)

    def on_resize(self) -> None:
        """Where there is room, the footer also tells of the palette."""
        self.query_one(Footer).show_command_palette = self.size.width >= ROOMY

    def body(self) -> Iterable[Widget]:
        """The widgets between the title line and the footer."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """What the title line says after the screen's name: a run, a count."""
        return ""

    def refresh_title(self) -> None:
        """Show a changed `subtitle`."""
        self.query_one(TitleLine).show_title()

    def poll_every(self, seconds: float, look: Callable[[], object]) -> Timer:
        """Call `look` now and then, but only while this screen is in sight, and at once when it comes back."""
        timer = self.set_interval(seconds, look, pause=not self.is_current)
        self._polls.append(timer)
        return timer

    def on_screen_resume(self) -> None:
        for timer in self._polls:
            timer.resume()
        self.look()

    def on_screen_suspend(self) -> None:
        for timer in self._polls:
            timer.pause()

    def look(self) -> None:
        """Called each time the screen comes into sight: the place to fetch what may have changed."""


class TitleLine(Static):
    """The line at the top: the program, the screens by number, which one this is, and of what it tells."""

    DEFAULT_CSS = """
    TitleLine {
        height: 1;
        dock: top;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def on_mount(self) -> None:
        self.show_title()

    def on_resize(self) -> None:
        self.show_title()

    def show_title(self) -> None:
        from rich.text import Text

        screen = cast(AppScreen, self.screen)
        subtitle, here = screen.subtitle(), screen.tui.current_mode
        names, between = _names(screen.tui.screen_titles, here, self.content_size.width - len(subtitle))
        line = Text(no_wrap=True, overflow="ellipsis")
        for name, shown in names.items():
            if name == here or self.size.width >= 60:
                line.append(shown, style="bold reverse" if name == here else "")
                line.append(between)
        line.append(" " * (2 - len(between)))
        if subtitle:
            line.append(subtitle, style="bold")
        self.update(line)


def _names(titles: Mapping[str, str], here: str, width: int) -> tuple[dict[str, str], str]:
    """The screens' names with their numbers, and what stands between them: those of other screens than `here` are cut
    if that must be so that all fit into `width`.
    """
    letters = max(map(len, titles.values()))
    for between in ("  ", " "):
        if sum(len(f"{number} {title}{between}") for number, title in enumerate(titles.values(), 1)) < width:
            break
    else:
        others = [title for name, title in titles.items() if name != here]
        room = width - 1 - len(titles.get(here, "")) - sum(len(f"{number}  ") for number in range(1, len(titles) + 1))
        while letters > _FEWEST_LETTERS and sum(min(len(title), letters) for title in others) > room:
            letters -= 1
    return {
        name: f"{number} {title if name == here else title[:letters]}"
        for number, (name, title) in enumerate(titles.items(), 1)
    }, between


class Dialog(KeysSayWhy, ModalScreen[Answer], Generic[Answer]):
    """A question in front of a screen; esc leaves it without an answer (`None`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("back"), id="dialog.leave"),
        Binding("j", "app.vim('down')", show=False, id="dialog.down"),
        Binding("k", "app.vim('up')", show=False, id="dialog.up"),
        Binding("h", "app.vim('left')", show=False, id="dialog.left"),
        Binding("l", "app.vim('right')", show=False, id="dialog.right"),
    ]

    @property
    def tui(self) -> TuiApp:
        """The app, with its own type."""
        return cast("TuiApp", self.app)

    def action_leave(self) -> None:
        self.dismiss(None)


STATE_STYLES = {
    "running": "$success",
    "preparing": "$accent",
    "queued": "$accent",
    "paused": "$warning",
    "stopping": "$warning",
    "failed": "$error",
    "crashed": "$error",
    "damaged": "$error",
}
