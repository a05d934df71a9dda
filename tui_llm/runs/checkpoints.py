"""A run's checkpoints: which there are, and how one is written so that it is whole or absent. No torch.

May import the standard library, msgspec, the errors, `files` and `runs`. A folder `checkpoints/step-NNNNNNNN` holds
`model.safetensors`, `optimizer.safetensors`, `state.json` and `manifest.json`. It is made under a name that begins with
`.tmp-`, synced, and renamed. Where the same step was saved before, the old folder is `.old-step-NNNNNNNN` for a moment,
and is read as the checkpoint if the writer is killed in that moment.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tui_llm.errors import InputError, from_os_error
from tui_llm.files import sync_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import read_manifest, size_fault, write_manifest

_TEMPORARY = ".tmp-"
_ASIDE = ".old-"
_FOLDER_NAME = re.compile(rf"(?:{re.escape(_ASIDE)})?step-(\d{{8,}})")


class CheckpointInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint as a list shows it."""

    step: int
    path: str
    val_loss: float | None
    """Nats a token on held-out text, where `state.json` has it."""
    bytes: int
    """What its files weigh together, by the manifest."""
    fault: str | None
    """What makes it useless, in one sentence."""
    keep: bool = False
    """Whether the run wants it kept when newer ones come."""

    @property
    def whole(self) -> bool:
        """Whether every file has its size. Checksums are for `manifest.verify`."""
        return self.fault is None


class _State(msgspec.Struct):
    val_loss: float | None = None
    keep: bool = False


def checkpoint_name(step: int) -> str:
    """The name of the folder for the checkpoint at `step`."""
    return f"step-{step:08d}"


def list_checkpoints(run: RunDirectory) -> list[CheckpointInfo]:
    """The checkpoints of a run by step, damaged ones among them.

    Raises:
        OSError: the folder cannot be read.
    """
    found: dict[int, CheckpointInfo] = {}
    for path in _entries(run):
        named = _FOLDER_NAME.fullmatch(path.name)
        if named is None:
            continue
        info = _info(int(named.group(1)), path)
        if not path.exists():  # renamed or pruned while we looked
            continue
        known = found.get(info.step)
        if known is None or (info.whole and (not known.whole or not path.name.startswith(_ASIDE))):
            found[info.step] = info
    return [found[step] for step in sorted(found)]


def last_checkpoint(run: RunDirectory) -> CheckpointInfo | None:
    """The newest whole checkpoint, if any."""
    return next((info for info in reversed(list_checkpoints(run)) if info.whole), None)


def best_checkpoint(run: RunDirectory) -> CheckpointInfo | None:
    """The whole checkpoint with the lowest validation loss (the newest of equals), if any was evaluated."""
    return best_of(list_checkpoints(run))


def find_checkpoint(run: RunDirectory, text: str) -> CheckpointInfo:
    """The checkpoint that `text` means: `best`, `last` or a step.

    Raises:
        InputError: there is none such, or it is damaged.
    """
    there = list_checkpoints(run)
    whole = [info for info in there if info.whole]
    hint = f"there are: {', '.join(['best', 'last', *(str(info.step) for info in whole)])}."
    if not whole:
        hint = "train the run for longer, or resume it, so that it saves one."
    if text in ("best", "last"):
        meant = best_of(there) if text == "best" else next(reversed(whole), None)
        if meant is None:
            lacks = "evaluated checkpoint" if text == "best" and whole else "whole checkpoint"
            raise InputError(f"run {run.name} has no {lacks} yet.", hint)
        return meant
    digits = text.removeprefix("step-")
    meant = next((info for info in there if digits.isdecimal() and info.step == int(digits)), None)
    if meant is None:
        raise InputError(f"run {run.name} has no checkpoint {text!r}.", hint)
    if meant.fault:
        raise InputError(f"the checkpoint of run {run.name} is damaged: {meant.fault}", hint)
    return meant


@contextmanager
def new_checkpoint_folder(run: RunDirectory, step: int) -> Iterator[Path]:
    """Give a folder to write the files of a checkpoint into; when the block ends well, it is the one of `step`.

    Killed at any moment, the run keeps its older checkpoints, and this one is whole or absent. Only the run's worker
    may write, one checkpoint at a time.

    Raises:
        RunFailedError: the disk is full or the folder cannot be written; nothing has changed.
    """
    temporary = run.checkpoints_path / f"{_TEMPORARY}{checkpoint_name(step)}-{secrets.token_hex(4)}"
    try:
        temporary.mkdir(parents=True)
        yield temporary
        for path in temporary.iterdir():
            _sync_file(path)
        write_manifest(temporary)
        _put_in_place(temporary, run.checkpoints_path / checkpoint_name(step))
    except OSError as error:
        raise from_os_error(error, f"writing the checkpoint of step {step}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)  # what stays behind, clean_leftovers removes


def clean_leftovers(run: RunDirectory) -> None:
    """Remove what killed writers left. For the run's worker, before it writes: no other writer may be at work.

    Raises:
        OSError: the folder cannot be written.
    """
    for path in _entries(run):
        if path.name.startswith(_TEMPORARY):
            shutil.rmtree(path)
        elif path.name.startswith(_ASIDE):
            _settle(path, path.with_name(path.name.removeprefix(_ASIDE)))


def prune(run: RunDirectory, keep_last: int = 2) -> None:
    """Delete all checkpoints but the `keep_last` newest whole ones, the best, and those to keep. For the run's worker.

    Raises:
        OSError: the folder cannot be written.
    """
    there = list_checkpoints(run)
    whole = [info for info in there if info.whole]
    kept = {info.step for info in whole[max(0, len(whole) - keep_last) :]}
    best = best_of(there)
    for info in there:
        if info.step not in kept and info != best and not info.keep:
            _discard(Path(info.path))


def _entries(run: RunDirectory) -> list[Path]:
    try:
        return sorted(run.checkpoints_path.iterdir())
    except FileNotFoundError:
        return []


def _info(step: int, path: Path) -> CheckpointInfo:
    size = sum(record.size for record in read_manifest(path).values())
    state = _state(path)
    fault = size_fault(path)
    return CheckpointInfo(
        step=step, path=str(path), val_loss=state.val_loss, bytes=size, keep=state.keep and fault is None, fault=fault
    )


def _state(path: Path) -> _State:
    try:
        return msgspec.json.decode((path / "state.json").read_bytes(), type=_State)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return _State()


def best_of(there: list[CheckpointInfo]) -> CheckpointInfo | None:
    evaluated = [(info.val_loss, -info.step, info) for info in there if info.whole and info.val_loss is not None]
    return min(evaluated)[2] if evaluated else None


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_in_place(temporary: Path, final: Path) -> None:
    """Make the whole, synced folder `temporary` the one named `final`, whatever is there."""
    sync_folder(temporary)
    aside = final.with_name(_ASIDE + final.name)
    if final.exists():
        if aside.exists():
            _settle(aside, final)
        final.rename(aside)
    temporary.rename(final)
    sync_folder(final.parent)
    if aside.exists():
        _discard(aside)


def _settle(aside: Path, final: Path) -> None:
    """End a replacement that was cut short: the old folder goes, unless it is the only whole one."""
    if size_fault(final) is None or size_fault(aside) is not None:
        _discard(aside)
        return
    if final.exists():
        _discard(final)
    aside.rename(final)
    sync_folder(final.parent)


def _discard(folder: Path) -> None:
    """Delete a folder that must not be seen half deleted."""
    doomed = folder.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}")
    folder.rename(doomed)
    shutil.rmtree(doomed)
