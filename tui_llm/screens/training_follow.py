"""Follows the run that the dashboard shows, and the machine, in a thread's hands. Imports `runs` and `machine`; what
needs numpy and the chart is imported at the first reading, in the thread.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tui_llm.errors import UserError
from tui_llm.machine import Machine, MachineReader
from tui_llm.runs.directory import RunDirectory

if TYPE_CHECKING:
    from tui_llm.runs.reader import RunReader
    from tui_llm.runs.snapshot import RunSnapshot

#: Seconds of the first reading, after which a long run shows itself in outline, and of those after it: what is drawn
#: meanwhile holds the reading up.
_FIRST, _LATER = 0.02, 2.0

#: Seconds between two readings of the machine.
_MACHINE_EVERY = 2.0


@contextmanager
def _without_collections() -> Iterator[None]:
    """Records by the hundred thousand are no garbage: looking for cycles among them takes as long as reading them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def load_ahead() -> None:
    """Import what a dashboard needs, so that the first one opens sooner. For a thread of a screen that is idle."""
    import tui_llm.runs.reader
    import tui_llm.screens.training_curves
    import tui_llm.widgets.chart  # noqa: F401


class Follower:
    """Reads one run; `read` is called from one thread at a time."""

    def __init__(self, run: RunDirectory | None, machine: MachineReader) -> None:
        """Without a run, the one that was last at work is taken."""
        self.run = run
        self._machine = machine
        self._machine_read = 0.0
        self._reader: RunReader | None = None
        self._budget = _FIRST

    def read(self) -> Seen:
        """What is new."""
        import tui_llm.screens.training_curves  # noqa: F401 - in this thread, the import does not hold up the screen
        from tui_llm.runs.reader import RunReader

        if self.run is None:
            self.run = _latest()
        if self._reader is None and self.run is not None:
            self._reader = RunReader(self.run)
        machine = None
        if time.monotonic() - self._machine_read >= _MACHINE_EVERY:
            self._machine_read = time.monotonic()
            machine = self._machine.read()
        with _without_collections():
            snapshot = self._reader.poll(self._budget) if self._reader else None
        self._budget = _LATER
        return Seen(self, snapshot, machine)


@dataclass
class Seen(Message):
    """What a reading has brought; None where nothing is new."""

    follower: Follower
    snapshot: RunSnapshot | None
    machine: Machine | None
    error: UserError | OSError | None = None

    @property
    def more_follows(self) -> bool:
        """Whether this is a part of a long run, of which the thread goes on reading."""
        return self.snapshot is not None and self.snapshot.read_share < 1.0


def _latest() -> RunDirectory | None:
    """The run that is at work, or was last."""
    from tui_llm.runs.catalogue import list_runs

    runs = [one for one in list_runs() if one.state != "damaged"]
    runs.sort(key=lambda one: one.state not in ("running", "preparing", "paused", "stopping"))
    return RunDirectory(Path(runs[0].path)) if runs else None
