"""Training belongs to its worker: the window may die in any way, and the worker's death is told."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import psutil
import pytest

from tests.terminal.conftest import Environment
from tests.terminal.terminal import Terminal
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import Status, read_status

Train = Callable[[str], RunDirectory]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_training_goes_on_when_the_window_dies(environment: Environment, train: Train, number: int) -> None:
    run = train("novela")
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("running", 60)
        terminal.press("enter")
        terminal.until(lambda: "tokens/s" in terminal.text and read_status(run).step > 0, 60)
        terminal.send_signal(number)
        terminal.process.wait(timeout=10)
    left_at = until(run, lambda status: status.step > 0).step
    until(run, lambda status: status.step > left_at + 100)
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("novela")
        terminal.until("running")


def test_the_death_of_a_worker_is_told_and_a_key_resumes_it(environment: Environment, train: Train) -> None:
    run = train("novela")
    with Terminal.of_program("watch", "novela", environment=environment) as terminal:
        until(run, lambda status: status.step > 400)
        terminal.until("running", 30)
        dead = read_status(run)
        assert dead.pid is not None
        psutil.Process(dead.pid).kill()
        terminal.until("crashed", 10)
        terminal.press("R")
        until(run, lambda status: status.pid != dead.pid and status.state == "running")
        terminal.until("running", 30)


def until(run: RunDirectory, holds: Callable[[Status], bool], seconds: float = 60.0) -> Status:
    """Wait until the status is as it shall be, and give it."""
    ends = time.monotonic() + seconds
    while not holds(status := read_status(run)):
        assert time.monotonic() < ends, f"it never came about: {status}"
        time.sleep(0.1)
    return status
