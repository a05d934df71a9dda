"""The half of the Inspect screen about what it looks into: the run, its checkpoints, its probes, and at which step.
Imports Textual and `runs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from tui_llm.config import MODEL_FIELDS, read_request
from tui_llm.errors import InputError, UserError, from_os_error
from tui_llm.presets import resolve
from tui_llm.runs.catalogue import latest_run
from tui_llm.runs.checkpoints import CheckpointInfo, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.console_choice import Choice, Item, checkpoint_items, list_run_items
from tui_llm.screens.inspect_head import Steps
from tui_llm.translation import _
from tui_llm.widgets.base import AppScreen

if TYPE_CHECKING:
    from tui_llm.runs.probes import ProbeRecord


@dataclass(frozen=True)
class Known:
    """What a look at a run has found."""

    run: RunDirectory
    checkpoints: list[CheckpointInfo]
    probes: list[ProbeRecord] | None
    """None: nothing has changed."""
    probes_sign: object
    has_attention: bool
    model: str


class RunScreen(AppScreen):
    """Knows the run and its steps, and lets the person choose others."""

    class Looked(Message):
        """What a look at the run's files has found, or why they cannot be read."""

        def __init__(self, run: RunDirectory, known: Known | UserError) -> None:
            super().__init__()
            self.run, self.known = run, known

    class Found(Message):
        """The run to look into where none was chosen, if there is one."""

        def __init__(self, run: RunDirectory | None) -> None:
            super().__init__()
            self.run = run

    def __init__(self) -> None:
        super().__init__()
        self.inspected: RunDirectory | None = None
        """The run."""
        self.checkpoints: list[CheckpointInfo] = []
        """Its whole checkpoints."""
        self.probes: list[ProbeRecord] = []
        self.model = ""
        """Its model's name, once it is known."""
        self.has_attention = True
        self.at_checkpoint, self.at_probe = Steps(), Steps()
        self.fault: UserError | None = None
        """Why the run cannot be read."""
        self.no_run = False
        """Whether it has turned out that there is none."""
        self._probes_sign: object = None

    def subtitle(self) -> str:
        return self.inspected.name if self.inspected is not None else ""

    def show_place(self, *, again: bool = False) -> None:
        """Called when there may be something else to show: another run or step, newer files. What has failed is tried
        `again` if somebody pressed a key for it.
        """
        raise NotImplementedError

    def look(self) -> None:
        shown = self.tui.run_shown
        if shown is not None and shown != self.inspected:
            self.choose(shown)
        elif shown is None:  # nothing was chosen yet, or the run that was is deleted
            self._forget(None)
            self.run_worker(self._find_run, thread=True, exclusive=True, group="run", exit_on_error=False)
        else:
            self.look_at_files()

    # -- The run -----------------------------------------------------------------------------------------------------

    def choose(self, run: RunDirectory) -> None:
        """Look into `run` from now on, at its newest checkpoint."""
        self.tui.run_shown = run
        if not self.is_mounted:  # `look`, which comes after that, does it
            return
        self._forget(run)
        self.show_place()
        self.look_at_files()

    def _forget(self, run: RunDirectory | None) -> None:
        """Nothing is known of `run` yet."""
        self.inspected = run
        self.checkpoints, self.probes, self.model, self.fault = [], [], "", None
        self.has_attention, self.no_run, self._probes_sign = True, False, None
        self.at_checkpoint, self.at_probe = Steps(), Steps()
        self.refresh_title()

    def _find_run(self) -> None:
        self.post_message(self.Found(latest_run()))

    def on_run_screen_found(self, message: Found) -> None:
        if self.inspected is not None:
            return
        if message.run is not None:
            self.choose(message.run)
        else:
            self.no_run = True
            self.show_place()

    @work
    async def action_run(self) -> None:
        """Ask for the run."""
        current = str(self.inspected.path) if self.inspected is not None else None
        choice = Choice(_("Runs"), list_run_items, _("there are no runs yet."), current)
        chosen = await self.app.push_screen_wait(choice)
        if chosen:
            self.choose(RunDirectory(Path(chosen)))

    # -- Its files ---------------------------------------------------------------------------------------------------

    def look_at_files(self) -> None:
        """Find out what there is now: a run that trains adds checkpoints and probes, and removes old checkpoints."""
        if self.inspected is not None:
            look = partial(self._read, self.inspected, self._probes_sign, self.model)
            self.run_worker(look, thread=True, exclusive=True, group="look", exit_on_error=False)

    def _read(self, run: RunDirectory, sign: object, model: str) -> None:
        try:
            known: Known | UserError = read_run(run, sign, model)
        except UserError as error:
            known = error
        except OSError as error:
            known = from_os_error(error, _("reading the run"))
        self.post_message(self.Looked(run, known))

    def on_run_screen_looked(self, message: Looked) -> None:
        if message.run != self.inspected:
            return
        known = message.known
        self.fault = known if isinstance(known, UserError) else None
        if isinstance(known, Known):
            self.model, self.has_attention = known.model, known.has_attention
            self.checkpoints = [info for info in known.checkpoints if info.whole]
            self.at_checkpoint.know([info.step for info in self.checkpoints])
            if known.probes is not None:
                self.probes, self._probes_sign = known.probes, known.probes_sign
                self.at_probe.know([probe.step for probe in self.probes])
        self.show_place()

    @work
    async def action_checkpoint(self) -> None:
        """Ask for the checkpoint."""
        run = self.inspected
        if run is None:
            return
        empty = _("it has no checkpoint yet; the training saves one now and then.")
        title = _("Checkpoints of {run}").format(run=run.name)
        current = None if self.at_checkpoint.step is None else str(self.at_checkpoint.step)
        chosen = await self.app.push_screen_wait(Choice(title, lambda: _steps(run), empty, current))
        if chosen:
            self.at_checkpoint.choose(int(chosen))
            self.show_place(again=True)


def read_run(run: RunDirectory, sign: object, model: str) -> Known:
    """The run's checkpoints, its model unless that is known, and its probes unless they are those of `sign`.

    Raises:
        InputError: it is gone, or its configuration is damaged.
        OSError: its files cannot be read.
    """
    from tui_llm.runs.probes import read_probes

    if not run.exists():
        raise InputError(f"there is no run {run.name}.", "it may have been renamed or deleted.")
    checkpoints = list_checkpoints(run)
    name = model or resolve(read_request(run.config_path)).model.name
    try:
        stat = run.probes_path.stat()
        now: object = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    except FileNotFoundError:
        now = "none"
    probes = None if now == sign else read_probes(run) if run.probes_path.exists() else []
    return Known(run, checkpoints, probes, now, "n_head" in MODEL_FIELDS[name], name)


def _steps(run: RunDirectory) -> list[Item]:
    """The checkpoints by their steps: here, "best" and "last" would be others soon."""
    return [item for item in checkpoint_items(run) if item.id.isdecimal()]
