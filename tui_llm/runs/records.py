"""The records of `metrics.jsonl` as typed structs, decoded many at a time. May import the standard library and msgspec.

A record's fields stand here in the order in which they are written, which makes decoding faster. The structs take no
part in the collection of cyclic garbage: they hold no cycles, and there may be a million.
"""

from __future__ import annotations

from typing import Any

import msgspec


class _Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", gc=False):
    time: float = 0.0
    """Unix seconds."""


class TrainRecord(_Record, frozen=True, kw_only=True, tag="train", gc=False):
    """Some optimizer steps, the last of them `step`. A number that was not finite is None."""

    step: int
    tokens: int
    elapsed: float
    """Seconds of training."""
    tokens_per_second: float | None = None
    loss: float | None = None
    """Nats a token, the mean of `losses`."""
    losses: list[float | None] = []
    """Of each step."""
    lr: float | None = None
    grad_norm: float | None = None


class EvalRecord(_Record, frozen=True, kw_only=True, tag="eval", gc=False):
    """An evaluation; the `final` ones are of the best checkpoint, after the training, and have no tokens or elapsed."""

    step: int
    tokens: int | None = None
    elapsed: float | None = None
    split: str = "val"
    final: bool = False
    loss: float | None = None
    perplexity: float | None = None
    bits_per_byte: float | None = None


class SampleRecord(_Record, frozen=True, kw_only=True, tag="sample", gc=False):
    """A text that the model wrote at `step`."""

    step: int
    text: str


class EventRecord(_Record, frozen=True, kw_only=True, tag="event", gc=False, rename={"origin": "from"}):
    """Something that happened, by name, with the fields that events are known to have."""

    event: str
    step: int | None = None
    request: str | None = None
    arguments: dict[str, Any] | None = None
    reason: str | None = None
    origin: str | None = None
    """The run that this one was forked from."""
    val_loss: float | None = None
    val_bits_per_byte: float | None = None


class SystemRecord(_Record, frozen=True, kw_only=True, tag="system", gc=False):
    """A reading of the system; nothing reads it yet."""


AnyRecord = TrainRecord | EvalRecord | SampleRecord | EventRecord | SystemRecord

_decoder = msgspec.json.Decoder(AnyRecord)


def decode_records(lines: bytes) -> tuple[list[AnyRecord], int]:
    """The records on `lines`, in order, and how many lines are torn or foreign and were skipped."""
    try:
        return _decoder.decode_lines(lines), 0
    except msgspec.DecodeError:
        return _decode_each([line for line in lines.split(b"\n") if line.strip()])


def _decode_each(lines: list[bytes]) -> tuple[list[AnyRecord], int]:
    records: list[AnyRecord] = []
    for line in lines:
        try:
            records.append(_decoder.decode(line))
        except msgspec.DecodeError:
            continue
    return records, len(lines) - len(records)
