"""Workers over pipes as the app uses them: whatever either side does, the other one hears of it, and nobody is left."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from tui_llm.errors import RunFailedError
from tui_llm.processes import Event, WorkerProcess

ROOT = Path(__file__).parents[1]


@pytest_asyncio.fixture
async def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[WorkerProcess]:
    """The worker of `tests/workers/fake.py`, with a log."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    worker = WorkerProcess("tests.workers.fake", tmp_path / "logs" / "worker.log")
    yield worker
    await worker.close()


async def pid_of(worker: WorkerProcess) -> int:
    pid: int = (await worker.result("pid"))["pid"]
    return pid


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds."""
    ends = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < ends
        await asyncio.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def test_events_come_in_order_until_done(worker: WorkerProcess) -> None:
    events = [event async for event in worker.ask("count", number=5)]
    assert [event["event"] for event in events] == ["counted"] * 5 + ["done"]
    assert [event["number"] for event in events[:-1]] == [0, 1, 2, 3, 4]
    assert events[-1]["counted"] == 5
    assert [event async for event in worker.ask("count", number=0)][-1]["counted"] == 0


async def test_it_stays_warm(worker: WorkerProcess) -> None:
    assert await pid_of(worker) == await pid_of(worker)


async def test_requests_take_turns(worker: WorkerProcess) -> None:
    await pid_of(worker)
    order: list[str] = []

    async def count(name: str) -> None:
        async for event in worker.ask("count", number=500):
            if event["event"] == "counted":
                order.append(name)

    await asyncio.gather(count("a"), count("b"))
    # b is not made to wait for a's end, nor a for b's; how much of each comes in one flush is the machine's affair.
    ends = {name: len(order) - order[::-1].index(name) for name in "ab"}
    for one, other in ("ab", "ba"):
        assert order[: ends[one]].count(other) > 20


@pytest.mark.parametrize("op", ["forever", "deep"])
async def test_who_stops_listening_cancels(worker: WorkerProcess, tmp_path: Path, op: str) -> None:
    async with contextlib.aclosing(worker.ask(op, path=tmp_path / "tidied")) as events:
        async for event in events:
            assert event["event"] == "began"
            break
    await until((tmp_path / "tidied").exists)
    assert await pid_of(worker)


async def test_a_cancelled_task_cancels(worker: WorkerProcess, tmp_path: Path) -> None:
    began = asyncio.Event()

    async def listen() -> None:
        async for _ in worker.ask("forever", path=tmp_path / "tidied"):
            began.set()

    task = asyncio.create_task(listen())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until((tmp_path / "tidied").exists)
    assert await pid_of(worker)


@pytest.mark.parametrize(
    ("number", "what", "hint"),
    [
        (1, "it is wrong.", "mend it."),
        (2, "there is no permission for failing (/some/file).", "change"),
        (3, "there is no memory left for failing.", "end what"),
        (4, "an unexpected error: ValueError('a defect').", "the worker's log"),
    ],
)
async def test_a_failure_is_a_sentence_and_ends_only_its_request(
    worker: WorkerProcess, tmp_path: Path, number: int, what: str, hint: str
) -> None:
    before = await pid_of(worker)
    with pytest.raises(RunFailedError) as told:
        await worker.result("fail", number=number)
    assert told.value.what == what
    assert told.value.hint.startswith(hint)
    assert await pid_of(worker) == before
    assert ("Traceback" in (tmp_path / "logs" / "worker.log").read_text()) == (number == 4)


async def test_a_request_that_is_wrong_is_told(worker: WorkerProcess) -> None:
    for fields in ({}, {"number": "five"}, {"number": 5, "numbr": 5}):
        with pytest.raises(RunFailedError, match="not understood"):
            await worker.result("count", **fields)
    with pytest.raises(RunFailedError, match="no operation"):
        await worker.result("fly")


async def test_a_death_is_told_with_the_last_words_and_the_next_request_starts_anew(
    worker: WorkerProcess, tmp_path: Path
) -> None:
    before = await pid_of(worker)
    for _ in range(2):  # the log still has the words of the first
        other = asyncio.create_task(worker.result("forever", path=tmp_path / "tidied"))
        with pytest.raises(RunFailedError, match=r"has died \(exit code 3\), saying: last words"):
            await worker.result("die")
        with pytest.raises(RunFailedError, match="last words"):
            await other
    assert await pid_of(worker) != before


async def test_a_killed_worker_is_noticed(worker: WorkerProcess) -> None:
    pid = await pid_of(worker)
    task = asyncio.create_task(worker.result("stuck"))
    await asyncio.sleep(0)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(RunFailedError, match="SIGKILL"):
        await task
    assert await pid_of(worker) != pid


async def test_without_a_log_the_last_words_are_known_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    worker = WorkerProcess("tests.workers.fake")
    with pytest.raises(RunFailedError, match="last words"):
        await worker.result("die")
    await worker.close()


async def test_a_worker_that_cannot_start_says_so() -> None:
    worker = WorkerProcess("tui_llm.workers.no_such_worker")
    with pytest.raises(RunFailedError, match="No module named"):
        await worker.result("pid")
    await worker.close()


async def test_what_libraries_print_is_no_answer(worker: WorkerProcess, tmp_path: Path) -> None:
    assert (await worker.result("noise"))["read"] == ""
    log = (tmp_path / "logs" / "worker.log").read_text()
    assert {"noise of print", "noise of a write", "noise of a program"} <= set(log.splitlines())


async def test_answers_may_be_long(worker: WorkerProcess) -> None:
    events = [event async for event in worker.ask("large", number=5_000_000)]
    assert len(events[0]["text"]) == 5_000_000


async def test_any_file_can_be_named(worker: WorkerProcess, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \xf0\x9f\x99\x82")
    Path(path).touch()
    assert (await worker.result("exists", path=path))["exists"]
    assert (await worker.result("exists", path=Path(path)))["exists"]


async def test_closing_ends_it_and_whoever_waits_is_told(worker: WorkerProcess, tmp_path: Path) -> None:
    pid = await pid_of(worker)
    task = asyncio.create_task(worker.result("forever", path=tmp_path / "tidied"))
    await asyncio.sleep(0)
    await worker.close()
    with pytest.raises(RunFailedError, match="broken off"):
        await task
    assert is_gone(pid)
    await worker.close()
    assert await pid_of(worker) != pid


@pytest.mark.parametrize("end", ["kill", "close"])
async def test_what_cannot_be_interrupted_can_be_ended(worker: WorkerProcess, end: str) -> None:
    pid = await pid_of(worker)
    task = asyncio.create_task(worker.result("stuck"))
    await asyncio.sleep(0)
    if end == "kill":
        worker.kill()
    else:
        await worker.close()
    with pytest.raises(RunFailedError, match="broken off"):
        await task
    assert await pid_of(worker) != pid
    assert is_gone(pid)


async def test_it_has_a_session_of_its_own_and_minds_no_ctrl_c(worker: WorkerProcess) -> None:
    answer: Event = await worker.result("pid")
    assert answer["session"] == answer["pid"]
    for number in (signal.SIGINT, signal.SIGHUP):
        os.kill(answer["pid"], number)
    assert await pid_of(worker) == answer["pid"]


APP = """
import asyncio, sys
from tui_llm.processes import WorkerProcess

async def main():
    worker = WorkerProcess("tests.workers.fake")
    print((await worker.result("pid"))["pid"], flush=True)
    async for _ in worker.ask(sys.argv[1], **({"path": sys.argv[2]} if len(sys.argv) > 2 else {})):
        print("began", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("op", ["forever", "stuck"])
async def test_it_dies_with_an_app_that_is_killed(tmp_path: Path, op: str) -> None:
    arguments = [str(tmp_path / "tidied")] if op == "forever" else []
    app = subprocess.Popen(
        [sys.executable, "-c", APP, op, *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert app.stdout is not None
    pid = int(app.stdout.readline())
    assert app.stdout.readline() == b"began\n"
    app.kill()
    app.wait()
    app.stdout.close()
    await until(lambda: is_gone(pid))
    assert (tmp_path / "tidied").exists() == (op == "forever")


TIDY = """
import asyncio, contextlib
from tui_llm.processes import WorkerProcess

async def main():
    worker = WorkerProcess("tests.workers.fake")
    await worker.result("pid")
    async for _ in worker.ask("count", number=100):
        break
    with contextlib.suppress(Exception):
        await worker.result("die")
    await worker.result("pid")
    worker.kill()
    await worker.result("pid")
    await worker.close()

asyncio.run(main(), debug=True)
"""


def test_it_leaves_no_warnings() -> None:
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", TIDY]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert done.stderr == b""
