"""Forking: a new run out of another one's checkpoint."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui_llm.config import Request, read_request, to_request, to_toml
from tui_llm.errors import InputError
from tui_llm.presets import resolve
from tui_llm.runs.checkpoints import find_checkpoint, list_checkpoints, new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.fork import fork_run
from tui_llm.runs.history import read_history
from tui_llm.runs.home import runs_folder
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.manifest import verify
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.status import State, Status, read_status, write_status

SETTINGS: Request = {"model": {"name": "gpt"}, "training": {"max_steps": 30, "lr": 0.25}}


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


def _run(state: State = "running", settings: Request = SETTINGS) -> RunDirectory:
    """A run at step 30 of 30, saved every ten steps; it was killed at 15 and did 11 to 15 again."""
    run = create_run("origin", "x")
    run.config_path.write_text(to_toml(to_request(resolve(settings))), encoding="utf-8")
    run.tokenizer_path.mkdir()
    (run.tokenizer_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with MetricsWriter(run.metrics_path) as writer:
        _live(writer, range(1, 16))
        writer.write({"kind": "event", "event": "resumed", "step": 10})
        _live(writer, range(11, 31))
        writer.write({"kind": "eval", "step": 10, "final": True, "loss": 1.0})
    for step in (10, 20, 30):
        with new_checkpoint_folder(run, step) as folder:
            (folder / "model.safetensors").write_bytes(b"weights of %d" % step)
            state_of_it = {"step": step, "tokens": step * 64, "elapsed": step / 2, "lr": 0.5, "val_loss": 1 / step}
            (folder / "state.json").write_bytes(msgspec.json.encode({**state_of_it, "eval_tokens": 99}))
    write_status(run, signed(Status(state=state, step=30, max_steps=30, model="gpt", parameters=7)))
    return run


def _live(writer: MetricsWriter, steps: range) -> None:
    for step in steps:
        writer.write({"kind": "train", "step": step, "losses": [1.0 / step], "elapsed": step / 2})
        if step % 10 == 0:
            writer.write({"kind": "eval", "step": step, "loss": 1.0 / step})
            writer.write({"kind": "event", "event": "checkpoint", "step": step})


def _state(run: RunDirectory, step: int) -> dict[str, Any]:
    state: dict[str, Any] = msgspec.json.decode(
        (Path(find_checkpoint(run, str(step)).path) / "state.json").read_bytes()
    )
    return state


def _contents(run: RunDirectory) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in run.path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("step", "taken"), [(20, 20), ("20", 20), (10, 10), ("best", 30), ("last", 30)])
def test_a_fork_stands_where_the_checkpoint_stands(step: int | str, taken: int) -> None:
    run = _run()
    before = _contents(run)
    fork = fork_run(run, step, "nueva", {"training": {"max_steps": 100}})
    assert fork.path == runs_folder() / "nueva"
    status = read_status(fork)
    assert (status.state, status.step, status.tokens, status.elapsed) == ("stopped", taken, taken * 64, taken / 2)
    assert (status.max_steps, status.model, status.parameters, status.pid) == (100, "gpt", 7, None)
    assert [info.step for info in list_checkpoints(fork)] == [taken]
    verify(Path(list_checkpoints(fork)[0].path))
    assert _state(fork, taken) == _state(run, taken)
    assert (fork.tokenizer_path / "tokenizer.json").exists()
    history = read_history(fork.metrics_path)
    assert [record["step"] for record in history if record["kind"] == "train"] == list(range(1, taken + 1))
    assert [record["step"] for record in history if record["kind"] == "eval"] == list(range(10, taken + 1, 10))
    event = history[-1]
    assert (event["event"], event["from"], event["step"]) == ("forked", "origin", taken)
    assert _contents(run) == before
    assert sorted(path.name for path in runs_folder().iterdir()) == ["nueva", "origin"]


def test_changed_settings_are_in_the_configuration_and_the_rest_stays() -> None:
    fork = fork_run(_run(), 20, "nueva", {"training": {"minutes": 5.0}, "system": {"device": "cpu"}})
    old = resolve(SETTINGS)
    new = resolve(read_request(fork.config_path))
    assert (new.training.minutes, new.training.max_steps, new.system.device) == (5.0, None, "cpu")
    assert new.model == old.model
    assert new.training.lr == old.training.lr == 0.25
    assert _state(fork, 20)["lr"] == 0.5  # the rate that somebody had asked for meanwhile
    assert read_status(fork).budget_seconds == 300.0


def test_another_rate_replaces_the_one_in_the_checkpoint_of_the_fork_alone() -> None:
    run = _run()
    fork = fork_run(run, 20, "nueva", {"training": {"lr": 0.125}})
    assert _state(fork, 20) == {**_state(run, 20), "lr": 0.125}
    assert _state(run, 20)["lr"] == 0.5
    for each in (run, fork):
        verify(Path(find_checkpoint(each, "20").path))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"model": {"n_layer": 3}}, "model.n_layer"),
        ({"data": {"tokenizer": "char"}}, "data.tokenizer"),
        ({"training": {"optimizer": "adamw"}}, "training.optimizer"),
        ({"training": {"batch_size": 3}}, "training.batch_size"),
        ({"preset": "gpt2"}, "preset"),
        ({"training": {"lr": -1.0}}, "training.lr"),
        ({"training": {"minutes": 1.0, "epochs": 1.0}}, "two budgets"),
    ],
)
def test_changes_that_cannot_be_are_refused(changes: Request, named: str) -> None:
    run = _run()
    with pytest.raises(InputError, match=named) as caught:
        fork_run(run, 20, "nueva", changes)
    assert caught.value.hint
    assert [path.name for path in runs_folder().iterdir()] == ["origin"]


@pytest.mark.parametrize(
    ("settings", "step", "changes", "budget"),
    [
        ({"max_steps": 30}, 30, {}, "30 steps"),
        ({"max_steps": 30}, 20, {"max_steps": 20}, "20 steps"),
        ({"minutes": 0.3}, 30, {}, "0.3 minutes"),
        ({"minutes": 0.3}, 20, {"minutes": 0.1}, "0.1 minutes"),
        ({"epochs": 3.0}, 30, {}, "3 epochs"),
        ({"epochs": 3.0}, 20, {"epochs": 2.0}, "2 epochs"),
    ],
)
def test_a_fork_with_nothing_left_to_do_is_refused(settings: Request, step: int, changes: Request, budget: str) -> None:
    run = _run("finished", {"model": {"name": "gpt"}, "training": settings})
    with pytest.raises(InputError, match=budget) as caught:
        fork_run(run, step, "nueva", {"training": changes})
    assert "larger" in caught.value.hint
    assert [path.name for path in runs_folder().iterdir()] == ["origin"]
    more = {name: 10 * value for name, value in settings.items()}
    assert fork_run(run, step, "nueva", {"training": more}).exists()


def test_a_bad_name_a_taken_one_and_a_missing_checkpoint_are_refused() -> None:
    run = _run()
    for name, step, match in (
        ("origin", 20, "already"),
        ("a/b", 20, "cannot be a run's name"),
        ("nueva", 15, "no checkpoint '15'"),
    ):
        with pytest.raises(InputError, match=match):
            fork_run(run, step, name, {})


def test_a_damaged_checkpoint_is_refused() -> None:
    run = _run()
    (Path(find_checkpoint(run, "20").path) / "model.safetensors").write_bytes(b"weights of 99")
    with pytest.raises(InputError, match="checksum"):
        fork_run(run, 20, "nueva", {})
    assert [path.name for path in runs_folder().iterdir()] == ["origin"]


def test_a_checkpoint_that_is_pruned_meanwhile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _run()

    def gone(source: Path, target: Path) -> None:
        raise FileNotFoundError(source)

    monkeypatch.setattr(os, "link", gone)
    with pytest.raises(InputError, match="has just let its checkpoint step-00000020 go"):
        fork_run(run, 20, "nueva", {})
    assert [path.name for path in runs_folder().iterdir()] == ["origin"]


def test_where_files_cannot_have_two_names_they_are_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _run()

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(source)

    monkeypatch.setattr(os, "link", refuse)
    fork = fork_run(run, 20, "nueva", {})
    verify(Path(find_checkpoint(fork, "20").path))


def test_a_run_whose_metrics_are_lost_can_be_forked() -> None:
    run = _run()
    run.metrics_path.unlink()
    history = read_history(fork_run(run, 20, "nueva", {}).metrics_path)
    assert [record["event"] for record in history] == ["forked"]


def test_what_a_killed_fork_left_is_removed_after_a_while() -> None:
    run = _run()
    old, young = runs_folder() / ".forking-1", runs_folder() / ".forking-2"
    for path in (old, young):
        (path / "checkpoints").mkdir(parents=True)
    long_ago = time.time() - 86_400
    os.utime(old, (long_ago, long_ago))
    fork_run(run, 20, "nueva", {})
    assert not old.exists()
    assert young.exists()
