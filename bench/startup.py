"""How soon the quick commands answer: medians of whole processes, beside an empty Python for scale.

    .venv/bin/python bench/startup.py [--runs 200] [--repeats 15]

Every round starts each command once, in turn, so that a slow moment of the machine hits them all.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.status import Status, write_status

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "tui-llm --version": [sys.executable, "-m", "tui_llm", "--version"],
    "tui-llm --help": [sys.executable, "-m", "tui_llm", "--help"],
    "tui-llm train --help": [sys.executable, "-m", "tui_llm", "train", "--help"],
    "tui-llm presets": [sys.executable, "-m", "tui_llm", "presets"],
    "tui-llm runs": [sys.executable, "-m", "tui_llm", "runs"],
}


def make_runs(count: int) -> None:
    """Fill the home folder with finished runs."""
    for number in range(count):
        status = Status(state="finished", model="modern", parameters=1_000_000, step=number, max_steps=200)
        write_status(create_run(None, "bench"), status)


def seconds(command: list[str]) -> float:
    """How long one process takes from start to end."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Print a line a command: median and slowest seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="runs in the home folder")
    parser.add_argument("--repeats", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUI_LLM_HOME"] = str(Path(home))
        make_runs(arguments.runs)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(arguments.repeats + 1):
            for name, command in COMMANDS.items():
                times[name].append(seconds(command))
    print(f"{arguments.runs} runs at home, {arguments.repeats} rounds after a first one that does not count")
    for name, measured in times.items():
        print(f"{name:<22} median {statistics.median(measured[1:]):.3f} s  slowest {max(measured[1:]):.3f} s")


if __name__ == "__main__":
    main()
