"""The training worker: signals, failures, and the process itself. May import all but the faces; torch only when it
works, so that a bad argument answers at once.

`python -m tui_llm.workers.train RUN_FOLDER` is the process that faces start; `tui-llm train` calls `train` itself.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import msgspec

from tui_llm.errors import INTERRUPTED, InputError, RunFailedError, UserError, from_os_error
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.liveness import worker_alive
from tui_llm.runs.status import ACTIVE, Status, read_status
from tui_llm.workers.result import Result


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


def train(run: RunDirectory, watcher: Watcher) -> Result:
    """Train `run` until its budget is spent or it is told to stop, from its newest checkpoint if it has one.

    Raises:
        UserError: it could not be done; the run's status says why, unless another worker trains it already.
        KeyboardInterrupt: a signal came before there was anything to save.
    """
    from tui_llm.training.recorder import Recorder
    from tui_llm.workers.pipeline import run_training

    before = read_status(run)
    if before.pid is not None and before.state in ACTIVE and worker_alive(before):
        raise InputError(f"run {run.name} is being trained already, by process {before.pid}.", "tui-llm runs shows it.")
    status = msgspec.structs.replace(before, state="preparing", error=None, hint=None)
    with Interruption() as interrupted, Recorder(run, status, watcher.say, watcher.on_update) as recorder:
        try:
            recorder.update()
            return run_training(run, recorder, watcher.on_progress, interrupted)
        except KeyboardInterrupt:
            recorder.update(state="stopped")
            raise
        except Exception as error:
            told = _told(error)
            if told is None:
                recorder.update(state="failed", error=f"an unexpected error: {error!r}.", hint="see worker.log.")
                raise
            recorder.update(state="failed", error=told.what, hint=told.hint)
            raise told from error


def _told(error: Exception) -> UserError | None:
    """The error as a sentence for people, if it is one that they can do something about."""
    from tui_llm.training.devices import is_out_of_memory

    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError):
        return from_os_error(error, "training")
    if isinstance(error, RuntimeError) and is_out_of_memory(error):
        return RunFailedError(
            "the device has no memory left for this model and batch.", "lower --batch-size, then --block-size."
        )
    return None


def main() -> None:
    """Train the run whose folder is the one argument, printing plainly; the exit code is the command line's.

    A defect of ours ends in a traceback, which worker.log keeps.
    """
    run = RunDirectory(Path(sys.argv[1]))
    watcher = Watcher(say=lambda text: print(text, flush=True))  # noqa: T201 - stdout is worker.log
    try:
        result = train(run, watcher)
    except UserError as error:
        watcher.say(f"error: {error.what}\nhint: {error.hint}")
        sys.exit(error.code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(INTERRUPTED if result.state == "interrupted" else 0)


if __name__ == "__main__":
    main()
