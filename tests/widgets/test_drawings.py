"""Lessons' drawings as lines: what they show, that they fit, and that no colour is needed to read them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.lessons.course.drawings import (
    Bars,
    Beside,
    Curve,
    Drawing,
    Lines,
    Matrix,
    Pieces,
    Plot,
    Points,
    Table,
    received,
    sent,
)
from tui_llm.widgets.drawings import Look, draw

PLAIN, ASCII, COLOURS = Look(colourless=True), Look(ascii_only=True), Look()


def drawn(drawing: Drawing, width: int = 60, look: Look = PLAIN) -> list[str]:
    return [line.plain for line in draw(received(sent(drawing)), width, look)]


def test_numpy_goes_over_the_pipe_and_what_is_not_finite_is_none() -> None:
    matrix = Matrix(values=np.array([[1.0, math.nan]]).tolist())
    (back,) = received(sent(matrix))
    assert isinstance(back, Matrix)
    assert back.values == [[1.0, None]]
    (bars,) = received(sent(Bars(labels=["a"], values=[np.float64(0.5)])))
    assert isinstance(bars, Bars)
    assert bars.values == [0.5]


def test_a_table_aligns_its_columns_and_marks_lines() -> None:
    table = Table(columns=("gate", "sum"), rows=(("or", "1"), ("nand", "-1.5")), marked=(1,))
    assert drawn(table) == ["  gate   sum", "  or       1", "> nand  -1.5"]


def test_a_matrix_is_read_by_shades_or_by_its_numbers() -> None:
    assert drawn(Matrix(values=[[-1.0, 1.0]])) == ["  ██"]
    assert drawn(Matrix(values=[[-1.0, 1.0]]), look=ASCII) == ["  @@"]
    named = Matrix(values=[[0.25, -1.0]], rows=["row"], columns=["x", "y"], digits=2)
    assert drawn(named) == ["         x     y", "row   0.25 -1.00"]
    styles = [span.style for line in draw([Matrix(values=[[-1.0, 1.0]])], 20, COLOURS) for span in line.spans]
    assert len(set(styles)) == 2


def test_bars_are_as_long_as_their_numbers() -> None:
    lines = drawn(Bars(labels=["a", "b"], values=[1.0, 0.5]))
    assert lines[0].count("█") == 2 * lines[1].count("█")
    assert drawn(Bars(labels=["a"], values=[0.25], reach=1.0), look=ASCII)[0].count("#") == 10


def test_a_plot_has_its_points_where_they_belong() -> None:
    plot = Plot(
        x="right", y="up", points=[Points("one", "o", [0.0, 1.0], [0.0, 1.0])], x_range=(0, 1), y_range=(0, 1), height=5
    )
    lines = drawn(plot, 40)
    body = [line.partition("│")[2] for line in lines[1:6]]
    assert body[0].rstrip().endswith("o")
    assert body[-1].startswith("o")
    assert lines[0] == "up  o one"
    assert lines[-1].endswith("right")


def test_a_curve_rises_from_left_to_right() -> None:
    lines = drawn(Plot(x="", y="", curves=[Curve("c", [0, 1], [0, 1])], height=6), look=COLOURS)
    body = [line.partition("│")[2] for line in lines[1:7]]
    firsts = [len(line) - len(line.lstrip()) for line in body if line.strip()]
    assert firsts == sorted(firsts, reverse=True)
    assert len(firsts) == 6


def test_a_logarithmic_axis_spreads_powers_evenly() -> None:
    plot = Plot(x="", y="", points=[Points("", "o", [0, 1, 2], [1, 100, 10_000])], y_log=True, height=9)
    rows = [row for row, line in enumerate(drawn(plot)) if "o" in line]
    assert rows[1] - rows[0] == rows[2] - rows[1]


def test_drawings_stand_side_by_side() -> None:
    both = Beside(parts=[Lines(lines=["one", "two"]), Lines(lines=["three"], title="t")])
    assert [line.rstrip() for line in drawn(both)] == ["one   t", "two   three"]


def test_pieces_are_told_apart_without_colours() -> None:
    assert drawn(Pieces(pieces=["a b", "c\n"])) == ["a·b|c↵|"]
    assert drawn(Pieces(pieces=["a b", "c\n"]), look=ASCII) == ["a_b|c\\n|"]


@pytest.mark.parametrize("look", [PLAIN, ASCII, COLOURS])
@given(
    values=st.lists(st.lists(st.floats() | st.none(), min_size=2, max_size=2), min_size=1, max_size=12),
    width=st.integers(30, 120),
)
@settings(max_examples=40, deadline=None)
def test_whatever_the_numbers_are_it_is_drawn_and_fits(
    look: Look, values: list[list[float | None]], width: int
) -> None:
    xs, ys = [row[0] for row in values], [row[1] for row in values]
    drawings: list[Drawing] = [
        Matrix(values=values, rows=[str(place) for place in range(len(values))]),
        Bars(labels=[f"label {place}" for place in range(len(values))], values=[_modest(one) for one in xs]),
        Plot(x="x", y="y", points=[Points("p", "o", [_modest(x) for x in xs], [_modest(y) for y in ys])]),
        Plot(x="x", y="y", curves=[Curve("c", [_modest(x) for x in xs], [_modest(y) for y in ys])], y_log=True),
    ]
    for drawing in drawings:
        lines = draw(received(sent(drawing)), width, look)
        assert lines
        assert max(line.cell_len for line in lines) <= width


def _modest(value: float | None) -> float | None:
    """Numbers that a figure may have: finite, or missing."""
    return value if value is None or (math.isfinite(value) and abs(value) < 1e9) else None
