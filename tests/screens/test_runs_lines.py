"""The list of runs as data: columns that fit, order, filter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.screens.fakes import fake_run
from tui_llm.runs.catalogue import list_runs
from tui_llm.screens.runs_lines import COLUMNS, RECENT, Line, Look, fit_columns, matching, ordered
from tui_llm.screens.runs_watch import RunsWatch


def lines_of(home: Path, **runs: dict[str, Any]) -> list[Line]:
    """The lines of faked runs with these changes of their status."""
    for name, changes in runs.items():
        fake_run(home, name, **changes)
    return [Line(summary) for summary in list_runs()]


@pytest.mark.parametrize("width", [8, 20, 38, 60, 78, 98, 118, 200])
def test_columns_fit_whatever_the_width(width: int) -> None:
    columns = fit_columns(width, longest_name=40)
    assert sum(size for _column, size in columns) + len(columns) - 1 <= width
    assert columns[0][0].key == "name"


def test_what_matters_most_is_shown_at_80_columns_and_all_at_100() -> None:
    at_80 = {column.key for column, _width in fit_columns(77, longest_name=12)}
    assert at_80 >= {"name", "state", "progress", "bits", "speed", "left", "age", "loss"}
    assert {column.key for column, _width in fit_columns(97, longest_name=12)} == {column.key for column in COLUMNS}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
@pytest.mark.parametrize("backwards", [False, True])
def test_every_column_sorts_all_runs(home: Path, column: Any, backwards: bool) -> None:
    lines = lines_of(
        home,
        known={"steps": 300},
        other={"state": "finished", "parameters": 9, "val_bits_per_byte": 1.0},
        queued={"state": "queued", "steps": 0, "parameters": None, "val_bits_per_byte": None, "time_left": None},
    )
    (home / "runs" / "damaged").mkdir()
    (home / "runs" / "damaged" / "status.json").write_text("{", encoding="utf-8")
    lines = [Line(summary) for summary in list_runs()]
    shown = ordered(lines, column.key, backwards)
    assert {line.name for line in shown} == {"known", "other", "queued", "damaged"}
    ranks = [column.rank(line) for line in shown]
    valued = [rank for rank in ranks if rank is not None]
    assert ranks[: len(valued)] == valued, "what has no value comes last"
    assert valued == sorted(valued, reverse=column.greatest_first != backwards)


def test_numbers_in_names_are_numbers(home: Path) -> None:
    lines = lines_of(home, **{"run-10": {}, "run-2": {}, "Run-1": {}})
    assert [line.name for line in ordered(lines, "name")] == ["Run-1", "run-2", "run-10"]


def test_runs_at_work_come_first(home: Path) -> None:
    lines = lines_of(
        home,
        old={"created": 1e9},
        ended={"state": "finished", "created": 1e9, "heartbeat": 2e9},
        earlier={"state": "stopped", "created": 1e9, "heartbeat": 1.5e9},
    )
    assert [line.name for line in ordered(lines, RECENT)] == ["old", "ended", "earlier"]


def test_every_word_of_the_filter_must_occur(home: Path) -> None:
    lines = lines_of(home, novelas={"state": "failed"}, poemas={"state": "failed"}, cartas={"model": "modern"})
    assert {line.name for line in matching(lines, "")} == {"novelas", "poemas", "cartas"}
    assert {line.name for line in matching(lines, "FAIL")} == {"novelas", "poemas"}
    assert [line.name for line in matching(lines, "fail nov")] == ["novelas"]
    assert [line.name for line in matching(lines, "modern")] == ["cartas"]
    assert matching(lines, "nothing such") == []


def test_progress_is_of_steps_or_of_time_or_of_a_stage(home: Path) -> None:
    lines = {
        line.name: line
        for line in lines_of(
            home,
            steps={"steps": 250},
            minutes={"max_steps": None, "budget_seconds": 200.0, "elapsed": 50.0},
            preparing={"state": "preparing", "stage": "tokenizer", "stage_share": 0.25},
            finished={"state": "finished", "max_steps": None, "budget_seconds": 200.0, "elapsed": 199.0},
        )
    }
    assert lines["steps"].share == lines["minutes"].share == lines["preparing"].share == 0.25
    assert lines["finished"].share == 1.0


def test_the_queue_has_places(home: Path) -> None:
    fake_run(home, "second", state="queued", steps=0, created=2e9)
    fake_run(home, "first", state="queued", steps=0, created=1e9)
    assert {line.name: line.place for line in RunsWatch().read(())} == {"first": 1, "second": 2}


def test_losses_are_read_anew_when_they_have_changed(home: Path) -> None:
    run = fake_run(home, "novelas", steps=100)
    watch = RunsWatch()
    assert watch.glance()[0].losses == ()
    before = watch.read(())[0].losses
    assert len(before) == 10
    run.metrics_path.write_text("", encoding="utf-8")
    assert watch.read(())[0].losses == ()


def test_a_bar_in_ascii(home: Path) -> None:
    (line,) = lines_of(home, novelas={"steps": 500})
    progress = next(column for column in COLUMNS if column.key == "progress")
    assert progress.show(line, Look(width=13, now=0.0, ascii_only=True)) == "####....  50%"
