"""The terminal face: the Textual app with its screens, palette, themes, keys, and a clean end. Never imports torch.

The app owns no training. It starts workers as processes of their own, reads what they write in their run directories,
and asks them through `control/`; so it may die at any moment without harm. `set_language` has been called before this
module is imported: the names of keys are made with its classes.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen

from tui_llm.config import Request
from tui_llm.draft import EMPTY, Draft
from tui_llm.errors import UserError, from_os_error
from tui_llm.runs.directory import RunDirectory
from tui_llm.settings import Settings, save_setting
from tui_llm.translation import _, sentence
from tui_llm.widgets.base import AppScreen, KeysSayWhy
from tui_llm.widgets.driver import surviving
from tui_llm.widgets.palette import Actions
from tui_llm.widgets.themes import THEMES, choose_theme


def _runs() -> Screen[None]:
    from tui_llm.screens.runs import RunsScreen

    return RunsScreen()


def _dataset() -> Screen[None]:
    from tui_llm.screens.dataset import DatasetScreen

    return DatasetScreen()


def _config() -> Screen[None]:
    from tui_llm.screens.configure import ConfigScreen

    return ConfigScreen()


def _training() -> Screen[None]:
    from tui_llm.screens.training import TrainingScreen

    return TrainingScreen()


def _console() -> Screen[None]:
    from tui_llm.screens.console import ConsoleScreen

    return ConsoleScreen()


def _inspect() -> Screen[None]:
    from tui_llm.screens.inspect import InspectScreen

    return InspectScreen()


def _learn() -> Screen[None]:
    from tui_llm.screens.learn import LearnScreen

    return LearnScreen()


#: Keys that are taken for an arrow wherever nobody types text.
VIM = {"h": "left", "j": "down", "k": "up", "l": "right"}


#: Seconds after which a key that has not been told to be done no longer holds up the others.
KEY_PATIENCE = 0.3


class KeyDone(Message, bubble=True):
    """Follows a key on its way up, to tell when it has arrived."""


class TuiApp(App[None]):
    """The program's window: which screen is in front, and what the screens share."""

    TITLE = "tui-llm"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {Actions, *App.COMMANDS}
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "runs": _runs,
        "dataset": _dataset,
        "config": _config,
        "training": _training,
        "console": _console,
        "inspect": _inspect,
        "learn": _learn,
    }
    DEFAULT_MODE = "runs"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go('runs')", _("go to Runs"), show=False, id="go.runs"),
        Binding("2", "go('dataset')", _("go to Dataset"), show=False, id="go.dataset"),
        Binding("3", "go('config')", _("go to Config"), show=False, id="go.config"),
        Binding("4", "go('training')", _("go to Training"), show=False, id="go.training"),
        Binding("5", "go('console')", _("go to Console"), show=False, id="go.console"),
        Binding("6", "go('inspect')", _("go to Inspect"), show=False, id="go.inspect"),
        Binding("7", "go('learn')", _("go to Learn"), show=False, id="go.learn"),
        Binding("question_mark", "help", _("help"), id="app.help"),
        Binding("q", "quit", _("quit"), id="app.quit"),
        Binding("ctrl+q", "quit", _("quit"), show=False, priority=True, id="app.quit.anywhere"),
        Binding("ctrl+p", "command_palette", _("palette"), show=False, priority=True, id="app.palette"),
        Binding("ctrl+c", "copy_or_tell", show=False, system=True, id="app.interrupt"),
        *(Binding(key, f"vim('{arrow}')", show=False, id=f"move.{arrow}") for key, arrow in VIM.items()),
    ]

    def __init__(self, settings: Settings, *, watch: RunDirectory | None = None, read_only: bool = False) -> None:
        """`watch` shows the dashboard of that run alone; with `read_only` nothing can be asked of it."""
        super().__init__()
        self.settings = settings
        self.watch_only = watch is not None
        self.read_only = read_only
        self.run_shown: RunDirectory | None = watch
        """The run that the Training, Console and Inspect screens are about."""
        self.draft: Draft = EMPTY
        """The run to come, which the Dataset and Config screens put together."""
        self.charts: str = _charts(settings)
        """`braille` or `ascii`: what charts and bars are drawn with."""
        self._keys_waiting: deque[events.Key] = deque()
        self._key_on_its_way: KeyDone | None = None
        self.failure: BaseException | None = None
        """What made the app end, if a defect did."""
        self.ended_by: int | None = None
        """The signal that made the app end."""
        self.screen_titles = {
            "runs": _("Runs"),
            "dataset": _("Dataset"),
            "config": _("Config"),
            "training": _("Training"),
            "console": _("Console"),
            "inspect": _("Inspect"),
            "learn": _("Learn"),
        }
        if self.watch_only:
            self.screen_titles = {"training": _("Training")}
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = choose_theme(settings.theme, os.environ)
        self.set_class(self.charts == "ascii", "-ascii")
        self.set_class(self.no_color, "-monochrome")
        if settings.keymap:
            self.set_keymap(settings.keymap)

    def on_mount(self) -> None:
        if self.watch_only:
            self.switch_mode("training")
        self._heed_signals()

    # -- Going somewhere ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go" and self.watch_only:
            return False
        return super().check_action(action, parameters)

    def action_go(self, mode: str) -> None:
        """Bring a screen to the front, leaving any dialog of it as it is."""
        self.switch_mode(mode)

    def _bring(self, mode: str) -> None:
        """Have a screen in front that looks at what was just given to it."""
        if mode == self.current_mode and isinstance(self.screen, AppScreen):
            self.screen.look()
        else:
            self.switch_mode(mode)

    def open_run(self, run: RunDirectory) -> None:
        """Show the dashboard of `run`."""
        self.run_shown = run
        self._bring("training")

    def open_console(self, run: RunDirectory, checkpoint: str | None = None) -> None:
        """Generate with `run`, from `checkpoint` (best, last or a step; None: the best)."""
        from tui_llm.screens.console import ConsoleScreen

        self.run_shown = run
        self._bring("console")
        screen = self.screen
        if isinstance(screen, ConsoleScreen):
            screen.choose(run, checkpoint)

    def open_inspect(self, run: RunDirectory) -> None:
        """Look into the models of `run`."""
        self.run_shown = run
        self._bring("inspect")

    def open_config(self, draft: Draft) -> None:
        """Put `draft` into the form."""
        self.draft = draft
        self._bring("config")

    def start_run(self, request: Request, name: str | None, stem: str, *, queue: bool = False) -> RunDirectory:
        """Make a run of `request` and start its worker, which outlives the app; show its dashboard.

        Raises:
            InputError: the name is taken.
            OSError: the disk is full, or no process can be started.
        """
        from tui_llm.runs.launch import new_run, start_worker

        run = new_run(request, name, stem)
        start_worker(run, queue=queue)
        self.open_run(run)
        return run

    def action_vim(self, arrow: str) -> None:
        """h, j, k, l are arrows wherever no text is typed."""
        self.simulate_key(arrow)

    async def on_event(self, event: events.Event) -> None:
        """Let keys in one by one, each when all is done that the one before it does.

        Textual sends every key at once to where the focus is; over a slow line several come together, and what follows
        the key that opens a field would miss the field.
        """
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys_waiting.append(event)
        if self._key_on_its_way is None:
            await self._let_key_in()
        else:
            self.set_timer(KEY_PATIENCE, partial(self._key_done, self._key_on_its_way))

    async def _let_key_in(self) -> None:
        if self._keys_waiting:
            self._key_on_its_way = done = KeyDone()
            goes_to = self.focused or self.screen
            await super().on_event(self._keys_waiting.popleft())
            goes_to.post_message(done)  # takes the way of the key, behind it

    async def on_key_done(self, done: KeyDone) -> None:
        await self._key_done(done)

    async def _key_done(self, done: KeyDone) -> None:
        """Called when a key has been dealt with, or has taken so long that its widget may have gone with it."""
        if self._key_on_its_way is done:
            self._key_on_its_way = None
            await self._let_key_in()

    def on_key(self, event: events.Key) -> None:
        """Comes before the bindings, with keys that nothing has taken on their way up from where the focus was."""
        bound = self.screen.active_bindings.get(event.key)
        if bound is None or bound.enabled or not isinstance(bound.node, KeysSayWhy):
            return
        reason = bound.node.why_not(bound.binding.action.partition("(")[0])
        if reason:
            event.prevent_default()
            self.notify(reason, title=bound.binding.description, severity="warning", markup=False)

    # -- Telling -----------------------------------------------------------------------------------------------------

    def tell(self, error: Exception, doing: str = "reading or writing") -> None:
        """Show what went wrong as a sentence and a hint; the app goes on. A defect is raised again."""
        if isinstance(error, OSError):
            error = from_os_error(error, doing)
        if not isinstance(error, UserError):
            raise error
        told = f"{sentence(error.what)}\n{sentence(error.hint)}"
        self.notify(told, title=_("error"), severity="error", timeout=12, markup=False)

    def copy_text(self, text: str) -> None:
        """Put `text` into the clipboard of the person's own terminal (OSC 52), also over SSH."""
        self.copy_to_clipboard(text)
        self.notify(_("copied {count} characters").format(count=len(text)), markup=False)

    def action_help(self) -> None:
        from tui_llm.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder=_("search for an action…"), id="--command-palette"))

    def action_copy_or_tell(self) -> None:
        """ctrl+c copies what is selected; without a selection it says how to leave, for it leaves most programs."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_text(selected)
        else:
            self.notify(_("q leaves the app; the training goes on."), markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's signature
        """What the palette offers beside the keys' actions: themes, and a picture of the screen."""
        for name, title in theme_titles().items():
            yield SystemCommand(
                _("theme: {name}").format(name=title), _("for this and the next starts"), self._themer(name)
            )
        yield SystemCommand(_("picture of the screen"), _("an SVG file in this folder"), self.deliver_picture)

    def _themer(self, name: str) -> Callable[[], None]:
        def change() -> None:
            self.theme = name
            try:
                save_setting("theme", name)
            except (UserError, OSError) as error:
                self.tell(error, _("saving the settings"))

        return change

    def deliver_picture(self) -> None:
        """Save what is seen as an SVG file in the folder where the app was started."""
        try:
            path = self.save_screenshot(path=str(Path.cwd()))
        except OSError as error:
            self.tell(error, _("saving the picture"))
        else:
            self.notify(path, title=_("saved"), markup=False)

    # -- The end -----------------------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave. Trainings go on, and it says so."""
        from tui_llm.runs.catalogue import list_runs

        alive = [one.name for one in list_runs() if one.state in {"preparing", "running", "queued", "paused"}]
        told = _("still training: {names}. tui-llm shows it again.").format(names=", ".join(alive)) if alive else None
        self.exit(message=told)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, made to end in order when the line is lost."""
        return surviving(super().get_driver_class())

    def _heed_signals(self) -> None:
        """A lost connection (SIGHUP) and SIGTERM end the app in order: the terminal is left clean."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None:
                loop.add_signal_handler(number, self._end_by, number)

    def _end_by(self, number: int) -> None:
        self.ended_by = number
        self.exit(return_code=128 + number)

    def _fatal_error(self) -> None:
        """Called by Textual when a handler raised: end in order, and let who opened the app tell of it."""
        self.failure = sys.exc_info()[1] or self._exception
        if self.is_headless:
            super()._fatal_error()
        else:
            self._close_messages_no_wait()


def theme_titles() -> dict[str, str]:
    """The themes' names in the language of the app."""
    return {
        "dark": _("dark"),
        "light": _("light"),
        "colour-blind-safe": _("colour-blind-safe"),
        "ansi": _("the terminal's own colours"),
    }


def _charts(settings: Settings) -> str:
    """Braille, unless the settings or the terminal are against it."""
    if settings.charts != "auto":
        return settings.charts
    encoding = (getattr(sys.__stdout__, "encoding", None) or "").lower().replace("-", "")
    poor = os.environ.get("TERM", "") in {"linux", "dumb", "vt100", "vt220"}
    return "ascii" if poor or encoding not in {"utf8", "utf16"} else "braille"
