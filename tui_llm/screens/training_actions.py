"""What the dashboard asks for: pause, stop, save, evaluate, another learning rate of the worker; a worker for a run
without one; the console; a fork. Imports Textual, `runs` and the dialogs.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from tui_llm.errors import InputError, UserError
from tui_llm.runs.control import Kind, request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import ACTIVE
from tui_llm.screens.training_look import Looking
from tui_llm.screens.training_panes import CheckpointsPane
from tui_llm.screens.training_words import event_words, request_words, state_word
from tui_llm.translation import _
from tui_llm.widgets.dialogs import TextPrompt

if TYPE_CHECKING:
    from tui_llm.runs.records import EventRecord
    from tui_llm.runs.snapshot import RunSnapshot

#: A worker that was started may take so many seconds until its status says so.
_STARTING = 15.0

#: The states whose runs can be taken up again.
_RESUMABLE = frozenset({"crashed", "stopped", "failed"})

_CHANGING = frozenset({"pause", "go_on", "stop", "save", "evaluate", "rate", "resume", "fork"})

#: The states in which the worker obeys between two steps.
_OBEYS = frozenset({"running", "paused"})


class Asking(Looking):
    """The dashboard's keys that change the run, or lead to another screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause", _("pause"), id="training.pause"),
        Binding("p", "go_on", _("continue"), id="training.continue"),
        Binding("S", "stop", _("stop"), id="training.stop"),
        Binding("R,enter", "resume", _("resume"), id="training.resume"),
        Binding("c", "save", _("save"), id="training.save", tooltip=_("save a checkpoint now")),
        Binding("e", "evaluate", _("evaluate now"), show=False, id="training.evaluate"),
        Binding("r", "rate", _("change the learning rate"), show=False, id="training.rate"),
        Binding("g", "generate", _("generate"), id="training.generate"),
        Binding("f", "fork", _("fork from the checkpoint"), show=False, id="training.fork"),
        Binding("i", "choose", _("choose another run"), show=False, id="training.choose"),
        Binding("z", "enlarge", _("enlarge"), id="training.enlarge"),  # here, so that it stands last in the footer
    ]

    run_followed: RunDirectory | None = None

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[Kind] = []
        self._started_at = -_STARTING

    # -- What can be done --------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self.snapshot.state if self.snapshot else ""
        if (action == "go_on" and state != "paused") or (action == "pause" and state == "paused"):
            return False
        if action == "resume" and state in ACTIVE:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        if action == "choose":
            return _("this window watches one run.") if self.tui.watch_only else None
        if action in _CHANGING and self.tui.read_only:
            return _("this window only watches (--read-only).")
        if action in _CHANGING or action in ("generate", "export"):
            if self.snapshot is None:
                return _("no run is chosen: i chooses one.")
            reason = self._why_not_now(action, self.snapshot)
            if reason:
                return reason
        return super().why_not(action)

    def _why_not_now(self, action: str, snapshot: RunSnapshot) -> str | None:
        state = state_word(snapshot.state)
        whole = any(one.whole for one in snapshot.checkpoints)
        if action in ("generate", "fork") and self.tui.watch_only:
            return _("this window watches one run.")
        if action in ("generate", "fork") and not whole:
            return _("there is no whole checkpoint yet: c saves one.")
        if action == "stop" and snapshot.state not in ACTIVE:
            return _("the run is {state}: nothing is to stop.").format(state=state)
        if action in ("pause", "save", "evaluate", "rate") and snapshot.state not in _OBEYS:
            return _("the run is {state}: its worker cannot be asked for that now.").format(state=state)
        if action == "resume":
            if snapshot.state == "finished":
                return _("the run has spent its budget; f forks it with a larger one.")
            if snapshot.state not in _RESUMABLE:
                return _("the run is {state}: there is nothing to resume.").format(state=state)
            if self._starting:
                return _("its worker is being started.")
        return None

    @property
    def _starting(self) -> bool:
        return time.monotonic() - self._started_at < _STARTING

    # -- Asking the worker -------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        self._ask("pause")

    def action_go_on(self) -> None:
        self._ask("continue")

    def action_stop(self) -> None:
        self._ask("stop")
        self.notify(_("it saves a checkpoint and stops; R resumes it."), markup=False)

    def action_save(self) -> None:
        self._ask("checkpoint")

    def action_evaluate(self) -> None:
        self._ask("evaluate")

    @work
    async def action_rate(self) -> None:
        now = self._rate()
        question = _("The highest learning rate from now on:")
        told = await self.app.push_screen_wait(TextPrompt(question, f"{now:g}" if now else "", _positive))
        if told is not None:
            self._ask("set_lr", lr=_positive(told))

    def _rate(self) -> float | None:
        """The highest learning rate at present: the last that was asked for, or else the configuration's."""
        if self.snapshot is None:
            return None
        for event in reversed(self.snapshot.events):
            if event.event == "request" and event.request == "set_lr" and event.arguments and not event.reason:
                return float(event.arguments["lr"])
        return self.snapshot.config.training.lr if self.snapshot.config else None

    def _ask(self, kind: Kind, **arguments: float) -> None:
        if self.run_followed is None:
            return
        try:
            request(self.run_followed, kind, **arguments)
        except (UserError, OSError) as error:
            self.tui.tell(error, _("asking the worker"))
        else:
            self._asked.append(kind)
            self.show_head()

    def asked(self) -> str:
        """What the worker was asked for and has not taken up yet."""
        return ", ".join(request_words(kind) for kind in self._asked)

    def hear(self, fresh: list[EventRecord]) -> None:
        """Look whether new events answer what was asked."""
        for event in fresh:
            kind = event.request
            if event.event == "request" and kind in self._asked:
                self._asked = [other for other in self._asked if other != kind]
                fields = {"step": event.step, "request": kind, "arguments": event.arguments, "reason": event.reason}
                self.notify(event_words("request", fields), timeout=4, markup=False)

    def forget_asked(self) -> None:
        """Another run is shown, or the worker of this one has come or gone."""
        self._asked.clear()
        self._started_at = -_STARTING

    def show_head(self) -> None:
        """Show the upper lines as they are now."""
        raise NotImplementedError

    # -- A worker, a fork, another screen ----------------------------------------------------------------------------

    @work
    async def action_resume(self) -> None:
        run = self.run_followed
        if run is None:
            return
        from tui_llm.runs.launch import start_worker
        from tui_llm.runs.lifecycle import check_idle
        from tui_llm.screens.runs_start import ask_when

        try:
            when = await ask_when(self, run)
            if when is None:
                return
            check_idle(run, "resumed")
            start_worker(run, queue=when == "queue")
        except (UserError, OSError) as error:
            self.tui.tell(error, _("starting the worker"))
            return
        self._started_at = time.monotonic()
        self.notify(_("its worker is being started."), markup=False)
        self.refresh_bindings()

    def action_generate(self) -> None:
        if self.run_followed is not None:
            step = self._chosen_step()
            self.tui.open_console(self.run_followed, "last" if step is None else str(step))

    @work
    async def action_fork(self) -> None:
        run = self.run_followed
        if run is None:
            return
        from tui_llm.screens.runs_fork import ForkDialog

        forked = await self.app.push_screen_wait(ForkDialog(run, self._chosen_step()))
        if forked is not None:
            self.tui.open_run(forked)
            self.look()

    def _chosen_step(self) -> int | None:
        """The step of the whole checkpoint under the cursor, if the checkpoints are in sight."""
        chosen = self.panes.query_one(CheckpointsPane).chosen() if self.panes.current == "checkpoints" else None
        return chosen.step if chosen is not None and chosen.whole else None

    @work
    async def action_choose(self) -> None:
        from tui_llm.runs.catalogue import list_runs
        from tui_llm.screens.training_choose import ChooseRun

        runs = await asyncio.to_thread(list_runs)
        if not runs:
            self.notify(_("there are no runs yet: 2 chooses a text to train on."), severity="warning", markup=False)
            return
        present = self.run_followed.name if self.run_followed else None
        run = await self.app.push_screen_wait(ChooseRun(runs, present))
        if run is not None:
            self.tui.run_shown = run
            self.look()


def _positive(text: str) -> float:
    """The number that `text` says.

    Raises:
        InputError: it is none, or not above zero.
    """
    try:
        rate = float(text.strip().replace(",", "."))
    except ValueError:
        rate = 0.0
    if not 0.0 < rate < float("inf"):
        raise InputError(_("that is no learning rate."), _("give a number above 0, such as 0.0003 or 3e-4."))
    return rate
