"""One answer of the Console: whom it is asked of and how, its tokens as they come, its figures. Imports Textual."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from tui_llm import figures
from tui_llm.errors import RunFailedError, UserError
from tui_llm.processes import WorkerProcess
from tui_llm.runs.checkpoints import CheckpointInfo
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.console_answer import ENDINGS, Alternative, Answer, Question, Sampling, Token
from tui_llm.screens.console_head import HeadLine, head_forms, told_checkpoint
from tui_llm.translation import _, ngettext, sentence
from tui_llm.widgets.tokens import Piece, TokenText

#: Seconds between two looks at the tokens that have come.
_BEAT = 0.1


class AnswerPane(Vertical):
    """Asks the worker, shows what comes, and keeps it."""

    class Turned(Message):
        """It began or ended to write, or has another answer."""

        def __init__(self, pane: AnswerPane, answer: Answer | None = None) -> None:
            """`answer`: the one that has just ended."""
            super().__init__()
            self.pane, self.answer = pane, answer

    class Asked(Message):
        """The part of its head line about the model was clicked, or the one about the settings."""

        def __init__(self, pane: AnswerPane, *, model: bool) -> None:
            super().__init__()
            self.pane, self.model = pane, model

    def __init__(self, letter: str, *, ascii_only: bool) -> None:
        super().__init__(id=f"answer-{letter.lower()}", classes="answer")
        self.letter = letter
        self.run: RunDirectory | None = None
        self.checkpoint: str | None = None
        self.sampling = Sampling()
        self.answer: Answer | None = None
        self.writing = False
        self._checkpoints: list[CheckpointInfo] = []
        self._coming: list[Token] = []
        self._came = 0
        self._began = 0.0
        self._loaded = ""
        self._head = HeadLine()
        self._fault = Static(classes="fault", markup=False)
        self.tokens = TokenText(ascii_only=ascii_only, id=f"tokens-{letter.lower()}")
        self._figures = Static(classes="figures", markup=False)
        self._told = ""

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._fault
        yield self.tokens
        yield self._figures

    def on_mount(self) -> None:
        self._beat = self.set_interval(_BEAT, self._flush, pause=True)
        self.complain(None)
        self._tell_head()

    # -- Whom and how ------------------------------------------------------------------------------------------------

    def choose(self, run: RunDirectory | None, checkpoint: str | None) -> None:
        """Ask `run` from now on, at `checkpoint`: best, last, a step, or None for the best if there is one."""
        if run != self.run:
            self._checkpoints = []
        self.run, self.checkpoint = run, checkpoint
        self.complain(None)
        self._tell_head()

    def set_sampling(self, sampling: Sampling) -> None:
        """Ask like that from now on."""
        self.sampling = sampling
        self._tell_head()

    def know(self, checkpoints: list[CheckpointInfo]) -> None:
        """These are the checkpoints of its run now."""
        self._checkpoints = checkpoints
        self._tell_head()

    def _tell_head(self) -> None:
        if not self.is_mounted:
            return
        both = self.has_class("-both")
        whom, step = (_("no run"), "") if self.run is None else told_checkpoint(self.checkpoint, self._checkpoints)
        run = f"{self.run.name}  " if both and self.run is not None else ""
        self._head.tell(head_forms(f"{self.letter}  " if both else "", run, whom, step, self.sampling))

    def set_both(self, both: bool, *, active: bool) -> None:
        """Whether another answer stands beside it, and whether the keys are about this one."""
        self.set_class(both, "-both")
        self.set_class(active, "-active")
        self._tell_head()

    def on_head_line_clicked(self, message: HeadLine.Clicked) -> None:
        message.stop()
        self.post_message(self.Asked(self, model=message.model))

    # -- Asking ------------------------------------------------------------------------------------------------------

    def ask(self, worker: WorkerProcess, prompt: str, seed: int) -> None:
        """Have `prompt` answered; what was written before goes."""
        assert self.run is not None
        question = Question(str(self.run.path), self.checkpoint, prompt, self.sampling, seed)
        self._begin(worker, Answer(question))

    def go_on(self, worker: WorkerProcess, place: int, alternative: Alternative, seed: int) -> None:
        """Keep the tokens before `place`, take `alternative` there, and have the model that wrote it go on, drawing its
        tokens as it is set now.
        """
        assert self.answer is not None
        before = self.answer
        at = msgspec.structs.replace(before.tokens[place], token=alternative.token)
        taken = msgspec.structs.replace(at, text=alternative.adds, probability=alternative.probability)
        question = msgspec.structs.replace(
            before.question, checkpoint=self._still(before), sampling=self.sampling, seed=seed
        )
        answer = Answer(question, before.step, [*before.tokens[:place], taken])
        if alternative.ends_text:
            self._stop_writing()
            answer.finish = "end"
            self._show(answer)
            self.post_message(self.Turned(self, answer))
        else:
            self._begin(worker, answer)

    def _still(self, answer: Answer) -> str | None:
        """How to name the checkpoint that wrote `answer`: by its step, unless a training has replaced it meanwhile."""
        gone = self.run is not None and str(self.run.path) == answer.question.run and self._checkpoints
        if answer.step is None or (gone and all(info.step != answer.step for info in self._checkpoints)):
            return answer.question.checkpoint
        return str(answer.step)

    def _begin(self, worker: WorkerProcess, answer: Answer) -> None:
        self._stop_writing()
        self.complain(None)
        self._show(answer)
        self.writing = True
        self._came, self._loaded = 0, ""
        self._beat.resume()
        self._tell_figures()
        self.run_worker(self._write(worker, answer), exclusive=True, group=self.letter, exit_on_error=False)
        self.post_message(self.Turned(self))

    async def _write(self, worker: WorkerProcess, answer: Answer) -> None:
        """Take what the worker tells until the answer has ended, however it does."""
        fields = {**answer.question.fields(), "continuation": [token.token for token in answer.tokens]}
        try:
            async with contextlib.aclosing(worker.ask("generate", **fields)) as told:
                async for event in told:
                    self._take(answer, event)
        except UserError as error:
            self.complain(error)
            self._end(answer, "failed")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A defect of ours is told, and ends this answer alone."""
        if event.state is WorkerState.ERROR and self.answer is not None:
            told = _("an unexpected error: {error}.").format(error=repr(event.worker.error))
            self.complain(RunFailedError(told, _("try again.")))
            self._end(self.answer, "failed")

    def _take(self, answer: Answer, event: dict[str, Any]) -> None:
        match event["event"]:
            case "loaded":
                answer.step = event["step"]
                self._began = time.monotonic()
                self._loaded = _("{parameters} parameters on {device}").format(
                    parameters=figures.count(event["parameters"]), device=event["device"]
                )
            case "token":
                self._coming.append(msgspec.convert(event, Token))
                self._came += 1
            case "done":
                answer.rate = event["tokens_per_second"]
                self._end(answer, event["finish"])

    def stop(self) -> None:
        """Write no further; what there is stays."""
        if self.answer is not None and self.writing:
            answer = self.answer
            self.workers.cancel_group(self, self.letter)
            self._end(answer, "stopped")

    def _stop_writing(self) -> None:
        """End the answer before this one, if it is still being written."""
        self.stop()
        self._coming.clear()

    def _end(self, answer: Answer, finish: str) -> None:
        if not self.writing or answer is not self.answer:
            return
        if answer.rate is None and self._came:
            answer.rate = self._came / max(1e-3, time.monotonic() - self._began)
        answer.finish = finish
        self.writing = False
        self._beat.pause()
        self._flush()
        if finish == "end":
            self._show(answer)  # the last token is told to end the text
        self.post_message(self.Turned(self, answer))

    # -- Showing -----------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Show the tokens that have come since the last time."""
        if self.answer is not None and self._coming:
            self.answer.tokens.extend(self._coming)
            self.tokens.append([self._piece(token) for token in self._coming])
            self._coming.clear()
        self._tell_figures()

    def _piece(self, token: Token, *, ending: bool = False) -> Piece:
        # A token without text must be seen, too: one can stand on it and choose another.
        return Piece(_("[end of text]") if ending else token.text or "·", token.probability)

    def _show(self, answer: Answer | None) -> None:
        """Show `answer` from its beginning, and keep the cursor where it was if it can be."""
        self.answer = answer
        if answer is None:
            self.tokens.show("")
        else:
            last = len(answer.tokens) - 1
            ended = answer.finish == "end"
            pieces = [self._piece(one, ending=ended and at == last) for at, one in enumerate(answer.tokens)]
            cursor = self.tokens.cursor
            self.tokens.show(answer.question.prompt, pieces)
            if cursor is not None and cursor <= last and not self.writing:
                self.tokens.cursor = cursor
        self._tell_figures()

    def restore(self, answer: Answer) -> None:
        """Show an earlier answer, and ask as it was asked."""
        self._stop_writing()
        self.sampling = answer.question.sampling
        run = RunDirectory(Path(answer.question.run))
        if run.exists():
            self.choose(run, answer.question.checkpoint)
        self._tell_head()
        self.tokens.cursor = None
        self._show(answer)
        self.post_message(self.Turned(self))

    def clear(self) -> None:
        """Forget the answer."""
        self._stop_writing()
        self.complain(None)
        self.tokens.cursor = None
        self._show(None)
        self.post_message(self.Turned(self))

    def complain(self, error: UserError | None) -> None:
        """Say in place what went wrong; None: nothing any more."""
        self._fault.remove_class("-error")
        self.remark(f"{sentence(error.what)} {sentence(error.hint)}" if error is not None else "")
        self._fault.set_class(error is not None, "-error")

    def remark(self, text: str) -> None:
        """Say something in place that is no mistake; a mistake that is told already stays."""
        if not self._fault.has_class("-error"):
            self._fault.update(text)
            self._fault.display = bool(text)

    def hint(self, text: str) -> None:
        """Say what to do here, as long as there is no answer."""
        if self.answer is None:
            self.tokens.show(text)

    def _tell_figures(self) -> None:
        text = self._figures_text()
        if text != self._told:
            self._told = text
            self._figures.update(text)

    def _figures_text(self) -> str:
        answer = self.answer
        if answer is None:
            return ""
        if self.writing and not self._came:
            return self._loaded or _("loading the model… (the first time this takes some seconds)")
        rate = answer.rate
        if self.writing:
            rate = self._came / max(1e-3, time.monotonic() - self._began)
        count = len(answer.tokens)
        parts = [ngettext("{count} token", "{count} tokens", count).format(count=count)]
        if rate is not None:
            parts.append(_("{rate} tokens/s").format(rate=figures.count(rate)))
        if self.writing:
            parts.append(_("esc stops"))
        elif answer.finish is not None:
            parts.append(_(ENDINGS[answer.finish]))
        if answer.bits_per_token is not None and not self.writing:
            parts.append(_("{bits} bits/token").format(bits=f"{answer.bits_per_token:.2f}"))
            parts.append(_("seed {seed}").format(seed=answer.question.seed))
        return "  ".join(parts)
