"""What the Dataset screen knows of the text, and its talk with the process of `workers/prepare.py`.

Imports Textual and what is light of `text`. How it looks and which key does what is in `dataset.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from textual import work
from textual.timer import Timer
from textual.widgets import Button, Input, Static

from tui_llm.draft import Facts
from tui_llm.errors import UserError, from_os_error
from tui_llm.processes import WorkerProcess
from tui_llm.runs.home import home
from tui_llm.screens.dataset_choice import Choice, Prepared, raw_size
from tui_llm.screens.dataset_dialogs import Book
from tui_llm.screens.dataset_found import FoundPane
from tui_llm.screens.dataset_known import KnownText, beginning
from tui_llm.screens.dataset_tokens import TokensPane
from tui_llm.screens.dataset_work import PREPARATION, WorkLine
from tui_llm.translation import _
from tui_llm.widgets.base import AppScreen

if TYPE_CHECKING:
    from tui_llm.text.report import ReadReport

#: Seconds without a change after which the text is read, or cut, anew.
PAUSE = 0.4

#: Seconds out of sight after which an idle worker is ended.
IDLE = 120.0


class ReadingScreen(AppScreen):
    """The part of the Dataset screen that has the text read, cut, prepared and written."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice()
        self.report: ReadReport | None = None
        self.prepared: Prepared | None = None
        self.fault: UserError | None = None
        """Why the texts cannot be read."""
        self.is_reading = False
        self.is_preparing = False
        self.is_writing = False
        self._vocab_size: int | None = None
        self._left_with: tuple[str, ...] = ()
        """The texts of the app's draft when the screen was left."""
        self._worker = WorkerProcess("tui_llm.workers.prepare")
        self._idle: Timer | None = None

    @property
    def work_line(self) -> WorkLine:
        """What is being done, what went wrong, what is ready."""
        return self.query_one(WorkLine)

    def show_choice(self) -> None:
        """Show what is chosen now."""
        raise NotImplementedError

    async def on_unmount(self) -> None:
        self.workers.cancel_node(self)  # nobody is left to hear what the end of the process means for them
        await self._worker.close()

    # -- In sight and out of it --------------------------------------------------------------------------------------

    def look(self) -> None:
        """Take over the texts of a draft that somebody else has made."""
        if self._idle is not None:
            self._idle.stop()
        choice = Choice.of_data(self.tui.draft.request.get("data", {}))
        if choice.texts in ((), self._left_with, self.choice.texts) or self.is_preparing or self.is_writing:
            return
        self.choose(choice)

    def on_screen_suspend(self) -> None:
        super().on_screen_suspend()
        self._left_with = Choice.of_data(self.tui.draft.request.get("data", {})).texts
        self._idle = self.set_timer(IDLE, self._end_idle_worker)

    async def _end_idle_worker(self) -> None:
        if not (self.is_reading or self.is_preparing or self.is_writing):
            await self._worker.close()

    # -- Choosing ----------------------------------------------------------------------------------------------------

    def choose(self, choice: Choice, *, pause: float = 0.0) -> None:
        """Read other texts, or the same in another way, when nothing has changed for `pause` seconds."""
        if choice == self.choice:
            return
        has_other_text = choice.reading() != self.choice.reading()
        self.stop_preparing()
        self.choice, self.prepared = choice, None
        if not self.is_writing:
            self.work_line.rest()
        if has_other_text:
            self._begin_reading(pause)
        elif self.fault is None:
            self._cut(pause)

    def _begin_reading(self, pause: float) -> None:
        self.fault = None
        self.workers.cancel_group(self, "cutting")
        self.show_choice()
        self.show_report(None, "")
        self._inspect(pause)

    def add(self, texts: list[str]) -> None:
        """Choose `texts`, too."""
        new = tuple(text for text in texts if text not in self.choice.texts)
        self.choose(replace(self.choice, texts=self.choice.texts + new))

    def take_known(self, known: KnownText) -> None:
        """Choose a text that was prepared before: there is nothing to be read."""
        self.stop_preparing()
        self.stop_reading()
        self.choice, self.fault = known.choice, None
        self.show_choice()
        self.show_report(known.report, "")
        self._finish(known.prepared)
        self._show_beginning(known)
        self._cut(0.0)

    @work(exclusive=True, group="reading")
    async def _show_beginning(self, known: KnownText) -> None:
        try:
            text = await asyncio.to_thread(beginning, known)
        except UserError as error:
            self.work_line.fail(error)
        except OSError as error:
            self.work_line.fail(from_os_error(error, _("reading the text")))
        else:
            self.query_one("#beginning", Static).update(text)

    def show_report(self, report: ReadReport | None, preview: str) -> None:
        """Show what was found, and the beginning of the text."""
        self.report, self._vocab_size = report, None
        self.query_one(FoundPane).show_report(report)
        self.query_one("#beginning", Static).update(preview)
        if report is None:
            self.query_one(TokensPane).clear()
        self.refresh_title()

    async def _ask(self, op: str, **fields: Any) -> AsyncGenerator[dict[str, Any], None]:
        """What the worker answers, for as long as there is a screen to show it on."""
        async with contextlib.aclosing(self._worker.ask(op, **fields)) as events:
            async for event in events:
                if not self.app.is_running:  # it is ending, and takes its widgets down before their workers
                    raise asyncio.CancelledError
                yield event

    # -- Reading and cutting -----------------------------------------------------------------------------------------

    @work(exclusive=True, group="reading")
    async def _inspect(self, pause: float) -> None:
        self.is_reading = bool(self.choice.texts)
        if not self.is_reading:
            return
        try:
            await asyncio.sleep(pause)
            async with contextlib.aclosing(self._ask("inspect", **self.choice.reading())) as events:
                async for event in events:
                    self._heed_reading(event)
        except UserError as error:
            self.fault = error
            if not self.is_preparing:  # the preparation will tell it, too
                self.work_line.fail(error)
        self.is_reading = False
        self.refresh_bindings()

    def _heed_reading(self, event: dict[str, Any]) -> None:
        is_free = not (self.is_preparing or self.is_writing)
        match event["event"]:
            case "progress" if is_free:
                if not self.work_line.stage:
                    self.work_line.begin(("reading",))
                self.work_line.advance(event["stage"], event["share"])
            case "preview":
                self.query_one("#beginning", Static).update(event["preview"])
            case "report":
                from tui_llm.text.report import ReadReport

                if is_free and self.prepared is None:
                    self.work_line.rest()
                self.show_report(msgspec.convert(event["report"], ReadReport), event["preview"])
                self._cut(0.0)

    def stop_reading(self) -> None:
        """Let the text be, as far as it was read."""
        self.workers.cancel_group(self, "reading")
        self.workers.cancel_group(self, "cutting")
        self.is_reading = False

    @work(exclusive=True, group="cutting")
    async def _cut(self, pause: float) -> None:
        """Show how the text is cut into tokens, once it is known how large it is."""
        pane = self.query_one(TokensPane)
        if self.report is None:
            return
        cutting = self.choice.cutting(self.report.bytes)
        pane.show_waiting(_("training a tokenizer on the beginning of the text…"))
        try:
            await asyncio.sleep(pause)
            async with contextlib.aclosing(self._ask("cut", **cutting)) as events:
                async for event in events:
                    if event["event"] == "cut":
                        self._vocab_size = event["vocab_size"]
                        pane.show_cut(cutting["tokenizer"], event)
        except UserError as error:
            self._vocab_size = None
            pane.show_fault(error)

    # -- Preparing ---------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="work")
    async def prepare(self) -> None:
        """Make the text ready to train on, and tell the draft of it."""
        self.is_preparing, self.prepared = True, None
        self.refresh_bindings()
        self.work_line.begin(PREPARATION)
        done: dict[str, Any] = {}
        try:
            size = self.report.bytes if self.report else await asyncio.to_thread(raw_size, self.choice.texts)
            async with contextlib.aclosing(self._ask("prepare", **self.choice.cutting(size))) as events:
                async for done in events:
                    if done["event"] == "progress":
                        self.work_line.advance(done["stage"], done["share"])
        except (UserError, OSError) as error:
            self.is_preparing = False
            known = error if isinstance(error, UserError) else from_os_error(error, _("reading the text"))
            self.work_line.fail(known)
        else:
            self._finish(Prepared.of_event(done, self.report.documents if self.report else None))
        self.refresh_bindings()

    def _finish(self, prepared: Prepared) -> None:
        self.is_preparing, self.prepared = False, prepared
        self.tui.draft = self.tui.draft.with_data(self.choice.data(prepared), prepared.facts())
        self.work_line.finish(prepared)
        if not isinstance(self.focused, Input):
            self.query_one("#onward", Button).focus()

    def stop_preparing(self) -> None:
        """End the preparation, if there is one. What was made is removed by the worker, or by its next preparation."""
        if not self.is_preparing:
            return
        self.workers.cancel_group(self, "work")
        self.is_preparing = False
        if self.work_line.stage == "tokenizer":  # a library's work, which heeds nobody
            was_reading = self.is_reading
            self.stop_reading()
            self._worker.kill()
            if was_reading:
                self._inspect(0.0)
            else:
                self._cut(0.0)
        self.refresh_bindings()

    def facts(self) -> Facts:
        """What is known of the text, prepared or not."""
        documents = self.report.documents if self.report else None
        if self.prepared is not None:
            return replace(self.prepared, documents=self.prepared.documents or documents).facts()
        name = self.choice.texts[0].rpartition("/")[2] if self.choice.texts else ""
        size = self.report.bytes if self.report else None
        return Facts(name=name, bytes=size, documents=documents, vocab_size=self._vocab_size)

    # -- Stories -----------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="work")
    async def write(self, book: Book) -> None:
        """Write stories into a file at home, and choose it; a file that is there already is chosen as it is."""
        path = home() / f"stories-{book.language}-{book.megabytes:g}.txt"
        if not path.exists():
            self.is_writing = True
            self.refresh_bindings()
            self.work_line.begin(("writing",))
            try:
                asked = self._ask("stories", language=book.language, megabytes=book.megabytes, out=path)
                async with contextlib.aclosing(asked) as events:
                    async for event in events:
                        if event["event"] == "progress":
                            self.work_line.advance(event["stage"], event["share"])
            except UserError as error:
                self.work_line.fail(error)
                return
            finally:
                self.is_writing = False
                self.refresh_bindings()
            self.work_line.rest()
        self.add([str(path)])

    def stop_writing(self) -> None:
        """End the writing of stories; nothing of them stays."""
        self.workers.cancel_group(self, "work")
