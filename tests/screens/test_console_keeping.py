"""What is kept of answers: the history, copies, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screens.console_fakes import FakeWorker, ask, console_open, ended, history_lines, told, worker
from tests.screens.fakes import fake_run, shown, until
from tui_llm.screens import console_history
from tui_llm.screens.console_choice import Choice
from tui_llm.widgets.dialogs import Confirm, TextPrompt

__all__ = ["worker"]  # the fixture


async def test_earlier_answers_come_back_with_prompt_and_settings(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (_app, screen, pilot):
        await pilot.press("s", *"0.3", "enter")
        await until(pilot, lambda: screen.is_current)
        await ask(pilot, screen, "uno")
    with (home / "console-history.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"torn": \n')
    async with console_open() as (app, screen, pilot):
        worker.words = (" otro",)
        await ask(pilot, screen, "dos")
        await pilot.press("H")
        await until(pilot, lambda: isinstance(app.screen, Choice) and "uno un perro" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: screen.is_current and "uno un perro que ladra." in shown(app))
        assert "T 0.3" in shown(app)
        await pilot.press("right")
        await until(pilot, lambda: "the other tokens of this place were not kept." in shown(app))
        await pilot.press("g")
        await ended(pilot, screen)
    assert [asked["prompt"] for asked in worker.asked] == ["uno", "dos", "uno"]
    assert worker.asked[2]["temperature"] == 0.3


async def test_up_and_down_fetch_earlier_prompts(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (_app, screen, pilot):
        for prompt in ("uno", "dos"):
            await pilot.press("x")
            await ask(pilot, screen, prompt)
        await pilot.press("x", "p", *"tres", "up", "enter")
        await ended(pilot, screen)
        await pilot.press("x", "p", *"cuatro", "up", "up", "up", "down", "down", "down", "enter")
        await ended(pilot, screen)
    assert [asked["prompt"] for asked in worker.asked] == ["uno", "dos", "dos", "cuatro"]


async def test_the_history_is_bounded(home: Path, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_run(home, "novela")
    async with console_open() as (_app, screen, pilot):
        await ask(pilot, screen, "uno")
    monkeypatch.setattr(console_history, "KEPT", 3)
    path = home / "console-history.jsonl"
    line = path.read_text(encoding="utf-8")
    path.write_text(line * 6 + line.replace("uno", "dos"), encoding="utf-8")
    assert [entry.question.prompt for entry in console_history.read_history(path)] == ["uno", "uno", "dos"]
    assert len(history_lines(home)) == 3


async def test_a_history_that_cannot_be_kept_is_told(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    (home / "console-history.jsonl").mkdir()
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "uno")
        await until(pilot, lambda: "keeping the history failed" in told(app))
        assert "uno un perro que ladra." in shown(app)


async def test_copies(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await pilot.press("y")
        await until(pilot, lambda: "there is no answer yet." in told(app))
        await ask(pilot, screen, "Si")
        await pilot.press("y")
        assert app.clipboard == " un perro que ladra."
        await pilot.press("Y")
        assert app.clipboard == "Si un perro que ladra."


async def test_files_as_text_and_as_json(home: Path, worker: FakeWorker, tmp_path: Path) -> None:
    fake_run(home, "novela")
    text, whole = tmp_path / "a.txt", tmp_path / "a.json"
    text.write_text("mine", encoding="utf-8")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "Si")

        async def save(path: Path) -> None:
            await pilot.press("w")
            await until(pilot, lambda: isinstance(app.screen, TextPrompt))
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")

        await save(whole)
        await until(pilot, whole.exists)
        await save(text)
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: screen.is_current)
        assert text.read_text(encoding="utf-8") == "mine"
        await save(text)
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: text.read_text(encoding="utf-8") == "Si un perro que ladra.\n")
        await save(tmp_path / "nowhere" / "a.txt")
        await until(pilot, lambda: "there is no folder" in shown(app))
    document = json.loads(whole.read_bytes())
    assert document["text"] == " un perro que ladra."
    assert document["step"] == 400
    assert [token["probability"] for token in document["tokens"]] == [0.125] * 5
    assert document["tokens"][0]["alternatives"][0]["text"] == " gato"
