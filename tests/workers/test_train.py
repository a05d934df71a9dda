"""The training worker's word for what went wrong."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_llm.config import to_toml
from tui_llm.errors import InputError, RunFailedError, UserError, from_os_error
from tui_llm.files import write_atomically
from tui_llm.runs.control import request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.status import read_status
from tui_llm.workers import pipeline
from tui_llm.workers.result import Result
from tui_llm.workers.train import Watcher, train


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RunDirectory:
    """A run that nobody has begun."""
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    return create_run("mía", "x")


def _fails(error: Exception) -> Callable[..., Result]:
    def run_training(*_: Any) -> Result:
        raise error

    return run_training


def _full_checkpoint() -> RunFailedError:
    """What a checkpoint that finds no room raises."""
    origin = OSError(errno.ENOSPC, "No space left on device")
    told = from_os_error(origin, "writing the checkpoint of step 3")
    assert isinstance(told, RunFailedError)
    told.__cause__ = origin
    return told


@pytest.mark.parametrize(
    ("error", "cause", "said"),
    [
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "out_of_memory", "no memory left"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full", "no space is left"),
        (_full_checkpoint(), "disk_full", "no space is left"),
        (PermissionError(errno.EACCES, "Permission denied"), None, "no permission"),
        (InputError("the text is empty.", "give more."), None, "the text is empty."),
    ],
)
def test_a_failure_is_told_with_its_cause(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch, error: Exception, cause: str | None, said: str
) -> None:
    monkeypatch.setattr(pipeline, "run_training", _fails(error))
    with pytest.raises(UserError, match=said):
        train(run, Watcher(say=lambda _text: None))
    status = read_status(run)
    assert (status.state, status.cause) == ("failed", cause)
    assert status.error is not None
    assert said in status.error
    assert status.hint


def test_a_defect_is_told_and_raised_as_it_is(run: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "run_training", _fails(ZeroDivisionError("division by zero")))
    with pytest.raises(ZeroDivisionError):
        train(run, Watcher(say=lambda _text: None))
    status = read_status(run)
    assert status.state == "failed"
    assert status.error is not None
    assert "ZeroDivisionError" in status.error


def test_a_run_can_be_stopped_while_its_text_is_prepared(run: RunDirectory, text: Path) -> None:
    write_atomically(run.config_path, to_toml({"data": {"texts": [str(text)]}}))
    asked: list[str] = []

    def ask(stage: str, _share: float) -> None:
        asked.append(stage)
        request(run, "stop")

    request(run, "stop")  # this one was meant for an earlier worker
    with pytest.raises(KeyboardInterrupt):
        train(run, Watcher(say=lambda _text: None, on_progress=ask))
    assert set(asked) == {"reading"}
    assert read_status(run).state == "stopped"
