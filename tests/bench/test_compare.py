"""bench/compare.py: its command where nothing but this project is installed, and its tables."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("peers.running")


def outcome(running: Any, answers: dict[str, list[dict[str, float]]]) -> Any:
    return running.Outcome({running.Contender(name, "ours", ()): given for name, given in answers.items()}, [], False)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_encoding_is_compared_without_any_peer_installed(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("La niña comió piñas y el pingüino también.\n" * 2000, encoding="utf-8")
    command = [sys.executable, str(BENCH / "compare.py"), "--only", "encode", "--rounds=1", f"--shakespeare={text}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [cells(line) for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [line[0] for line in lines[1:]] == ["nanoGPT's loop over a dictionary", "tui-llm, char"]
    assert lines[1][-1] == "1.00"
    assert float(lines[2][-1]) > 0


def test_a_missing_peer_is_left_out_and_a_failing_one_ends_with_one(running: Any) -> None:
    absent = running.Contender("absent", "ours", (), missing="it is not installed")
    failing = running.Contender("failing", "ours", ("no such thing",))
    found = running.run(running.Row("row", "seconds", [absent, failing]), 2)
    assert found.failed
    assert found.answers == {}
    assert running.table(running.Row("row", "seconds", []), found) == [
        "- absent: left out, it is not installed.",
        "- failing: failed.",
    ]


def test_ratios_are_medians_over_the_rounds_and_more_is_better(running: Any) -> None:
    row = running.Row("row", "tokens_per_second", [])
    answers = {
        "slow": [{"tokens_per_second": value} for value in (100.0, 10.0, 1.0)],  # a machine that slows down
        "fast": [{"tokens_per_second": value} for value in (300.0, 20.0, 4.0)],
    }
    lines = running.table(row, outcome(running, answers))
    assert cells(lines[2]) == ["slow", "10", "1.00"]
    assert cells(lines[3]) == ["fast", "20", "3.00 (2.00 to 4.00)"]


def test_less_time_is_better_but_only_where_the_loss_was_reached(running: Any) -> None:
    answers = {
        "base": [{"bits_per_byte": 1.9, "seconds": 90.0}],
        "sooner": [{"bits_per_byte": 1.8, "seconds": 30.0}],
        "worse": [{"bits_per_byte": 2.0, "seconds": 10.0}],
    }
    lines = running.table(running.Row("row", "seconds", []), outcome(running, answers))
    assert [cells(line)[-1] for line in lines[2:]] == ["1.00", "3.00", "loss not reached"]


def test_results_grow_at_the_end_of_their_section(
    running: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n\n## One\n\nfirst\n\n## Two\n\nsecond\n", encoding="utf-8")
    monkeypatch.setattr(running, "RESULTS", results)
    running.add_to_results("One", ["more"])
    running.add_to_results("Three", ["third"])
    running.add_to_results("Three", ["once more"])
    assert results.read_text(encoding="utf-8") == (
        "# Results\n\n## One\n\nfirst\n\nmore\n\n## Two\n\nsecond\n\n## Three\n\nthird\n\nonce more\n"
    )
