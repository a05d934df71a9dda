"""Whose turn it is, where runs wait for the machine. May import the standard library, the errors and `runs`.

Nobody keeps a list: every waiting worker looks at the other runs of this home by itself, so the queue lives as long as
its workers. The first come trains first. Paused runs give way, and runs on other machines are in nobody's way.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable

from tui_llm.runs.catalogue import RunSummary, list_runs
from tui_llm.runs.directory import RunDirectory

#: The states in which a run has the machine.
AT_WORK = frozenset({"preparing", "running", "stopping"})


def busy_runs() -> list[RunSummary]:
    """The runs of this home that are at work on this machine."""
    return [summary for summary in list_runs() if summary.state in AT_WORK and _is_here(summary)]


def in_turn(summaries: Iterable[RunSummary]) -> list[RunSummary]:
    """Those of `summaries` that wait on this machine with a living worker, the next one first."""
    waiting = [summary for summary in summaries if summary.state == "queued" and _is_here(summary)]
    return sorted(waiting, key=_place)


def is_turn_of(run: RunDirectory) -> bool:
    """Whether `run`, which waits, may begin."""
    summaries = [summary for summary in list_runs() if _is_here(summary)]
    if any(summary.state in AT_WORK for summary in summaries):
        return False
    waiting = in_turn(summaries)
    return bool(waiting) and waiting[0].name == run.name


def _is_here(summary: RunSummary) -> bool:
    """Whether a worker on this machine has signed the run's status; one that is just being made has no worker yet."""
    status = summary.status
    return status is not None and status.pid is not None and status.host == socket.gethostname()


def _place(summary: RunSummary) -> tuple[float, str]:
    status = summary.status
    assert status is not None
    return (status.created if status.queued is None else status.queued, summary.name)
