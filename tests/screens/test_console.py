"""The Console: asking, stopping, two answers, what can go wrong. A fake worker writes; a real one in its own module."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.console_fakes import FakeWorker, ask, console_open, ended, history_lines, told, worker
from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.errors import RunFailedError
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.screens.console import ConsoleScreen
from tui_llm.screens.console_settings import SamplingDialog
from tui_llm.text.tokenizers.char import CharTokenizer

__all__ = ["worker"]  # the fixture


async def test_a_prompt_is_answered_and_told_in_figures(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "Habia")
        assert "Habia un perro que ladra." in shown(app)
        assert "5 tokens  118 tokens/s  length reached  3.00 bits/token" in shown(app)
        assert "novela" in shown(app).splitlines()[0]
    asked = worker.asked[0]
    assert asked["run"] == str(run.path)
    assert asked["prompt"] == "Habia"
    assert (asked["temperature"], asked["top_k"], asked["top_p"], asked["max_new_tokens"]) == (0.8, 40, 0.95, 200)
    assert asked["stop"] == ()
    assert worker.ended, "the worker outlived the app"


async def test_no_prompt_begins_a_new_text_and_a_line_break_has_its_key(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (_app, screen, pilot):
        await pilot.press("g")
        await ended(pilot, screen)
        await pilot.press("p", "a", "ctrl+j", "b", "enter")
        await ended(pilot, screen)
    assert [asked["prompt"] for asked in worker.asked] == ["", "a\nb"]


@pytest.mark.parametrize("key", ["escape", "g", "enter"])
async def test_what_is_written_stays_when_it_is_stopped(home: Path, worker: FakeWorker, key: str) -> None:
    fake_run(home, "novela")
    worker.gate.clear()
    async with console_open() as (app, screen, pilot):
        await pilot.press("g")
        await until(pilot, lambda: "un perro" in shown(app) and "esc stops" in shown(app))
        await pilot.press(key)
        await ended(pilot, screen)
        assert "un perro" in shown(app)
        assert "2 tokens" in shown(app)
        assert "stopped" in shown(app)
        worker.gate.set()
        await pilot.press("g")
        await ended(pilot, screen)
        assert "un perro que ladra." in shown(app)
    assert len(history_lines(home)) == 2


async def test_two_answers_differ_in_what_was_set_alone(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await pilot.press("v", "s")
        await until(pilot, lambda: isinstance(app.screen, SamplingDialog))
        await pilot.press(*"1.5", "enter")
        await until(pilot, lambda: app.screen is screen)
        await ask(pilot, screen, "Si")
        assert shown(app).count("Si un perro que") == 2
        assert "T 0.8" in shown(app)
        assert "T 1.5" in shown(app)
        await pilot.press("v")
        await pilot.pause()
        assert shown(app).count("Si un perro que") == 1
    first, second = worker.asked
    assert second == {**first, "temperature": 1.5}


async def test_the_settings_refuse_what_cannot_be(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SamplingDialog))
        await pilot.press(*"-1", "enter")
        await until(pilot, lambda: "the temperature cannot be that." in shown(app))
        await pilot.press(
            "ctrl+u", *"0,5", "down", "down", "down", "down", *"12", "down", *"7", "down", *"\\n\\n", "enter"
        )
        await until(pilot, lambda: app.screen is screen)
        assert "0.5" in shown(app)
        await ask(pilot, screen)
    asked = worker.asked[0]
    assert (asked["temperature"], asked["max_new_tokens"], asked["seed"], asked["stop"]) == (0.5, 12, 7, ("\n\n",))


async def test_checkpoints_are_chosen_and_the_last_one_moves_on(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela", steps=400)
    async with console_open() as (app, screen, pilot):
        assert "best, step 400" in shown(app)
        await pilot.press("c")
        await until(pilot, lambda: "Checkpoints of novela" in shown(app) and "step 300" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is screen and "last, step 400" in shown(app))
        with new_checkpoint_folder(run, 500) as folder:
            (folder / "model.safetensors").write_bytes(b"weights")
        await until(pilot, lambda: "last, step 500" in shown(app))
        await pilot.click("#answer-a HeadLine", offset=(2, 0))
        await until(pilot, lambda: "Checkpoints of novela" in shown(app) and "step 500" in shown(app))
        await pilot.press("slash", *"300", "enter", "enter")
        await until(pilot, lambda: app.screen is screen and "step 300" in shown(app))
        await ask(pilot, screen)
    assert worker.asked[0]["checkpoint"] == "300"


async def test_another_run_is_chosen_from_a_list(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    fake_run(home, "[b]cuentos")
    async with console_open() as (app, screen, pilot):
        await pilot.press("r")
        await until(pilot, lambda: "novela" in shown(app) and "[b]cuentos" in shown(app) and app.screen is not screen)
        await pilot.press("slash", *"cuen", "enter", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert "[b]cuentos" in shown(app).splitlines()[0]
        await ask(pilot, screen)
    assert worker.asked[0]["run"].endswith("[b]cuentos")


async def test_another_screen_names_run_and_checkpoint(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    other = fake_run(home, "cuentos")
    async with app_open() as (app, pilot):
        app.open_console(other, "300")
        await pilot.pause()
        assert isinstance(app.screen, ConsoleScreen)
        await pilot.press("g")
        await ended(pilot, app.screen)
    assert worker.asked[0]["run"] == str(other.path)
    assert worker.asked[0]["checkpoint"] == "300"


async def test_without_a_run_it_says_so(home: Path, worker: FakeWorker) -> None:
    async with console_open() as (app, _screen, pilot):
        await until(pilot, lambda: "No model has been trained yet." in shown(app))
        await pilot.press("g")
        await until(pilot, lambda: "there is no run to ask" in told(app))
        await pilot.press("p", "enter", "escape", "y", "v", "g", "r")
        await until(pilot, lambda: "there are no runs yet." in shown(app))
    assert not worker.asked


async def test_a_failure_is_told_in_place_and_the_next_try_works(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open() as (app, screen, pilot):
        worker.error = RunFailedError("the tokenizer of run novela is [missing].", "train the run anew.")
        await ask(pilot, screen, "Si")
        assert "the tokenizer of run novela is [missing]. train the run anew." in shown(app)
        assert "broken off" in shown(app)
        worker.error = None
        await pilot.press("g")
        await ended(pilot, screen)
        assert "[missing]" not in shown(app)
        assert "Si un perro" in shown(app)


async def test_what_the_model_writes_never_steers_the_terminal(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    worker.words = ("\x1b[31m", "\x07", "\x9b2J", "\u202e", "[b]bold[/b]", "a\u0301", "\r")
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen)
        assert "␛[31m␇⟨9B⟩2J⟨202E⟩[b]bold[/b]a\u0301␍" in shown(app)
        for _token in worker.words:
            await pilot.press("right")
            assert not set(shown(app)) & set("\x1b\x07\x9b\u202e\r")
    async with console_open(charts="ascii") as (app, screen, pilot):
        await ask(pilot, screen)
        assert "<1B>[31m<07>" in shown(app)


async def test_characters_that_the_model_never_saw_are_named(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    CharTokenizer(sorted("abc ")).save(run.tokenizer_path)
    async with console_open() as (app, screen, pilot):
        await ask(pilot, screen, "ab #ñ")
        assert "never seen these characters, and takes them as bytes: # ñ" in " ".join(shown(app).split())
        await pilot.press("x")
        await ask(pilot, screen, "abc")
        assert "never seen" not in shown(app)


async def test_a_poor_little_terminal_shows_the_answer(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    async with console_open((40, 12), charts="ascii") as (app, screen, pilot):
        await ask(pilot, screen, "Si")
        assert "Si un perro que ladra." in shown(app)
        await pilot.press("left", "v", "g")
        await ended(pilot, screen)
        assert "un perro" in shown(app)


async def test_the_worker_is_warm_until_the_screen_was_left_for_long(
    home: Path, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_llm.screens.console._IDLE", 0.05)
    fake_run(home, "novela")
    async with console_open() as (_app, screen, pilot):
        await ask(pilot, screen)
        assert not worker.ended
        await pilot.press("1")
        await until(pilot, lambda: worker.ended)
        await pilot.press("5", "g")
        await ended(pilot, screen)
    assert len(worker.asked) == 2
