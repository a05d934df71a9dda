"""A run as its dashboard shows it, at one moment. May import the standard library, `config` and `runs`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui_llm.config import RunConfig
from tui_llm.runs.alerts import Alert
from tui_llm.runs.checkpoints import CheckpointInfo
from tui_llm.runs.curves import Curves
from tui_llm.runs.log import LogEntry
from tui_llm.runs.records import EvalRecord, EventRecord, SampleRecord
from tui_llm.runs.status import Status

#: The state of a run whose folder was deleted or renamed.
GONE = "gone"


@dataclass(frozen=True, eq=False, kw_only=True)
class RunSnapshot:
    """Nothing in it changes any more. What is as it was in the snapshot before is the very same object."""

    name: str
    path: Path
    state: str
    """A state of `Status`, or `crashed`, `damaged` (its status is unreadable) or `gone` (its folder is not there)."""
    problem: str | None
    """What is wrong, in one sentence, if the run failed, crashed, is damaged or gone."""
    hint: str | None
    """What to do about it."""
    status: Status | None
    """The last that could be read."""
    config: RunConfig | None
    """None if run.toml cannot be read. While `data.corpus` is None, what the worker has yet to choose is a default."""
    curves: Curves
    evaluations: tuple[EvalRecord, ...]
    samples: tuple[SampleRecord, ...]
    events: tuple[EventRecord, ...]
    checkpoints: tuple[CheckpointInfo, ...]
    """By step, damaged ones among them."""
    best_step: int | None
    """The step of the checkpoint with the lowest validation loss."""
    log: tuple[LogEntry, ...]
    """Events and the worker's lines as they were seen, the newest last."""
    alerts: tuple[Alert, ...]
    """The most pressing first."""
    last_words: tuple[str, ...]
    """The end of the log of a run that crashed or failed."""
    read_share: float
    """How much of the metrics has been read, 0 to 1: a long file takes several polls that have little time."""
