"""Walking through the tokens of an answer, and going on from another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from tests.screens.console_fakes import FakeWorker, ask, console_open, ended, worker
from tests.screens.fakes import fake_run, shown, until
from tui_llm.widgets.tokens import Piece, TokenText, level

__all__ = ["worker"]  # the fixture


async def test_the_token_under_the_cursor_has_its_alternatives(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "Si")
        assert "gato" not in shown(app)
        await pilot.press("right")
        await until(pilot, lambda: 'token 1: " un"   12.5 %   3.00 bits' in shown(app))
        assert "gato" in shown(app)
        assert "50.0 %" in shown(app)
        await pilot.press("l", "l")
        await until(pilot, lambda: 'token 3: " que"' in shown(app))
        await pilot.press("h", "end")
        await until(pilot, lambda: 'token 5: "."' in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: "gato" not in shown(app))


@pytest.mark.parametrize("keys", [("enter", "down", "enter"), ("enter", "2")])
async def test_choosing_another_token_goes_on_from_there(home: Path, worker: FakeWorker, keys: tuple[str, ...]) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "Si")
        worker.words = (" blanco", "!")
        await pilot.press("right", "right", *keys)
        await until(pilot, lambda: "Si un ratón blanco!" in shown(app))
        await ended(pilot, screen)
        assert "4 tokens" in shown(app)
    assert worker.asked[1]["prompt"] == "Si"
    assert worker.asked[1]["continuation"] == [100, 8]
    assert worker.asked[1]["checkpoint"] == "400", "the model that wrote the beginning goes on"


async def test_a_click_does_the_same(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "Si")
        worker.words = ("!",)
        await pilot.click("#tokens-a", offset=(len(" Si un p"), 0))
        await until(pilot, lambda: 'token 2: " perro"' in shown(app))
        await pilot.click("#alternatives OptionList", offset=(5, 0))
        await until(pilot, lambda: "Si un gato!" in shown(app))
    assert worker.asked[1]["continuation"] == [100, 7]


async def test_an_answer_that_is_being_written_can_be_turned(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    worker.gate.clear()
    async with console_open() as (app, screen, pilot):
        await pilot.press("g")
        await until(pilot, lambda: "un perro" in shown(app))
        worker.words = (" gris", "!")
        await pilot.press("left", "enter", "1")
        await until(pilot, lambda: "un gato gris!" in shown(app))
        await ended(pilot, screen)
        assert "perro" not in shown(app)


async def test_the_end_of_a_text_can_be_seen_left_and_chosen(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    worker.words, worker.finish = (" uno", "<eot>"), "end"
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen)
        assert "uno[end of text]" in shown(app)
        worker.words, worker.finish = ("!",), "length"
        await pilot.press("left", "enter", "1")
        await ended(pilot, screen)
        assert "uno gato!" in shown(app)
        await pilot.press("home", "enter", "4")
        await ended(pilot, screen)
        assert "1 token " in shown(app)
        assert "end of text" in shown(app)
    assert len(worker.asked) == 2, "nothing is asked where the text is to end"


class Shown(App[None]):
    """A text of tokens alone."""

    def compose(self) -> ComposeResult:
        yield TokenText()


def lines(tokens: TokenText) -> list[str]:
    """What is seen of it."""
    return [tokens.render_line(y).text for y in range(tokens.size.height)]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (30, ["Había una vez un· perro.", "", "Y extraordinariamente 日本語"]),
        (23, ["Había una vez un· ", "perro.", "", "Y extraordinariamente ", "日本語"]),
        (12, ["Había una ", "vez un· ", "perro.", "", "Y ", "extraordinar", "iamente ", "日本語"]),
    ],
)
async def test_lines_break_between_words(width: int, expected: list[str]) -> None:
    words = ["Había", " una", " vez", " un", "·", " perro", ".", "\n", "\n", "Y", " extraordinariamente", " 日本語"]
    app = Shown()
    async with app.run_test(size=(width + 1, 30)):  # a column for a space that hangs over
        tokens = app.query_one(TokenText)
        tokens.show("", [Piece(word, 0.5) for word in words])
        whole = lines(tokens)
        assert [line.rstrip() for line in whole[: len(expected)]] == [line.rstrip() for line in expected]
        tokens.show("")
        for word in words:  # one by one, it is the same
            tokens.append([Piece(word, 0.5)])
        assert lines(tokens) == whole


async def test_the_end_stays_in_sight_unless_one_walks() -> None:
    app = Shown()
    async with app.run_test(size=(20, 5)) as pilot:
        tokens = app.query_one(TokenText)
        tokens.show("", [Piece(f"{number}\n", 0.5) for number in range(100)])
        await pilot.pause()
        assert any("99" in line for line in lines(tokens))
        tokens.focus()
        await pilot.press("home", "down", "down")
        await pilot.pause()
        assert tokens.cursor == 2
        tokens.append([Piece("behind\n", 0.5)])
        await pilot.pause()
        assert "0" in lines(tokens)[0]
        await pilot.press("pagedown", "pagedown")
        assert tokens.cursor == 10


async def test_sureness_is_told_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    probabilities = (0.95, 0.7, 0.3, 0.1, 0.01)
    app = Shown()
    async with app.run_test(size=(40, 5)):
        tokens = app.query_one(TokenText)
        tokens.show("", [Piece("ab", one) for one in probabilities])
        styles = [segment.style for segment in tokens.render_line(0)][: len(probabilities)]
        assert all(style is not None for style in styles)
        assert len({(style.bold, style.dim, style.underline) for style in styles if style}) == len(probabilities)
        tokens.coloured = False
        assert next(iter(tokens.render_line(0))).text == "ab" * 5


def test_levels_rise_with_the_probability() -> None:
    assert [level(one) for one in (0, 0.04, 0.05, 0.2, 0.5, 0.89, 0.9, 1)] == [0, 0, 1, 2, 3, 3, 4, 4]
