"""The training worker: signals, failures, and the process itself. May import all but the faces; torch only when it
works, so that a bad argument answers at once.

`python -m tui_llm.workers.train RUN_FOLDER [--queue]` is the process that faces start; `tui-llm train` calls `train`
itself.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from tui_llm.errors import INTERRUPTED, NO_ROOM, InputError, RunFailedError, UserError, from_os_error
from tui_llm.runs.control import take_requests
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import QUEUE_FLAG
from tui_llm.runs.liveness import worker_alive
from tui_llm.runs.queue import is_turn_of
from tui_llm.runs.status import ACTIVE, Cause, Status, read_status
from tui_llm.workers.result import Result

if TYPE_CHECKING:
    from tui_llm.training.recorder import Recorder

#: Seconds between two looks of a worker that waits for its turn.
QUEUE_INTERVAL = 1.5


def _nothing(*_: object) -> None:
    """What a watcher does who does not care."""


@dataclass(frozen=True)
class Watcher:
    """Whoever watches a worker: told in words, by progress of the preparation, and by every change of the status."""

    say: Callable[[str], None]
    on_progress: Callable[[str, float], None] = _nothing
    on_update: Callable[[Status], None] = _nothing


class Interruption:
    """SIGINT, SIGTERM and SIGHUP ask the training to save and end; a second one ends it at once."""

    SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

    def __init__(self) -> None:
        self.wanted = False

    def __call__(self) -> bool:
        return self.wanted

    def __enter__(self) -> Interruption:
        self._before = {number: signal.signal(number, self._ask) for number in self.SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.wanted:
            raise KeyboardInterrupt
        self.wanted = True


def train(run: RunDirectory, watcher: Watcher, queue: bool = False) -> Result:
    """Train `run` until its budget is spent or it is told to stop, from its newest checkpoint if it has one.

    With `queue`, it first waits for its turn.

    Raises:
        UserError: it could not be done; the run's status says why, unless another worker trains it already.
        KeyboardInterrupt: a signal came before there was anything to save.
    """
    from tui_llm.training.recorder import Recorder

    before = read_status(run)
    if before.pid is not None and before.state in ACTIVE and worker_alive(before):
        raise InputError(f"run {run.name} is being trained already, by process {before.pid}.", "tui-llm runs shows it.")
    status = msgspec.structs.replace(before, error=None, hint=None, cause=None, queued=None)
    with Interruption() as interrupted, Recorder(run, status, watcher.say, watcher.on_update) as recorder:
        try:
            take_requests(run)  # those to a worker before this one are not meant for this one
            if queue and not _wait_for_turn(run, recorder, interrupted):
                recorder.update(state="stopped", queued=None)
                return _result_of(run, recorder.status)
            began = time.monotonic()
            recorder.update(state="preparing", queued=None)
            from tui_llm.workers.pipeline import run_training

            return run_training(run, recorder, watcher.on_progress, interrupted, began)
        except KeyboardInterrupt:
            recorder.update(state="stopped", queued=None)
            raise
        except Exception as error:
            told, cause = _told(error)
            if told is None:
                recorder.update(state="failed", error=f"an unexpected error: {error!r}.", hint="see worker.log.")
                raise
            recorder.update(state="failed", error=told.what, hint=told.hint, cause=cause)
            raise told from error


def _wait_for_turn(run: RunDirectory, recorder: Recorder, interrupted: Interruption) -> bool:
    """Wait, `queued`, until it is the run's turn; False if it is told to stop before. Nothing heavy is loaded yet.

    Raises:
        KeyboardInterrupt: a signal came.
    """
    recorder.update(state="queued", queued=time.time())
    while not is_turn_of(run):
        time.sleep(QUEUE_INTERVAL)
        if interrupted():
            raise KeyboardInterrupt
        for request in take_requests(run):
            recorder.event("request", request=request.kind, id=request.id, step=recorder.status.step)
            if request.kind == "stop":
                return False
    return True


def _result_of(run: RunDirectory, status: Status) -> Result:
    """The result of a run that was stopped while it waited."""
    return Result(
        run=run.name,
        path=str(run.path),
        state="stopped",
        step=status.step,
        tokens=status.tokens,
        seconds=status.elapsed,
        parameters=status.parameters or 0,
    )


def _told(error: Exception) -> tuple[UserError | None, Cause | None]:
    """The error as a sentence for people, if it is one that they can do something about, and its cause."""
    from tui_llm.training.devices import is_out_of_memory

    if isinstance(error, RuntimeError) and is_out_of_memory(error):
        what = "the device has no memory left for this model and batch."
        return RunFailedError(what, "lower --batch-size, then --block-size."), "out_of_memory"
    origin = error.__cause__ if isinstance(error, UserError) else error
    cause: Cause | None = "disk_full" if isinstance(origin, OSError) and origin.errno in NO_ROOM else None
    if isinstance(error, OSError):
        return from_os_error(error, "training"), cause
    return (error if isinstance(error, UserError) else None), cause


def main() -> None:
    """Train the run whose folder is the first argument, printing plainly; the exit code is the command line's.

    A defect of ours ends in a traceback, which worker.log keeps.
    """
    run = RunDirectory(Path(sys.argv[1]))
    watcher = Watcher(say=lambda text: print(text, flush=True))  # noqa: T201 - stdout is worker.log
    try:
        result = train(run, watcher, queue=QUEUE_FLAG in sys.argv[2:])
    except UserError as error:
        watcher.say(f"error: {error.what}\nhint: {error.hint}")
        sys.exit(error.code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(INTERRUPTED if result.state == "interrupted" else 0)


if __name__ == "__main__":
    main()
