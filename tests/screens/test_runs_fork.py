"""The dialog that forks a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Select, Static

from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.app import TuiApp
from tui_llm.config import read_request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import read_status
from tui_llm.screens.runs_fork import ForkDialog


@pytest.fixture
def source(home: Path) -> RunDirectory:
    """A run at 400 of 1,000 steps that can be forked."""
    run = fake_run(home, "novelas", state="stopped")
    run.tokenizer_path.mkdir()
    (run.tokenizer_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    for folder in run.checkpoints_path.iterdir():
        amended = (folder / "state.json").read_text(encoding="utf-8").rstrip("}") + ',"tokens":1,"elapsed":1.0}'
        rewrite(folder / "state.json", amended)
    return run


def rewrite(path: Path, text: str) -> None:
    """Replace a checkpoint's file and make its manifest tell of it."""
    from tui_llm.runs.manifest import write_manifest

    path.write_text(text, encoding="utf-8")
    (path.parent / "manifest.json").unlink()
    write_manifest(path.parent)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    calls: list[tuple[str, bool]] = []

    def start_worker(run: RunDirectory, queue: bool = False) -> int:
        calls.append((run.name, queue))
        return 1

    monkeypatch.setattr("tui_llm.runs.launch.start_worker", start_worker)
    return calls


def fault(app: TuiApp) -> str:
    return str(app.screen.query_one("#fault", Static).render())


def ready(app: TuiApp) -> bool:
    """Whether the dialog is open and knows the run."""
    if not isinstance(app.screen, ForkDialog):
        return False
    return any(not button.disabled for button in app.screen.query("#fork").results(Button))


async def test_forking_from_the_list(source: RunDirectory, started: list[tuple[str, bool]]) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: ready(app))
        text = shown(app)
        assert "Fork novelas" in text
        assert "400" in text
        assert "best" in text
        assert "as it was: 0.0003" in text
        await pilot.press("down")
        app.screen.query_one("#name", Input).value = "otra"
        app.screen.query_one("#lr", Input).value = "1e-4"
        app.screen.query_one("#budget", Input).value = "2000"
        await pilot.click("#fork")
        await until(pilot, lambda: not isinstance(app.screen, ForkDialog))
        fork = RunDirectory(source.path.with_name("otra"))
        assert read_status(fork).step == 300
        training = read_request(fork.config_path)["training"]
        assert training["lr"] == 1e-4
        assert training["max_steps"] == 2000
        assert started == [("otra", False)]
        await until(pilot, lambda: " otra  stopped" in shown(app), seconds=5)


@pytest.mark.parametrize(("start", "calls"), [("queue", [("novelas-fork-1", True)]), ("later", [])])
async def test_when_it_starts(
    source: RunDirectory, started: list[tuple[str, bool]], start: str, calls: list[tuple[str, bool]]
) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: ready(app))
        app.screen.query_one("#start", Select).value = start
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, ForkDialog))
        assert started == calls


async def test_while_another_run_trains_it_waits_unless_told_otherwise(home: Path, source: RunDirectory) -> None:
    fake_run(home, "busy")
    async with app_open() as (app, pilot):
        app.push_screen(ForkDialog(source, step=300))
        await until(pilot, lambda: ready(app))
        assert app.screen.query_one("#start", Select).value == "queue"
        assert app.screen.query_one(OptionList).highlighted == 1, "the checkpoint asked for"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("#name", "novelas", "there is a run named novelas already"),
        ("#name", "a/b", "cannot be a run's name"),
        ("#lr", "fast", "the learning rate cannot be 'fast'"),
        ("#budget", "-3", "the budget cannot be '-3'"),
        ("#budget", "10", "budget"),
    ],
)
async def test_what_is_wrong_is_said_in_the_dialog(source: RunDirectory, field: str, typed: str, says: str) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: ready(app))
        app.screen.query_one(field, Input).value = typed
        await pilot.press("ctrl+s")
        await until(pilot, lambda: says in fault(app))
        assert ready(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ForkDialog))
        assert [path.name for path in source.path.parent.iterdir()] == ["novelas"]


async def test_a_run_without_a_checkpoint(home: Path) -> None:
    run = fake_run(home, "novelas", steps=10)
    async with app_open() as (app, pilot):
        app.push_screen(ForkDialog(run))
        await until(pilot, lambda: "no whole checkpoint yet" in shown(app))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: not isinstance(app.screen, ForkDialog))


async def test_a_small_terminal(source: RunDirectory) -> None:
    async with app_open((40, 12)) as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: ready(app))
        assert "Fork novelas" in shown(app)
