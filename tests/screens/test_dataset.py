"""The Dataset screen with the real worker behind it: choosing, reading, cutting, preparing, and what fails."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, Select

from tests.screens import fakes
from tests.screens.fakes import app_open, shown
from tui_llm.app import TuiApp
from tui_llm.config import check
from tui_llm.draft import Draft
from tui_llm.screens.dataset import DatasetScreen, TextList
from tui_llm.screens.dataset_reading import ReadingScreen
from tui_llm.screens.dataset_tokens import TINT, TINTS
from tui_llm.widgets.themes import THEMES

#: A real worker starts and answers, on a machine that does other things, too.
until = partial(fakes.until, seconds=60.0)

SENTENCE = "El perro de San Roque no tiene rabo, porque Ramón Ramírez se lo ha robado número {}.\n"


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a good terminal: with few colours, tokens are parted by lines."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small Spanish text in a folder of its own, which the app was started in."""
    folder = tmp_path / "libros"
    folder.mkdir()
    path = folder / "perro.txt"
    path.write_text("".join(SENTENCE.format(number) for number in range(400)), encoding="utf-8")
    monkeypatch.chdir(folder)
    return path


@pytest.fixture
def went_on(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """The drafts that were handed to the Config screen, which is not opened (it starts a process of its own)."""
    drafts: list[Draft] = []
    monkeypatch.setattr(TuiApp, "open_config", lambda _app, draft: drafts.append(draft))
    return drafts


def screen_of(app: TuiApp) -> DatasetScreen:
    """The Dataset screen, which is in front."""
    assert isinstance(app.screen, DatasetScreen)
    return app.screen


async def type_path(pilot: Pilot[None], path: str) -> None:
    """Enter a path as a person does."""
    await pilot.press("a")
    pilot.app.screen.query_one("PathLine", Input).value = path
    await pilot.press("enter")


async def choose(app: TuiApp, pilot: Pilot[None], path: Path) -> None:
    """Go to the screen, choose `path`, and wait until it has been read and cut."""
    await pilot.press("2")
    await type_path(pilot, str(path))
    await until(pilot, lambda: screen_of(app).report is not None and screen_of(app).facts().vocab_size)


async def test_a_path_enter_p_and_enter_lead_to_a_prepared_text_in_config(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("2", "a", *"per", "tab", "enter")
        await pilot.press("p")
        await until(pilot, lambda: "prepared:" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "config")
        data, facts = app.draft.request["data"], app.draft.facts
    assert data["texts"] == [str(text)]
    assert data["tokenizer"] == "char"
    assert (home / "corpora" / data["corpus"]).is_dir()
    assert data["corpus"] == facts.corpus
    assert facts.train_tokens is not None
    assert facts.smallest_split is not None
    assert facts.train_tokens > 10 * facts.smallest_split > 0
    assert facts.bytes == sum(map(len, text.read_bytes().splitlines())), "each line is a document"
    check({"data": data})


async def test_what_was_found_is_told(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        for told in ("utf-8", "Spanish", "400 (each line is one", "El perro de San Roque"):
            await until(pilot, lambda told=told: told in shown(app))


async def test_going_on_without_preparing_leaves_that_to_the_training(
    home: Path, text: Path, went_on: list[Draft]
) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("c")
        await until(pilot, lambda: went_on)
        assert went_on[0].request["data"] == {"texts": [str(text)]}
        assert went_on[0].facts.documents == 400
        assert went_on[0].facts.train_tokens is None
        assert not (home / "corpora").exists()


async def test_the_cut_follows_tokenizer_and_vocabulary(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("w")
        await until(pilot, lambda: "a token takes 1.00 characters" in shown(app))
        screen_of(app).query_one("#tokenizer", Select).value = "bpe"
        screen_of(app).query_one("#vocabulary", Input).value = "300"
        await until(pilot, lambda: "byte-level BPE: 300 tokens" in shown(app))
        assert screen_of(app).choice.data() == {"texts": [str(text)], "tokenizer": "bpe", "vocab_size": 300}
        screen_of(app).query_one("#vocabulary", Input).value = "99999"
        await until(pilot, lambda: "error: a vocabulary of 99999 is too large" in shown(app))


async def test_neighbouring_tokens_are_told_apart_without_colours(
    home: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_open(charts="ascii") as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("w")
        await until(pilot, lambda: "E|l| |p|e|r|r|o|" in shown(app))


@pytest.mark.parametrize("name", ["dark", "light", "colour-blind-safe"])
def test_neighbouring_tokens_differ_in_256_colours(name: str) -> None:
    colours = THEMES[name].to_color_system().generate()
    tints = [
        Color.parse(colours["background"])
        .blend(Color.parse(THEMES[name].variables[tint]), TINT / 100, alpha=1.0)
        .rich_color
        for tint in TINTS
    ]
    assert len({tint.downgrade(ColorSystem.EIGHT_BIT).number for tint in tints}) == len(TINTS)


async def test_documents_are_read_in_another_way(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        screen_of(app).query_one("#documents", Select).value = "file"
        await until(pilot, lambda: "1 (the whole file is one" in shown(app))
        assert screen_of(app).choice.data()["documents"] == "file"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "not text"),
        (b"   \n \n", "nothing but white space"),
    ],
)
async def test_bad_input_is_told_in_place_and_taken_off_again(
    home: Path, tmp_path: Path, content: bytes, told: str
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(content)
    async with app_open((120, 40)) as (app, pilot):
        await pilot.press("2")
        await type_path(pilot, str(bad))
        await until(pilot, lambda: "error:" in shown(app) and told in shown(app))
        assert screen_of(app).why_not("prepare")
        await pilot.press("x")
        await until(pilot, lambda: "No text yet" in shown(app) and "error:" not in shown(app))


async def test_a_missing_file_stays_in_the_line_to_be_mended(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("2")
        await type_path(pilot, "/nowhere/[b]perro.txt")
        assert "error: there is no file or folder" not in shown(app)  # a pattern, which the reading must expand
        await until(pilot, lambda: "no file matches /nowhere/[b]perro.txt" in shown(app))
        await type_path(pilot, "/nowhere/perro.txt")
        await until(pilot, lambda: "error: there is no file or folder /nowhere/perro.txt" in shown(app))
        assert app.screen.query_one("PathLine", Input).value == "/nowhere/perro.txt"


async def test_too_short_a_text_is_told_when_it_is_prepared(home: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("a\n", encoding="utf-8")
    async with app_open() as (app, pilot):
        await choose(app, pilot, short)
        await pilot.press("p")
        await until(pilot, lambda: "error:" in shown(app) and "too short" in shown(app))


async def test_keys_that_need_a_text_say_so(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("2", "p")
        await until(pilot, lambda: [told.message for told in app._notifications] == ["no text is chosen yet."])


async def test_several_texts_are_read_as_one_and_taken_off_one_by_one(home: Path, text: Path) -> None:
    other = text.with_name("otro [b].txt")
    other.write_text(text.read_text(encoding="utf-8").replace("perro", "gato"), encoding="utf-8")
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await type_path(pilot, str(other))
        await until(pilot, lambda: screen_of(app).report is not None)
        for told in ("2 texts", "otro [b].txt", "perro.txt"):
            await until(pilot, lambda told=told: told in shown(app))
        app.screen.query_one(TextList).highlighted = 0
        await pilot.press("x")
        await until(pilot, lambda: screen_of(app).report is not None)
        assert screen_of(app).choice.texts == (str(other),)


async def test_a_tree_adds_files_and_folders(home: Path, text: Path) -> None:
    (text.parent / "más").mkdir()
    (text.parent / ".oculto").write_text("no", encoding="utf-8")
    async with app_open() as (app, pilot):
        await pilot.press("2", "t")
        await until(pilot, lambda: "perro.txt" in shown(app))
        assert ".oculto" not in shown(app)
        await pilot.press("down", "space", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DatasetScreen))
        assert screen_of(app).choice.texts == (str(text.parent / "más"), str(text))


async def test_stories_are_written_and_chosen(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("2", "s")
        await pilot.pause()
        app.screen.query_one("#language", Select).value = "pt"
        await pilot.press(*"0", "full_stop", *"02", "enter")
        await until(pilot, lambda: isinstance(app.screen, DatasetScreen) and screen_of(app).report is not None)
        book = home / "stories-pt-0.02.txt"
        assert 20_000 <= book.stat().st_size < 30_000
        await until(pilot, lambda: "Portuguese" in shown(app))
        written = book.stat().st_mtime_ns
        await pilot.press("x", "s", *"0", "full_stop", *"02")
        app.screen.query_one("#language", Select).value = "pt"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DatasetScreen) and screen_of(app).report is not None)
        assert book.stat().st_mtime_ns == written


async def test_a_text_prepared_before_is_ready_at_once_even_without_its_file(
    home: Path, text: Path, went_on: list[Draft]
) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("p")
        await until(pilot, lambda: screen_of(app).prepared is not None)
        before = app.draft
    text.unlink()
    async with app_open() as (app, pilot):
        await pilot.press("2", "o")
        await until(pilot, lambda: "perro" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DatasetScreen) and "prepared:" in shown(app))
        assert app.draft.facts == before.facts
        assert app.draft.request["data"]["corpus"] == before.request["data"]["corpus"]
        await pilot.press("v")
        await until(pilot, lambda: "número 3." in shown(app))
        await pilot.press("w")
        await until(pilot, lambda: "error: there is no file or folder" in shown(app))
        await pilot.press("c")
        await until(pilot, lambda: went_on == [before])


async def test_a_damaged_prepared_text_is_told_and_the_others_are_offered(home: Path, text: Path) -> None:
    broken = home / "corpora" / "roto-0123456789ab"
    broken.mkdir(parents=True)
    (broken / "corpus.json").write_text("{", encoding="utf-8")
    async with app_open((120, 40)) as (app, pilot):
        await pilot.press("2", "o")
        await until(pilot, lambda: "no text has been prepared yet." in shown(app))
        await until(pilot, lambda: "damaged. delete that folder" in shown(app))


async def test_esc_stops_the_preparation_and_nothing_half_made_stays(
    home: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = _SlowWorker()
    monkeypatch.setattr("tui_llm.screens.dataset_reading.WorkerProcess", lambda _module: worker)
    async with app_open() as (app, pilot):
        await pilot.press("2")
        await type_path(pilot, str(text))
        await pilot.press("p")
        await until(pilot, lambda: "training the tokenizer" in shown(app) and "50%" in shown(app))
        assert screen_of(app).why_not("onward")
        await pilot.press("escape")
        await until(pilot, lambda: "the preparation was stopped." in shown(app))
        assert worker.killed
        assert app.draft.request == {}
        await pilot.press("p")
        await until(pilot, lambda: screen_of(app).is_preparing)
        await pilot.press("p")
        await until(pilot, lambda: not screen_of(app).is_preparing)


class _SlowWorker:
    """A worker that gets stuck in training a tokenizer, and reads nothing."""

    def __init__(self) -> None:
        self.killed = False

    async def ask(self, op: str, **_fields: Any) -> Any:
        import asyncio

        if op == "prepare":
            yield {"event": "progress", "stage": "tokenizer", "share": 0.5}
        await asyncio.Event().wait()

    def kill(self) -> None:
        self.killed = True

    async def close(self) -> None:
        pass


async def test_a_worker_that_dies_is_told_and_started_anew(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        screen = screen_of(app)
        running = screen._worker._running
        assert running is not None
        os.kill(running._process.pid, 9)
        await until(pilot, lambda: running.ended)
        await pilot.press("p")
        await until(pilot, lambda: screen.prepared is not None)


async def test_a_change_after_the_preparation_asks_for_another(home: Path, text: Path) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("p")
        await until(pilot, lambda: screen_of(app).prepared is not None)
        screen_of(app).query_one("#tokenizer", Select).value = "bpe"
        await until(pilot, lambda: screen_of(app).prepared is None and "prepared:" not in shown(app))
        assert "corpus" not in screen_of(app).choice.data(screen_of(app).prepared)


async def test_the_text_of_a_draft_from_elsewhere_is_shown(home: Path, text: Path, went_on: list[Draft]) -> None:
    async with app_open() as (app, pilot):
        app.draft = Draft({"preset": "gpt-mini", "data": {"texts": [str(text)], "nfc": True}})
        await pilot.press("2")
        await until(pilot, lambda: screen_of(app).report is not None)
        await until(pilot, lambda: "[x] NFC" in shown(app))
        await pilot.press("c")
        await until(pilot, lambda: went_on)
        assert went_on[0].request == app.draft.request


async def test_a_text_that_was_not_handed_on_is_still_there_after_a_look_elsewhere(
    home: Path, text: Path, went_on: list[Draft]
) -> None:
    other = text.with_name("otro.txt")
    other.write_text("otro texto\n" * 100, encoding="utf-8")
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.press("p")
        await until(pilot, lambda: screen_of(app).prepared is not None)
        await pilot.press("x")
        await type_path(pilot, str(other))
        await pilot.press("1", "2")
        await until(pilot, lambda: isinstance(app.screen, DatasetScreen))
        assert screen_of(app).choice.texts == (str(other),)


async def test_the_mouse_does_what_the_keys_do(home: Path, text: Path, went_on: list[Draft]) -> None:
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        await pilot.click("#tab-tokens")
        await until(pilot, lambda: "a token takes" in shown(app))
        await pilot.press("p")
        await until(pilot, lambda: screen_of(app).prepared is not None)
        await pilot.click("#onward")
        await until(pilot, lambda: went_on)


async def test_a_wide_terminal_shows_everything_and_a_tiny_one_does_not_fail(home: Path, text: Path) -> None:
    async with app_open((120, 40)) as (app, pilot):
        await choose(app, pilot, text)
        for told in ("─ found ", "─ preview ", "─ tokens ", "a token takes"):
            await until(pilot, lambda told=told: told in shown(app))
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: "─ found " not in shown(app) and "Spanish" in shown(app))


async def test_an_idle_worker_is_ended_when_the_screen_is_left(
    home: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_llm.screens.dataset_reading.IDLE", 0.1)
    async with app_open() as (app, pilot):
        await choose(app, pilot, text)
        screen: ReadingScreen = screen_of(app)
        running = screen._worker._running
        assert running is not None
        assert not running.ended
        await pilot.press("1")
        await until(pilot, lambda: running.ended)
