"""Checkpoints as tensors: saving them from a thread of its own, and loading them. Imports torch, `models`, `runs`.

`runs.checkpoints` makes the folder whole or absent; this module says what is in it. Nothing here is a pickle.
"""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from tui_llm.errors import InputError
from tui_llm.models.base import LanguageModel
from tui_llm.runs.checkpoints import new_checkpoint_folder, prune
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import verify
from tui_llm.training.optimizers import Optimizers

MODEL_FILE = "model.safetensors"
OPTIMIZER_FILE = "optimizer.safetensors"
STATE_FILE = "state.json"


class TrainingState(msgspec.Struct, frozen=True, kw_only=True):
    """Where the run stood; with the tensors and `run.toml`, all that resuming needs."""

    step: int
    tokens: int
    elapsed: float
    """Seconds of training."""
    lr: float
    """The highest learning rate, which a request may have changed."""
    eval_tokens: int
    """So many held-out tokens make an evaluation in this run."""
    eval_seconds: float
    """So long takes one."""
    val_loss: float | None = None
    """Nats a token at this very step; nothing if it was not evaluated."""
    val_bits_per_byte: float | None = None
    keep: bool = False
    """Whether it stays when newer ones come."""


class CheckpointSaver:
    """Copies the tensors at once, and writes them in the background: training goes on meanwhile."""

    def __init__(self, run: RunDirectory, keep_last: int) -> None:
        self._run = run
        self._keep_last = keep_last
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checkpoint")
        self._pending: Future[None] | None = None
        self.seconds = 0.0
        """How long the last checkpoint took to write."""

    def save(self, model: LanguageModel, optimizers: Optimizers, state: TrainingState) -> None:
        """Begin to save; waits first for the checkpoint before, if that is still being written.

        Raises:
            RunFailedError: the checkpoint before could not be written; this one is begun all the same.
        """
        tensors = {
            MODEL_FILE: _to_cpu(model.state_dict()),
            OPTIMIZER_FILE: _to_cpu(optimizers.state()),
        }
        try:
            self.wait()
        finally:
            self._pending = self._thread.submit(self._write, tensors, state)

    def wait(self) -> None:
        """Return when everything is on the disk.

        Raises:
            RunFailedError: the last checkpoint could not be written.
        """
        pending, self._pending = self._pending, None
        if pending is not None:
            pending.result()

    def close(self) -> None:
        """End the thread, after what it is writing."""
        self._thread.shutdown(wait=True)

    def _write(self, tensors: dict[str, dict[str, Tensor]], state: TrainingState) -> None:
        began = time.monotonic()
        with new_checkpoint_folder(self._run, state.step) as folder:
            for name, named in tensors.items():
                _save(named, folder / name)
            (folder / STATE_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(state)))
        prune(self._run, self._keep_last)
        self.seconds = time.monotonic() - began


def _to_cpu(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Copies that training cannot change any more."""
    return {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in tensors.items()}


def _save(tensors: dict[str, Tensor], path: Path) -> None:
    try:
        save_file(tensors, path, metadata={"format": "pt"})
    except SafetensorError as error:
        # A full disk comes as safetensors' own error, with the system's number in its text alone.
        number = re.search(r"os error (\d+)", str(error))
        if number is None:
            raise
        code = int(number.group(1))
        raise OSError(code, os.strerror(code), str(path)) from error


def load_state(folder: Path) -> TrainingState:
    """The `state.json` of a checkpoint.

    Raises:
        InputError: it is missing or damaged.
    """
    try:
        return msgspec.json.decode((folder / STATE_FILE).read_bytes(), type=TrainingState)
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise InputError(f"{folder / STATE_FILE} is missing or damaged.", "choose another checkpoint.") from error


def load_model_weights(folder: Path, model: LanguageModel) -> None:
    """Load a checkpoint's weights into `model`, on its device.

    Raises:
        InputError: the checkpoint is damaged, or is of another model.
    """
    verify(folder)
    try:
        model.load_state_dict(load_file(folder / MODEL_FILE))
    except RuntimeError as error:
        raise InputError(
            f"the weights in {folder} are not those of this run's model.", "was run.toml changed since it was trained?"
        ) from error


def load_training(folder: Path, model: LanguageModel, optimizers: Optimizers) -> TrainingState:
    """Load weights, optimizer and state, to go on training.

    Raises:
        InputError: the checkpoint is damaged, or is of another model.
    """
    load_model_weights(folder, model)
    optimizers.load(load_file(folder / OPTIMIZER_FILE))
    return load_state(folder)
