"""`tui-llm fork`: a new run out of another one's checkpoint."""

from __future__ import annotations

import pytest

from tests.cli.conftest import SENTENCES
from tests.cli.program import Program
from tests.cli.test_train_resume import TINY, assert_same, evaluations, losses
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.history import read_history

SETTINGS = ("--model", "modern", "--optimizer", "muon", "--dropout", "0.1", *TINY, "--lr", "1e-2")
STEPS = 60


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program at whose home the run `whole` has trained for 60 steps, and was saved at 20, 40 and 60."""
    folder = tmp_path_factory.mktemp("fork")
    text = folder / "frases.txt"
    text.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    program = Program(folder / "home")
    length = ("--max-steps", str(STEPS), "--eval-interval", "20")
    answer = program("train", str(text), *SETTINGS, *length, "--name", "whole")
    assert answer.code == 0, answer.err
    return program


def _run(program: Program, name: str) -> RunDirectory:
    return RunDirectory(program.home / "runs" / name)


def _last_rate(run: RunDirectory) -> float:
    rates = [record["lr"] for record in read_history(run.metrics_path) if record["kind"] == "train"]
    return float(rates[-1])


def test_a_fork_with_the_same_settings_does_what_the_run_did(trained: Program) -> None:
    whole, again = _run(trained, "whole"), _run(trained, "again")
    before = {path: path.read_bytes() for path in whole.path.rglob("*") if path.is_file()}
    made = trained("fork", "whole", "--from", "40", "--name", "again")
    assert made.code == 0, made.err
    assert made.out == "again\n"
    assert "tui-llm resume again goes on from step 40." in made.err
    listed = {entry["name"]: entry for entry in trained("runs", "--json").json}["again"]
    assert (listed["state"], listed["step"], listed["max_steps"]) == ("stopped", 40, STEPS)
    assert losses(again) == losses(whole)[:40]
    assert evaluations(again) == [one for one in evaluations(whole) if one[0] <= 40]
    resumed = trained("resume", "again")
    assert resumed.code == 0, resumed.err
    assert_same(again, whole)
    assert {path: path.read_bytes() for path in whole.path.rglob("*") if path.is_file()} == before


def test_another_rate_takes_effect(trained: Program) -> None:
    whole, faster = _run(trained, "whole"), _run(trained, "faster")
    assert trained("fork", "whole", "--from", "40", "--name", "faster", "--lr", "2e-2").code == 0
    assert trained("resume", "faster").code == 0
    assert losses(faster)[:41] == losses(whole)[:41]  # the loss of a step is measured before the step is taken
    assert losses(faster)[41] != losses(whole)[41]
    assert _last_rate(faster) == pytest.approx(2.0 * _last_rate(whole))


def test_a_finished_run_goes_on_with_a_larger_budget(trained: Program) -> None:
    whole, longer = _run(trained, "whole"), _run(trained, "longer")
    finished = trained("resume", "whole")
    assert finished.code == 2
    assert "tui-llm fork whole" in finished.err
    refused = trained("fork", "whole", "--from", "last", "--name", "longer")
    assert refused.code == 2
    assert "nothing is left of a budget of 60 steps" in refused.err
    assert trained("fork", "whole", "--from", "last", "--name", "longer", "--max-steps", "80").code == 0
    assert trained("resume", "longer", "--json").json["step"] == 80
    assert losses(longer)[:STEPS] == losses(whole)
    assert len(losses(longer)) == 80
