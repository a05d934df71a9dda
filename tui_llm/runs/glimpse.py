"""The shape of a run's past, without reading all of it. May import the standard library, msgspec and `runs.records`.

It looks at a few places of `metrics.jsonl`, however long that is: a few dozen for a curve as small as a word, a few
hundred for the first sight of a dashboard.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import msgspec

from tui_llm.runs.records import TrainRecord, decode_records

#: So much is read at each place: a line, and the rest of the one before it.
_LOOK = 4096

_TRAIN = b'"kind":"train"'


class _Loss(msgspec.Struct, gc=False):
    loss: float | None = None


_decoder = msgspec.json.Decoder(_Loss)


def loss_glimpse(path: Path, points: int = 24) -> tuple[float, ...]:
    """At most `points` losses in nats a token, two or more, evenly spaced over the bytes of `metrics.jsonl`.

    The oldest comes first; what a resumption repeats may be among them twice. There are fewer where there is less to
    see; none if the file is missing or unreadable.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return ()
    try:
        size = os.fstat(descriptor).st_size
        if size <= points * _LOOK:
            return _spread(_losses(os.read(descriptor, size)), points)
        looks = [_look(descriptor, place * (size - _LOOK) // (points - 1)) for place in range(points)]
        return (*(losses[0] for losses in looks[:-1] if losses), *looks[-1][-1:])
    except OSError:
        return ()
    finally:
        os.close(descriptor)


def outline(path: Path, places: int = 400) -> list[TrainRecord]:
    """Train records from `places` evenly spaced stretches of `metrics.jsonl`, their steps rising.

    Raises:
        OSError: the file cannot be read.
    """
    seen: list[TrainRecord] = []
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        for place in range(places):
            file.seek(place * max(0, size - _LOOK) // max(1, places - 1))
            lines = file.read(_LOOK)
            whole = lines[lines.find(b"\n") + 1 : lines.rfind(b"\n") + 1]
            seen += [record for record in decode_records(whole)[0] if type(record) is TrainRecord]
    rising: list[TrainRecord] = []
    for record in reversed(seen):  # what a resumption has repeated counts as it was done the last time
        if not rising or record.step < rising[-1].step:
            rising.append(record)
    return rising[::-1]


def _spread(losses: list[float], points: int) -> tuple[float, ...]:
    """At most `points` of `losses`, from the first to the last."""
    if len(losses) <= points:
        return tuple(losses)
    return tuple(losses[place * (len(losses) - 1) // (points - 1)] for place in range(points))


def _look(descriptor: int, place: int) -> list[float]:
    """The losses on the whole lines of what follows `place`."""
    os.lseek(descriptor, place, os.SEEK_SET)
    return _losses(os.read(descriptor, _LOOK))


def _losses(lines: bytes) -> list[float]:
    """The finite losses on `lines`."""
    losses: list[float] = []
    for line in lines.split(b"\n"):
        if _TRAIN not in line or not line.startswith(b"{"):
            continue
        try:
            loss = _decoder.decode(line).loss
        except msgspec.DecodeError:
            continue  # torn, or only begun within the look
        if loss is not None and math.isfinite(loss):
            losses.append(loss)
    return losses
