"""The progress of a preparation in the run's status: told when a stage begins, seldom while it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import Status, read_status
from tui_llm.training.recorder import Recorder


@pytest.fixture
def told(tmp_path: Path) -> list[Status]:
    """Whatever is written as the status is added here, too."""
    return []


@pytest.fixture
def recorder(tmp_path: Path, told: list[Status]) -> Recorder:
    before = Status(state="preparing", stage="encoding", stage_share=0.5)
    return Recorder(RunDirectory(tmp_path), before, lambda _: None, told.append)


def test_a_stage_is_told_at_once_and_then_seldom(recorder: Recorder, told: list[Status], tmp_path: Path) -> None:
    with recorder:
        for step in range(1000):
            recorder.preparing("reading", step / 1000)
        for step in range(1000):
            recorder.preparing("tokenizer", step / 1000)
        now = read_status(RunDirectory(tmp_path))
    assert now.stage == "tokenizer"
    stages = [status.stage for status in told]
    assert stages == sorted(stage or "" for stage in stages)
    assert told[0].stage_share == 0.0
    assert 2 <= len(told) < 100


def test_the_stage_of_the_process_before_is_forgotten(recorder: Recorder, tmp_path: Path) -> None:
    with recorder:
        recorder.update()
    status = read_status(RunDirectory(tmp_path))
    assert (status.stage, status.stage_share) == (None, None)
