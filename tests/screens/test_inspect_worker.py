"""The Inspect screen on a real model in a real worker process."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import psutil
import pytest

from tests.screens.fakes import shown, until
from tests.screens.inspect_fakes import inspect_open
from tests.workers.conftest import trained
from tui_llm.runs.directory import RunDirectory

__all__ = ["trained"]  # the fixture


def inspector() -> psutil.Process:
    """The worker of this process's Inspect screen."""
    there = psutil.Process().children(recursive=True)
    return next(one for one in there if "tui_llm.workers.inspect" in one.cmdline())


async def test_a_real_model_is_looked_into(home: Path, trained: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    run = RunDirectory(Path(shutil.copytree(trained.path, home / "runs" / "tiny")))
    async with inspect_open((110, 40)) as (app, _screen, pilot):
        await until(pilot, lambda: "[ step 40 ]  checkpoint 2 of 2" in shown(app))
        await until(pilot, lambda: "embed_tokens.weight" in shown(app) and "▀" in shown(app), 60)
        await pilot.press("end")
        await until(pilot, lambda: "bars from" in shown(app))

        await pilot.press("a", "i", *"La niña busca", "enter")
        await until(pilot, lambda: "layer 1 of 2, head 1 of 2" in shown(app))
        await until(pilot, lambda: '"a" (13) looks at:' in shown(app))
        await pilot.press("right", "right", "right")
        await until(pilot, lambda: "layer 2 of 2, head 2 of 2" in shown(app))

        await pilot.press("e", "i", "ñ", "enter")
        await until(pilot, lambda: "\n" in shown(app) and " ñ " in shown(app))
        await pilot.press("[")
        await until(pilot, lambda: "[ step 20 ]  checkpoint 1 of 2" in shown(app))

        worker = inspector()
        os.kill(worker.pid, signal.SIGKILL)
        await until(pilot, lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)
        await pilot.press("p", "home", "]")
        await until(pilot, lambda: "[ step 40 ]" in shown(app) and "embed_tokens.weight  " in shown(app), 60)
        assert inspector().pid != worker.pid

        shutil.rmtree(run.checkpoints_path)
        await until(pilot, lambda: "this checkpoint is gone" in shown(app))
        await pilot.press("e")
        await until(pilot, lambda: "run tiny has no checkpoint '40'." in shown(app))
        worker = inspector()
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
