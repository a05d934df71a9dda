"""The Console screen: questions to a model, and its answers token by token, two of them side by side. Imports Textual.

The models live in a worker process, which is started with the first question and ends some minutes after the screen was
left, or with the app.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from tui_llm.errors import UserError, from_os_error
from tui_llm.processes import WorkerProcess
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import home
from tui_llm.screens.console_alternatives import Alternatives
from tui_llm.screens.console_choice import Choice, history_items
from tui_llm.screens.console_history import Entry, History, append, read_history
from tui_llm.screens.console_models import ModelsScreen
from tui_llm.screens.console_pane import AnswerPane
from tui_llm.screens.console_prompt import PromptArea, strange_characters
from tui_llm.screens.console_saving import save_answer
from tui_llm.translation import N_, _
from tui_llm.widgets.tokens import TokenText

#: Seconds after which the worker is ended when the screen was left; its models may hold much memory.
_IDLE = 300.0

#: Seconds between two looks at which checkpoints there are.
_LOOK = 2.0

#: Seeds that are drawn are below this: short to read and to type.
_SEEDS = 100_000

#: Characters that a remark names at most.
_NAMED = 20


class ConsoleScreen(ModelsScreen):
    """Prompt, answers, and the other tokens of the place under the cursor."""

    CSS_PATH = "console.tcss"
    HELP = N_(
        """# Console

Write a prompt (**p**), and the model goes on from it. The line above the answer tells which checkpoint writes and how;
**c**, **r** and **s** change that. **esc** stops it at any time. **v** puts a second answer beside the first, with
settings of its own: two checkpoints, two temperatures, two models. The answers are kept in the history (**H**)."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "generate", _("generate"), id="console.generate"),
        Binding("p", "prompt", _("prompt"), show=False, id="console.prompt"),
        Binding("s", "sampling", _("settings"), id="console.settings"),
        Binding("c", "checkpoint", _("checkpoint"), id="console.checkpoint"),
        Binding("v", "both", _("two"), id="console.both"),
        Binding("y", "copy", _("copy"), id="console.copy"),
        Binding("r", "run", _("choose the run"), show=False, id="console.run"),
        Binding("t", "colours", _("colours of the tokens"), show=False, id="console.colours"),
        Binding("H", "history", _("history"), show=False, id="console.history"),
        Binding("Y", "copy_all", _("copy prompt and answer"), show=False, id="console.copy.all"),
        Binding("w", "save", _("write to a file"), show=False, id="console.save"),
        Binding("x", "clear", _("clear"), show=False, id="console.clear"),
        Binding("escape", "back", _("stop, back"), show=False, id="console.back"),
    ]
    AUTO_FOCUS = "#tokens-a"  # not the prompt: there every key is text, and none goes anywhere
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-usual"), (110, "-wide")]  # noqa: RUF012 - Textual's type
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012

    class Remembered(Message):
        """The answers of earlier sessions."""

        def __init__(self, entries: list[Entry]) -> None:
            super().__init__()
            self.entries = entries

    class Failed(Message):
        """Something went wrong in a thread."""

        def __init__(self, error: UserError) -> None:
            super().__init__()
            self.error = error

    class Strange(Message):
        """A pane's model does not know these characters of the prompt."""

        def __init__(self, pane: AnswerPane, characters: list[str]) -> None:
            super().__init__()
            self.pane, self.characters = pane, characters

    def __init__(self) -> None:
        super().__init__()
        folder = home()
        log = folder / "generate.log" if os.access(folder, os.W_OK) else None
        self._worker = WorkerProcess("tui_llm.workers.generate", log)
        self._history = History(folder / "console-history.jsonl")
        self._off: object = None
        self._idle: Timer | None = None
        self._prompt = PromptArea(
            id="prompt",
            compact=True,
            highlight_cursor_line=False,
            placeholder=_("p: write a prompt, enter generates. Without one, the model begins a new text."),
        )
        self._alternatives = Alternatives(ascii_only=self.tui.charts == "ascii")

    def body(self) -> Iterable[Widget]:
        yield self._prompt
        yield Container(Container(*self.panes, id="answers"), self._alternatives, id="below")

    def on_mount(self) -> None:
        self._show_panes()
        self.poll_every(_LOOK, self.look_for_checkpoints)
        self.run_worker(self._remember, thread=True, group="history", exit_on_error=False)

    async def on_unmount(self) -> None:
        self._worker.kill()  # it has nothing to save
        await self._worker.close()

    def look(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None
        super().look()

    def on_screen_suspend(self) -> None:  # beside that of the base class, which Textual calls, too
        if self._idle is None:
            self._idle = self.set_interval(_IDLE, self._rest)

    async def _rest(self) -> None:
        """End the worker of a screen that nobody looks at, and its models with it."""
        if not self._writing:
            await self._worker.close()

    # -- Keys that are off -------------------------------------------------------------------------------------------

    def why_not(self, action: str) -> str | None:
        if action in {"generate", "checkpoint"} and self.active.run is None:
            return _("there is no run to ask; r chooses one.")
        if action in {"copy", "copy_all", "save"} and self.active.answer is None:
            return _("there is no answer yet.")
        if action == "history" and not self._history.entries:
            return _("nothing was asked yet.")
        return None

    def keys_changed(self) -> None:
        off = [self.why_not(action) for action in ("generate", "copy", "history")]
        if off != self._off:
            self._off = off
            self.refresh_bindings()

    # -- Asking ------------------------------------------------------------------------------------------------------

    @property
    def _writing(self) -> bool:
        return any(pane.writing for pane in self.panes)

    def action_prompt(self) -> None:
        self.set_focus(self._prompt)  # at once: what is typed next belongs there

    def on_prompt_area_submitted(self) -> None:
        reason = self.why_not("generate")
        if reason:
            self.notify(reason, severity="warning", markup=False)
        else:
            self.action_generate()

    def action_generate(self) -> None:
        """Ask for every answer in sight; while one is written, stop it. Two get the same seed if theirs is drawn."""
        if self._writing:
            self._stop()
            return
        self._history.restart()
        prompt, drawn = self._prompt.text, random.randrange(_SEEDS)
        for pane in self.panes if self.both else self.panes[:1]:
            if pane.run is None:
                continue
            pane.tokens.cursor = None
            pane.ask(self._worker, prompt, drawn if pane.sampling.seed is None else pane.sampling.seed)
            examine = partial(self._examine, pane, pane.run, prompt)
            self.run_worker(examine, thread=True, exclusive=True, group=f"words-{pane.letter}", exit_on_error=False)
        self.set_focus(self.active.tokens)

    def _examine(self, pane: AnswerPane, run: RunDirectory, prompt: str) -> None:
        try:
            strange = strange_characters(run.tokenizer_path, prompt)
        except (UserError, OSError):  # the worker tells of it
            return
        if strange:
            self.post_message(self.Strange(pane, strange))

    def on_console_screen_strange(self, message: Strange) -> None:
        said = _("the model has never seen these characters, and takes them as bytes: {characters}")
        message.pane.remark(said.format(characters=" ".join(message.characters[:_NAMED])))

    def _stop(self) -> None:
        for pane in self.panes:
            pane.stop()

    def action_back(self) -> None:
        """Stop what is being written; else leave the place where one is."""
        if self._writing:
            self._stop()
        elif self.active.tokens.has_focus:
            self.active.tokens.cursor = None
        else:
            self.set_focus(self.active.tokens)

    def on_answer_pane_turned(self, message: AnswerPane.Turned) -> None:
        if message.answer is not None and message.answer.tokens:
            keep = partial(self._keep, self._history.add(message.answer))
            self.run_worker(keep, thread=True, group="history", exit_on_error=False)
        self.keys_changed()
        self._show_alternatives()

    # -- Tokens ------------------------------------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        for pane in self.panes:
            if pane.tokens.has_focus and pane is not self.active:
                self.active = pane
                self._show_panes()
                self.refresh_title()
                self.keys_changed()
                self._show_alternatives()

    def on_token_text_moved(self, message: TokenText.Moved) -> None:
        if message.tokens is self.active.tokens:
            self._show_alternatives()

    def _show_alternatives(self) -> None:
        """Tell of the token under the cursor, if there is one."""
        answer, cursor = self.active.answer, self.active.tokens.cursor
        there = answer is not None and cursor is not None and cursor < len(answer.tokens)
        self._alternatives.set_class(there, "-shown")
        if answer is not None and cursor is not None and there:
            ending = answer.finish == "end" and cursor == len(answer.tokens) - 1
            self._alternatives.show(answer.tokens[cursor], cursor + 1, ending=ending)

    def on_token_text_chosen(self, message: TokenText.Chosen) -> None:
        if message.tokens.cursor is not None:
            self._alternatives.focus_list()
        elif self._writing:
            self._stop()
        else:
            self.action_prompt()

    def on_alternatives_taken(self, message: Alternatives.Taken) -> None:
        pane, place = self.active, self.active.tokens.cursor
        if place is not None:
            seed = random.randrange(_SEEDS) if pane.sampling.seed is None else pane.sampling.seed
            pane.go_on(self._worker, place, message.alternative, seed)
            self.set_focus(pane.tokens)

    def action_colours(self) -> None:
        """Colour the tokens, or do not."""
        for pane in self.panes:
            pane.tokens.coloured = not pane.tokens.coloured

    # -- Two answers -------------------------------------------------------------------------------------------------

    def action_both(self) -> None:
        """Two answers side by side, or one."""
        self.both = not self.both
        first, second = self.panes
        if self.both and second.run is None and first.run is not None:
            second.set_sampling(first.sampling)
            self.choose_for(second, first.run, first.checkpoint)
            second.hint(_("s, c and r change how this one is asked."))
        if not self.both:
            second.stop()
        self._show_panes()
        self.set_focus((second if self.both else first).tokens)

    def _show_panes(self) -> None:
        self.panes[1].display = self.both
        for pane in self.panes:
            pane.set_both(self.both, active=pane is self.active)

    # -- History, copies, files --------------------------------------------------------------------------------------

    def _remember(self) -> None:
        try:
            self.post_message(self.Remembered(read_history(self._history.path)))
        except OSError as error:
            self.post_message(self.Failed(from_os_error(error, _("reading the history"))))

    def on_console_screen_remembered(self, message: Remembered) -> None:
        self._history.entries[:0] = message.entries
        self.keys_changed()

    def _keep(self, entry: Entry) -> None:
        try:
            append(self._history.path, entry)
        except OSError as error:
            self.post_message(self.Failed(from_os_error(error, _("keeping the history"))))

    def on_console_screen_failed(self, message: Failed) -> None:
        self.tui.tell(message.error)

    def on_prompt_area_recalled(self, message: PromptArea.Recalled) -> None:
        text = self._history.recall(message.by, self._prompt.text)
        if text != self._prompt.text:
            self._prompt.text = text
            self._prompt.move_cursor(self._prompt.document.end)

    @work
    async def action_history(self) -> None:
        """Ask for an earlier answer, and bring it back with its prompt and settings."""
        entries = list(self._history.entries)
        choice = Choice(_("Earlier answers"), lambda: history_items(entries), _("nothing was asked yet."))
        chosen = await self.app.push_screen_wait(choice)
        if chosen:
            answer = entries[int(chosen)].answer()
            self._prompt.text = answer.question.prompt
            self.active.restore(answer)
            self.refresh_title()

    def action_copy(self) -> None:
        if self.active.answer is not None:
            self.tui.copy_text(self.active.answer.text)

    def action_copy_all(self) -> None:
        answer = self.active.answer
        if answer is not None:
            self.tui.copy_text(answer.question.prompt + answer.text)

    @work
    async def action_save(self) -> None:
        """Write the answer into a file."""
        if self.active.answer is not None:
            await save_answer(self.tui, self.active.answer)

    def action_clear(self) -> None:
        """Take away prompt and answers; they stay in the history."""
        self._prompt.text = ""
        for pane in self.panes:
            pane.clear()
