"""What can be done with the runs of the list, and why not. Imports Textual and `runs`; the list itself is in `runs`,
the screen, which builds on this.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, ClassVar

from textual import work

from tui_llm.errors import InputError, UserError
from tui_llm.runs.control import Kind, request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import check_idle, delete_run, rename_run
from tui_llm.runs.naming import check_name
from tui_llm.runs.status import Status
from tui_llm.screens.runs_lines import Line, words_of
from tui_llm.translation import _, ngettext
from tui_llm.widgets.base import AppScreen
from tui_llm.widgets.dialogs import Confirm, TextPrompt

if TYPE_CHECKING:
    from tui_llm.screens.runs_table import RunsTable

#: At most so many curves are compared in one chart.
MOST_COMPARED = 8

#: A worker that was started says so in its status; if it has not after so many seconds, it may be started again.
STARTING = 15.0

RESUMABLE = frozenset({"stopped", "failed", "crashed"})


class RunActions(AppScreen):
    """The actions of the Runs screen; each but `new` and `compare` is about the run under the cursor."""

    ACTIONS: ClassVar[tuple[str, ...]] = (
        *("open", "pause", "go_on", "stop", "resume", "fork", "generate", "inspect"),
        *("rename", "delete", "mark", "compare", "copy"),
    )

    table: RunsTable

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        """All runs, unfiltered, in the order shown."""
        self.marked: dict[str, None] = {}
        """The names of the marked runs, in the order of marking."""
        self._started: dict[str, tuple[float, Status | None]] = {}
        """When a worker was started, on the monotonic clock, and what the run's status said then."""

    @property
    def current(self) -> Line | None:
        """The run under the cursor."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Show changed marks."""
        raise NotImplementedError

    def show_run(self, run: RunDirectory | None) -> None:
        """Look again, and put the cursor on `run`."""
        raise NotImplementedError

    # -- What can be done now ----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key pauses and continues: the footer shows what it would do."""
        paused = self.current is not None and self.current.state == "paused"
        if (action == "pause" and paused) or (action == "go_on" and not paused):
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        if action == "compare":
            return None if len(self.marked) >= 2 else _("mark two runs or more with space first.")
        if action not in self.ACTIONS:
            return None
        line = self.current
        if line is None:
            return _("there is no run here.")
        state = words_of(line.state)
        if action == "pause" and line.state != "running":
            return _("{name} is {state}; only a running one can be paused.").format(name=line.name, state=state)
        if action == "stop" and (not line.active or line.state == "stopping"):
            return _("{name} is {state} already.").format(name=line.name, state=state)
        if action == "resume":
            return self._why_not_resume(line)
        if action in ("rename", "delete") and line.active:
            return _("{name} is {state}; stop it first.").format(name=line.name, state=state)
        if action in ("fork", "generate", "inspect") and (line.status is None or line.status.step == 0):
            return _("{name} has no checkpoint yet.").format(name=line.name)
        return None

    def _why_not_resume(self, line: Line) -> str | None:
        if line.state == "finished":
            return _("{name} has spent its budget; fork it with a larger one.").format(name=line.name)
        if line.state not in RESUMABLE:
            return _("{name} is {state}; there is nothing to resume.").format(
                name=line.name, state=words_of(line.state)
            )
        began, before = self._started.get(line.name, (-STARTING, None))
        if line.status == before and time.monotonic() - began < STARTING:
            return _("{name} is being started.").format(name=line.name)
        return None

    # -- Asking its worker -------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        self._ask("pause", _("{name} is asked to pause."))

    def action_go_on(self) -> None:
        self._ask("continue", _("{name} is asked to go on."))

    def action_stop(self) -> None:
        self._ask("stop", _("{name} saves and stops; it can be resumed."))

    def _ask(self, kind: Kind, told: str) -> None:
        line = self.current
        if line is None:
            return
        try:
            request(line.run, kind)
        except (UserError, OSError) as error:
            self.tui.tell(error, _("asking the worker"))
        else:
            self.notify(told.format(name=line.name), markup=False)

    @work
    async def action_resume(self) -> None:
        line = self.current
        if line is None:
            return
        from tui_llm.runs.launch import start_worker
        from tui_llm.screens.runs_start import ask_when

        try:
            when = await ask_when(self, line.run)
            if when is None:
                return
            check_idle(line.run, "resumed")
            start_worker(line.run, queue=when == "queue")
        except (UserError, OSError) as error:
            self.tui.tell(error, _("starting the worker"))
            return
        self._started[line.name] = time.monotonic(), line.status
        self.notify(_("{name} is being started.").format(name=line.name), markup=False)
        self.show_run(line.run)

    # -- Files -------------------------------------------------------------------------------------------------------

    @work
    async def action_rename(self) -> None:
        line = self.current
        if line is None:
            return
        question = _("A new name for {name}:").format(name=line.name)
        name = await self.app.push_screen_wait(TextPrompt(question, line.name, check_free))
        if name is None or name == line.name:
            return
        try:
            renamed = rename_run(line.run, name)
        except (UserError, OSError) as error:
            self.tui.tell(error, _("renaming the run"))
            return
        if self.marked.pop(line.name, True) is None:
            self.marked[renamed.name] = None
        self._keep_shown(line.run, renamed)
        self.show_run(renamed)

    @work
    async def action_delete(self) -> None:
        line = self.current
        if line is None:
            return
        question = _("Delete {name} and all its checkpoints for good?").format(name=line.name)
        if not await self.app.push_screen_wait(Confirm(question, _("Delete"))):
            return
        try:
            await asyncio.to_thread(delete_run, line.run)
        except (UserError, OSError) as error:
            self.tui.tell(error, _("deleting the run"))
        else:
            self.notify(_("{name} is deleted.").format(name=line.name), markup=False)
            self._keep_shown(line.run, None)
        self.show_run(None)

    def _keep_shown(self, old: RunDirectory, new: RunDirectory | None) -> None:
        """The other screens tell of a run that has another name now, or is gone."""
        if self.tui.run_shown == old:
            self.tui.run_shown = new

    @work
    async def action_fork(self) -> None:
        line = self.current
        if line is None:
            return
        from tui_llm.screens.runs_fork import ForkDialog

        forked = await self.app.push_screen_wait(ForkDialog(line.run))
        if forked is not None:
            self.show_run(forked)

    # -- Elsewhere ---------------------------------------------------------------------------------------------------

    def action_generate(self) -> None:
        if self.current:
            self.tui.open_console(self.current.run)

    def action_inspect(self) -> None:
        if self.current:
            self.tui.open_inspect(self.current.run)

    def action_copy(self) -> None:
        if self.current:
            self.tui.copy_text(self.current.summary.path)

    def action_mark(self) -> None:
        line = self.current
        if line is None:
            return
        if line.name in self.marked:
            del self.marked[line.name]
        elif len(self.marked) < MOST_COMPARED:
            self.marked[line.name] = None
        else:
            told = ngettext("no more than {count} run", "no more than {count} runs", MOST_COMPARED)
            self.notify(told.format(count=MOST_COMPARED), severity="warning", markup=False)
            return
        self.show_marks()
        self.table.action_move(1)

    def action_compare(self) -> None:
        from tui_llm.screens.compare import CompareScreen

        runs = {line.name: line.run for line in self.lines}
        self.app.push_screen(CompareScreen([runs[name] for name in self.marked if name in runs]))


def check_free(name: str) -> str:
    """Give `name` in the form it is kept.

    Raises:
        InputError: it cannot be a run's, or it is taken.
    """
    kept = check_name(name)
    if (runs_folder() / kept).exists():
        raise InputError(_("there is a run named {name} already.").format(name=kept), _("choose another name."))
    return kept
