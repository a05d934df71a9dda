"""The line for a path: what it offers, and what its keys do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button

from tui_llm.widgets.paths import PathInput, cleaned, completions


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two novels, a folder, and a hidden file; one's own folder, and where the program was started."""
    (tmp_path / "libros").mkdir()
    (tmp_path / "libros" / "uno.txt").touch()
    for name in ("novela-a.txt", "novela-b.txt", ".oculta"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nov", ["novela-a.txt", "novela-b.txt"]),
        ("NOV", ["novela-a.txt", "novela-b.txt"]),
        ("li", [f"libros{os.sep}"]),
        ("~/nov", ["~/novela-a.txt", "~/novela-b.txt"]),
        ("~", [f"~/libros{os.sep}", "~/novela-a.txt", "~/novela-b.txt"]),
        ("./libros/", ["./libros/uno.txt"]),
        (".", [".oculta"]),
        ("", [f"libros{os.sep}", "novela-a.txt", "novela-b.txt"]),
        ("nowhere/x", []),
        ("~nobody-of-that-name/x", []),
        ("\0/x", []),
    ],
)
def test_a_path_is_completed_as_a_shell_does(folder: Path, typed: str, offered: list[str]) -> None:
    assert completions(typed) == offered


def test_a_file_that_was_dropped_on_the_terminal_is_understood(folder: Path) -> None:
    assert cleaned(" '/a b/c.txt' ") == "/a b/c.txt"
    assert cleaned("/a\\ b/c.txt") == "/a b/c.txt"
    assert cleaned("/plain") == "/plain"
    assert cleaned("'") == "'"


class _Line(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.entered: list[str] = []

    def compose(self) -> ComposeResult:
        yield PathInput("path")
        yield Button("next")

    def on_path_input_chosen(self, event: PathInput.Chosen) -> None:
        self.entered.append(event.path)


async def press(pilot: Pilot[None], *keys: str) -> str:
    """What the line holds after `keys`."""
    pilot.app.query_one(PathInput).line.focus()
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return pilot.app.query_one(PathInput).line.value


async def test_tab_takes_what_is_certain_and_then_the_first(folder: Path) -> None:
    app = _Line()
    async with app.run_test() as pilot:
        assert await press(pilot, "n", "tab") == "novela-"
        assert await press(pilot, "tab", "tab") == "novela-a.txt"
        await press(pilot, "enter")
        assert app.entered == ["novela-a.txt"]


async def test_arrows_choose_and_enter_takes(folder: Path) -> None:
    app = _Line()
    async with app.run_test() as pilot:
        await press(pilot, "n", "down", "down", "enter")
        assert app.entered == ["novela-b.txt"]


async def test_a_chosen_folder_is_gone_into_and_an_entered_one_is_taken(folder: Path) -> None:
    app = _Line()
    async with app.run_test() as pilot:
        assert await press(pilot, "l", "down", "enter") == f"libros{os.sep}"
        assert app.entered == []
        await press(pilot, "enter")
        assert app.entered == [f"libros{os.sep}"]


async def test_esc_puts_the_suggestions_away_and_tab_leaves_an_empty_line(folder: Path) -> None:
    app = _Line()
    async with app.run_test() as pilot:
        await press(pilot, "n")
        assert app.query_one(PathInput).suggestions.display
        await press(pilot, "escape")
        assert app.query_one(PathInput).suggestions.styles.display == "none"
        await press(pilot, "backspace", "tab")
        assert isinstance(app.focused, Button)


async def test_a_click_takes_a_suggestion(folder: Path) -> None:
    app = _Line()
    async with app.run_test() as pilot:
        await press(pilot, "n")
        await pilot.click(PathInput, offset=(3, 2))
        await pilot.pause()
        assert app.query_one(PathInput).line.value == "novela-b.txt"
        assert app.query_one(PathInput).line.has_focus
