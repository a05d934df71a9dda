"""How a run stands, and whether its worker lives."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.liveness import SILENCE, observed_state, signed
from tui_llm.runs.status import ACTIVE, State, Status, read_status, write_status


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path)


def test_what_is_written_is_read(run: RunDirectory) -> None:
    status = signed(Status(state="running", preset="auto", max_steps=5000), step=120, train_loss=1.5, tokens=92_160)
    write_status(run, status)
    assert read_status(run) == status
    assert status.pid == os.getpid()
    assert status.host == socket.gethostname()
    assert [path.name for path in run.path.iterdir()] == ["status.json"]


def test_a_loss_that_is_not_finite_reads_as_none(run: RunDirectory) -> None:
    write_status(run, Status(state="failed", train_loss=float("nan"), val_loss=float("inf")))
    assert (read_status(run).train_loss, read_status(run).val_loss) == (None, None)


def test_a_later_version_may_add_fields(run: RunDirectory) -> None:
    run.status_path.write_text('{"state": "finished", "mood": "good"}', encoding="utf-8")
    assert read_status(run).state == "finished"


def test_a_missing_status_is_told(run: RunDirectory) -> None:
    with pytest.raises(InputError, match=r"has no status\.json"):
        read_status(run)


@given(st.binary(max_size=40) | st.sampled_from([b"", b"[]", b'{"state": "dancing"}', b'{"state": "running"', b"\xff"]))
def test_a_damaged_status_is_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    run.status_path.write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        read_status(run)


@pytest.mark.parametrize("state", sorted(ACTIVE))
def test_an_active_state_stands_while_its_worker_lives(state: State) -> None:
    assert observed_state(signed(Status(state=state))) == state


@pytest.mark.parametrize("state", sorted(ACTIVE))
def test_an_active_state_without_its_worker_is_crashed(state: State) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    gone = msgspec.structs.replace(signed(Status(state=state)), pid=dead.pid)
    reused = msgspec.structs.replace(signed(Status(state=state)), pid_started=psutil.Process().create_time() - 3600)
    assert (observed_state(gone), observed_state(reused)) == ("crashed", "crashed")


@pytest.mark.parametrize("state", ["finished", "stopped", "failed"])
def test_an_ended_run_needs_no_worker(state: State) -> None:
    assert observed_state(Status(state=state, pid=1, host="elsewhere", heartbeat=0.0)) == state


def test_a_worker_that_nobody_waited_for_is_gone() -> None:
    """An app that starts a worker may never wait for it: it is then a zombie, with its pid still there."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started = psutil.Process(child.pid).create_time()
    status = msgspec.structs.replace(signed(Status(state="running")), pid=child.pid, pid_started=started)
    assert observed_state(status) == "running"
    child.kill()
    deadline = time.monotonic() + 10
    while observed_state(status) == "running" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert observed_state(status) == "crashed"
    child.communicate()


@pytest.mark.parametrize(("age", "state"), [(0.0, "running"), (SILENCE - 5, "running"), (SILENCE + 5, "crashed")])
def test_on_another_host_the_heartbeat_decides(age: float, state: str) -> None:
    elsewhere = Status(state="running", pid=os.getpid(), host="elsewhere", heartbeat=time.time() - age)
    assert observed_state(elsewhere) == state


def test_a_queued_run_whose_worker_never_came_is_crashed() -> None:
    assert observed_state(Status(state="queued")) == "queued"
    assert observed_state(Status(state="queued", heartbeat=time.time() - SILENCE - 5)) == "crashed"
