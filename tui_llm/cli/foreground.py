"""Running a training worker from the command line: here, with its progress on stderr, or on its own. No torch at the
top; `train` and `resume` share it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from tui_llm.cli.output import STAGES, emit, emit_json, narrate, narrator
from tui_llm.errors import InterruptedRunError, UserError
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import start_worker
from tui_llm.runs.lifecycle import delete_run
from tui_llm.runs.status import Status, read_status

if TYPE_CHECKING:
    from tui_llm.workers.result import Result
    from tui_llm.workers.train import Watcher

#: Seconds between two lines of progress where there is no terminal.
LINE_INTERVAL = 30.0


def run_here(run: RunDirectory, *, created: bool, json: bool) -> None:
    """Train `run` in this process, print how it ended, and leave with 130 if a signal ended it.

    With `created`, a run that comes to nothing before its first step is removed again.
    """
    from tui_llm.workers.train import train

    try:
        with _watching(run) as watcher:
            result = train(run, watcher)
    except (UserError, KeyboardInterrupt):
        if created and read_status(run).step == 0:
            delete_run(run)
        raise
    if json:
        emit_json(result)
    else:
        _print(result)
    if result.state == "interrupted":
        raise InterruptedRunError(
            f"interrupted at step {result.step}; everything is saved.", f"tui-llm resume {run.name} goes on from there."
        )


def run_detached(run: RunDirectory, *, json: bool) -> None:
    """Start the worker of `run` as a process that outlives this one, and say where to look."""
    pid = start_worker(run)
    if json:
        emit_json({"run": run.name, "path": str(run.path), "pid": pid})
    else:
        emit(run.name)
    narrate(f"training {run.name} in process {pid}; see tui-llm runs, or its log: {run.log_path}")


@contextmanager
def _watching(run: RunDirectory) -> Iterator[Watcher]:
    """A watcher that shows a bar on a terminal and lines elsewhere; what is said also goes to the run's log."""
    from tui_llm.workers.train import Watcher

    console = narrator()
    with run.log_path.open("a", encoding="utf-8") as log:

        def say(text: str) -> None:
            log.write(text + "\n")
            log.flush()
            console.print(text, markup=False)

        if not console.is_terminal:
            lines = _Lines()
            yield Watcher(say, lines.on_progress, lines.on_update)
            return
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=16), TextColumn("{task.fields[told]}"))
        with Progress(*columns, console=console) as progress:
            bar = _Bar(progress)
            yield Watcher(say, bar.on_progress, bar.on_update)


class _Bar:
    """Progress on a terminal: a bar for the preparation, a bar for the training."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._name = ""
        self._task = TaskID(0)

    def on_progress(self, stage: str, share: float) -> None:
        self._show(STAGES[stage], share, f"{share:4.0%}")

    def on_update(self, status: Status) -> None:
        if status.state in {"running", "paused", "stopping"}:
            self._show("training", share_done(status), told(status))

    def _show(self, name: str, share: float, text: str) -> None:
        if name != self._name:  # one bar at a time leaves room for its text in 80 columns
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._name, self._task = name, self._progress.add_task(name, total=1.0, told="")
        self._progress.update(self._task, completed=share, told=text)


class _Lines:
    """Progress without a terminal: a line for each stage and evaluation, and one now and then between them."""

    def __init__(self) -> None:
        self._stage = ""
        self._val_loss: float | None = None
        self._told_at = time.monotonic()

    def on_progress(self, stage: str, _share: float) -> None:
        if stage != self._stage:
            self._stage = stage
            narrate(STAGES[stage])

    def on_update(self, status: Status) -> None:
        if status.state != "running" or status.train_loss is None:
            return
        now = time.monotonic()
        if status.val_loss != self._val_loss or now - self._told_at >= LINE_INTERVAL:
            self._val_loss, self._told_at = status.val_loss, now
            narrate(told(status))


def share_done(status: Status) -> float:
    """The share of its budget that a run has used."""
    if status.budget_seconds is not None:
        return min(status.elapsed / status.budget_seconds, 1.0)
    return status.step / status.max_steps if status.max_steps else 0.0


def told(status: Status) -> str:
    """How a run stands, in one line that fits 80 columns beside its bar."""
    parts = [f"step {status.step}" + (f"/{status.max_steps}" if status.max_steps else "")]
    if status.state != "running":
        parts.append(status.state)
    if status.train_loss is not None:
        parts.append(f"loss {status.train_loss:.3f}")
    if status.val_loss is not None:
        parts.append(f"val {status.val_loss:.3f}")
    if status.tokens_per_second is not None:
        parts.append(f"{status.tokens_per_second / 1000:.1f}k tok/s")
    if status.time_left is not None:
        minutes, seconds = divmod(round(status.time_left), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return "  ".join(parts)


def _print(result: Result) -> None:
    emit(f"run         {result.run} ({result.state} at step {result.step}, {result.seconds:.0f} s)")
    emit(f"parameters  {result.parameters:,}")
    if result.utilisation is not None:
        emit(f"MFU         {result.utilisation:.1%} of what the device can compute")
    for split, scores in (("val", result.val), ("test", result.test)):
        if scores is not None:
            emit(
                f"{split:<11} loss {scores.loss:.4f}  perplexity {scores.perplexity:.2f}  "
                f"bits per byte {scores.bits_per_byte:.4f}"
            )
    if result.checkpoint is not None:
        emit(f"checkpoint  step {result.checkpoint} in {result.path}")
    if result.state == "finished":
        narrate(f"tui-llm generate {result.run} writes with it.")
