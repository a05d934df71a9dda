"""Whose turn it is."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.queue import busy_runs, in_turn, is_turn_of
from tui_llm.runs.status import State, Status, write_status


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["sleep", "0"])
    process.wait()
    return process.pid


def _run(name: str, state: State, **changes: Any) -> RunDirectory:
    """A run whose worker is this process."""
    run = create_run(name, "x")
    write_status(run, msgspec.structs.replace(signed(Status(state=state)), **changes))
    return run


def _in_turn() -> list[str]:
    return [summary.name for summary in in_turn(list_runs())]


def test_the_first_that_came_is_the_first_that_trains() -> None:
    runs = {name: _run(name, "queued", queued=moment) for name, moment in (("b", 2.0), ("a", 3.0), ("c", 1.0))}
    assert _in_turn() == ["c", "b", "a"]
    assert [name for name, run in runs.items() if is_turn_of(run)] == ["c"]


def test_a_run_that_is_taken_up_again_stands_behind_those_that_wait_already() -> None:
    _run("old", "queued", created=1.0, queued=5.0)
    _run("new", "queued", created=2.0, queued=4.0)
    assert _in_turn() == ["new", "old"]


@pytest.mark.parametrize("state", ["preparing", "running", "stopping"])
def test_a_run_at_work_is_waited_for(state: State) -> None:
    waiting, other = _run("waiting", "queued"), _run("other", state)
    assert [summary.name for summary in busy_runs()] == ["other"]
    assert not is_turn_of(waiting)
    write_status(other, signed(Status(state="finished")))
    assert busy_runs() == []
    assert is_turn_of(waiting)


@pytest.mark.parametrize("state", ["paused", "finished", "stopped", "failed"])
def test_a_run_that_rests_or_has_ended_is_in_nobodys_way(state: State) -> None:
    waiting = _run("waiting", "queued")
    _run("other", state)
    assert is_turn_of(waiting)


def test_a_worker_that_died_is_in_nobodys_way(dead: int) -> None:
    waiting = _run("waiting", "queued", queued=3.0)
    _run("working", "running", pid=dead)
    _run("before", "queued", queued=1.0, pid=dead)
    assert busy_runs() == []
    assert _in_turn() == ["waiting"]
    assert is_turn_of(waiting)


def test_another_machines_runs_are_in_nobodys_way() -> None:
    waiting = _run("waiting", "queued", queued=3.0)
    _run("far", "running", host="elsewhere")
    _run("behind", "queued", queued=1.0, host="elsewhere")
    assert is_turn_of(waiting)


def test_a_run_without_a_worker_yet_or_with_a_damaged_status_is_in_nobodys_way() -> None:
    waiting = _run("waiting", "queued")
    create_run("made", "x")
    create_run("damaged", "x").status_path.write_text("{", encoding="utf-8")
    assert is_turn_of(waiting)
