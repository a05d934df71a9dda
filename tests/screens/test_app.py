"""The app's frame: going from screen to screen, help, palette, keys that say why they are off."""

from __future__ import annotations

from pathlib import Path

from tests.screens.fakes import app_open, shown
from tui_llm.screens.help import HelpScreen


async def test_numbers_go_to_the_screens(home: Path) -> None:
    async with app_open() as (app, pilot):
        for number, mode in enumerate(("runs", "dataset", "config", "training", "console"), 1):
            await pilot.press(str(number))
            await pilot.pause()
            assert app.current_mode == mode
            assert f"{number} {app.screen_titles[mode]}" in shown(app)


async def test_help_tells_the_keys_and_their_names(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)
