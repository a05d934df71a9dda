"""How a run stands: `status.json`. May import the standard library, msgspec, the errors and `files`."""

from __future__ import annotations

import time
from typing import Literal

import msgspec

from tui_llm.errors import InputError
from tui_llm.files import write_atomically
from tui_llm.runs.directory import RunDirectory

State = Literal["queued", "preparing", "running", "paused", "stopping", "finished", "stopped", "failed"]

#: What makes a run fail, where a face has more to say of it than a sentence.
Cause = Literal["out_of_memory", "disk_full"]

#: The states in which a worker is at work, or is about to be.
ACTIVE = frozenset({"queued", "preparing", "running", "paused", "stopping"})


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of runs shows, and what tells a live worker from a dead one.

    Moments are unix seconds. `runs.liveness.signed` fills in pid, pid_started, host and heartbeat.
    """

    state: State
    created: float = msgspec.field(default_factory=time.time)
    heartbeat: float = msgspec.field(default_factory=time.time)
    pid: int | None = None
    pid_started: float | None = None
    host: str | None = None

    queued: float | None = None
    """When its worker began to wait for its turn."""

    stage: str | None = None
    """While preparing: `reading`, `tokenizer` or `encoding`."""
    stage_share: float | None = None
    """How much of that stage is done, 0 to 1."""

    preset: str | None = None
    model: str | None = None
    parameters: int | None = None

    step: int = 0
    max_steps: int | None = None
    tokens: int = 0
    elapsed: float = 0.0
    """Seconds of training."""
    budget_seconds: float | None = None
    """The seconds of training allowed, where minutes were asked for rather than steps."""
    time_left: float | None = None
    tokens_per_second: float | None = None
    flops_per_token: int | None = None
    """Floating-point operations of training on a token, forward and backward."""
    peak_flops: float | None = None
    """Operations a second that the device reaches at most in the run's precision."""

    train_loss: float | None = None
    val_loss: float | None = None
    val_bits_per_byte: float | None = None

    error: str | None = None
    """Why the run failed, in one sentence."""
    hint: str | None = None
    cause: Cause | None = None

    @property
    def utilisation(self) -> float | None:
        """The share of the device's peak that the training uses: MFU."""
        if not (self.tokens_per_second and self.flops_per_token and self.peak_flops):
            return None
        return self.tokens_per_second * self.flops_per_token / self.peak_flops


def write_status(run: RunDirectory, status: Status) -> None:
    """Replace the run's status in one step. It is not synced to the disk: after a power cut the worker is gone anyway.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    write_atomically(run.status_path, msgspec.json.encode(status), durable=False)


def read_status(run: RunDirectory) -> Status:
    """Read how the run stands.

    Raises:
        InputError: there is no status, or it is damaged.
        OSError: it cannot be read.
    """
    hint = f"look into {run.path}; tui-llm runs delete {run.name} removes it."
    try:
        return msgspec.json.decode(run.status_path.read_bytes(), type=Status)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"run {run.name} has no status.json.", hint) from error
    except msgspec.DecodeError as error:
        raise InputError(f"the status.json of run {run.name} is damaged.", hint) from error
