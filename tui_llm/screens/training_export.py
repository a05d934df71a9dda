"""The curves of a run as a table for other programs. Imports numpy through `runs`."""

from __future__ import annotations

import csv
from pathlib import Path

from tui_llm.runs.curves import Curve
from tui_llm.runs.snapshot import RunSnapshot

_COLUMNS = (
    *("step", "seconds", "tokens", "train_loss", "train_loss_min", "train_loss_max"),
    *("lr", "grad_norm", "tokens_per_second", "split", "val_loss", "perplexity", "bits_per_byte"),
)


def write_curves(snapshot: RunSnapshot, path: Path) -> None:
    """Write a line for each point of the thinned curves, then one for each evaluation; losses in nats a token.

    Raises:
        OSError: the file cannot be written.
    """
    curves = snapshot.curves
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(_COLUMNS)
        for place in range(len(curves.loss)):
            loss = curves.loss
            means = (_cell(curve, place) for curve in (curves.lr, curves.grad_norm, curves.tokens_per_second))
            spread = (float(loss.low[place]), float(loss.high[place]))
            axes = int(loss.step[place]), float(loss.elapsed[place]), int(loss.tokens[place])
            table.writerow([*axes, _cell(loss, place), *spread, *means])
        for one in snapshot.evaluations:
            told = (one.split, one.loss, one.perplexity, one.bits_per_byte)
            table.writerow([one.step, one.elapsed, one.tokens, *[""] * 6, *told])


def _cell(curve: Curve, place: int) -> float:
    return float(curve.mean[place])
