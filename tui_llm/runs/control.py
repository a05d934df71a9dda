"""Asking a run's worker for something: a file each in `control/`. May import the standard library, msgspec, the errors
and `files`.

Any face puts requests; the worker alone takes them, at any moment between two steps, and acknowledges each with an
event. Requests may outlive the worker that they were meant for: one that starts takes and drops what it finds.
"""

from __future__ import annotations

import math
import os
import secrets
import time
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from tui_llm.errors import InputError
from tui_llm.files import write_atomically
from tui_llm.runs.directory import RunDirectory

Kind = Literal["pause", "continue", "stop", "checkpoint", "evaluate", "set_lr"]


class _Order(msgspec.Struct, frozen=True):
    """What a request's file holds."""

    kind: Kind
    arguments: dict[str, Any] = {}


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request as its worker takes it."""

    id: str
    """Unique in the run; in order of time."""
    kind: Kind | Literal["invalid"]
    arguments: dict[str, Any] = {}
    """For `set_lr`: `lr`, the new highest learning rate. For the others: nothing."""
    reason: str | None = None
    """Why the request is invalid, in one sentence."""


def request(run: RunDirectory, kind: Kind, **arguments: Any) -> str:
    """Ask the run's worker for `kind`; give the request's id. `set_lr` takes `lr`, the others take nothing.

    Raises:
        InputError: the request is none that a worker knows.
        OSError: the run's folder cannot be written.
    """
    order = _Order(kind, arguments)
    fault = _fault(order)
    if fault:
        raise InputError(fault, f"the requests are: {', '.join(get_args(Kind))}; set_lr takes a positive lr.")
    run.control_path.mkdir(exist_ok=True)
    identity = f"{time.time_ns():020d}-{secrets.token_hex(4)}-{kind}"
    write_atomically(run.control_path / f"{identity}.json", msgspec.json.encode(order), durable=False)
    return identity


def is_pending(run: RunDirectory, kind: Kind) -> bool:
    """Whether a request of `kind` waits to be taken."""
    return any(run.control_path.glob(f"[!.]*-{kind}.json"))


def take_requests(run: RunDirectory) -> list[Request]:
    """Take what was asked since the last time, in order; what cannot be understood comes as kind `invalid`.

    Raises:
        OSError: the run's folder cannot be written.
    """
    try:
        with os.scandir(run.control_path) as entries:
            paths = [Path(entry.path) for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    except FileNotFoundError:
        return []
    taken: list[Request] = []
    for path in sorted(paths):
        taken.append(_read(path))
        path.unlink()
    return taken


def _read(path: Path) -> Request:
    try:
        order = msgspec.json.decode(path.read_bytes(), type=_Order)
    except msgspec.DecodeError as error:
        return Request(id=path.stem, kind="invalid", reason=f"the request {path.name} cannot be read: {error}.")
    fault = _fault(order)
    if fault:
        return Request(id=path.stem, kind="invalid", arguments=order.arguments, reason=fault)
    return Request(id=path.stem, kind=order.kind, arguments=order.arguments)


def _fault(order: _Order) -> str | None:
    """What is wrong with `order`, in one sentence; nothing if it is good."""
    if order.kind not in get_args(Kind):
        return f"there is no request {order.kind!r}."
    if set(order.arguments) != ({"lr"} if order.kind == "set_lr" else set()):
        return f"the request {order.kind} does not take {', '.join(sorted(order.arguments)) or 'nothing'}."
    rate = order.arguments.get("lr", 1.0)
    if not isinstance(rate, int | float) or not 0.0 < rate < math.inf:
        return f"{rate!r} is no learning rate."
    return None
