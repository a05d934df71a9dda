"""The Config screen: a form made from the configuration's own schema, what it means beside it, and the start of a run.
Imports Textual and what the app may.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.config import to_toml
from tui_llm.draft import Draft
from tui_llm.errors import UserError, from_os_error
from tui_llm.figures import count, size
from tui_llm.files import write_atomically
from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.naming import stem_of
from tui_llm.runs.queue import busy_runs
from tui_llm.screens.configure_dialogs import Choice, OpenFile, Pick, check_target, read_configuration
from tui_llm.screens.configure_editor import DraftForm
from tui_llm.screens.configure_fields import fields
from tui_llm.screens.configure_meaning import Meaning
from tui_llm.screens.configure_panel import MeaningPanel, fields_of
from tui_llm.screens.configure_request import adopt, is_heeded, portable, texts_of
from tui_llm.screens.runs_start import WhenToStart
from tui_llm.text.sources import find_sources
from tui_llm.translation import N_, STATES, _, spoken
from tui_llm.widgets.base import AppScreen
from tui_llm.widgets.dialogs import Confirm, TextPrompt

RATE = "training.lr"


class ConfigScreen(AppScreen):
    """Edits `app.draft`; what it shows is always what the draft says."""

    CSS_PATH = "configure.tcss"
    AUTO_FOCUS = "FormRows"  # in the filter, which is put away, the first keys would be typed
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012
    HELP = N_(
        """# Config

How the model is made and trained. Choose a **preset**; everything else may stay as it is. Values with `*` are yours;
the others come from the preset, and **auto** chooses most of them for your text, this machine and the minutes you give.

**s** starts the training in the background: it goes on when you leave. **w** writes the settings into a file that
`tui-llm train --config` takes, **o** loads one, **f** takes those of an existing run; your text stays.
**r** tries learning rates, from tiny to huge, and suggests one. **d** goes to the text."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", _("start"), id="config.start"),
        Binding("t", "try_it", _("try it"), id="config.try"),
        Binding("r", "find_rate", _("rate"), id="config.rate"),
        Binding("d", "app.go('dataset')", _("text"), id="config.text"),
        Binding("w", "save", _("save"), id="config.save"),
        Binding("o", "load", _("load"), show=False, id="config.load"),
        Binding("f", "like_a_run", _("settings of a run"), show=False, id="config.like"),
        Binding("escape", "stop_trying", show=False),
    ]

    @dataclass
    class Weighed(Message):
        """What the texts are, as files: their size in bytes, or what is wrong with them."""

        texts: list[str]
        bytes: int | None
        fault: str

    def __init__(self) -> None:
        super().__init__()
        self.editor = DraftForm()
        self.panel = MeaningPanel()
        self._shown: Draft | None = None
        self._meaning: Meaning | None = None
        self._text_fault = ""
        self._starting = self._finding = False
        self._answers: list[str | None] = []

    def body(self) -> Iterable[Widget]:
        yield TextLine(id="text", markup=False)
        with Container(id="main"):
            yield self.editor
            yield self.panel

    # -- Showing -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        self.panel.come_back()
        self._weigh()
        if self.tui.draft is not self._shown:
            self._put(self.tui.draft)

    def on_screen_suspend(self) -> None:
        super().on_screen_suspend()
        if not self._finding:
            self.panel.leave()

    def on_resize(self) -> None:
        self.call_after_refresh(self.panel.show_meaning)

    def _put(self, draft: Draft) -> None:
        """Show a draft that was not edited here."""
        self.editor.show(draft)
        self._take(draft)

    @on(DraftForm.Changed)
    def _edited(self, event: DraftForm.Changed) -> None:
        self._take(event.draft)

    def _take(self, draft: Draft) -> None:
        self.tui.draft = self._shown = draft
        if draft.facts.bytes is None:
            self._weigh()
        self.panel.consider(draft)
        self._show_text()
        self._refresh_keys()

    def _show_text(self) -> None:
        self.query_one(TextLine).show(self.tui.draft, self._text_fault, " · " if self.tui.charts != "ascii" else ", ")

    @on(MeaningPanel.Learnt)
    def _learn(self, event: MeaningPanel.Learnt) -> None:
        self._meaning = event.meaning
        self.editor.learn(event.meaning)
        self._refresh_keys()

    def _refresh_keys(self) -> None:
        answers = [self.why_not(action) for action in ("start", "try_it", "find_rate", "stop_trying")]
        if answers != self._answers:
            self._answers = answers
            self.refresh_bindings()

    def why_not(self, action: str) -> str | None:
        if action == "start":
            return self._why_not_start()
        if action == "try_it":
            return self.editor.problem() or None
        if action == "find_rate":
            return self._why_not_find_rate()
        return None

    def _why_not_start(self) -> str | None:
        if not texts_of(self.tui.draft.request):
            return _("there is no text to train on: d chooses one.")
        if self._text_fault:
            return self._text_fault
        if self._starting:
            return _("it is being started.")
        return self._why_not_learn()

    def _why_not_find_rate(self) -> str | None:
        request = self.tui.draft.request
        if not texts_of(request):
            return _("there is no text to find a rate on: d chooses one.")
        if not is_heeded(request, fields()[RATE]):
            return _("counting pairs takes no learning rate.")
        return self._text_fault or self._why_not_learn()

    def _why_not_learn(self) -> str | None:
        """What is wrong with the configuration, alone or with its text."""
        return self.editor.problem() or (self._meaning.refusal if self._meaning is not None else None)

    # -- The text ----------------------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        """Look whether the texts are there, and how large: where nothing is prepared, `auto` goes by that."""
        texts = texts_of(self.tui.draft.request)
        if texts:
            self.run_worker(lambda: self._weigh_texts(texts), thread=True, exclusive=True, group="weigh")

    def _weigh_texts(self, texts: list[str]) -> None:
        try:
            weight = sum(source.size for source in find_sources(texts))
            self.post_message(self.Weighed(texts, weight, ""))
        except (UserError, OSError) as error:
            told = error if isinstance(error, UserError) else from_os_error(error, _("looking for the text"))
            self.post_message(self.Weighed(texts, None, spoken(told)))

    @on(Weighed)
    def _weighed(self, event: Weighed) -> None:
        draft = self.tui.draft
        if draft is not self._shown or event.texts != texts_of(draft.request):  # it has changed meanwhile
            return
        self._text_fault = event.fault
        if draft.facts.bytes is None and event.bytes is not None:
            draft = replace(draft, facts=replace(draft.facts, bytes=event.bytes))
            self.editor.draft = draft
        self._take(draft)

    # -- Measuring, files --------------------------------------------------------------------------------------------

    def action_try_it(self) -> None:
        """Train for a moment to see how fast it is."""
        self.panel.measure()

    def action_stop_trying(self) -> None:
        """Break that off."""
        self.panel.cancel()

    @work
    async def action_find_rate(self) -> None:
        """Try learning rates on the text, and take the one that is suggested, or leave it."""
        from tui_llm.screens.configure_rate import FindRate  # its chart takes a moment

        self.panel.cancel()
        self._finding = True  # the panel's worker is at work while this screen is behind
        try:
            finder = FindRate(self.panel.process, fields_of(self.tui.draft))
            rate: float | None = await self.app.push_screen_wait(finder)
        finally:
            self._finding = False
        if rate is not None:
            self.editor.put(RATE, rate)

    @work
    async def action_save(self) -> None:
        """Write the settings into a TOML file."""
        stem = self.editor.run_name or Path((texts_of(self.tui.draft.request) or ["run"])[0]).stem
        typed: str | None = await self.app.push_screen_wait(
            TextPrompt(_("save the settings in this file:"), f"./{stem}.toml", check_target)
        )
        if typed is None:
            return
        path = check_target(typed)
        question = _("{path} exists already. Overwrite it?").format(path=path)
        if path.exists() and not await self.app.push_screen_wait(Confirm(question, _("Overwrite"))):
            return
        try:
            write_atomically(path, to_toml(portable(self.tui.draft.request)))
        except OSError as error:
            self.tui.tell(error, _("saving the settings"))
        else:
            self.notify(str(path), title=_("saved"), markup=False)

    @work
    async def action_load(self) -> None:
        """Take the settings from a TOML file; the text stays if there is one."""
        path = await self.app.push_screen_wait(OpenFile())
        if path is not None:
            self._adopt(path)

    @work
    async def action_like_a_run(self) -> None:
        """Take the settings of an existing run; the text stays if there is one."""
        runs = await asyncio.to_thread(list_runs)
        if not runs:
            self.notify(_("there are no runs yet."), severity="warning", markup=False)
            return
        choices = [Choice(run.path, run.name, _(STATES[run.state])) for run in runs]
        chosen = await self.app.push_screen_wait(Pick(_("take the settings of this run:"), choices))
        if chosen is not None:
            self._adopt(Path(chosen) / "run.toml")

    def _adopt(self, path: Path) -> None:
        try:
            draft = adopt(self.tui.draft, read_configuration(path))
        except UserError as error:
            self.tui.tell(error)
        else:
            self._put(draft)

    # -- Starting ----------------------------------------------------------------------------------------------------

    @work
    async def action_start(self) -> None:
        """Start the training in the background, at once or when its turn comes."""
        self._starting = True
        self._refresh_keys()
        try:
            await self._start()
        except (UserError, OSError) as error:
            self.tui.tell(error, _("starting the training"))
        finally:
            self._starting = False
            self._refresh_keys()

    async def _start(self) -> None:
        texts = texts_of(self.tui.draft.request)
        await asyncio.to_thread(find_sources, texts)
        stem, name = Path(texts[0]).stem, self.editor.run_name
        others = [run.name for run in await asyncio.to_thread(busy_runs)]
        when: str | None = "now"
        if others:
            to_come = RunDirectory(runs_folder() / (name or stem_of(stem)))
            answer = await self.app.push_screen_wait(WhenToStart(to_come, others))
            when = answer
        if when is None:
            return
        self.panel.dismiss_worker()
        self.tui.start_run(self.tui.draft.request, name or None, stem, queue=when == "queue")
        self.editor.show(self.tui.draft)


class TextLine(Static):
    """What the model will learn from. A click goes where it is chosen."""

    def show(self, draft: Draft, fault: str, separator: str) -> None:
        """Show the draft's texts, or what is wrong with them."""
        texts, facts = texts_of(draft.request), draft.facts
        self.set_class(not texts or bool(fault), "-missing")
        if not texts:
            self.update(_("! no text yet: d chooses one"))
            return
        more = f" +{len(texts) - 1}" if len(texts) > 1 else ""
        told = [f"{_('text')} {Path(texts[0]).name}{more}"]
        if facts.bytes is not None:
            told.append(size(facts.bytes))
        if facts.train_tokens is not None:
            told.append(_("{count} tokens to train on").format(count=count(facts.train_tokens)))
        if facts.vocab_size is not None:
            told.append(_("vocabulary of {size}").format(size=facts.vocab_size))
        self.update(f"! {fault}" if fault else separator.join(told))

    def on_click(self) -> None:
        self.app.switch_mode("dataset")
