"""The one true history of a run that was killed and resumed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.runs.history import extend_history, read_history
from tui_llm.runs.metrics import MetricsTail, MetricsWriter


def _train(step: int, losses: list[float], **more: Any) -> dict[str, Any]:
    return {"kind": "train", "time": 1.0, "step": step, "losses": losses, **more}


def _resumed(step: int) -> dict[str, Any]:
    return {"kind": "event", "time": 1.0, "event": "resumed", "step": step}


def test_what_a_resumption_repeats_is_taken_back() -> None:
    history: list[dict[str, Any]] = []
    kept = [
        _train(10, [1.0] * 10),
        {"kind": "eval", "time": 1.0, "step": 10, "val_loss": 2.0},
        {"kind": "system", "time": 1.0, "step": 20, "memory": 5},
        {"kind": "event", "time": 1.0, "event": "checkpoint", "step": 20},
    ]
    gone = [
        _train(20, [1.0] * 10),
        {"kind": "eval", "time": 1.0, "step": 20, "val_loss": 1.9},
        {"kind": "sample", "time": 1.0, "step": 20, "text": "x"},
    ]
    after = [_resumed(10), _train(20, [0.9] * 10)]
    extend_history(history, [*kept, *gone, *after])
    assert history == [*kept, *after]


def test_a_record_that_straddles_the_checkpoint_is_cut() -> None:
    history: list[dict[str, Any]] = []
    extend_history(history, [_train(12, [1.0, 2.0, 3.0, 4.0], lrs=[0.1, 0.2, 0.3, 0.4], skipped=[1]), _resumed(10)])
    assert history[0] == _train(10, [1.0, 2.0], lrs=[0.1, 0.2], skipped=[1])


@pytest.mark.parametrize("odd", [{}, {"step": None}, {"step": "ten"}])
def test_records_without_a_step_stay(odd: dict[str, Any]) -> None:
    history: list[dict[str, Any]] = []
    records = [{"kind": "train", **odd}, {"kind": "event", "event": "resumed", **odd}, _resumed(0)]
    extend_history(history, records)
    assert history == records


@given(st.data())
def test_the_history_is_that_of_a_run_never_killed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """However often a run is killed and wherever it resumes, every step is told once, by its last telling."""
    path = tmp_path_factory.mktemp("run") / "metrics.jsonl"
    tail, live, truth = MetricsTail(path), list[dict[str, Any]](), list[float]()
    with MetricsWriter(path) as writer:
        for life in range(data.draw(st.integers(1, 4))):
            if life:
                step = data.draw(st.integers(0, len(truth)))
                truth = truth[:step]
                writer.write(_resumed(step))
            for count in data.draw(st.lists(st.integers(1, 7), max_size=5)):
                losses = [float(life * 1000 + len(truth) + index) for index in range(count)]
                truth += losses
                writer.write(_train(len(truth), losses))
            extend_history(live, tail.poll())
    history = read_history(path)
    told = [record for record in history if record["kind"] == "train"]
    assert [loss for record in told for loss in record["losses"]] == truth
    assert [record["step"] - len(record["losses"]) for record in told] == [0, *(one["step"] for one in told[:-1])][
        : len(told)
    ]
    assert live == history


def test_there_may_be_no_file_yet(tmp_path: Path) -> None:
    assert read_history(tmp_path / "metrics.jsonl") == []
