"""Workers that wait for their turn, as the processes that they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tui_llm.config import to_toml
from tui_llm.files import write_atomically
from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.control import request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import QUEUE_FLAG, TRAIN_WORKER, start_worker
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import observed_state, signed
from tui_llm.runs.metrics import read_metrics
from tui_llm.runs.queue import in_turn
from tui_llm.runs.status import Status, read_status, write_status


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def busy() -> RunDirectory:
    """A run that this process seems to train."""
    run = create_run("busy", "x")
    write_status(run, signed(Status(state="running")))
    return run


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that end with the test."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.wait()


def _queue(name: str, workers: list[subprocess.Popen[bytes]]) -> RunDirectory:
    """A run whose worker waits. When its turn comes it fails, for its text is not there: that it tried is enough."""
    run = create_run(name, "x")
    write_atomically(run.config_path, to_toml({"data": {"texts": [str(run.path / "missing.txt")]}}))
    workers.append(subprocess.Popen([sys.executable, "-m", TRAIN_WORKER, str(run.path), QUEUE_FLAG]))
    _wait(lambda: read_status(run).queued is not None)
    return run


def _wait(condition: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _state(run: RunDirectory) -> str:
    return observed_state(read_status(run))


def test_runs_wait_for_the_one_at_work_and_for_each_other(
    busy: RunDirectory, workers: list[subprocess.Popen[bytes]]
) -> None:
    first, second = _queue("z-first", workers), _queue("a-second", workers)
    assert [summary.name for summary in in_turn(list_runs())] == ["z-first", "a-second"]
    for process in workers:  # torch alone would take more
        assert psutil.Process(process.pid).memory_info().rss < 80 * 2**20
    write_status(busy, signed(Status(state="paused")))
    _wait(lambda: _state(first) == "failed")
    _wait(lambda: _state(second) == "failed")
    assert read_status(first).queued is None
    error = read_status(first).error
    assert error is not None
    assert "missing.txt" in error
    assert read_status(first).heartbeat < read_status(second).heartbeat


def test_a_waiting_run_is_stopped_by_a_request(busy: RunDirectory, workers: list[subprocess.Popen[bytes]]) -> None:
    run = _queue("waiting", workers)
    request(run, "pause")
    request(run, "stop")
    assert workers[0].wait(timeout=30) == 0
    assert _state(run) == "stopped"
    asked = [record["request"] for record in read_metrics(run.metrics_path, {"event"})]
    assert asked == ["pause", "stop"]


def test_a_waiting_run_is_stopped_by_a_signal(busy: RunDirectory, workers: list[subprocess.Popen[bytes]]) -> None:
    run = _queue("waiting", workers)
    workers[0].send_signal(signal.SIGTERM)
    assert workers[0].wait(timeout=30) == 130
    assert _state(run) == "stopped"


def test_a_waiting_worker_that_is_killed_reads_as_crashed(
    busy: RunDirectory, workers: list[subprocess.Popen[bytes]]
) -> None:
    run = _queue("waiting", workers)
    workers[0].kill()
    workers[0].wait()
    assert _state(run) == "crashed"


def test_a_face_starts_a_worker_that_waits(busy: RunDirectory) -> None:
    run = create_run("waiting", "x")
    pid = start_worker(run, queue=True)
    try:
        _wait(lambda: read_status(run).queued is not None)
        assert read_status(run).pid == pid
        assert os.getsid(pid) == pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
