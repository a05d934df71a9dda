"""Every preset is trained by the one trainer: it resumes to the bit, is evaluated, and writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.training.golden import losses, small_request, text, train_on, trained
from tui_llm.cli.main import app
from tui_llm.presets import PRESETS
from tui_llm.runs.checkpoints import checkpoint_name, list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import read_status


@pytest.fixture
def novel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    path = tmp_path / "text.txt"
    path.write_text(text(), encoding="utf-8")
    return path


def back_at(run: RunDirectory, step: int, name: str) -> RunDirectory:
    """A copy of `run` as if its worker had been killed soon after `step`."""
    copy = RunDirectory(run.path.with_name(name))
    shutil.copytree(run.path, copy.path)
    for info in list_checkpoints(copy):
        if info.step > step:
            shutil.rmtree(info.path)
    return copy


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_resumes_to_the_bit_and_is_used(preset: str, novel: Path) -> None:
    unbroken = trained(small_request(preset, novel, max_steps=12, eval_interval=4, keep_last=9), "unbroken")
    broken = back_at(unbroken, 4, "broken")
    broken.metrics_path.unlink()
    train_on(broken)
    assert list(losses(broken)) == list(range(5, 13))
    assert losses(broken) == {step: loss for step, loss in losses(unbroken).items() if step > 4}
    last = [run.checkpoints_path / checkpoint_name(12) / "model.safetensors" for run in (unbroken, broken)]
    assert last[0].read_bytes() == last[1].read_bytes()

    parameters = read_status(unbroken).parameters
    assert parameters is not None
    assert parameters > 0
    said = CliRunner().invoke(app, ["generate", "unbroken", "--max-new-tokens", "12", "--table", str(novel) + ".tsv"])
    assert said.exit_code == 0
    table = Path(str(novel) + ".tsv").read_text(encoding="utf-8").splitlines()
    assert 2 <= len(table) <= 13
    assert table[0].startswith("sample\tposition\ttoken\tprobability\ttoken_1")
    assert CliRunner().invoke(app, ["evaluate", "unbroken", "--json"]).exit_code == 0


def test_counting_ends_after_one_pass_whatever_the_budget(novel: Path) -> None:
    run = trained(small_request("bigram-counts", novel, minutes=5), "counted")
    status = read_status(run)
    assert status.state == "finished"
    assert status.step == status.max_steps
    assert 0 < status.tokens < 2 * novel.stat().st_size


def test_the_checkpoints_of_epochs_are_kept(novel: Path) -> None:
    training = {"epochs": 3.5, "batch_size": 64, "keep_last": 1, "keep_epochs": True, "eval_interval": 10**6}
    run = trained(small_request("bigram", novel, **training), "epochs")
    status = read_status(run)
    assert status.max_steps is not None
    steps = [info.step for info in list_checkpoints(run)]
    assert steps == pytest.approx([epoch * status.max_steps / 3.5 for epoch in (1, 2, 3, 3.5)], abs=1)
    assert [info.keep for info in list_checkpoints(run)] == [True, True, True, False]
