"""Tables in text files. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each of `rows`: the first column flush left, the others flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def figure(value: float | None) -> str:
    """A number in four digits; nothing where there is none."""
    return "" if value is None else f"{value:.4g}"


def shape(sizes: Sequence[int]) -> str:
    """A tensor's sizes: 512 × 128."""
    return " × ".join(map(str, sizes))
