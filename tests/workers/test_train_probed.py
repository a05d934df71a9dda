"""`--probe` from the command line: what is recorded of a run, and of those that are killed, resumed and forked."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cli.test_train_resume import TINY
from tests.training.golden import losses, train_on
from tui_llm.config import read_request
from tui_llm.runs.checkpoints import list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.fork import fork_run
from tui_llm.runs.probes import ProbeWriter, read_probes

STEPS = 12


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run `whole` was trained with --probe, and saved at 4, 8 and 12."""
    folder = tmp_path_factory.mktemp("probed")
    text = folder / "frases.txt"
    text.write_text("Una frase que vuelve siempre, y otra que no vuelve más. " * 150, encoding="utf-8")
    program = Program(folder / "home")
    length = ("--max-steps", str(STEPS), "--eval-interval", "4", "--keep-last", "9")
    settings = ("--model", "modern", "--dropout", "0.1", *TINY, *length, "--dtype", "float32")
    done = program("train", str(text), *settings, "--probe", "--name", "whole")
    assert done.code == 0, done.err
    counted = program(
        "train", str(text), "--preset", "bigram-counts", "--probe", "--device", "cpu", "--name", "counted"
    )
    assert counted.code == 0, counted.err
    assert "bigram-counts does not learn by gradient: there is nothing to probe." in counted.err
    return program.home


@pytest.fixture
def whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> RunDirectory:
    monkeypatch.setenv("TUI_LLM_HOME", str(home))
    return RunDirectory(home / "runs" / "whole")


def killed_at(run: RunDirectory, step: int, name: str) -> RunDirectory:
    """A copy of `run` as if its worker had been killed at its end, with the checkpoint of `step` as its last one."""
    copy = RunDirectory(run.path.with_name(name))
    shutil.copytree(run.path, copy.path)
    for info in list_checkpoints(copy):
        if info.step > step:
            shutil.rmtree(info.path)
    return copy


def test_a_run_is_probed_when_asked(whole: RunDirectory, home: Path) -> None:
    assert read_request(whole.config_path)["training"]["probe"] is True
    records = read_probes(whole)
    assert [record.step for record in records] == list(range(STEPS))
    for record in records:
        assert {"Embedding", "Linear", "RMSNorm", "GatedSiLU"} == {layer.kind for layer in record.layers}
        assert [one.name for one in record.parameters] == [one.name for one in records[0].parameters]
    first, last = records[0].parameters[0], records[-1].parameters[0]
    assert first.update_ratio
    assert first.std != last.std
    counted = RunDirectory(home / "runs" / "counted")
    assert read_probes(counted) == []
    assert not counted.probes_path.exists()


def test_a_run_that_was_killed_is_probed_on_as_if_it_had_not_been(whole: RunDirectory) -> None:
    broken = killed_at(whole, 4, "broken")
    torn = broken.probes_path.read_bytes()
    broken.probes_path.write_bytes(torn[: len(torn) - 99])
    train_on(broken)
    assert read_probes(broken) == read_probes(whole)
    assert len(broken.probes_path.read_bytes().splitlines()) == 2 * STEPS - 4


def test_a_fork_has_what_was_probed_before_it(whole: RunDirectory) -> None:
    fork = fork_run(whole, 8, "fork", {"training": {"max_steps": STEPS + 1}})
    assert read_probes(fork) == read_probes(whole)[:8]
    train_on(fork)
    records = read_probes(fork)
    assert [record.step for record in records] == list(range(STEPS + 1))
    assert records[8].layers == read_probes(whole)[8].layers
    without = fork_run(whole, 8, "without", {"training": {"probe": False}})
    train_on(without)
    assert read_probes(without) == read_probes(whole)[:8]


def test_a_full_disk_costs_probes_and_not_the_training(whole: RunDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no room at first, and then there is."""
    append = ProbeWriter.append
    failed: list[bytes] = []

    def fill(writer: Any, line: bytes) -> None:
        if len(failed) < 3:
            failed.append(line)
            raise OSError(errno.ENOSPC, "No space left on device")
        append(writer, line)

    monkeypatch.setattr(ProbeWriter, "append", fill)
    full = killed_at(whole, 4, "full")
    full.probes_path.unlink()
    train_on(full)
    assert max(losses(full)) == STEPS
    assert [record.step for record in read_probes(full)] == [7, 8, 9, 10, 11]
