"""Making, renaming and deleting runs."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from tui_llm.errors import InputError
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import create_run, delete_run, rename_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.status import State, Status, read_status, write_status


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


def _ended(name: str, state: State = "finished") -> RunDirectory:
    run = create_run(name, "x")
    write_status(run, signed(read_status(run), state=state))
    return run


def test_a_new_run_is_queued_and_numbered() -> None:
    first, second = create_run(None, "Mis novelas"), create_run(None, "Mis novelas")
    assert [first.name, second.name] == ["Mis-novelas-1", "Mis-novelas-2"]
    assert read_status(first).state == "queued"
    assert first.exists()
    assert create_run("mía", "novelas").name == "mía"


def test_a_taken_name_is_refused() -> None:
    create_run("mía", "x")
    with pytest.raises(InputError, match="already") as caught:
        create_run("mía", "x")
    assert caught.value.hint
    with pytest.raises(InputError, match="cannot be a run's name"):
        create_run("a/b", "x")


def test_two_at_once_never_get_the_same_folder() -> None:
    gate = threading.Barrier(8)

    def make(_: int) -> list[str]:
        gate.wait()
        return [create_run(None, "novelas").name for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        names = [name for made in pool.map(make, range(8)) for name in made]
    assert sorted(names) == sorted(f"novelas-{number}" for number in range(1, 41))


def test_a_processes_race_for_one_name_has_one_winner(tmp_path: Path) -> None:
    code = "from tui_llm.runs.lifecycle import create_run; input(); create_run('mia', 'x')"
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    errors = [process.communicate()[1] for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1, 1]
    assert sum(b"InputError: there is a run named mia already." in error for error in errors) == 2


def test_rename_keeps_what_is_inside() -> None:
    run = _ended("vieja")
    run.log_path.write_text("hola", encoding="utf-8")
    renamed = rename_run(run, "nueva")
    assert renamed.path == runs_folder() / "nueva"
    assert renamed.log_path.read_text(encoding="utf-8") == "hola"
    assert not run.path.exists()


def test_rename_refuses_a_taken_or_bad_name() -> None:
    run, _ = _ended("vieja"), _ended("nueva")
    for name in ("nueva", "vieja", "a/b", "last"):
        with pytest.raises(InputError):
            rename_run(run, name)
    assert run.exists()


@pytest.mark.parametrize("state", ["queued", "running", "paused"])
def test_a_living_worker_protects_its_run(state: State) -> None:
    run = _ended("viva", state)
    with pytest.raises(InputError, match=f"is {state}"):
        delete_run(run)
    with pytest.raises(InputError, match=f"is {state}"):
        rename_run(run, "otra")
    assert run.exists()


def test_delete_removes_ended_crashed_and_damaged_runs() -> None:
    crashed = _ended("caída")
    write_status(crashed, msgspec.structs.replace(signed(Status(state="running")), pid_started=0.0))
    damaged = _ended("rota")
    damaged.status_path.write_text("{", encoding="utf-8")
    for run in (_ended("lista"), crashed, damaged):
        (run.checkpoints_path / "step-00000001").mkdir()
        (run.checkpoints_path / "step-00000001" / "state.json").write_text("{}", encoding="utf-8")
        delete_run(run)
    assert list(runs_folder().iterdir()) == []


def test_delete_takes_along_what_an_interrupted_deletion_left() -> None:
    run = _ended("lista")
    (runs_folder() / ".deleted-0123" / "checkpoints").mkdir(parents=True)
    delete_run(run)
    assert list(runs_folder().iterdir()) == []


def test_deleting_a_link_leaves_what_it_points_to(tmp_path: Path) -> None:
    run = _ended("lejos")
    elsewhere = RunDirectory(tmp_path / "elsewhere")
    run.path.rename(elsewhere.path)
    run.path.symlink_to(elsewhere.path)
    delete_run(run)
    assert list(runs_folder().iterdir()) == []
    assert elsewhere.exists()


def test_many_deletions_at_once_leave_nothing() -> None:
    runs = [_ended(f"lista-{number}") for number in range(8)]
    for run in runs:
        for number in range(20):
            (run.checkpoints_path / str(number)).mkdir()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(delete_run, runs))
    assert list(runs_folder().iterdir()) == []
