"""A curve in one line of text, in blocks or, for poor terminals, in ASCII. Imports only the standard library."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: Without the full block, so that the curves of neighbouring lines do not run together.
BLOCKS = "▁▂▃▄▅▆▇"
ASCII = "_.-=*#"


def spark(values: Sequence[float], width: int, *, ascii_only: bool = False) -> str:
    """`values` in at most `width` characters, a level between their least and their greatest each.

    Where there are more values than characters, neighbours are averaged. A gap of values that are not finite is a
    space; without any finite value nothing is drawn.
    """
    shown = [_mean(values[start:end]) for start, end in _groups(len(values), width)]
    finite = [value for value in shown if math.isfinite(value)]
    if not finite:
        return ""
    low, spread = min(finite), max(finite) - min(finite)
    levels = ASCII if ascii_only else BLOCKS
    top = len(levels) - 1
    return "".join(
        levels[round((value - low) / spread * top) if spread else 0] if math.isfinite(value) else " " for value in shown
    )


def _groups(count: int, width: int) -> list[tuple[int, int]]:
    """`count` places cut into at most `width` groups, as equal as can be: where each begins and ends."""
    groups = min(count, max(width, 0))
    return [(index * count // groups, (index + 1) * count // groups) for index in range(groups)]


def _mean(values: Sequence[float]) -> float:
    finite = [value for value in values if math.isfinite(value)]
    return sum(finite) / len(finite) if finite else math.nan
