"""How a training ended, in a form that can be printed as JSON. Imports msgspec alone."""

from __future__ import annotations

import msgspec


class Scores(msgspec.Struct, frozen=True):
    """How a model does on one split; the measures are those of `training.evaluation.Evaluation`."""

    loss: float
    perplexity: float
    bits_per_byte: float
    tokens: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended: finished, stopped (by a request) or interrupted (by a signal)."""

    run: str
    path: str
    state: str
    step: int
    tokens: int
    seconds: float
    parameters: int
    utilisation: float | None = None
    """The share of the device's peak that the last steps used (MFU)."""
    checkpoint: int | None = None
    """The step of the best checkpoint, which `val` and `test` are of."""
    val: Scores | None = None
    test: Scores | None = None
