"""The axes of a chart, in the app or in a command's output: linear or logarithmic, with round ends and ticks in a unit
of their own. Imports numpy; no Textual, so that a command that draws stays quick.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tui_llm.figures import duration

Kind = Literal["number", "count", "seconds"]

#: The least that has a place on a logarithmic axis; the power of ten of anything smaller may round to 0.
_LEAST = 1e-300

#: Ticks stand at these, times a power of ten; the ends of an axis also at those between.
_NICE = (1.0, 2.0, 5.0, 10.0)
_ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_SECONDS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, *(3600 * h for h in (1, 2, 3, 6, 12, 24)))
_UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True)
class Axis:
    """What an axis measures, and how. Its places are data, or their decimal logarithms if it is logarithmic.

    It has the methods of textual-plot's `AxisFormatter`.
    """

    name: str = ""
    kind: Kind = "number"
    log: bool = False
    ticks: int = 5
    """About so many are wanted."""

    def scaled(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The places of `values`; what has none on a logarithmic axis is nan."""
        if not self.log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values > 0, np.log10(values), np.nan)

    def limits(self, low: float, high: float, *, from_zero: bool = False) -> tuple[float, float]:
        """Round ends for an axis that shows the places `low` to `high`; a linear one may begin at zero."""
        if from_zero and low >= 0 and not self.log:
            return 0.0, _round_up(high) if high > 0 else 1.0
        if not high > low:
            high, low = high + max(0.05, abs(high) * 0.05), low - max(0.05, abs(low) * 0.05)
        if self.log:
            return math.floor(low * 20) / 20, math.ceil(high * 20) / 20
        step = _nice(high - low, 10)
        return math.floor(low / step) * step, math.ceil(high / step) * step

    def told(self, place: float) -> str:
        """The value at `place`, for people."""
        value = 10.0**place if self.log else float(place)
        if self.kind == "seconds":
            return duration(value)
        return f"{value:,.0f}" if self.kind == "count" else f"{value:.4g}"

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:  # noqa: ARG002 - it is asked so
        """The places of the ticks from `min_` to `max_`."""
        if self.log:
            return [math.log10(value) for value in self._log_ticks(10.0**min_, 10.0**max_)]
        return self._linear_ticks(min_, max_)

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """What stands beside the ticks."""
        values = [10.0**tick if self.log else tick for tick in ticks]
        if not values:
            return []
        if self.kind == "seconds":
            return [_time(value) for value in values]
        if self.log:
            return [_short(value) for value in values]
        top = max(values) / 10 if max(values) < 1e6 else max(values)  # 9,000 is read as easily as 9k
        unit, letter = next(((size, name) for size, name in _UNITS if top >= size), (1.0, ""))
        steps = [abs(after - before) for before, after in itertools.pairwise(values)]
        step = (min(steps) if steps else abs(values[0]) or 1.0) / unit
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        return [f"{value / unit:.{digits}f}{letter}" if value else "0" for value in values]

    def get_ticks_and_labels(self, min_: float, max_: float, max_ticks: int = 8) -> tuple[list[float], list[str]]:
        """The places of the ticks from `min_` to `max_`, and what stands beside them."""
        ticks = self.get_ticks(min_, max_, max_ticks)
        return ticks, self.get_labels_for_ticks(ticks)

    def _linear_ticks(self, low: float, high: float) -> list[float]:
        if self.kind == "seconds":
            rough = (high - low) / self.ticks
            step: float = next((step for step in _SECONDS if step >= rough), 86_400 * math.ceil(rough / 86_400))
        else:
            step = _nice(high - low, self.ticks)
        if self.kind == "count":
            step = max(1.0, step)
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        return [min(high, max(low, number * step)) for number in range(first, last + 1)]

    def _log_ticks(self, low: float, high: float) -> list[float]:
        low, high = max(low, _LEAST), max(high, _LEAST)
        if high < 10 * low:
            return [tick for tick in Axis(ticks=self.ticks)._linear_ticks(low, high) if tick > 0]
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        parts = _NICE[:3] if len(powers) <= 3 else _NICE[:1]
        apart = math.ceil(len(powers) / (2 * self.ticks))
        ticks = [part * 10.0**power for power in powers[::apart] for part in parts]
        return [tick for tick in ticks if low <= tick <= high]


def _nice(extent: float, parts: int) -> float:
    """A round step of which about `parts` make `extent`."""
    rough = max(extent, 1e-12) / parts
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step for step in _NICE if step * power >= rough * (1 - 1e-9)) * power


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(value, 1e-12)))
    return next(end for end in _ENDS if end * power >= value * (1 - 1e-9)) * power


def _short(value: float) -> str:
    unit, letter = next(((size, name) for size, name in _UNITS if value >= size * (1 - 1e-9)), (1.0, ""))
    return f"{value / unit:.3g}{letter}"


def _time(seconds: float) -> str:
    """A span of time in its own unit, short: 30s, 5min, 1.5h, 2d."""
    for size, unit in ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{seconds / size:.3g}{unit}"
    return f"{seconds:.3g}s"
