"""Forking: a new run that begins where a checkpoint of another one stands, with that one's history. No torch.

May import the standard library, msgspec, the errors, `config`, `files`, `presets` and `runs`. The other run may be at
work meanwhile. The fork is made in a hidden folder that is renamed at the end, so that it is whole or absent.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

import msgspec

from tui_llm.config import BUDGETS, Request, RunConfig, TrainingConfig, merge, read_request, to_request, to_toml
from tui_llm.errors import InputError
from tui_llm.files import sync_folder, write_atomically
from tui_llm.presets import resolve
from tui_llm.runs.checkpoints import checkpoint_name, find_checkpoint
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import name_taken
from tui_llm.runs.manifest import amend_manifest, verify
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.naming import check_name
from tui_llm.runs.probes import copy_probes
from tui_llm.runs.status import Status, read_status, write_status

_FORKING = ".forking-"

#: Forks that were begun so many seconds ago and are still not whole never will be.
_GIVEN_UP = 3600.0

#: Settings of the training on which the optimizer's tensors, or the count of tokens, depend.
_FIXED = ("optimizer", "batch_size", "gradient_accumulation_steps")

_STATE = "state.json"


class _State(msgspec.Struct):
    """What of a checkpoint's `state.json` goes into the status; the rest is carried over as it is."""

    step: int
    tokens: int
    elapsed: float
    val_loss: float | None = None
    val_bits_per_byte: float | None = None


def fork_run(run: RunDirectory, step: int | str, name: str, changes: Request) -> RunDirectory:
    """Make the run `name` out of the checkpoint of `run` at `step` (or `best`, or `last`); it is `stopped` there.

    `changes` are laid over the configuration of `run`: another budget, another learning rate. Its text and its model
    stay what they are.

    Raises:
        InputError: there is no such checkpoint or it is damaged, the name is taken or cannot be a run's, or the changes
            are wrong, change what cannot be changed, or leave nothing to train.
        OSError: the home folder cannot be written.
    """
    fork = RunDirectory(runs_folder() / check_name(name))
    if fork.path.exists():
        raise name_taken(fork.path)
    old = resolve(read_request(run.config_path))
    new = resolve(merge(to_request(old), changes))
    _check_changes(old, new)
    checkpoint = find_checkpoint(run, str(step))
    _remove_leftovers(fork.path.parent)
    made = RunDirectory(fork.path.with_name(f"{_FORKING}{secrets.token_hex(8)}"))
    try:
        made.checkpoints_path.mkdir(parents=True)
        made.control_path.mkdir()
        folder = made.checkpoints_path / checkpoint_name(checkpoint.step)
        state = _take_checkpoint(run, Path(checkpoint.path), folder)
        _check_budget(run, old.training, new.training, state)
        if "lr" in changes.get("training", {}):
            _set_rate(folder, new.training.lr)
        shutil.copytree(run.tokenizer_path, made.tokenizer_path)
        _take_history(run, made, state.step)
        copy_probes(run, made, state.step)
        write_atomically(made.config_path, to_toml(to_request(new)))
        write_status(made, _status(run, new, state))
        _put_in_place(made.path, fork.path)
    finally:
        shutil.rmtree(made.path, ignore_errors=True)
    return fork


def _check_changes(old: RunConfig, new: RunConfig) -> None:
    """Refuse a fork that would not fit the checkpoint.

    Raises:
        InputError: the text, the model, or what the optimizer's state depends on is another.
    """
    pairs = [("data", old.data, new.data), ("model", old.model, new.model)]
    changed = [
        f"{section}.{field}"
        for section, before, after in pairs
        for field in before.__struct_fields__
        if getattr(before, field) != getattr(after, field)
    ]
    changed += [f"training.{name}" for name in _FIXED if getattr(old.training, name) != getattr(new.training, name)]
    if old.preset != new.preset:
        changed.append("preset")
    if changed:
        raise InputError(
            f"a fork cannot have another {' or '.join(changed)} than the run that it comes from.",
            "train a new run with it: tui-llm train.",
        )


def _check_budget(run: RunDirectory, old: TrainingConfig, new: TrainingConfig, state: _State) -> None:
    """Refuse a fork that would have nothing to do.

    Raises:
        InputError: the new budget is used up at the checkpoint.
    """
    status = read_status(run)
    same = all(getattr(old, name) == getattr(new, name) for name in BUDGETS)
    used_up = same and status.state == "finished" and state.step >= status.step
    budget = f"{new.epochs:g} epochs" if new.epochs is not None else f"{new.minutes:g} minutes" if new.minutes else ""
    if new.max_steps is not None:
        budget = f"{new.max_steps} steps"
        used_up |= state.step >= new.max_steps
    elif new.minutes is not None:
        used_up |= state.elapsed >= 60.0 * new.minutes
    elif new.epochs is not None and old.epochs is not None and status.max_steps is not None:
        used_up |= state.step >= status.max_steps * new.epochs / old.epochs
    if used_up:
        raise InputError(
            f"at step {state.step}, nothing is left of a budget of {budget}.",
            "give the fork a larger one, in steps, minutes or epochs.",
        )


def _take_checkpoint(run: RunDirectory, source: Path, folder: Path) -> _State:
    """Make `folder` the same checkpoint as `source`, and give its state.

    Raises:
        InputError: it is damaged, or was just pruned.
    """
    folder.mkdir()
    try:
        for path in source.iterdir():
            _link(path, folder / path.name)
    except FileNotFoundError as error:
        raise InputError(
            f"run {run.name} has just let its checkpoint {source.name} go.", "take its newest one, or its best."
        ) from error
    verify(folder)
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=_State)
    except msgspec.DecodeError as error:
        raise InputError(f"{_STATE} of {source.name} is damaged.", "choose another checkpoint.") from error


def _link(source: Path, target: Path) -> None:
    """The same file under another name, where the file system can do that, else a copy: no one ever writes into it."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _set_rate(folder: Path, rate: float) -> None:
    """Give the checkpoint another highest learning rate; the file is replaced, so the other run keeps its own."""
    state: dict[str, Any] = msgspec.json.decode((folder / _STATE).read_bytes())
    write_atomically(folder / _STATE, msgspec.json.format(msgspec.json.encode({**state, "lr": rate})))
    amend_manifest(folder, _STATE)


def _take_history(run: RunDirectory, made: RunDirectory, step: int) -> None:
    """Copy the metrics up to the moment in which the checkpoint of `step` was saved, and say where they come from."""
    end = _saved_at(run.metrics_path, step)
    if end is not None:
        with run.metrics_path.open("rb") as source, made.metrics_path.open("wb") as target:
            while end and (piece := source.read(min(end, 1 << 20))):
                target.write(piece)
                end -= len(piece)
    with MetricsWriter(made.metrics_path) as writer:
        writer.write({"kind": "event", "event": "forked", "from": run.name, "step": step})


def _saved_at(path: Path, step: int) -> int | None:
    """The end, in bytes, of the line that tells of the last saving of `step`; none if there is no such line.

    What comes before it is the history, with what resumptions took back and with those resumptions.
    """
    found, place = None, 0
    try:
        with path.open("rb") as file:
            for line in file:
                place += len(line)
                if b'"checkpoint"' in line and _tells_of(line, step):
                    found = place
    except FileNotFoundError:
        return None
    return found


def _tells_of(line: bytes, step: int) -> bool:
    """Whether `line` is the event of saving `step`."""
    try:
        record = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return False
    return isinstance(record, dict) and (record.get("event"), record.get("step")) == ("checkpoint", step)


def _status(run: RunDirectory, config: RunConfig, state: _State) -> Status:
    before = read_status(run)
    return Status(
        state="stopped",
        preset=before.preset,
        model=before.model,
        parameters=before.parameters,
        step=state.step,
        max_steps=config.training.max_steps,
        tokens=state.tokens,
        elapsed=state.elapsed,
        budget_seconds=None if config.training.minutes is None else 60.0 * config.training.minutes,
        val_loss=state.val_loss,
        val_bits_per_byte=state.val_bits_per_byte,
    )


def _put_in_place(made: Path, final: Path) -> None:
    try:
        made.rename(final)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            raise name_taken(final) from error
        raise
    sync_folder(final.parent)


def _remove_leftovers(folder: Path) -> None:
    """Remove what forks that were killed left behind."""
    for path in folder.glob(f"{_FORKING}*"):
        try:
            forgotten = time.time() - path.stat().st_mtime > _GIVEN_UP
        except FileNotFoundError:
            continue
        if forgotten:
            shutil.rmtree(path, ignore_errors=True)
