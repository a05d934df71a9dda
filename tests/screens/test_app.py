"""The app's frame: going from screen to screen, help, palette, keys, themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette

from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.screens.help import HelpScreen
from tui_llm.screens.runs import RunsScreen
from tui_llm.settings import read_settings
from tui_llm.translation import set_language


async def test_numbers_go_to_the_screens(home: Path) -> None:
    async with app_open() as (app, pilot):
        for number, mode in enumerate(("runs", "dataset", "config", "training", "console", "inspect", "learn"), 1):
            await pilot.press("escape", "ctrl+p")  # a key that types into a field is no way out of it
            await until(pilot, lambda: isinstance(app.screen, CommandPalette))
            await pilot.press(*"go to ", *mode, "enter")
            await until(pilot, lambda mode=mode: app.current_mode == mode)
            assert f"{number} {app.screen_titles[mode]}" in shown(app)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("name", ["novela", "una-novela-de-la-biblioteca"])
async def test_every_screen_and_the_run_are_named_in_80_columns(home: Path, language: str, name: str) -> None:
    run = fake_run(home, name)
    try:
        set_language(language)
        async with app_open() as (app, pilot):
            app.run_shown = run
            for mode, title in app.screen_titles.items():
                app.switch_mode(mode)
                await pilot.pause()
                line = shown(app).split("\n")[0]
                for number, (other, whole) in enumerate(app.screen_titles.items(), 1):
                    assert f"{number} {whole if other == mode else whole[:3]}" in line
                assert title in line
                if mode in ("training", "console", "inspect"):
                    await until(pilot, lambda: name in shown(app).split("\n")[0])
    finally:
        set_language("en")


async def test_help_tells_the_keys_of_the_place_and_their_names(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and "app.quit" in shown_help(app))
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)


def shown_help(app: object) -> str:
    """The whole help, scrolled away or not."""
    from tui_llm.app import TuiApp

    assert isinstance(app, TuiApp)
    assert isinstance(app.screen, HelpScreen)
    return " ".join(" ".join(key) for key in app.screen._keys)


async def test_the_keymap_gives_an_action_another_key(home: Path) -> None:
    async with app_open(keymap={"app.help": "f1"}) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


async def test_the_palette_changes_the_theme_for_good(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await pilot.press(*"theme: light")
        await until(pilot, lambda: "theme: light" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "light")
    assert read_settings().theme == "light"


async def test_letters_move_like_arrows(home: Path) -> None:
    for name in ("uno", "dos", "tres"):
        fake_run(home, name, state="finished")
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "tres" in shown(app))
        screen = app.screen
        assert isinstance(screen, RunsScreen)
        first = screen.current
        await pilot.press("j")
        await until(pilot, lambda: screen.current != first)
        await pilot.press("k")
        await until(pilot, lambda: screen.current == first)


async def test_what_is_typed_in_one_burst_goes_where_it_belongs(home: Path) -> None:
    """Over a slow line, letters come many at once: behind the key that opens a field they are text, not commands."""
    fake_run(home, "Du1a", state="finished")
    fake_run(home, "otra", state="finished")
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "otra" in shown(app))
        for key, character in (("slash", "/"), ("D", "D"), ("u", "u"), ("1", "1")):
            app.post_message(events.Key(key, character))
        await until(pilot, lambda: "otra" not in shown(app) and "Du1a" in shown(app))
        assert app.current_mode == "runs"


async def test_a_key_that_is_off_says_why(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("D")
        await pilot.pause()
        assert [notice.severity for notice in app._notifications] == ["warning"]


@pytest.mark.parametrize("size", [(40, 12), (20, 5)])
async def test_a_tiny_terminal_ends_nothing(home: Path, size: tuple[int, int]) -> None:
    run = fake_run(home, "uno")
    async with app_open(size=size) as (app, pilot):
        app.run_shown = run
        for mode in app.screen_titles:
            app.switch_mode(mode)
            await pilot.pause()
            assert app.current_mode == mode


async def test_leaving_says_what_goes_on_training(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake_run(home, "novela")
    async with app_open() as (app, pilot):
        await app.action_quit()
        await pilot.pause()
    assert "novela" in capsys.readouterr().err
