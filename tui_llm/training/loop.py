"""The training loop: one trainer for every model. Imports torch, `models`, `text`, `runs`, `training`.

A step never waits for the device. Losses gather in a tensor there and are fetched when a record is written, at most
twice a second; that is also when requests are obeyed and the losses are looked at.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import torch
from torch import Tensor

from tui_llm.config import TrainingConfig
from tui_llm.errors import InputError, RunFailedError
from tui_llm.models.base import LanguageModel
from tui_llm.runs.checkpoints import clean_leftovers, list_checkpoints
from tui_llm.runs.control import Request, take_requests
from tui_llm.runs.directory import RunDirectory
from tui_llm.training.batches import Batches
from tui_llm.training.budget import Budget, Clock
from tui_llm.training.checkpoints import CheckpointSaver, TrainingState, load_training
from tui_llm.training.compiling import LossFunction
from tui_llm.training.devices import Device, seed_step
from tui_llm.training.examiner import Examiner
from tui_llm.training.optimizers import Optimizers
from tui_llm.training.probing import Prober
from tui_llm.training.recorder import Recorder
from tui_llm.training.schedule import learning_rate

#: Seconds between two train records.
RECORD_INTERVAL = 0.5

#: So many losses wait on the device at most.
LOSS_BUFFER = 4096

#: The step of a "resumed" event when there was no checkpoint to go on from.
FROM_THE_BEGINNING = -1

Outcome = Literal["finished", "stopped", "interrupted"]


class Trainer:
    """Trains one model in one run directory."""

    def __init__(
        self,
        run: RunDirectory,
        config: TrainingConfig,
        model: LanguageModel,
        loss_of: LossFunction,
        batches: Batches,
        examiner: Examiner,
        device: Device,
        recorder: Recorder,
        interrupted: Callable[[], bool],
        spent: float = 0.0,
    ) -> None:
        """`loss_of` is the model's loss, compiled or not; `interrupted` tells whether a signal asks for the end.

        `spent` are seconds of the budget that have gone by before.
        """
        self.run, self.config, self.model, self.device = run, config, model, device
        self.batches, self.examiner, self.recorder = batches, examiner, recorder
        self.optimizers = Optimizers(model, config)
        self.budget = Budget(config, batches.windows_per_epoch, model.most_epochs)
        self.clock = Clock(spent)
        self.step = 0
        self.lr = config.lr
        self._prober = Prober(model, self.budget.max_steps) if config.probe else None
        self._loss_of = loss_of
        self._interrupted = interrupted
        self._saver = CheckpointSaver(run, config.keep_last)
        self._losses = torch.zeros(LOSS_BUFFER, device=device.torch_device)
        self._waiting = 0
        self._recorded_at = time.monotonic()
        self._rate = 0.0
        self._norm = torch.zeros(())

    @property
    def tokens_per_step(self) -> int:
        """Tokens in one optimizer step."""
        return self.config.batch_size * self.config.gradient_accumulation_steps * self.model.block_size

    @property
    def tokens(self) -> int:
        """Tokens trained on so far."""
        return self.step * self.tokens_per_step

    def train(self) -> Outcome:
        """Train until the budget is spent, a request or a signal ends it; the last checkpoint is then on the disk.

        Raises:
            RunFailedError: the loss is not finite any more, or the last checkpoint cannot be saved.
            RuntimeError: the device has no memory left, among others.
        """
        try:
            self._begin()
            # What lives by now lives to the end: the collector need not look at it again and again.
            gc.freeze()
            outcome = self._loop()
            self._flush()
            if outcome == "finished":
                self._examine()
            self._save()
            self._saver.wait()
        finally:
            gc.unfreeze()
            self._saver.close()
        return outcome

    def _begin(self) -> None:
        """Load the newest checkpoint, or evaluate the fresh model."""
        clean_leftovers(self.run)
        self.model.train()
        if not self._resume():
            self.examiner.fit(self.budget)
            self._examine()
        self._keep_back()
        self.recorder.update(state="running", max_steps=self.budget.max_steps, budget_seconds=self.budget.seconds)
        self._recorded_at = time.monotonic()

    def _resume(self) -> bool:
        """Go on from the newest checkpoint that is whole; without one, from the beginning."""
        for info in reversed(list_checkpoints(self.run)):
            try:
                state = load_training(Path(info.path), self.model, self.optimizers)
            except InputError as error:
                self.recorder.say(f"the checkpoint of step {info.step} is passed over: {error.what}")
                self.recorder.event("checkpoint_damaged", step=info.step, reason=error.what)
                continue
            self.step, self.lr = state.step, state.lr
            self.clock = Clock(state.elapsed)
            self.examiner.eval_tokens, self.examiner.eval_seconds = state.eval_tokens, state.eval_seconds
            self.recorder.event("resumed", step=self.step)
            return True
        if self.recorder.status.step > 0:
            self.recorder.event("resumed", step=FROM_THE_BEGINNING)
        return False

    def _loop(self) -> Outcome:
        examined = self._examinations_due()
        while not self._interrupted():
            if time.monotonic() - self._recorded_at >= RECORD_INTERVAL or self._waiting == LOSS_BUFFER:
                self._flush()
                if self._obey():
                    return "stopped"
            if self._at_end():
                return "finished"
            self._train_step()
            due = self._examinations_due() > examined or self._ends_kept_epoch()
            if due and not self._at_end():
                examined = self._examinations_due()
                self._flush()
                self._examine()
                self._save()
                self._keep_back()
        return "interrupted"

    def _keep_back(self) -> None:
        """Reserve of a budget in time what the end will take, as far as that is known by now."""
        self.budget.keep_back(self.examiner.seconds_after_the_last_step() + 2 * self._saver.seconds)

    def _at_end(self) -> bool:
        return self.budget.progress(self.step, self.clock.elapsed()) >= 1.0

    def _examinations_due(self) -> int:
        return self.examiner.due(self.budget, self.step, self.clock.elapsed())

    def _ends_kept_epoch(self) -> bool:
        """Whether the newest step was an epoch's last, and the checkpoints of such steps are kept."""
        windows = self.config.batch_size * self.config.gradient_accumulation_steps
        before, now = ((step * windows) // self.batches.windows_per_epoch for step in (self.step - 1, self.step))
        return self.config.keep_epochs and now > before

    def _train_step(self) -> None:
        """One optimizer step; nothing in it waits for the device, unless it is probed."""
        seed_step(self.config.seed, self.step, self.device.torch_device)
        accumulate = self.config.gradient_accumulation_steps
        progress = self.budget.progress(self.step, self.clock.elapsed())
        self._rate = learning_rate(self.config, self.step, progress) * self.lr / self.config.lr
        probe = self._prober.probe(self.step, progress) if self._prober else None
        total = torch.zeros((), device=self.device.torch_device)
        for micro_step in range(accumulate):
            ids, targets = self._to_device(self.batches[self.step * accumulate + micro_step])
            with self.device.precision():
                loss_of = probe.loss if probe and micro_step == 0 else self._loss_of
                loss = loss_of(ids, targets) / accumulate
            if loss.requires_grad:  # counting learns without
                loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        if probe:
            probe.before_update()
        self._norm = self.optimizers.step(self._rate)
        if probe:
            self.recorder.probe(probe.after_update())
        self._losses[self._waiting] = total
        self._waiting += 1
        self.step += 1

    def _to_device(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """The batch on the device; a GPU copies it from pinned memory while it still works on the one before."""
        target = self.device.torch_device
        if target.type != "cuda":
            return batch[0].to(target), batch[1].to(target)
        ids, targets = (part.contiguous().pin_memory().to(target, non_blocking=True) for part in batch)
        return ids, targets

    def _flush(self) -> None:
        """Fetch the losses since the last record, write them down and look at them. This waits for the device.

        Raises:
            RunFailedError: a loss is not finite.
        """
        if not self._waiting:
            return
        losses = self._losses[: self._waiting].cpu().numpy()
        now, elapsed = time.monotonic(), self.clock.elapsed()
        steps_per_second = len(losses) / (now - self._recorded_at)
        self._waiting, self._recorded_at = 0, now
        told = {
            "step": self.step,
            "tokens": self.tokens,
            "elapsed": elapsed,
            "tokens_per_second": steps_per_second * self.tokens_per_step,
        }
        train_loss = float(losses.mean())
        self.recorder.record(
            "train",
            {
                **told,
                "loss": train_loss,
                # The shortest decimal that gives the same float32 back.
                "losses": [float(str(loss)) for loss in losses],
                "lr": self._rate,
                "grad_norm": float(self._norm),
            },
        )
        self._check_finite(losses)
        time_left = self.budget.time_left(self.step, elapsed, steps_per_second)
        self.recorder.update(**told, train_loss=train_loss, time_left=time_left)

    def _check_finite(self, losses: np.ndarray) -> None:
        finite = np.isfinite(losses)
        if finite.all():
            return
        first = self.step - len(losses) + int(np.argmin(finite)) + 1
        raise RunFailedError(
            f"the loss stopped being a finite number at step {first}.",
            f"the learning rate may be too high: train anew with an --lr below {self.lr:g}.",
        )

    def _obey(self) -> bool:
        """Do what faces have asked for since the last time, resting while paused; say whether the run shall stop."""
        paused = False
        while True:
            for request in take_requests(self.run):
                self.recorder.event(
                    "request",
                    request=request.kind,
                    id=request.id,
                    step=self.step,
                    arguments=request.arguments,
                    reason=request.reason,
                )
                if request.kind == "stop":
                    self.recorder.update(state="stopping")
                    return True
                if request.kind in ("pause", "continue"):
                    paused = self._rest(request.kind == "pause", paused)
                else:
                    self._fulfil(request)
            if not paused or self._interrupted():
                self._recorded_at = time.monotonic()
                return False
            time.sleep(0.1)

    def _rest(self, wanted: bool, paused: bool) -> bool:
        """Stop the clock or let it run, if that changes anything."""
        if wanted and not paused:
            self.clock.pause()
            self.recorder.update(state="paused")
        elif paused and not wanted:
            self.clock.go_on()
            self.recorder.update(state="running")
        return wanted

    def _fulfil(self, request: Request) -> None:
        match request.kind:
            case "checkpoint":
                self._save()
            case "evaluate":
                self._examine()
            case "set_lr":
                self.lr = float(request.arguments["lr"])

    def _examine(self) -> None:
        self.examiner.examine(self.step, self.tokens, self.clock.elapsed())
        self._recorded_at = time.monotonic()

    def _save(self) -> None:
        """Begin to save a checkpoint of this moment; a failure of the one before is told, and is no end yet."""
        result = self.examiner.result if self.examiner.step == self.step else None
        state = TrainingState(
            step=self.step,
            tokens=self.tokens,
            elapsed=self.clock.elapsed(),
            lr=self.lr,
            eval_tokens=self.examiner.eval_tokens,
            eval_seconds=self.examiner.eval_seconds,
            val_loss=result.loss if result else None,
            val_bits_per_byte=result.bits_per_byte if result else None,
            keep=self._ends_kept_epoch(),
        )
        try:
            self._saver.save(self.model, self.optimizers, state)
        except RunFailedError as error:
            self.recorder.say(f"a checkpoint was not saved: {error.what}")
            self.recorder.event("checkpoint_failed", step=self.step, reason=error.what)
        self.recorder.event("checkpoint", **msgspec.to_builtins(state))
