"""Following a run from its folder."""

from __future__ import annotations

import shutil
import time
import tracemalloc
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui_llm.config import to_toml
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import create_run, rename_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.reader import MOST_LOG_ENTRIES, RunReader
from tui_llm.runs.snapshot import RunSnapshot
from tui_llm.runs.status import Status, read_status, write_status


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RunDirectory:
    """A run in mid-training, whose worker is this process."""
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    made = create_run("viva", "x")
    write_status(made, signed(Status(state="running", step=2, model="gpt")))
    made.config_path.write_text(to_toml({"model": {"name": "gpt", "n_layer": 2}}), encoding="utf-8")
    _write(made, *(_train(step) for step in (1, 2)))
    return made


def _train(step: int, losses: list[float | None] | None = None, **more: Any) -> dict[str, Any]:
    losses = losses or [5.0 / step]
    told = {"step": step, "tokens": step * 64, "elapsed": step / 2, "loss": losses[0], "losses": losses}
    return {"kind": "train", **told, "lr": 1e-3, "grad_norm": 1.0, "tokens_per_second": 128.0, **more}


def _eval(step: int, loss: float, **more: Any) -> dict[str, Any]:
    return {"kind": "eval", "step": step, "split": "val", "loss": loss, "bits_per_byte": loss, **more}


def _event(name: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "event", "event": name, **fields}


def _write(run: RunDirectory, *records: dict[str, Any]) -> None:
    with MetricsWriter(run.metrics_path) as writer:
        for record in records:
            writer.write(record)


def _poll(reader: RunReader) -> RunSnapshot:
    snapshot = reader.poll()
    assert snapshot is not None
    return snapshot


def _kinds(snapshot: RunSnapshot) -> list[str]:
    return [alert.kind for alert in snapshot.alerts]


def test_a_run_is_read_whole(run: RunDirectory) -> None:
    _write(run, _eval(2, 2.25, tokens=128, elapsed=1.0, perplexity=9.5), {"kind": "sample", "step": 2, "text": "hola"})
    _write(run, _event("request", request="pause", id="1", step=2, arguments={}, reason=None))
    for step, loss in ((1, 2.0), (2, 2.5)):
        with new_checkpoint_folder(run, step) as folder:
            (folder / "state.json").write_bytes(msgspec.json.encode({"step": step, "val_loss": loss}))
    run.log_path.write_text("leyendo\n\n 10%\r 90%\r100%\n\x1b[31mlisto\x1b[0m\n", encoding="utf-8")
    snapshot = _poll(RunReader(run))
    assert (snapshot.name, snapshot.state, snapshot.problem) == ("viva", "running", None)
    assert snapshot.status == read_status(run)
    assert snapshot.config is not None
    assert snapshot.config.model.n_layer == 2
    assert snapshot.curves.loss.mean.tolist() == [5.0, 2.5]
    (evaluation,) = snapshot.evaluations
    assert (evaluation.step, evaluation.loss, evaluation.perplexity) == (2, 2.25, 9.5)
    assert [sample.text for sample in snapshot.samples] == ["hola"]
    assert [info.step for info in snapshot.checkpoints] == [1, 2]
    assert snapshot.best_step == 1
    event, *lines = snapshot.log
    assert (event.source, event.name, event.fields) == (
        "event",
        "request",
        {"request": "pause", "step": 2, "arguments": {}},
    )
    assert [entry.text for entry in lines] == ["leyendo", "100%", "listo"]
    assert snapshot.alerts == ()
    assert snapshot.read_share == 1.0


def test_nothing_is_told_twice_and_what_is_new_is_told(run: RunDirectory) -> None:
    reader = RunReader(run)
    first = _poll(reader)
    assert reader.poll() is None
    _write(run, _train(3))
    second = _poll(reader)
    assert second.curves.loss.step.tolist() == [1, 2, 3]
    assert second.config is first.config
    assert second.log is first.log
    assert second.samples is first.samples
    with run.log_path.open("a") as log:
        log.write("una línea\n")
    third = _poll(reader)
    assert [entry.text for entry in third.log] == ["una línea"]
    assert third.curves is second.curves
    write_status(run, signed(Status(state="paused", step=3)))
    assert _poll(reader).state == "paused"
    assert reader.poll() is None


def test_what_a_resumption_repeats_is_taken_back(run: RunDirectory) -> None:
    reader = RunReader(run)
    _write(run, _event("checkpoint", step=2), _train(3, [9.0]), _train(4, [None]), _eval(2, 2.0), _eval(4, 3.0))
    _write(run, {"kind": "sample", "step": 4, "text": "x"})
    before = _poll(reader)
    assert "non_finite_loss" in _kinds(before)
    _write(run, _event("resumed", step=2), _train(3))
    after = _poll(reader)
    assert after.curves.loss.step.tolist() == [1, 2, 3]
    assert after.curves.loss.high.max() == 5.0
    assert [record.step for record in after.evaluations] == [2]
    assert after.samples == ()
    assert after.alerts == ()
    assert RunReader(run).poll() is not None


def test_damage_becomes_an_alert_and_is_forgotten_when_mended(run: RunDirectory) -> None:
    reader = RunReader(run)
    good = run.config_path.read_text(encoding="utf-8")
    for bad in ("[model", "[model]\nn_layer = 'two'\n", "model = 3\n", "preset = ['x']\n", "\xff"):
        run.config_path.write_text(bad, encoding="latin-1")
        snapshot = _poll(reader)
        assert _kinds(snapshot) == ["config_damaged"], bad
        assert snapshot.config is None
        assert reader.poll() is None
    run.config_path.unlink()
    assert _kinds(_poll(reader)) == ["config_damaged"]
    run.config_path.write_text(good, encoding="utf-8")
    assert _poll(reader).alerts == ()


def test_a_damaged_status_is_told_and_the_rest_still_read(run: RunDirectory) -> None:
    reader = RunReader(run)
    before = _poll(reader)
    run.status_path.write_text("{", encoding="utf-8")
    snapshot = _poll(reader)
    assert snapshot.state == "damaged"
    assert snapshot.problem is not None
    assert "damaged" in snapshot.problem
    assert snapshot.status == before.status
    assert reader.poll() is None
    _write(run, _train(3))
    assert len(_poll(reader).curves.loss) == 3
    write_status(run, signed(Status(state="running", step=3)))
    assert _poll(reader).state == "running"


@pytest.mark.parametrize("name", ["metrics.jsonl", "worker.log", "checkpoints"])
def test_what_cannot_be_read_is_an_alert(run: RunDirectory, name: str) -> None:
    reader = RunReader(run)
    _poll(reader)
    path = run.path / name
    if path.is_dir():
        path.rmdir()
        path.write_text("", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
        path.mkdir()
    snapshot = _poll(reader)
    assert _kinds(snapshot) == ["files_unreadable"]
    assert reader.poll() is None
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink()
        path.mkdir()
    assert _poll(reader).alerts == ()


def test_torn_lines_are_normal_and_foreign_ones_are_not(run: RunDirectory) -> None:
    reader = RunReader(run)
    with run.metrics_path.open("ab") as file:
        file.write(b'{"kind":"train","ste')
    assert _poll(reader).curves.loss.step.tolist() == [1, 2]
    _write(run, _event("resumed", step=2), _train(3))
    snapshot = _poll(reader)
    assert snapshot.curves.loss.step.tolist() == [1, 2, 3]
    assert snapshot.alerts == ()
    with run.metrics_path.open("ab") as file:
        file.write(b'{"kind":"gossip"}\n\xff\xff\n{"kind":"train","step":"ten"}\n')
    snapshot = _poll(reader)
    assert snapshot.curves.loss.step.tolist() == [1, 2, 3]
    assert [(alert.kind, alert.fields) for alert in snapshot.alerts] == [("records_skipped", {"count": 4})]


def test_another_file_under_the_same_name_begins_anew(run: RunDirectory) -> None:
    reader = RunReader(run)
    _poll(reader)
    run.metrics_path.unlink()
    _write(run, _train(7))
    assert _poll(reader).curves.loss.step.tolist() == [7]


@pytest.mark.parametrize("how", ["deleted", "renamed"])
def test_a_folder_that_goes_is_told_once_and_may_come_back(run: RunDirectory, how: str) -> None:
    write_status(run, signed(Status(state="finished")))
    reader = RunReader(run)
    before = _poll(reader)
    if how == "deleted":
        shutil.rmtree(run.path)
    else:
        rename_run(run, "otra")
    gone = _poll(reader)
    assert gone.state == "gone"
    assert gone.problem
    assert gone.curves is before.curves
    assert reader.poll() is None
    again = create_run("viva", "x")
    _write(again, _train(1, [8.0]))
    snapshot = _poll(reader)
    assert snapshot.state == "queued"
    assert snapshot.curves.loss.mean.tolist() == [8.0]


def test_a_run_that_was_never_there_is_gone(tmp_path: Path) -> None:
    reader = RunReader(RunDirectory(tmp_path / "nada"))
    assert _poll(reader).state == "gone"
    assert reader.poll() is None


def test_a_worker_that_died_is_seen_though_no_file_changes(run: RunDirectory) -> None:
    run.log_path.write_text("paso 1\nTraceback\nRuntimeError: se acabó\n", encoding="utf-8")
    reader = RunReader(run)
    status = read_status(run)
    assert _poll(reader).last_words == ()
    write_status(run, msgspec.structs.replace(status, pid_started=0.0))
    crashed = _poll(reader)
    assert crashed.state == "crashed"
    assert crashed.problem
    assert crashed.hint is not None
    assert "resume viva" in crashed.hint
    assert crashed.last_words[-1] == "RuntimeError: se acabó"
    assert _kinds(crashed) == ["worker_gone"]
    assert reader.poll() is None
    write_status(run, signed(status))
    alive = _poll(reader)
    assert (alive.state, alive.last_words, alive.alerts) == ("running", (), ())


def test_a_long_file_is_read_in_several_polls(run: RunDirectory) -> None:
    _write(run, *(_train(step) for step in range(3, 4000)))
    reader = RunReader(run)
    shares: list[float] = []
    snapshot = None
    while not shares or shares[-1] < 1.0:
        snapshot = _poll(reader) if len(shares) > 100 else reader.poll(budget_seconds=0.0)
        assert snapshot is not None
        shares.append(snapshot.read_share)
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert snapshot is not None
    assert snapshot.curves.loss.step[-1] == 3999
    assert reader.poll() is None


def test_a_long_file_is_seen_in_outline_at_once(run: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_llm.runs.metrics_reader.OUTLINED", 100_000)
    _write(run, *(_train(step) for step in range(3, 8000)))
    _write(run, {"kind": "event", "event": "resumed", "step": 6000}, *(_train(step) for step in range(6001, 9001)))
    reader = RunReader(run)
    first = reader.poll(budget_seconds=0.0)
    assert first is not None
    assert first.read_share < 1.0
    steps = first.curves.loss.step
    assert (steps[0], steps[-1]) == (3, 9000)
    assert (steps[1:] > steps[:-1]).all()
    whole = _poll(reader)
    assert whole.read_share == 1.0
    expected = _poll(RunReader(run)).curves.loss
    assert (whole.curves.loss.mean == expected.mean).all()


def test_of_a_long_log_only_the_end_is_read(run: RunDirectory) -> None:
    run.log_path.write_text("".join(f"línea {number}\n" for number in range(200_000)), encoding="utf-8")
    log = _poll(RunReader(run)).log
    assert len(log) == MOST_LOG_ENTRIES
    assert log[-1].text == "línea 199999"


def test_an_hour_at_ten_lines_a_second_does_not_grow(run: RunDirectory) -> None:
    """36,000 records, with evaluations, samples, events and log lines between them, polled now and then."""
    reader = RunReader(run)
    step = 2

    def minutes(count: int) -> None:
        nonlocal step
        with MetricsWriter(run.metrics_path) as writer, run.log_path.open("a") as log:
            for second in range(60 * count):
                for _ in range(10):
                    step += 1
                    writer.write(_train(step))
                if second % 4 == 0:
                    writer.write(_eval(step, 2.0))
                    writer.write({"kind": "sample", "step": step, "text": f"{step} " * 100})
                    writer.write(_event("checkpoint", step=step))
                log.write(f"{step} and some words\n" * 3)
                log.flush()
                if second % 4 == 0:
                    reader.poll()

    tracemalloc.start()
    try:
        minutes(15)
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        minutes(45)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 4_000_000
    assert peak - before < 10_000_000


def test_a_stall_is_told_as_time_goes_by(run: RunDirectory) -> None:
    now = time.time()
    _write(run, *(_train(step, time=now - 300 + step) for step in range(3, 20)))
    snapshot = _poll(RunReader(run))
    assert _kinds(snapshot) == ["stalled"]
