"""What the comparison of runs shows of each, read from their folders in a thread. Imports numpy and `runs`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.reader import RunReader
from tui_llm.runs.snapshot import RunSnapshot

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Compared:
    """A run beside others: its validation curve, and its figures; what is not known is None."""

    name: str
    state: str
    parameters: int | None
    tokens: int | None
    """Trained on."""
    elapsed: float | None
    """Seconds of training."""
    tokens_per_second: float | None
    best: float | None
    """Bits per byte on the validation part, the lowest that was measured."""
    best_step: int | None
    active: bool
    steps: Floats
    tokens_at: Floats
    elapsed_at: Floats
    bits_per_byte: Floats
    read_share: float
    """How much of its metrics has been read."""


class CompareWatch:
    """Follows some runs. Not for two threads at once."""

    def __init__(self, runs: Sequence[RunDirectory]) -> None:
        self._readers = [RunReader(run) for run in runs]
        self._last: dict[int, Compared] = {}

    def poll(self, budget_seconds: float) -> list[Compared] | None:
        """All of them, or nothing if none has changed; of long files only so much is read as the seconds allow."""
        changed = False
        for place, reader in enumerate(self._readers):
            snapshot = reader.poll(budget_seconds / len(self._readers))
            if snapshot is not None:
                self._last[place] = compared(snapshot)
                changed = True
        return [self._last[place] for place in sorted(self._last)] if changed else None


def compared(snapshot: RunSnapshot) -> Compared:
    """What is compared of a run."""
    status = snapshot.status
    evaluations = [
        record
        for record in snapshot.evaluations
        if record.split == "val" and not record.final and record.bits_per_byte is not None
    ]
    steps = np.array([record.step for record in evaluations], dtype=np.float64)
    bits = np.array([record.bits_per_byte for record in evaluations], dtype=np.float64)
    best = int(np.argmin(bits)) if len(bits) else None
    loss = snapshot.curves.loss
    return Compared(
        name=snapshot.name,
        state=snapshot.state,
        parameters=status.parameters if status else None,
        tokens=status.tokens if status else None,
        elapsed=status.elapsed if status else None,
        tokens_per_second=status.tokens_per_second if status else None,
        best=None if best is None else float(bits[best]),
        best_step=None if best is None else int(steps[best]),
        active=snapshot.state in ("queued", "preparing", "running", "paused", "stopping"),
        steps=steps,
        tokens_at=_at([record.tokens for record in evaluations], steps, loss.step, loss.tokens),
        elapsed_at=_at([record.elapsed for record in evaluations], steps, loss.step, loss.elapsed),
        bits_per_byte=bits,
        read_share=snapshot.read_share,
    )


def _at(told: Sequence[float | None], steps: Floats, known_steps: Floats, known: Floats) -> Floats:
    """What evaluations tell of an axis; where they do not, it is taken from between the training's records."""
    values = np.array(told, dtype=np.float64)  # None becomes nan
    lacking = np.isnan(values)
    if lacking.any():
        values[lacking] = np.interp(steps[lacking], np.append(0.0, known_steps), np.append(0.0, known))
    return values
