"""Line charts in a command's output: what is drawn where, and with which characters."""

from __future__ import annotations

import io
import itertools
import math
import re
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_llm.cli.plot import Series, plot_lines
from tui_llm.widgets.axes import Kind

RISING = Series("rising", [0.0, 10.0], [0.0, 4.0])
FALLING = Series("falling", [0.0, 10.0], [4.0, 0.0])
LEVEL = Series("level", [0.0, 10.0], [2.0, 2.0])


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    use_encoding(monkeypatch, "utf-8")


def use_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    """Let the standard output be a pipe in `encoding`."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))


def plotted(
    *series: Series, x_log: bool = False, y_log: bool = False, x_kind: Kind = "number", width: int = 40, height: int = 9
) -> list[str]:
    """The lines of the chart."""
    text = plot_lines(
        series,
        title="A title",
        x_label="steps",
        y_label="loss",
        x_log=x_log,
        y_log=y_log,
        x_kind=x_kind,
        width=width,
        height=height,
    )
    return text.splitlines()


def drawing(lines: Sequence[str], height: int = 9) -> list[str]:
    """What is right of the y axis, row by row."""
    return [re.split("[│┤|]|(?<= )[+](?=.)", line, maxsplit=1)[1] for line in lines[2 : 2 + height]]


def labels(lines: Sequence[str], height: int = 9) -> dict[str, int]:
    """The rows of the labels on the y axis."""
    return {found[1]: row for row, line in enumerate(lines[2 : 2 + height]) if (found := re.match(r" *(\S+) ┤", line))}


def test_the_parts_of_a_chart() -> None:
    lines = plotted(RISING, FALLING)
    assert lines[0].strip() == "A title"
    assert lines[1] == "loss"
    assert labels(lines)["4"] == 0
    assert labels(lines)["2"] == 4
    assert labels(lines)["0"] == 8
    assert lines[12].split()[0] == "0"
    assert lines[12].split()[-1] == "10"
    assert lines[13].strip() == "steps"
    assert lines[14].split() == ["oo", "rising", "xx", "falling"]
    assert len(lines) == 15


def test_lines_go_where_their_points_are() -> None:
    rows = drawing(plotted(RISING, FALLING))
    assert rows[0].startswith("x")
    assert rows[0].endswith("o")
    assert rows[8].startswith("o")
    assert rows[8].endswith("x")
    assert [row for row in range(9) if "o" in drawing(plotted(LEVEL, RISING))[row]] == [4]


def test_the_first_is_drawn_over_the_others() -> None:
    assert drawing(plotted(LEVEL, LEVEL))[4].strip("o") == ""
    assert set("".join(drawing(plotted(LEVEL, FALLING, RISING)))) >= {"o", "x", "+"}


def test_a_line_alone_is_of_braille_and_needs_no_legend() -> None:
    lines = plotted(RISING)
    assert any(0x2800 < ord(character) <= 0x28FF for character in "".join(lines))
    assert not any("rising" in line for line in lines)


def test_colours_on_a_terminal_tell_lines_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    lines = plotted(RISING, FALLING)
    colours = re.findall(r"\x1b\[(\d\d)m━━\x1b\[0m", lines[-1])
    assert len(set(colours)) == 2
    assert f"\x1b[{colours[0]}m" in lines[2 + 8]
    assert any(0x2800 < ord(character) <= 0x28FF for character in "".join(lines))
    bare = [re.sub(r"\x1b\[\d+m", "", line) for line in lines]
    assert max(map(cell_len, bare)) <= 40
    seven = plotted(*[Series(f"s{number}", [0, 1], [number, number]) for number in range(7)])
    assert {"o", "x", "+", "*", "#", "@", "%"} <= set("".join(drawing(seven)))


def test_nothing_but_ascii_where_the_output_is_not_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    use_encoding(monkeypatch, "ascii")
    for series in ([RISING], [RISING, FALLING]):
        assert "\n".join(plotted(*series)).isascii()


def test_a_logarithmic_axis_leaves_out_what_has_no_place_on_it() -> None:
    rates = np.geomspace(1e-6, 10.0, 8)
    lines = plotted(Series("loss", [0.0, *rates], [9e9, *range(1, 9)]), x_log=True, width=80)
    assert lines[12].split() == ["1e-06", "1e-05", "0.0001", "0.001", "0.01", "0.1", "1", "10"]
    ticks = [place for place, character in enumerate(lines[11]) if character == "┬"]
    assert len({after - before for before, after in itertools.pairwise(ticks)}) <= 2  # even but for rounding
    assert list(labels(lines)) == ["5"]  # of 1 to 8: the point at rate 0 is not there
    high = plotted(Series("loss", [1, 2, 3], [0.0, 10.0, 1000.0]), y_log=True)
    assert [label for label in labels(high) if label in ("10", "100", "1k")] == ["1k", "100", "10"]


def test_time_is_told_in_its_own_units() -> None:
    assert plotted(Series("a", [0, 600], [1, 2]), x_kind="seconds")[12].split()[-1] == "10min"
    assert plotted(Series("a", [0.001, 1.2], [1, 2]), x_kind="seconds", width=80)[12].split()[:2] == ["0s", "0.5s"]


def test_nothing_to_draw_is_nothing() -> None:
    assert plotted() == []
    assert plotted(Series("a", [], []), Series("b", [1.0], [math.nan])) == []
    assert plotted(Series("a", [0.0], [1.0]), x_log=True) == []


def test_a_point_alone_can_be_seen() -> None:
    rows = drawing(plotted(Series("point", [5.0], [2.0]), RISING))
    assert "ooo" in rows[4]
    assert "".join(drawing(plotted(Series("point", [5.0], [2.0])))).strip()


def test_it_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def width() -> int:
        return max(map(len, plot_lines([RISING], title="t", x_label="x", y_label="y").splitlines()))

    assert width() == 80
    monkeypatch.setenv("COLUMNS", "120")
    assert width() == 120


NUMBERS = st.floats(1e-12, 1e9) | st.floats(-1e9, -1e-12) | st.sampled_from([0.0, math.nan, math.inf, -math.inf])


@given(
    points=st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6), max_size=10),
    logs=st.tuples(st.booleans(), st.booleans()),
    width=st.integers(40, 120),
    height=st.integers(2, 20),
)
def test_any_points_make_a_chart_of_its_size(
    points: list[list[tuple[float, float]]], logs: tuple[bool, bool], width: int, height: int
) -> None:
    series = [Series(f"s{place}", [x for x, _ in line], [y for _, y in line]) for place, line in enumerate(points)]
    lines = plotted(*series, x_log=logs[0], y_log=logs[1], width=width, height=height)
    there = [
        (x, y)
        for x, y in itertools.chain.from_iterable(points)
        if math.isfinite(x) and math.isfinite(y) and (x > 0 or not logs[0]) and (y > 0 or not logs[1])
    ]
    assert bool(lines) == bool(there)
    if lines:
        assert max(map(cell_len, lines)) <= width
        assert "".join(drawing(lines, height)).strip()
