"""The worker that says what a configuration means before it is trained: `python -m tui_llm.workers.probe`, asked over
pipes (`service.py`). May import all but the faces; of what it does, only a text prepared for `find_lr` stays.

    describe  {request, corpus, vocab_size, train_tokens, smallest_split, train_bytes}
    probe     {the same, seconds}   "progress"
    find_lr   {the same, steps}     "progress", with the curve so far

"done" tells of the first two the same things, of a probe also what was measured: see `Prober`. Of `find_lr`, see
`probe_lr.py`.
"""

from __future__ import annotations

import time
from collections.abc import Generator

import torch

from tui_llm.models import build_model
from tui_llm.training.compiling import LossFunction, compiled_loss
from tui_llm.training.devices import Device, seed_step
from tui_llm.training.footprint import footprint
from tui_llm.training.optimizers import Optimizers
from tui_llm.workers.probe_lr import FindLr, find_lr
from tui_llm.workers.probe_plan import Describe, Plan, check_memory, expected, plan_of, told
from tui_llm.workers.service import Job, Operation, Slices, serve

#: Seconds of steps between two moments at which a probe waits for the device.
_CHUNK = 0.2


class Probe(Describe, frozen=True):
    """What to measure, and for about how long."""

    seconds: float = 3.0


class Prober:
    """The operations."""

    def describe(self, asked: Describe, _job: Job) -> Slices:
        """Tell what a configuration means. Sizes are in bytes; `memory_bytes` is an estimate for the training, of which
        `memory` tells the parts; `assumed` names what was not known of the text.
        """
        yield
        plan = plan_of(asked)
        return told(plan, footprint(plan.config, plan.text.vocab_size, plan.device)) | expected(plan, None)

    def probe(self, asked: Probe, job: Job) -> Slices:
        """Train for some seconds on random tokens, and tell how fast that was, too."""
        yield
        plan = plan_of(asked)
        size = footprint(plan.config, plan.text.vocab_size, plan.device)
        check_memory(size, plan.device)
        is_cuda = plan.device.torch_device.type == "cuda"
        if is_cuda:
            torch.cuda.reset_peak_memory_stats(plan.device.torch_device)
        try:
            step_seconds = yield from _measure(plan, asked.seconds, job)
        finally:
            if is_cuda:  # a training may want it
                torch.cuda.empty_cache()
        measured = {
            "step_seconds": step_seconds,
            "tokens_per_second": plan.tokens_per_step / step_seconds,
            "memory_measured": _memory_used(plan.device),
        }
        return told(plan, size) | measured | expected(plan, step_seconds)


def _measure(plan: Plan, seconds: float, job: Job) -> Generator[None, None, float]:
    """Seconds of a step of the training, measured for about `seconds` after the first steps."""
    job.progress("building", 0.0)
    training, device = plan.config.training, plan.device
    torch.manual_seed(training.seed)
    model = build_model(plan.config.model, plan.text.vocab_size).to(device.torch_device).train()
    yield
    job.progress("compiling", 0.0)  # or not, as the configuration says
    loss_of, _ = compiled_loss(model, plan.config.system.compile, device, training.batch_size)
    step = _Step(plan, loss_of, Optimizers(model, training))
    for _ in range(2):  # the first ones pay for what is paid once
        step.take(1)
        yield
    began = time.perf_counter()
    steps, chunk, elapsed = 0, 1, 0.0
    while elapsed < seconds:
        job.progress("measuring", elapsed / seconds)
        step.take(chunk)
        steps, elapsed = steps + chunk, time.perf_counter() - began
        chunk = max(1, int(_CHUNK * steps / elapsed))
        yield
    return elapsed / steps


class _Step:
    """Optimizer steps as `training.loop.Trainer` takes them, on random tokens."""

    def __init__(self, plan: Plan, loss_of: LossFunction, optimizers: Optimizers) -> None:
        self._plan, self._loss_of, self._optimizers = plan, loss_of, optimizers
        self._number = 0

    def take(self, count: int) -> None:
        """Take `count` steps, and wait for the device after the last."""
        for _ in range(count):
            norm = self._take_one()
        norm.item()

    def _take_one(self) -> torch.Tensor:
        training, device = self._plan.config.training, self._plan.device
        seed_step(training.seed, self._number, device.torch_device)
        self._number += 1
        shape = training.batch_size, self._plan.config.model.block_size + 1
        for _ in range(training.gradient_accumulation_steps):
            rows = torch.randint(self._plan.text.vocab_size, shape).to(device.torch_device)
            with device.precision():
                loss = self._loss_of(rows[:, :-1], rows[:, 1:]) / training.gradient_accumulation_steps
            if loss.requires_grad:  # counting learns without
                loss.backward()  # type: ignore[no-untyped-call]
        return self._optimizers.step(training.lr)


def _memory_used(device: Device) -> int | None:
    """Bytes that the steps took at most, where the device tells."""
    return torch.cuda.max_memory_allocated(device.torch_device) if device.torch_device.type == "cuda" else None


def main() -> None:
    """Answer until the input ends."""
    prober = Prober()
    serve(
        {
            "describe": Operation(Describe, prober.describe, "describing the configuration"),
            "probe": Operation(Probe, prober.probe, "these steps"),
            "find_lr": Operation(FindLr, find_lr, "finding a learning rate"),
        }
    )


if __name__ == "__main__":
    main()
