"""The Training screen: the dashboard of one run. Everything in it comes from the run's files, so it is whole again
whenever the app is opened. Imports Textual and the parts of the dashboard; numpy and the chart come with the first
reading.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from tui_llm.errors import UserError
from tui_llm.machine import Machine, MachineReader
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import ACTIVE
from tui_llm.screens.training_actions import Asking
from tui_llm.screens.training_chart import ChartPanel
from tui_llm.screens.training_follow import Follower, Seen
from tui_llm.screens.training_head import AlertLine, RunHead, Small, SmallCurves
from tui_llm.screens.training_panes import Panes
from tui_llm.screens.training_words import GRAVE, alert_words
from tui_llm.translation import N_, _
from tui_llm.widgets.machine import MachinePanel

if TYPE_CHECKING:
    from tui_llm.runs.records import EventRecord
    from tui_llm.runs.snapshot import RunSnapshot

#: Seconds between two looks at the run's files. Every second takes 2 % of a core, every other 1.3: the training's.
POLL = 2.0


class TrainingScreen(Asking):
    """A run while it trains, and after."""

    CSS_PATH = "training.tcss"
    AUTO_FOCUS = ""  # the chart takes it when it is there
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-normal"), (34, "-tall")]  # noqa: RUF012
    HELP = N_(
        """# Training

One run: how it stands, its loss, its small curves, and below, one at a time, the texts that it writes as it learns, its
checkpoints, its log and the device. **[** and **]** change what is below, **tab** goes there, **z** gives what is
focused the whole screen.

The training is a process of its own: leaving this screen or the app does not stop it. What is asked for here (**p**
pause, **S** stop, **c** save, **e** evaluate, **r** another learning rate) the worker does between two steps, and the
log says so. A stopped, failed or crashed run goes on from its newest checkpoint with **enter**.
"""
    )

    def __init__(self) -> None:
        super().__init__()
        self._machine_reader = MachineReader()
        self._follower: Follower | None = None
        self._reading = False
        self._events: tuple[EventRecord, ...] | None = None
        self._alerted: set[tuple[str, int | None]] | None = None
        self._answers: object = None

    def body(self) -> Iterable[Widget]:
        poor = self.tui.charts == "ascii"
        yield RunHead(id="head")
        yield AlertLine(id="alert")
        with Horizontal(id="upper"):
            with Vertical(id="curves"):
                yield ChartPanel(ascii_only=poor, id="chart-panel")
                yield SmallCurves(id="small", stacked=False, ascii_only=poor)
            with Vertical(id="side"):
                yield SmallCurves(id="small-side", stacked=True, ascii_only=poor)
                yield MachinePanel(ascii_only=poor, id="machine-side")
        yield Panes(ascii_only=poor, id="panes")
        yield Static(
            _("No run is here yet.\n\n**1** lists the runs, **2** begins a new one with a text.").replace("**", ""),
            id="no-run",
            markup=False,
        )

    def on_mount(self) -> None:
        self.query_one("#alert").display = False
        self.poll_every(POLL, self._poll)

    def subtitle(self) -> str:
        return self.run_followed.name if self.run_followed else ""

    def look(self) -> None:
        """Read at once; another run may have been chosen meanwhile."""
        self._poll()

    # -- Reading -----------------------------------------------------------------------------------------------------

    def _poll(self) -> None:
        """Begin a reading, unless one is under way."""
        if self._follower is None or self._follower.run != self.tui.run_shown:
            self._follow(self.tui.run_shown)
        if not self._reading and self._follower is not None:
            self._reading = True
            follower = self._follower
            self.run_worker(
                lambda: self._read(follower), thread=True, group="follow", exit_on_error=False, name="follow"
            )

    def _follow(self, run: RunDirectory | None) -> None:
        self._follower = Follower(run, self._machine_reader)
        self.run_followed, self.snapshot = run, None
        self._events = self._alerted = self._answers = None
        self.forget_asked()
        self.chart_panel.clear()
        self.panes.clear()
        self.query_one(AlertLine).clear()
        self.query_one("#alert").display = False
        self.query_one(RunHead).tell_reading()
        self.refresh_title()

    def _read(self, follower: Follower) -> None:
        """In a thread: read, and post what was found; a long run comes in parts."""
        try:
            self.post_message(seen := follower.read())
            while seen.more_follows and follower is self._follower:
                self.post_message(seen := follower.read())
        except (UserError, OSError) as error:
            self.post_message(Seen(follower, None, None, error))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.name == "follow" and event.state in (WorkerState.ERROR, WorkerState.CANCELLED):
            self._reading = False
            if event.worker.error is not None:
                self.notify(repr(event.worker.error), title=_("error"), severity="error", markup=False)

    async def on_seen(self, seen: Seen) -> None:
        if seen.follower is not self._follower:
            self._reading = False
            self._poll()
            return
        self._reading = seen.more_follows
        if seen.error is not None:
            self.tui.tell(seen.error, _("reading the run"))
        if seen.machine is not None:
            self._show_machine(seen.machine)
        if seen.follower.run is None:
            self.set_class(True, "-no-run")
            return
        self.set_class(False, "-no-run")
        if self.tui.run_shown is None:
            self.tui.run_shown = self.run_followed = seen.follower.run
            self.refresh_title()
        if seen.snapshot is not None:
            await self._show(seen.snapshot)

    # -- Showing -----------------------------------------------------------------------------------------------------

    async def _show(self, snapshot: RunSnapshot) -> None:
        before, self.snapshot = self.snapshot, snapshot
        if before is not None and (before.state in ACTIVE) != (snapshot.state in ACTIVE):
            self.forget_asked()
        self.hear(self._fresh_events(snapshot))
        self.show_head()
        self.show_alerts()
        await self.chart_panel.show(snapshot)
        self._show_small(snapshot)
        self.panes.show(snapshot)
        self._announce(snapshot)
        answers = (snapshot.state, bool(snapshot.checkpoints), self.chart_panel.chart is None, bool(snapshot.alerts))
        if answers != self._answers:
            self._answers = answers
            self.refresh_bindings()

    def show_head(self) -> None:
        if self.snapshot is not None:
            self.query_one(RunHead).show(self.snapshot, self.asked(), self.tui.charts == "ascii")

    def show_alerts(self) -> None:
        if self.snapshot is not None:
            can_resume = self.check_action("resume", ()) is True
            self.query_one(AlertLine).show(self.snapshot, can_resume=can_resume)

    def _show_small(self, snapshot: RunSnapshot) -> None:
        from tui_llm.screens.training_curves import newest, recent

        curves = snapshot.curves
        told = []
        for name, curve, form in (
            (_("lr"), curves.lr, "{:.1e}"),
            (_("grad norm"), curves.grad_norm, "{:.3g}"),
            (_("tokens/s"), curves.tokens_per_second, "{:,.0f}"),
        ):
            value = newest(curve)
            if value is not None:
                told.append(Small(name, form.format(value).replace("e-0", "e-"), tuple(recent(curve))))
        for small in self.query(SmallCurves):
            small.show(told)

    def _show_machine(self, machine: Machine) -> None:
        self.panes.show_machine(machine)
        self.query_one("#machine-side", MachinePanel).show(machine)

    def _fresh_events(self, snapshot: RunSnapshot) -> list[EventRecord]:
        """The events that came since the last snapshot."""
        before, self._events = self._events, snapshot.events
        if before is None or before is snapshot.events:
            return []
        last = before[-1] if before else None
        fresh = list(itertools.takewhile(lambda event: event is not last, reversed(snapshot.events)))
        return fresh[::-1]

    def _announce(self, snapshot: RunSnapshot) -> None:
        """Tell of each alert once; those that are there when one comes stand in the line alone."""
        there = {(alert.kind, alert.step) for alert in snapshot.alerts}
        if self._alerted is not None:
            for alert in snapshot.alerts:
                if (alert.kind, alert.step) not in self._alerted:
                    level: SeverityLevel = "error" if alert.kind in GRAVE else "warning"
                    self.notify(alert_words(alert), title=snapshot.name, severity=level, timeout=8, markup=False)
        if snapshot.read_share == 1.0:
            self._alerted = there | (self._alerted or set())
