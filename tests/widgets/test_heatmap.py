"""Numbers as colours and characters: what is further from 0 stands out more, on both sides alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from textual.app import App, ComposeResult

from tests.screens.fakes import shown
from tui_llm.widgets.heatmap import ASCII, SHADES, Bars, HeatMap, Number, Picture, colour, shade

Draw = Callable[[App[None]], None]


class Page(App[None]):
    """An app that shows one drawing."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__()
        self.map = HeatMap(ascii_only=ascii_only)
        self.bars = Bars(ascii_only=ascii_only)

    def compose(self) -> ComposeResult:
        yield self.map
        yield self.bars


def luminance(name: str) -> float:
    red, green, blue = Color.parse(name).get_truecolor()
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_further_from_0_differs_more_from_the_background(dark: bool, sign: int) -> None:
    scale = [luminance(colour(sign * step, 6, dark=dark)) for step in range(7)]
    assert scale == sorted(scale, reverse=not dark)
    assert len(set(scale)) == 7


@pytest.mark.parametrize("dark", [True, False])
def test_every_colour_is_one_of_256(dark: bool) -> None:
    for step in range(-6, 7):
        if step:  # 0 is the background
            chosen = Color.parse(colour(step, 6, dark=dark))
            assert chosen.downgrade(ColorSystem.EIGHT_BIT).get_truecolor() == chosen.get_truecolor()


@given(st.floats(-100, 100), st.floats(0.1, 100))
def test_a_value_and_its_opposite_are_equally_strong(value: float, reach: float) -> None:
    levels = {name: step for step in range(-6, 7) for name in [colour(step, 6, dark=True)]}
    assert levels[colour(value, reach, dark=True)] == -levels[colour(-value, reach, dark=True)]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_shades_rise(ascii_only: bool) -> None:
    levels = ASCII if ascii_only else SHADES
    drawn = [shade(share / 100, ascii_only=ascii_only) for share in range(-5, 106)]
    assert [levels.index(one) for one in drawn] == sorted(levels.index(one) for one in drawn)
    assert (drawn[0], drawn[-1]) == (levels[0], levels[-1])


async def drawn(
    values: list[list[Number]], size: tuple[int, int] = (20, 8), *, ascii_only: bool = False, bars: bool = False
) -> list[str]:
    """What a heat map, or bars, of `values` look like."""
    app = Page(ascii_only=ascii_only)
    async with app.run_test(size=size) as pilot:
        app.map.display, app.bars.display = not bars, bars
        await pilot.pause()
        if bars:
            app.bars.show(values[0])
        else:
            app.map.show(Picture(values, [f"row {place}" for place in range(len(values))]))
        await pilot.pause()
        return [line.rstrip() for line in shown(app).split("\n")]


async def test_two_rows_share_a_line_and_small_ones_are_enlarged() -> None:
    many: list[list[Number]] = [[float(row * column) for column in range(12)] for row in range(16)]
    lines = await drawn(many)
    assert lines == [f"row {row:<4}" + "▀" * 12 for row in range(0, 16, 2)]
    few: list[list[Number]] = [[1.0, -1.0, 0.0], [0.5, None, 1.0]]
    lines = await drawn(few)
    assert lines == ["row 0   " + "▀" * 12, " " * 8 + "▀" * 12, "row 1   " + "▀" * 12, " " * 8 + "▀" * 12] + [""] * 4


async def test_where_there_is_width_alone_numbers_are_drawn_wider() -> None:
    lines = await drawn([[1.0, -1.0] for _row in range(16)])
    assert lines == [f"row {row:<4}" + "▀" * 6 for row in range(0, 16, 2)]


async def test_an_odd_last_row_is_drawn_alone() -> None:
    lines = await drawn([[1.0] * 12 for _row in range(5)], size=(20, 3))
    assert lines == ["row 0   " + "▀" * 12, "row 2   " + "▀" * 12, "row 4   " + "▀" * 12]


async def test_without_colours_0_is_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    values: list[list[Number]] = [[-2.0, 0.0, 2.0, None, 0.1, 1.0] * 2] * 8
    assert (await drawn(values))[3] == "row 3    ▒█?▒▓ ▒█?▒▓"
    assert (await drawn(values, ascii_only=True))[3] == "row 3    +@?+# +@?+#"


async def test_bars_stand_on_0_and_hang_from_it() -> None:
    lines = await drawn([[4.0, -4.0, 2.0, 1.0, None]], size=(5, 4), bars=True)
    assert lines == ["█   ?", "█ █▄", " █", " █"]
    lines = await drawn([[4.0, -4.0, 2.0, 1.0, None]], size=(5, 4), ascii_only=True, bars=True)
    assert lines == ["#   ?", "# #.", " #", " #"]


@pytest.mark.parametrize("values", [[[]], [[None, None]], [[0.0, 0.0]]])
@pytest.mark.parametrize("bars", [True, False])
async def test_nothing_to_draw_is_drawn(values: list[list[Number]], bars: bool) -> None:
    lines = await drawn(values, bars=bars)
    assert len(lines) == 8
