"""The Runs screen, the first that is seen: every run, how it stands, and what can be done with it. Never imports torch.

It must be on the terminal at once, also with hundreds of runs: nothing heavy is imported here, the first frame shows
what the status files say, and the shapes of the losses come after it, from a thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from tui_llm.draft import EMPTY
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.runs_actions import RunActions
from tui_llm.screens.runs_detail import detail
from tui_llm.screens.runs_lines import COLUMNS, RECENT, Line, matching, ordered, turned, words_of
from tui_llm.screens.runs_table import RunsTable
from tui_llm.screens.runs_watch import RunsWatch
from tui_llm.screens.training_follow import load_ahead
from tui_llm.translation import N_, _, ngettext
from tui_llm.widgets.base import type_into

#: The list is not put in another order within so many seconds of a key or a click, unless a state has changed.
HANDS_OFF = 3.0

GREETING = N_(
    """Welcome. Your language models will be listed here.

There is none yet. Press  {new}  to make one: choose a text of yours
(a file, a folder, an archive) and how long it may learn.
Five minutes do for a first one.

Training goes on when you close this window;
open it again, and you see how far it has come.

{help}  helps anywhere    {palette}  finds every action    {quit}  leaves"""
)

#: Seconds after which what the dashboard needs is loaded.
IDLE = 0.8

#: Changes of state that are told.
ANNOUNCED = {
    "finished": N_("{name} is finished"),
    "failed": N_("{name} has failed"),
    "crashed": N_("{name} has crashed: its worker is gone"),
}


class RunsScreen(RunActions):
    """The list of runs."""

    CSS_PATH = "runs.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-normal"), (34, "-tall")]  # noqa: RUF012 - as Textual declares it
    HELP = N_(
        """# Runs

Every model that was trained here or is being trained, a line each: its state, how much of its budget is spent, the bits
per byte it needs for text it has not seen (**bits/B**: less is better, and comparable between all models on one text),
tokens trained on in a second (**tok/s**), the time left, its age, and the shape of its loss. More columns show in a
wider window. Below the table is more about the run under the cursor.

Training belongs to a worker process of its own: leaving the app, or losing the connection, stops nothing.

* **queued** waits until the device is free; **preparing** reads the text; **paused** rests, but keeps its memory
* **stopped** was told to end and has saved; **failed** says why it could not go on; **crashed** lost its worker:
  each can be resumed from its last checkpoint
* **damaged** cannot be read any more; it can be deleted"""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", _("open"), id="runs.open"),
        Binding("n", "new", _("new"), id="runs.new"),
        Binding("p", "pause", _("pause"), id="runs.pause"),
        Binding("p", "go_on", _("continue"), id="runs.continue"),
        Binding("s", "stop", _("stop"), id="runs.stop"),
        Binding("r", "resume", _("resume"), id="runs.resume"),
        Binding("f", "fork", _("fork"), show=False, id="runs.fork"),
        Binding("g", "generate", _("generate"), show=False, id="runs.generate"),
        Binding("i", "inspect", _("inspect"), show=False, id="runs.inspect"),
        Binding("space", "mark", _("mark"), show=False, id="runs.mark"),
        Binding("c", "compare", _("compare"), show=False, id="runs.compare"),
        Binding("R", "rename", _("rename"), show=False, id="runs.rename"),
        Binding("D", "delete", _("delete"), show=False, id="runs.delete"),
        Binding("y", "copy", _("copy its path"), show=False, id="runs.copy"),
        Binding("o", "sort", _("sort by the next column"), show=False, id="runs.sort"),
        Binding("O", "turn", _("turn the order round"), show=False, id="runs.turn"),
        Binding("slash", "filter", _("filter"), id="runs.filter"),
        Binding("escape", "clear", _("clear the filter"), show=False, id="runs.clear"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RunsTable()
        self._watch = RunsWatch()
        self._wanted = ""
        """What is in the filter."""
        self._reading = False
        self._told: str | None = None
        self._sort, self._backwards = RECENT, False
        self._follow: str | None = None
        """The run to which the cursor goes as soon as it is listed."""
        self._could: list[bool] = []
        self._detail: Text | None = None
        self._subtitle = ""

    def body(self) -> Iterable[Widget]:
        yield Static(id="greeting", markup=False)
        yield self.table
        yield Static(id="detail", markup=False)
        with Horizontal(id="filter-line"):
            yield Label(_("filter"))
            yield Input(compact=True, placeholder=_("name, state or model"), id="filter")

    def on_mount(self) -> None:
        try:
            lines = self._watch.glance()
        except OSError as error:
            lines = []
            self.tui.tell(error, _("reading the runs"))
        keys = {"new": "new", "help": "help", "palette": "command_palette", "quit": "quit"}
        greeting = _(GREETING).format(**{word: self.key_of(action) for word, action in keys.items()})
        self.query_one("#greeting", Static).update(greeting)
        self.table.focus()
        self._show(lines)
        self.poll_every(1.0, self.look)
        self.set_timer(IDLE, self._load_ahead)

    def _load_ahead(self) -> None:
        self.run_worker(asyncio.to_thread(load_ahead), exit_on_error=False)

    @property
    def current(self) -> Line | None:
        """The run under the cursor."""
        return self.table.current

    # -- Looking at the home folder ----------------------------------------------------------------------------------

    def look(self) -> None:
        if not self._reading and self.is_mounted:
            self._reading = True
            self._read(frozenset(self.table.in_sight))

    @work
    async def _read(self, in_sight: frozenset[str]) -> None:
        """Read in a thread, then show it here."""
        try:
            lines = await asyncio.to_thread(self._watch.read, in_sight)
        except OSError as error:
            if str(error) != self._told:  # the same fault every second is told once
                self.tui.tell(error, _("reading the runs"))
            self._told = str(error)
        else:
            self._told = None
            self._announce(lines)
            self._show(lines)
        finally:
            self._reading = False

    def _announce(self, lines: list[Line]) -> None:
        for line in turned(self.lines, lines, ANNOUNCED):
            told = _(ANNOUNCED[line.state]).format(name=line.name)
            severity: SeverityLevel = "information" if line.state == "finished" else "error"
            self.notify(told, title=words_of(line.state), severity=severity, markup=False)

    # -- Showing -----------------------------------------------------------------------------------------------------

    def _show(self, lines: list[Line], *, resort: bool = False) -> None:
        """Show `lines`, in a new order only if there is a reason or nobody is at the keys."""
        before = {line.name: line.state for line in self.lines}
        changed = before != {line.name: line.state for line in lines}
        if resort or changed or time.monotonic() - self.table.touched > HANDS_OFF:
            self.lines = ordered(lines, self._sort, self._backwards)
        else:
            place = {line.name: number for number, line in enumerate(self.lines)}
            self.lines = sorted(lines, key=lambda line: place[line.name])
        self.marked = {name: None for name in self.marked if name in {line.name for line in lines}}
        self.set_class(not self.lines, "-empty")
        if self.lines and self.focused is None:
            self.table.focus()
        shown = matching(self.lines, self._wanted)
        self.table.show(shown, self.marked, self._sort, backwards=self._backwards, follow=self._follow)
        if self.current and self.current.name == self._follow:
            self._follow = None
        self._show_detail()
        if self.subtitle() != self._subtitle:
            self._subtitle = self.subtitle()
            self.refresh_title()

    def _show_detail(self) -> None:
        """Tell of the run under the cursor, and which keys it takes."""
        pane = self.query_one("#detail", Static)
        line = self.current
        if line is None:
            told = Text(_("no run matches the filter; esc clears it"))
        else:
            told = detail(line, self.key_of, pane.size.height or 4)
        if told != self._detail:
            self._detail = told
            pane.update(told)
        could = [self.why_not(action) is None for action in self.ACTIONS]
        if could != self._could:
            self._could = could
            self.refresh_bindings()

    def key_of(self, action: str) -> str:
        """The key that does `action`, as it is shown."""
        bindings = [bound.binding for bound in self.active_bindings.values() if bound.binding.action == action]
        bindings.sort(key=lambda binding: not binding.show)
        return self.app.get_key_display(bindings[0]) if bindings else action

    def subtitle(self) -> str:
        count = len(self.lines)
        if self._wanted:
            shown = len(matching(self.lines, self._wanted))
            return _("{shown} of {count} runs").format(shown=shown, count=count)
        if not count:
            return ""
        at_work = sum(line.active for line in self.lines)
        told = ngettext("{count} run", "{count} runs", count).format(count=count)
        return told + (_(", {count} at work").format(count=at_work) if at_work else "")

    def show_run(self, run: RunDirectory | None) -> None:
        """Look again, and put the cursor on `run`."""
        self._follow = run.name if run else None
        self.look()

    def show_marks(self) -> None:
        self._show(self.lines)

    def on_runs_table_moved(self) -> None:
        self._follow = None
        self._show_detail()

    def on_runs_table_opened(self) -> None:
        self.action_open()

    # -- Order and filter --------------------------------------------------------------------------------------------

    def on_runs_table_sort_chosen(self, message: RunsTable.SortChosen) -> None:
        self._sort_by(message.key, backwards=message.key == self._sort and not self._backwards)

    def action_sort(self) -> None:
        keys = [RECENT, *(column.key for column in COLUMNS)]
        self._sort_by(keys[(keys.index(self._sort) + 1) % len(keys)], backwards=False)

    def action_turn(self) -> None:
        self._sort_by(self._sort, backwards=not self._backwards)

    def _sort_by(self, key: str, *, backwards: bool) -> None:
        self._sort, self._backwards = key, backwards
        self._show(self.lines, resort=True)

    def action_filter(self) -> None:
        self.add_class("-filtering")
        type_into(self.query_one("#filter"))

    def action_clear(self) -> None:
        """Leave the filter; nothing is hidden any more."""
        self.query_one("#filter", Input).value = ""
        self.remove_class("-filtering")
        self.table.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._wanted = event.value
        self._show(self.lines)

    def on_input_submitted(self) -> None:
        """Keep the filter and go back to the runs."""
        if not self._wanted:
            self.remove_class("-filtering")
        self.table.focus()

    # -- Going elsewhere ---------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if self.current:
            self.tui.open_run(self.current.run)

    def action_new(self) -> None:
        self.tui.draft = EMPTY
        self.tui.switch_mode("dataset")
