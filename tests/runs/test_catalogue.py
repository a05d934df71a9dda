"""Which runs there are, and which one is meant."""

import os
import time
from pathlib import Path

import msgspec
import pytest

from tui_llm.errors import InputError
from tui_llm.runs.catalogue import find_run, latest_run, list_runs
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import SILENCE, signed
from tui_llm.runs.status import Status, read_status, write_status


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


def test_without_a_home_there_are_no_runs() -> None:
    assert list_runs() == []
    with pytest.raises(InputError, match="no runs yet"):
        find_run("last")
    with pytest.raises(InputError, match="no run named 'x'"):
        find_run("x")


def test_the_most_recently_active_comes_first() -> None:
    now = time.time()
    for name, heartbeat in (("a", now - 30), ("b", now - 10), ("c", now - 20)):
        write_status(create_run(name, "x"), Status(state="finished", created=now - 100, heartbeat=heartbeat))
    assert [one.name for one in list_runs()] == ["b", "c", "a"]
    assert find_run("last").name == "b"
    create_run("d", "x")
    assert find_run("last").name == "d"


def test_a_summary_tells_what_the_status_says() -> None:
    run = create_run("a", "x")
    write_status(run, signed(read_status(run), state="failed", error="the loss is not finite.", model="gpt"))
    (summary,) = list_runs()
    assert (summary.name, summary.state, summary.problem) == ("a", "failed", "the loss is not finite.")
    assert summary.status is not None
    assert summary.status.model == "gpt"
    assert summary.path == str(run.path)


def test_damage_is_told_of_and_never_raised() -> None:
    for content in ("", "{", "[]", '{"state": 3}'):
        create_run(None, "rota").status_path.write_text(content, encoding="utf-8")
    create_run("carpeta", "x").status_path.unlink()
    (runs_folder() / "carpeta" / "status.json").mkdir()
    (runs_folder() / ".deleted-1").mkdir()
    (runs_folder() / "a file").write_text("x", encoding="utf-8")
    empty = runs_folder() / "vacía"
    empty.mkdir()
    long_ago = time.time() - 2 * SILENCE
    os.utime(empty, (long_ago, long_ago))
    create_run("sana", "x")
    states = {one.name: one.state for one in list_runs()}
    assert states.pop("sana") == "queued"
    assert states == dict.fromkeys(["rota-1", "rota-2", "rota-3", "rota-4", "carpeta", "vacía"], "damaged")
    assert all(one.problem and one.problem.endswith(".") for one in list_runs() if one.state == "damaged")


def test_a_run_that_is_just_being_made_is_queued() -> None:
    create_run("nueva", "x").status_path.unlink()
    assert [(one.name, one.state) for one in list_runs()] == [("nueva", "queued")]


def test_a_run_without_its_worker_is_crashed() -> None:
    run = create_run("caída", "x")
    write_status(run, msgspec.structs.replace(signed(Status(state="running")), pid_started=0.0))
    (summary,) = list_runs()
    assert summary.state == "crashed"
    assert summary.problem


def test_last_passes_over_damaged_runs() -> None:
    create_run("sana", "x")
    create_run("rota", "x").status_path.write_text("{", encoding="utf-8")
    assert find_run("last").name == "sana"


def test_a_name_wins_over_longer_ones_and_a_beginning_must_be_unique() -> None:
    for name in ("novelas-1", "novelas-10", "novelas-2", "poemas"):
        create_run(name, "x")
    assert find_run("novelas-1").name == "novelas-1"
    assert find_run("novelas-10").path == runs_folder() / "novelas-10"
    assert find_run("p").name == "poemas"
    with pytest.raises(InputError) as caught:
        find_run("novelas")
    assert all(name in caught.value.hint for name in ("novelas-1", "novelas-10", "novelas-2"))
    assert "poemas" not in caught.value.hint


def test_an_unknown_name_is_answered_with_the_closest() -> None:
    for name in ("novelas-1", "poemas"):
        create_run(name, "x")
    with pytest.raises(InputError) as caught:
        find_run("novleas-1")
    assert "did you mean novelas-1?" in caught.value.hint
    with pytest.raises(InputError) as caught:
        find_run("zzz")
    assert "novelas-1, poemas" in caught.value.hint
    with pytest.raises(InputError):
        find_run("")


def test_a_long_list_is_cut() -> None:
    for _ in range(15):
        create_run(None, "novelas")
    with pytest.raises(InputError, match="15 runs") as caught:
        find_run("nov")
    assert "5 more" in caught.value.hint


def test_a_path_means_the_run_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inside = create_run("a", "x")
    outside = RunDirectory(tmp_path / "scratch" / "b")
    outside.path.mkdir(parents=True)
    write_status(outside, Status(state="finished"))
    assert find_run(str(inside.path)) == inside
    assert find_run(f"{outside.path}{os.sep}") == outside
    monkeypatch.chdir(outside.path)
    assert find_run(".") == outside
    monkeypatch.chdir(tmp_path)
    assert find_run(f"scratch{os.sep}b") == outside
    for other in (tmp_path, tmp_path / "nowhere", outside.status_path):
        with pytest.raises(InputError, match="not the folder of a run"):
            find_run(str(other))


def test_the_latest_run_is_one_with_a_checkpoint_if_there_is_one() -> None:
    assert latest_run() is None
    older = create_run("older", "x")
    time.sleep(0.01)
    newer = create_run("newer", "x")
    assert latest_run() == newer
    with new_checkpoint_folder(older, 3) as folder:
        (folder / "model.safetensors").write_bytes(b"weights")
    assert latest_run() == older
