"""A home of its own for every test in a terminal, and a small run that trains for as long as it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import SENTENCES
from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import new_run, start_worker

Environment = dict[str, str]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """What the program finds around it; workers that it left training are ended after the test."""
    home = tmp_path / "home"
    # One thread: models this small gain nothing from two, and lose much where the other core is busy.
    found = {
        "TUI_LLM_HOME": str(home),
        "TUI_LLM_CONFIG": str(tmp_path / "settings.toml"),
        "LANGUAGE": "en",
        "OMP_NUM_THREADS": "1",
    }
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    yield found
    for summary in list_runs():
        pid = summary.status.pid if summary.status else None
        if pid is not None and summary.state not in ("finished", "stopped", "failed", "crashed") and pid_is_worker(pid):
            psutil.Process(pid).kill()


def pid_is_worker(pid: int) -> bool:
    """Whether the process is one of our training workers, and no other that has its number by now."""
    try:
        return "tui_llm.workers.train" in " ".join(psutil.Process(pid).cmdline())
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def train(environment: Environment, tmp_path: Path) -> Callable[[str], RunDirectory]:
    """Start a small training under a name; it goes on until it is told to stop."""

    def start(name: str) -> RunDirectory:
        text = tmp_path / "frases.txt"
        text.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
        request = {
            "preset": "gpt-mini",
            "data": {"texts": [str(text)]},
            "model": {"n_layer": 1, "n_head": 2, "n_embd": 32, "block_size": 32},
            "training": {"max_steps": 1_000_000, "batch_size": 4, "eval_interval": 200, "eval_tokens": 512},
            "system": {"device": "cpu"},
        }
        run = new_run(request, name, "x")
        start_worker(run)
        return run

    return start
