"""Which runs there are, and which one is meant. May import the standard library, msgspec, the errors and `runs`."""

from __future__ import annotations

import difflib
import os
import time
import unicodedata
from pathlib import Path

import msgspec

from tui_llm.errors import InputError, from_os_error
from tui_llm.runs.checkpoints import last_checkpoint
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.liveness import SILENCE, observed_state
from tui_llm.runs.naming import LAST
from tui_llm.runs.status import Status, read_status

_MOST_NAMED = 10


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list of runs."""

    name: str
    path: str
    state: str
    """A state of `Status`, or `crashed` (its worker is gone without a word) or `damaged` (its status is unreadable)."""
    problem: str | None
    """What is wrong, in one sentence, if the run failed, crashed or is damaged."""
    hint: str | None
    """What to do about it, in one sentence."""
    status: Status | None
    """Nothing if it cannot be read."""
    active: float
    """When something last happened, unix seconds."""


def list_runs() -> list[RunSummary]:
    """All runs, the most recently active first. A folder that is damaged is told of, never raised."""
    summaries = (summarize(RunDirectory(path)) for path in _folders())
    return sorted((one for one in summaries if one is not None), key=lambda one: one.active, reverse=True)


def latest_run() -> RunDirectory | None:
    """The most recently active run that has a checkpoint, else the most recently active one that is not damaged."""
    runs = [RunDirectory(Path(one.path)) for one in list_runs() if one.state != "damaged"]
    for run in runs:
        try:
            if last_checkpoint(run) is not None:
                return run
        except OSError:  # another one will do
            continue
    return runs[0] if runs else None


def find_run(text: str) -> RunDirectory:
    """The run that `text` means: its name, a unique beginning of it, a path, or `last`, the most recently active.

    Raises:
        InputError: no run is meant, or several may be.
    """
    if text == LAST:
        return _last()
    if text == "." or os.sep in text or (os.altsep and os.altsep in text):
        return _at(Path(text).expanduser())
    wanted = unicodedata.normalize("NFC", text)
    names = sorted(path.name for path in _folders())
    begun = [name for name in names if name.startswith(wanted)] if wanted else []
    if wanted in names or len(begun) == 1:
        return RunDirectory(runs_folder() / (wanted if wanted in names else begun[0]))
    if begun:
        raise InputError(f"{text!r} begins the names of {len(begun)} runs.", f"say which: {_enumerate(begun)}.")
    close = difflib.get_close_matches(wanted, names, n=3)
    raise InputError(
        f"there is no run named {text!r}.",
        f"did you mean {' or '.join(close)}?" if close else _what_there_is(names),
    )


def _folders() -> list[Path]:
    """The folders of all runs; hidden ones are being deleted."""
    try:
        with os.scandir(runs_folder()) as entries:
            return [Path(entry.path) for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    except FileNotFoundError:
        return []


def summarize(run: RunDirectory) -> RunSummary | None:
    """The line of one run; none if its folder has gone. Damage is told of, never raised."""
    try:
        status = read_status(run)
    except (InputError, OSError) as error:
        return _without_status(run, error)
    return summary_of(run, status)


def summary_of(run: RunDirectory, status: Status) -> RunSummary:
    """The line of a run that says `status` of itself; whether its worker lives is looked at now."""
    state = observed_state(status)
    problem, hint = status.error, status.hint
    if state == "crashed":
        problem = f"the worker of run {run.name} is gone."
        hint = f"tui-llm resume {run.name} goes on from its last checkpoint."
    active = max(status.created, status.heartbeat)
    return RunSummary(
        name=run.name, path=str(run.path), state=state, problem=problem, hint=hint, status=status, active=active
    )


def _without_status(run: RunDirectory, error: InputError | OSError) -> RunSummary | None:
    try:
        changed = run.path.stat().st_mtime
    except FileNotFoundError:
        return None
    state, problem, hint = "queued", None, None  # its launcher is between making the folder and writing into it
    if run.status_path.exists() or time.time() - changed >= SILENCE:
        told = error if isinstance(error, InputError) else from_os_error(error, f"reading run {run.name}")
        state, problem, hint = "damaged", told.what, told.hint
    return RunSummary(
        name=run.name, path=str(run.path), state=state, problem=problem, hint=hint, status=None, active=changed
    )


def _last() -> RunDirectory:
    for summary in list_runs():
        if summary.state != "damaged":
            return RunDirectory(Path(summary.path))
    raise InputError("there are no runs yet.", _what_there_is([]))


def _at(path: Path) -> RunDirectory:
    run = RunDirectory(path.resolve())
    if not run.exists():
        raise InputError(f"{path} is not the folder of a run.", "tui-llm runs lists the runs by name.")
    return run


def _enumerate(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown} and {len(names) - _MOST_NAMED} more"


def _what_there_is(names: list[str]) -> str:
    return f"there are: {_enumerate(names)}." if names else "train one: tui-llm train TEXT."
