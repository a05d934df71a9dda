"""The Console on a real model in a real worker process."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import psutil
import pytest

from tests.screens.console_fakes import console_open, ended
from tests.screens.fakes import shown, until
from tests.workers.conftest import trained
from tui_llm.runs.directory import RunDirectory

__all__ = ["trained"]  # the fixture


def generator() -> psutil.Process:
    """The worker of this process's Console."""
    there = psutil.Process().children(recursive=True)
    return next(one for one in there if "tui_llm.workers.generate" in one.cmdline())


async def test_a_real_model_answers_dies_and_answers_again(
    home: Path, trained: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    shutil.copytree(trained.path, home / "runs" / "tiny")
    async with console_open() as (app, screen, pilot):
        pane = screen.panes[0]
        await pilot.press("s", "tab", "tab", "tab", "tab", *"30", "tab", *"7", "enter")  # length, seed
        await until(pilot, lambda: screen.is_current)
        await pilot.press("p", *"La ", "enter")
        await until(pilot, lambda: "loading the model" in shown(app))
        await until(pilot, lambda: pane.answer is not None and pane.answer.finish, 60)
        assert pane.answer is not None
        first = pane.answer
        assert first.step in {20, 40}
        assert len(first.tokens) == 30 or first.finish == "end"

        # The token that was written anyway, with the same seed, gives the same text again.
        place = next(at for at, one in enumerate(first.tokens) if one.token in {a.token for a in one.alternatives})
        rank = [one.token for one in first.tokens[place].alternatives].index(first.tokens[place].token)
        await pilot.press("home", *["right"] * place, "enter", str(rank + 1))
        await until(pilot, lambda: pane.answer is not first)
        await ended(pilot, screen)
        assert pane.answer.text[: len(first.text) - 1] == first.text[:-1]

        await pilot.press("s", *["tab"] * 4, *"10000", "enter")
        await until(pilot, lambda: screen.is_current)
        await pilot.press("g")
        await until(pilot, lambda: pane.answer is not None and pane.answer.tokens)
        os.kill(generator().pid, signal.SIGKILL)
        await ended(pilot, screen)
        assert pane.answer.finish == "failed"
        assert "has died" in shown(app)
        await pilot.press("g")
        await until(pilot, lambda: pane.answer is not None and pane.answer.tokens, 60)
        await pilot.press("escape")
        assert pane.answer.finish == "stopped"

        for tokenizer in (home / "runs" / "tiny" / "tokenizer").iterdir():
            tokenizer.unlink()
        pane.checkpoint = "20" if first.step == 40 else "40"
        await pilot.press("g")
        await ended(pilot, screen)
        assert pane.answer.finish == "failed"
        assert "tokenizer" in shown(app)
        worker = generator()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
