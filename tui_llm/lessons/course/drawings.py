"""What a figure of a lesson can be: a table, a matrix, a plot, bars, lines of text, pieces of a text; side by side or
below each other. Standard library and msgspec: a worker makes them, the faces draw them (`widgets/drawings.py`).

Numbers may be numpy's; `sent` turns them into Python's own, and what is not finite into None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

Number = float | None


class _Drawing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all have in common; `title` stands above it."""

    title: str = ""


class Table(_Drawing, frozen=True, tag="table"):
    """Rows of cells. The first column is aligned to the left, the others to the right."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    marked: Sequence[int] = ()
    """Rows that stand out."""


class Matrix(_Drawing, frozen=True, tag="matrix"):
    """Numbers as colours, diverging from 0: blue below, orange above; in shades where there are no colours."""

    values: Sequence[Sequence[Number]]
    rows: Sequence[str] = ()
    """A label for each row."""
    columns: Sequence[str] = ()
    """A label for each column: as short as one or two characters."""
    reach: Number = None
    """The distance from 0 that has the strongest colour; the greatest of the values if not given."""
    digits: int | None = None
    """Decimals with which the numbers are written into their cells; None: colours alone."""


class Curve(msgspec.Struct, frozen=True):
    """A line from point to point. An empty label is not in the legend."""

    label: str
    x: Sequence[Number]
    y: Sequence[Number]


class Points(msgspec.Struct, frozen=True):
    """Points that are all marked by one character."""

    label: str
    mark: str
    x: Sequence[Number]
    y: Sequence[Number]


class Plot(_Drawing, frozen=True, tag="plot"):
    """Curves and points over two axes. Give the ranges where a knob must not make the axes jump."""

    x: str
    """What the axes are called."""
    y: str
    curves: Sequence[Curve] = ()
    points: Sequence[Points] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    y_log: bool = False
    region: Sequence[Sequence[Number]] | None = None
    """Colours behind it: rows from the top, stretched over both ranges."""
    height: int = 9
    """Lines in 24; it grows where the window is higher."""


class Bars(_Drawing, frozen=True, tag="bars"):
    """A line for each number: its label, a bar, the number."""

    labels: Sequence[str]
    values: Sequence[Number]
    reach: Number = None
    """The number whose bar is full; the greatest of the values if not given."""
    marked: Sequence[int] = ()
    digits: int = 2


class Lines(_Drawing, frozen=True, tag="lines"):
    """Text as it stands, a line each: a tree, a sum, a derivation."""

    lines: Sequence[str]
    marked: Sequence[int] = ()


class Pieces(_Drawing, frozen=True, tag="pieces"):
    """A text in pieces, told apart by their backgrounds; with `weights`, from 0 to 1, by how much each one has."""

    pieces: Sequence[str]
    weights: Sequence[Number] | None = None


class Beside(_Drawing, frozen=True, tag="beside"):
    """Drawings side by side."""

    parts: Sequence[Drawing]


Drawing = Table | Matrix | Plot | Bars | Lines | Pieces | Beside


def sent(drawn: Drawing | Sequence[Drawing]) -> list[dict[str, Any]]:
    """One drawing, or several below each other, as they go over a pipe."""
    several = list(drawn) if isinstance(drawn, list | tuple) else [drawn]
    found: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(several, enc_hook=_python_number))
    return found


def received(drawings: Sequence[dict[str, Any]]) -> list[Drawing]:
    """The drawings that were `sent`.

    Raises:
        msgspec.ValidationError: a field holds what it cannot.
    """
    return msgspec.convert(drawings, list[Drawing])


def _python_number(value: Any) -> Any:
    """numpy's numbers and arrays, without importing numpy."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise NotImplementedError
