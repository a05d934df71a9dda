"""How soon the app shows itself: from the start of the process to the first frame with the list of runs, in a terminal.

    .venv/bin/python bench/first_frame.py [--runs 200] [--repeats 11]

Beside an empty Python and `tui-llm --help` for scale; every round starts each once, in turn.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.screens.fakes import fake_run
from tests.terminal.terminal import Terminal


def first_frame(environment: dict[str, str], columns: int, rows: int) -> float:
    """Seconds until the newest run's name stands on the screen."""
    began = time.perf_counter()
    with Terminal.of_program(environment=environment, columns=columns, rows=rows) as terminal:
        while b"novela-" not in terminal.received:
            terminal.read(1.0)
        return time.perf_counter() - began


def to_the_end(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of a whole process in a terminal."""
    began = time.perf_counter()
    with Terminal(command, environment) as terminal:
        terminal.end()
        return time.perf_counter() - began


def main() -> None:
    """Print a line for each: median and slowest seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="runs in the home folder")
    parser.add_argument("--repeats", type=int, default=11)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for number in range(arguments.runs):
            fake_run(home, f"novela-{number}", state="finished", steps=1000)
        environment = {"TUI_LLM_HOME": str(home), "TUI_LLM_CONFIG": os.devnull}
        program = [sys.executable, "-m", "tui_llm"]
        rows: dict[str, Callable[[], float]] = {
            "python -c pass (to its end)": lambda: to_the_end([sys.executable, "-c", "pass"], environment),
            "tui-llm --help (to its end)": lambda: to_the_end([*program, "--help"], environment),
            "tui-llm, first frame, 80x24": lambda: first_frame(environment, 80, 24),
            "tui-llm, first frame, 120x40": lambda: first_frame(environment, 120, 40),
        }
        times: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(arguments.repeats + 1):
            for name, measure in rows.items():
                times[name].append(measure())
    print(f"{arguments.runs} runs at home, {arguments.repeats} rounds after a first one that does not count")
    for name, measured in times.items():
        kept = measured[1:]
        print(f"{name:<30} {statistics.median(kept):.3f} s   slowest {max(kept):.3f} s")


if __name__ == "__main__":
    main()
