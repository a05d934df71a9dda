"""Training through the command line: the journey from text to text, and runs that are killed and go on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from tests.cli.program import Program
from tui_llm.runs.checkpoints import last_checkpoint
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.history import read_history
from tui_llm.runs.launch import TRAIN_WORKER
from tui_llm.runs.manifest import verify

TINY = [
    *("--tokenizer", "char", "--n-layer", "2", "--n-head", "2", "--n-embd", "32", "--block-size", "16"),
    *("--batch-size", "4", "--device", "cpu", "--no-compile"),
]


def losses(run: RunDirectory) -> list[float]:
    """The loss of every step, in order."""
    history = read_history(run.metrics_path)
    return [loss for record in history if record["kind"] == "train" for loss in record["losses"]]


def evaluations(run: RunDirectory) -> list[tuple[int, float]]:
    """Step and loss of every evaluation on val during the training."""
    history = read_history(run.metrics_path)
    return [(r["step"], r["loss"]) for r in history if r["kind"] == "eval" and not r.get("final")]


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until `condition` holds while `process` runs."""
    ends = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.001)


def assert_same(broken: RunDirectory, unbroken: RunDirectory) -> None:
    """The two runs did the same, to the last bit."""
    assert losses(broken) == losses(unbroken)
    assert evaluations(broken) == evaluations(unbroken)
    ends = [last_checkpoint(run) for run in (broken, unbroken)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0].step == ends[1].step
    for name in ("model.safetensors", "optimizer.safetensors"):
        weights = [load_file(Path(end.path) / name) for end in ends if end is not None]
        assert weights[0].keys() == weights[1].keys()
        for key in weights[0]:
            assert (weights[0][key] == weights[1][key]).all(), key


def test_from_text_to_text(program: Program, text: Path) -> None:
    trained = program("train", str(text), "--model", "modern", *TINY, "--max-steps", "60", "--lr", "1e-2", "--json")
    assert trained.code == 0, trained.err
    result = trained.json
    assert result["state"] == "finished"
    assert result["step"] == 60
    run = RunDirectory(Path(result["path"]))
    assert run.name == "frases-1"
    history = losses(run)
    assert len(history) == 60
    assert history[-1] < 0.75 * history[0]

    listed = program("runs", "--json").json
    assert [entry["name"] for entry in listed] == ["frases-1"]
    assert listed[0]["state"] == "finished"

    evaluated = program("evaluate", "frases", "--json")
    assert evaluated.code == 0, evaluated.err
    assert evaluated.json["bits_per_byte"] == pytest.approx(result["test"]["bits_per_byte"], rel=1e-3)
    elsewhere = program("evaluate", "last", "--text", str(text), "--json").json
    assert 0 < elsewhere["bits_per_byte"] < 8
    assert elsewhere["bytes"] == len(text.read_bytes())

    table = text.parent / "table.tsv"
    asked = ("generate", "last", "--prompt", "La niña", "--max-new-tokens", "20", "--table", str(table))
    written = program(*asked)
    assert written.code == 0, written.err
    assert written.out.startswith("La niña")
    assert program(*asked).out == written.out
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    assert len(lines[0]) == len(lines[-1]) == 14
    assert len(lines) <= 21
    assert all(float(line[5]) >= float(line[7]) for line in lines[1:])
    samples = program("generate", "last", "--num-samples", "3", "--max-new-tokens", "9", "--json").json["samples"]
    assert len(samples) == 3


@pytest.mark.parametrize(
    "settings",
    [
        ("--model", "modern", "--optimizer", "muon", "--dropout", "0.2"),
        ("--preset", "gpt-mini", "--dropout", "0.1"),
    ],
    ids=["modern-muon", "gpt-adamw"],
)
def test_a_run_that_is_killed_and_resumed_is_the_unbroken_run(
    program: Program, text: Path, settings: tuple[str, ...]
) -> None:
    # 8 kB in windows of 16 and batches of 4: an epoch is about 110 steps, so both kills and ends cross its border.
    length = ("--max-steps", "400", "--eval-interval", "40")
    whole = program("train", str(text), *settings, *TINY, *length, "--name", "whole")
    assert whole.code == 0, whole.err
    runs = program.home / "runs"

    process = program.start("train", str(text), *settings, *TINY, *length, "--name", "broken")
    broken = RunDirectory(runs / "broken")
    wait_for(lambda: last_checkpoint(broken) is not None, process)
    time.sleep(0.05)
    process.kill()
    process.wait()
    assert program("runs", "--json").json[0]["state"] == "crashed"

    process = program.start("resume", "broken")
    begun = last_checkpoint(broken)
    assert begun is not None
    # While a checkpoint is being written: its folder has a temporary name.
    wait_for(lambda: any(broken.checkpoints_path.glob(".tmp-step-*")), process)
    process.kill()
    process.wait()
    held = last_checkpoint(broken)
    assert held is not None
    verify(Path(held.path))

    resumed = program("resume", "broken", "--json")
    assert resumed.code == 0, resumed.err
    assert resumed.json["step"] == 400
    assert_same(broken, RunDirectory(runs / "whole"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_saves_and_ends_with_130(program: Program, text: Path, number: signal.Signals) -> None:
    length = ("--max-steps", "300", "--eval-interval", "1000")
    assert program("train", str(text), "--model", "gpt", *TINY, *length, "--name", "whole").code == 0
    process = program.start("train", str(text), "--model", "gpt", *TINY, *length, "--name", "broken")
    broken = RunDirectory(program.home / "runs" / "broken")
    wait_for(lambda: broken.metrics_path.exists() and len(losses(broken)) > 10, process)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"resume broken" in err
    held = last_checkpoint(broken)
    assert held is not None
    assert held.step == len(losses(broken))
    assert program("resume", "broken").code == 0
    assert_same(broken, RunDirectory(program.home / "runs" / "whole"))


def test_a_run_can_be_repeated_from_its_configuration(program: Program, text: Path) -> None:
    assert program("train", str(text), "--model", "gpt", *TINY, "--max-steps", "20", "--name", "first").code == 0
    runs = program.home / "runs"
    again = program("train", "--config", str(runs / "first" / "run.toml"), "--name", "second")
    assert again.code == 0, again.err
    assert_same(RunDirectory(runs / "second"), RunDirectory(runs / "first"))


def test_a_detached_run_is_paused_continued_and_stopped(program: Program, text: Path) -> None:
    started = program("train", str(text), "--model", "gpt", *TINY, "--minutes", "5", "--name", "far", "--detach")
    assert started.out == "far\n"
    run = RunDirectory(program.home / "runs" / "far")
    ends = time.monotonic() + 60
    while not (run.metrics_path.exists() and losses(run)):
        assert time.monotonic() < ends, run.log_path.read_text()
        time.sleep(0.1)
    assert program("runs", "delete", "far", "--yes").code == 2
    assert program("resume", "far").code == 2
    # The worker itself refuses, too: a face may have looked before this one had begun.
    second = subprocess.run(
        [sys.executable, "-m", TRAIN_WORKER, str(run.path)], capture_output=True, env=program.environment, check=False
    )
    assert second.returncode == 2
    assert b"being trained already" in second.stdout
    assert program("runs", "pause", "far").code == 0
    before = len(losses(run))
    time.sleep(1)
    assert len(losses(run)) == before
    assert program("runs", "continue", "far").code == 0
    assert program("runs", "stop", "far").code == 0
    assert last_checkpoint(run) is not None
    assert program("runs", "--json").json[0]["state"] == "stopped"
    assert program("runs", "delete", "far", "--yes").code == 0
    assert not run.path.exists()
