"""`tui-llm runs`: the list, and asking a worker for something."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from tui_llm.cli import runs as command
from tui_llm.errors import InputError, RunFailedError, UserError
from tui_llm.runs.control import take_requests
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.status import State, Status, read_status, write_status


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(command.runs_app, list(arguments))


def _error(*arguments: str) -> UserError:
    error = _call(*arguments).exception
    assert isinstance(error, UserError)
    assert error.what.endswith(".")
    assert error.hint
    return error


def _run(name: str, state: State) -> RunDirectory:
    run = create_run(name, "x")
    write_status(run, signed(read_status(run), state=state))
    return run


@contextmanager
def _worker(run: RunDirectory, answers: dict[str, list[State]]) -> Iterator[None]:
    """A worker that answers each request by going through the states given for it."""
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            for request in take_requests(run):
                for state in answers[request.kind]:
                    write_status(run, signed(read_status(run), state=state))
                    time.sleep(0.05)
            time.sleep(0.01)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_the_list_shows_a_line_a_run() -> None:
    run = create_run("novelas-1", "x")
    status = Status(
        state="finished",
        created=time.time() - 3 * 3600 - 5,
        model="modern 6x384",
        parameters=10_740_000,
        step=1200,
        max_steps=5000,
        val_bits_per_byte=1.98765,
        tokens_per_second=42_150.0,
    )
    write_status(run, status)
    _run("poemas", "running")
    result = _call()
    assert result.exit_code == 0
    header, *lines = result.stdout.splitlines()
    assert header.split() == ["name", "state", "model", "params", "step", "bits/byte", "tok/s", "age"]
    assert [line.split()[:2] for line in lines] == [["poemas", "running"], ["novelas-1", "finished"]]
    assert lines[1].split() == [
        "novelas-1",
        "finished",
        "modern",
        "6x384",
        "10.7M",
        "1200/5000",
        "1.988",
        "42.1k",
        "3",
        "h",
    ]
    assert _call("list").stdout == result.stdout


@pytest.mark.parametrize("arguments", [["--json"], ["list", "--json"]])
def test_the_list_as_json(arguments: list[str]) -> None:
    _run("novelas-1", "finished")
    _run("rota", "finished").status_path.write_text("{", encoding="utf-8")
    documents = {one["name"]: one for one in json.loads(_call(*arguments).stdout)}
    assert documents["novelas-1"]["state"] == "finished"
    assert documents["novelas-1"]["step"] == 0
    assert documents["rota"]["state"] == "damaged"
    assert documents["rota"]["problem"] == "the status.json of run rota is damaged."


def test_no_runs_is_said_on_stderr_and_is_an_empty_list() -> None:
    result = _call()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no runs yet" in result.stderr
    assert json.loads(_call("--json").stdout) == []
    assert isinstance(_error("--json", "list"), InputError)


def test_what_went_wrong_is_told_under_the_list() -> None:
    run = _run("mala", "failed")
    write_status(run, msgspec.structs.replace(read_status(run), error="the loss is not finite."))
    assert "mala: the loss is not finite." in _call().stderr


@pytest.mark.parametrize(
    ("kind", "before", "answers", "after"),
    [
        ("pause", "running", ["paused"], "paused"),
        ("continue", "paused", ["running"], "running"),
        ("stop", "running", ["stopping", "stopped"], "stopped"),
        ("stop", "paused", ["finished"], "finished"),
    ],
)
def test_a_worker_is_asked_and_waited_for(kind: str, before: State, answers: list[State], after: str) -> None:
    run = _run("novelas-1", before)
    with _worker(run, {kind: answers}):
        result = _call(kind, "nov")
    assert (result.exit_code, result.stdout) == (0, f"novelas-1: {after}\n")


@pytest.mark.parametrize(("kind", "state"), [("pause", "paused"), ("continue", "running")])
def test_what_is_so_already_needs_no_request(kind: str, state: State) -> None:
    run = _run("novelas-1", state)
    assert _call(kind, "last").stdout == f"novelas-1: {state}\n"
    assert take_requests(run) == []


@pytest.mark.parametrize("kind", ["pause", "continue", "stop"])
@pytest.mark.parametrize("state", ["finished", "stopped", "failed"])
def test_an_ended_run_cannot_be_asked(kind: str, state: State) -> None:
    run = _run("novelas-1", state)
    error = _error(kind, "novelas-1")
    assert isinstance(error, InputError)
    assert error.what == f"run novelas-1 is {state}; nothing to {kind}."
    assert ("resume" in error.hint) == (kind == "continue" and state != "finished")
    assert take_requests(run) == []


def test_a_worker_that_does_not_answer_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE", 0.2)
    run = _run("novelas-1", "preparing")
    error = _error("pause", "novelas-1")
    assert isinstance(error, RunFailedError)
    assert "has not answered within 0.2 seconds; it is preparing" in error.what
    assert [request.kind for request in take_requests(run)] == ["pause"]


def test_a_worker_that_takes_long_to_save_is_stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE", 0.3)
    run = _run("novelas-1", "running")
    with _worker(run, {"stop": ["stopping"]}):
        result = _call("stop", "novelas-1")
    assert (result.exit_code, result.stdout) == (0, "novelas-1: stopping\n")
    assert _call("stop", "novelas-1").stdout == "novelas-1: stopping\n"
    assert take_requests(run) == []


def test_a_worker_that_fails_meanwhile_is_told_of() -> None:
    run = _run("novelas-1", "running")
    with _worker(run, {"pause": ["failed"]}):
        error = _error("pause", "novelas-1")
    assert isinstance(error, RunFailedError)
    assert error.what == "run novelas-1 is failed; it did not pause."


def test_rename() -> None:
    _run("vieja", "finished")
    assert _call("rename", "vieja", "nueva").stdout == "nueva\n"
    assert (runs_folder() / "nueva" / "status.json").exists()
    assert isinstance(_error("rename", "nueva", "a/b"), InputError)


def test_delete_needs_a_yes() -> None:
    run = _run("lista", "finished")
    error = _error("delete", "lista")
    assert isinstance(error, InputError)
    assert "--yes" in error.hint
    assert run.exists()
    assert _call("delete", "lista", "--yes").exit_code == 0
    assert not run.path.exists()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_delete_asks_on_a_terminal(answer: str, code: int) -> None:
    run = _run("lista", "finished")
    ours, theirs = os.openpty()
    arguments = [sys.executable, "-c", "from tui_llm.cli.runs import runs_app; runs_app()", "delete", "lista"]
    with subprocess.Popen(arguments, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(ours, answer.encode())
        stdout, stderr = process.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code
    assert stdout.strip() == b""
    assert b"Delete run lista" in stderr
    assert run.path.exists() == (code != 0)


def test_delete_refuses_a_living_run_before_it_asks() -> None:
    run = _run("viva", "running")
    assert _error("delete", "viva").what == "run viva is running; it cannot be deleted."
    assert _error("delete", "viva", "--yes").what == "run viva is running; it cannot be deleted."
    assert run.exists()


def test_an_unknown_run_is_answered_with_the_closest() -> None:
    _run("novelas-1", "finished")
    assert "did you mean novelas-1?" in _error("stop", "novels-1").hint


def test_the_list_loads_neither_torch_nor_numpy_nor_textual() -> None:
    _run("novelas-1", "running")
    code = (
        "import sys; from tui_llm.cli.runs import runs_app; runs_app([], standalone_mode=False)\n"
        "print(sorted({'torch', 'numpy', 'textual', 'pyarrow'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "novelas-1" in done.stdout
    assert done.stderr.strip() == "[]"
