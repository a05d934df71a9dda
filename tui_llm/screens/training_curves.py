"""What the chart of the dashboard shows of a run: which curves, over what, smoothed how. Draws nothing.

Imports numpy, `runs.curves` and the chart's parts, which take a third of a second: import it when a chart is shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_llm.runs.curves import Curve
from tui_llm.runs.records import EvalRecord
from tui_llm.runs.snapshot import RunSnapshot
from tui_llm.screens.training_view import View
from tui_llm.translation import _
from tui_llm.widgets.axes import Axis
from tui_llm.widgets.axes import Kind as AxisKind
from tui_llm.widgets.chart import Line

Floats = npt.NDArray[np.float64]

#: What differs by no more than this share is one value: means of one number differ in their last digits.
_SAME = 1e-6

_X_KINDS: dict[str, AxisKind] = {"step": "count", "elapsed": "seconds", "tokens": "count"}


def smoothed(values: Floats, strength: float) -> Floats:
    """An exponential moving average as TensorBoard's, without its bias towards zero; gaps (nan) stay gaps.

    `strength`, 0 to 1, is the share of the past in each value of a curve of a thousand points, which TensorBoard keeps;
    a curve of more or fewer points is smoothed as much to the eye.
    """
    result = np.full(len(values), np.nan)
    # In powers of two, so that the whole line does not move with every new point.
    strength **= 1024 / 2 ** round(math.log2(max(1, len(values))))
    average, weight = 0.0, 0.0
    for place in np.flatnonzero(np.isfinite(values)).tolist():
        average = strength * average + (1.0 - strength) * float(values[place])
        weight = strength * weight + (1.0 - strength)
        result[place] = average / weight
    return result


class Smoother:
    """Smooths one curve, once for each new state of it."""

    def __init__(self) -> None:
        self._of: tuple[Curve, float] | None = None
        self._result: Floats = np.empty(0)

    def smooth(self, curve: Curve, strength: float) -> Floats:
        """The means of `curve`, smoothed."""
        if self._of is None or self._of[0] is not curve or self._of[1] != strength:
            self._of, self._result = (curve, strength), smoothed(curve.mean, strength)
        return self._result


def bits_per_nat(evaluations: Sequence[EvalRecord]) -> float | None:
    """By how much a loss in nats a token is multiplied to give bits per byte; None before the first evaluation."""
    for one in reversed(evaluations):
        if one.split == "val" and one.loss and one.bits_per_byte:
            return one.bits_per_byte / one.loss
    return None


def chart_lines(snapshot: RunSnapshot, view: View, smoother: Smoother) -> tuple[list[Line], Axis, Axis]:
    """The lines of the chart and its axes."""
    factor = bits_per_nat(snapshot.evaluations) if view.bits else None
    scale = factor or 1.0
    unit = _("bits/byte") if factor else _("nats")
    loss = snapshot.curves.loss
    lines = []
    x: Floats = getattr(loss, view.x)
    if len(loss) and view.shows_raw:
        lines.append(Line(_("train"), x, loss.low * scale, loss.high * scale, "curve-1", dim=view.shows_smooth))
    if len(loss) and view.shows_smooth:
        mean = smoother.smooth(loss, view.smoothing) * scale
        lines.append(Line(_("smooth"), x, mean, mean, "curve-1"))
    if view.shows_val:
        lines += _val_line(snapshot, view, scale)
    x_axis = Axis(view.x_name, _X_KINDS[view.x], view.x_log, ticks=6)
    return lines, x_axis, Axis(_("loss, {unit}").format(unit=unit), "number", view.y_log)


def _val_line(snapshot: RunSnapshot, view: View, scale: float) -> list[Line]:
    known = [
        (place, one.loss)
        for one in snapshot.evaluations
        if one.split == "val" and not one.final and one.loss is not None
        if (place := _place(one, view.x, snapshot)) is not None
    ]
    if not known:
        return []
    x, loss = (np.array(column, dtype=np.float64) for column in zip(*known, strict=True))
    order = np.argsort(x, kind="stable")
    y = loss[order] * scale
    return [Line(_("val"), x[order], y, y, "curve-2", marker="o")]


def _place(one: EvalRecord, axis: str, snapshot: RunSnapshot) -> float | None:
    """Where an evaluation stands on the axis; older records say their step alone."""
    told = getattr(one, axis)
    if told is not None:
        return float(told)
    loss = snapshot.curves.loss
    return float(np.interp(one.step, loss.step, getattr(loss, axis))) if len(loss) else None


def recent(curve: Curve) -> list[float]:
    """The means of a curve, for a sparkline: the newest half of it, where the beginning is not news any more."""
    values = curve.mean[len(curve) // 2 if len(curve) > 64 else 0 :]
    finite = values[np.isfinite(values)]
    if len(finite) and np.ptp(finite) <= _SAME * np.abs(finite).max():
        return [float(finite[-1])] * len(values)
    return [float(value) for value in values]


def newest(curve: Curve) -> float | None:
    """The last finite value."""
    finite = curve.mean[np.isfinite(curve.mean)]
    return float(finite[-1]) if len(finite) else None
