"""Making, renaming and deleting runs. May import the standard library, the errors and the rest of `runs`."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from tui_llm.errors import InputError
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.liveness import observed_state
from tui_llm.runs.naming import check_name, stem_of
from tui_llm.runs.status import ACTIVE, Status, read_status, write_status

_DELETED = ".deleted-"


def create_run(name: str | None, stem: str) -> RunDirectory:
    """Make the folder of a new run, `queued`: `name`, else the first of `<stem>-1`, `<stem>-2`... that is free.

    Two callers at once never get the same folder.

    Raises:
        InputError: `name` is taken or cannot be a run's.
        OSError: the home folder cannot be written.
    """
    numbered = (f"{stem_of(stem)}-{number}" for number in itertools.count(1))
    names: Iterable[str] = numbered if name is None else [check_name(name)]
    folder = runs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in names:
        run = RunDirectory(folder / candidate)
        try:
            run.path.mkdir()
        except FileExistsError:
            continue
        run.control_path.mkdir()
        run.checkpoints_path.mkdir()
        write_status(run, Status(state="queued"))
        return run
    raise name_taken(folder / str(name))


def rename_run(run: RunDirectory, new_name: str) -> RunDirectory:
    """Give a run another name; its folder stays where it is.

    Raises:
        InputError: the new name is taken or cannot be a run's, or the run's worker is alive.
        OSError: the folder cannot be written.
    """
    renamed = RunDirectory(run.path.with_name(check_name(new_name)))
    check_idle(run, "renamed")
    if renamed.path.exists():
        raise name_taken(renamed.path)
    run.path.rename(renamed.path)
    return renamed


def delete_run(run: RunDirectory) -> None:
    """Delete a run for good, and what an interrupted deletion left beside it.

    Raises:
        InputError: the run's worker is alive.
        OSError: the folder cannot be written.
    """
    check_idle(run, "deleted")
    folder = run.path.parent
    run.path.rename(folder / f"{_DELETED}{secrets.token_hex(8)}")
    for leftover in folder.glob(f"{_DELETED}*"):
        _remove(leftover)


def _remove(path: Path) -> None:
    """Remove a folder, or the link to one, even while somebody else removes it too."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    while path.exists():
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(path)


def check_idle(run: RunDirectory, intent: str) -> None:
    """Refuse to have `run` "deleted", "renamed" or "resumed" (the `intent`) under a living worker.

    Raises:
        InputError: the run's worker is alive.
    """
    if not run.status_path.exists():
        return
    try:
        state = observed_state(read_status(run))
    except InputError:  # a damaged status belongs to no worker: a living one mends it within seconds
        return
    if state in ACTIVE:
        raise InputError(f"run {run.name} is {state}; it cannot be {intent}.", f"first: tui-llm runs stop {run.name}.")


def name_taken(path: Path) -> InputError:
    """What to say where a new run would have the folder of another one."""
    return InputError(f"there is a run named {path.name} already.", "choose another name, or delete that run.")
