"""The table of figures: its columns fit, its cursor stays on its line."""

from __future__ import annotations

import re

import pytest
from textual.app import App, ComposeResult

from tests.screens.fakes import shown
from tui_llm.widgets.table import Column, LineTable

COLUMNS = (Column("name"), Column("kind", 4, left=True, least=30), Column("size", 6))


class Page(App[None]):
    """An app that shows a table."""

    def __init__(self) -> None:
        super().__init__()
        self.table = LineTable(COLUMNS, ascii_only=False)
        self.moved = 0

    def named(self) -> str:
        """The line in hand; "" where there is none."""
        return self.table.current or ""

    def compose(self) -> ComposeResult:
        yield self.table

    def on_line_table_moved(self) -> None:
        self.moved += 1


def line(name: str, size: int = 7) -> tuple[str, str, str]:
    return (name, "a", str(size))


@pytest.mark.parametrize(("width", "titles"), [(60, ["name", "kind", "size"]), (24, ["name", "size"])])
async def test_columns_fit_the_width(width: int, titles: list[str]) -> None:
    long = "layers.0.self_attn.query_projection.weight"
    app = Page()
    async with app.run_test(size=(width, 5)) as pilot:
        app.table.show([line(long), line("short")])
        await pilot.pause()
        lines = shown(app).split("\n")
        assert all(len(one) == width for one in lines)
        assert lines[0].split() == titles
        assert [one.rstrip()[-1] for one in lines[1:3]] == ["7", "7"]
        name = lines[1].split()[0].removeprefix(">")
        assert name == long if width == 60 else re.fullmatch(r"layers\..*….*eight", name)
        assert ("a" in lines[2].split()) == (width == 60)


async def test_the_cursor_stays_on_its_line() -> None:
    app = Page()
    async with app.run_test(size=(40, 6)) as pilot:
        app.table.show([line(name) for name in "abcdefgh"])
        app.table.focus()
        await pilot.press("down", "down")
        assert app.named() == "c"
        app.table.show([line(name) for name in "xyzabcdefgh"])
        assert app.named() == "c"
        await pilot.pause()
        assert ">c" in shown(app)
        app.table.show([line(name) for name in "ab"])
        assert app.named() == "b"
        app.table.show([])
        assert app.named() == ""
        await pilot.press("down", "up", "pagedown", "end", "home")
        assert app.named() == ""


async def test_the_cursor_is_always_in_sight() -> None:
    app = Page()
    async with app.run_test(size=(40, 6)) as pilot:
        app.table.show([line(f"n{number}", number) for number in range(50)])
        app.table.focus()
        for key, name in (("end", "n49"), ("up", "n48"), ("pageup", "n44"), ("home", "n0"), ("pagedown", "n4")):
            await pilot.press(key)
            await pilot.pause()
            assert app.named() == name
            assert f">{name} " in shown(app)
        await pilot.click(LineTable, offset=(3, 2))
        await pilot.pause()
        assert f">{app.table.current} " in shown(app).split("\n")[2]


async def test_a_move_is_told_once() -> None:
    app = Page()
    async with app.run_test(size=(40, 6)) as pilot:
        app.table.show([line("a"), line("b")])
        app.table.focus()
        await pilot.pause()
        assert app.moved == 1
        await pilot.press("down", "down")
        await pilot.pause()
        assert app.moved == 2
        app.table.show([line("a", 1), line("b", 2)])
        await pilot.pause()
        assert app.moved == 2
        assert " 2" in shown(app)
