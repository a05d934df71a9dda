"""The half of the Console screen about whom it asks, and how: runs, checkpoints, settings. Imports Textual, `runs`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import work
from textual.message import Message

from tui_llm.errors import UserError, from_os_error
from tui_llm.runs.catalogue import latest_run
from tui_llm.runs.checkpoints import CheckpointInfo, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.console_choice import Choice, checkpoint_items, list_run_items
from tui_llm.screens.console_pane import AnswerPane
from tui_llm.screens.console_settings import SamplingDialog
from tui_llm.translation import _
from tui_llm.widgets.base import AppScreen


class ModelsScreen(AppScreen):
    """Keeps the answers' models up to date, and lets the person choose others."""

    class Checkpoints(Message):
        """The checkpoints of a run, or why they cannot be told."""

        def __init__(self, run: RunDirectory, found: list[CheckpointInfo] | UserError) -> None:
            super().__init__()
            self.run, self.found = run, found

    class Found(Message):
        """The run to ask where none was chosen, if there is one."""

        def __init__(self, run: RunDirectory | None) -> None:
            super().__init__()
            self.run = run

    def __init__(self) -> None:
        super().__init__()
        ascii_only = self.tui.charts == "ascii"
        self.panes = [AnswerPane(letter, ascii_only=ascii_only) for letter in "AB"]
        self.active = self.panes[0]
        """The answer that the keys are about."""
        self.both = False
        """Whether the second answer is in sight."""
        self._shown: RunDirectory | None = None
        self._wanted: str | None = None

    def subtitle(self) -> str:
        return self.active.run.name if self.active.run is not None else ""

    def keys_changed(self) -> None:
        """Called when a key may have gone off or on."""

    def look(self) -> None:
        shown = self.tui.run_shown
        if shown is not None and shown != self._shown:
            self.choose(shown, self._wanted)
            self._wanted = None
        elif self.panes[0].run is None:
            self.run_worker(self._find_run, thread=True, exclusive=True, group="run", exit_on_error=False)
        self.look_for_checkpoints()

    # -- Runs --------------------------------------------------------------------------------------------------------

    def choose(self, run: RunDirectory, checkpoint: str | None) -> None:
        """Ask `run` from now on, at `checkpoint`: best, last, a step, or None for the best if there is one."""
        self.tui.run_shown = run
        if not self.is_mounted:  # `look`, which comes after that, does it
            self._wanted = checkpoint
            return
        self._shown = run
        self.choose_for(self.panes[0], run, checkpoint)

    def choose_for(self, pane: AnswerPane, run: RunDirectory, checkpoint: str | None) -> None:
        """The same for one of two answers."""
        pane.choose(run, checkpoint)
        pane.hint(_("enter or p: write a prompt.   g: let the model write."))
        self.refresh_title()
        self.keys_changed()
        self.look_for_checkpoints()

    def _find_run(self) -> None:
        self.post_message(self.Found(latest_run()))

    def on_models_screen_found(self, message: Found) -> None:
        pane = self.panes[0]
        if message.run is not None and pane.run is None:
            self.choose_for(pane, message.run, None)
        elif message.run is None:
            pane.hint(_("No model has been trained yet. 2 chooses a text, 3 how to train."))

    @work
    async def action_run(self) -> None:
        """Ask for the run."""
        pane = self.active
        current = str(pane.run.path) if pane.run is not None else None
        choice = Choice(self._named(_("Runs")), list_run_items, _("there are no runs yet."), current)
        chosen = await self.app.push_screen_wait(choice)
        if not chosen:
            return
        run = RunDirectory(Path(chosen))
        if pane is self.panes[0]:
            self.choose(run, None)
        else:
            self.choose_for(pane, run, None)

    # -- Checkpoints -------------------------------------------------------------------------------------------------

    def look_for_checkpoints(self) -> None:
        """Find out which there are now: `best` and `last` move on while a run trains."""
        runs = {pane.run for pane in self.panes if pane.run is not None}
        if runs:
            look = partial(self._list_checkpoints, runs)
            self.run_worker(look, thread=True, exclusive=True, group="look", exit_on_error=False)

    def _list_checkpoints(self, runs: set[RunDirectory]) -> None:
        for run in runs:
            try:
                found: list[CheckpointInfo] | UserError = list_checkpoints(run)
            except OSError as error:
                found = from_os_error(error, _("reading the checkpoints"))
            self.post_message(self.Checkpoints(run, found))

    def on_models_screen_checkpoints(self, message: Checkpoints) -> None:
        for pane in self.panes:
            if pane.run == message.run:
                if isinstance(message.found, UserError):
                    pane.complain(message.found)
                else:
                    pane.know(message.found)

    @work
    async def action_checkpoint(self) -> None:
        """Ask for the checkpoint."""
        pane, run = self.active, self.active.run
        if run is None:
            return
        title = self._named(_("Checkpoints of {run}").format(run=run.name))
        empty = _("it has no checkpoint yet; the training saves one now and then.")
        choice = Choice(title, partial(checkpoint_items, run), empty, pane.checkpoint or "best")
        chosen = await self.app.push_screen_wait(choice)
        if chosen:
            self.choose_for(pane, run, chosen)

    # -- Settings ----------------------------------------------------------------------------------------------------

    @work
    async def action_sampling(self) -> None:
        """Ask for temperature and the like."""
        pane = self.active
        sampling = await self.app.push_screen_wait(SamplingDialog(self._named(_("Settings")), pane.sampling))
        if sampling is not None:
            pane.set_sampling(sampling)

    def on_answer_pane_asked(self, message: AnswerPane.Asked) -> None:
        """The head line of an answer was clicked."""
        self.active = message.pane
        message.pane.tokens.focus()
        if not message.model:
            self.action_sampling()
        elif message.pane.run is None:
            self.action_run()
        else:
            self.action_checkpoint()

    def _named(self, title: str) -> str:
        """The title of a dialog, with the answer's letter if there are two."""
        return f"{title} ({self.active.letter})" if self.both else title
