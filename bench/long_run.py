"""How soon the dashboard of a run with a million metric lines is there, from the key press in the list of runs.

    .venv/bin/python bench/long_run.py [--lines 1000000] [--repeats 5]

The first sight is the curve in outline; the whole is there when the dashboard says no more that it reads. Then the keys
that zoom are pressed, and the time until the picture has changed is taken.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from metrics_reading import make_metrics

from tests.screens.fakes import fake_run
from tests.terminal.terminal import Terminal


def wait(terminal: Terminal, text: str, *, there: bool = True) -> float:
    """Wait until the screen shows `text`, or shows it no more; give the moment."""
    while (text in terminal.text) is not there:
        terminal.read(0.5)
    return time.perf_counter()


def visit(environment: dict[str, str]) -> dict[str, float]:
    """Seconds from the key to the first chart, to the whole one, and of a key that zooms."""
    with Terminal.of_program(environment=environment) as terminal:
        wait(terminal, "novela")
        terminal.settle(1.5)
        began = time.perf_counter()
        os.write(terminal._master, b"\r")
        first = wait(terminal, "┤")
        whole = wait(terminal, "reading…", there=False)
        terminal.settle(1.5)
        zooms = []
        for key in (b"+", b"+", b"-", b"-"):
            pressed, seen = time.perf_counter(), len(terminal.received)
            os.write(terminal._master, key)
            while len(terminal.received) == seen:
                terminal.read(0.5)
            zooms.append(time.perf_counter() - pressed)
        terminal.press("q")
        terminal.end()
    return {"first sight": first - began, "the whole": whole - began, "a key that zooms": statistics.median(zooms)}


def main() -> None:
    """Print a line for each: median and slowest seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        run = fake_run(home, "novela", state="stopped", steps=200, of=arguments.lines)
        make_metrics(run.metrics_path, arguments.lines, 1)
        environment = {"TUI_LLM_HOME": str(home), "TUI_LLM_CONFIG": os.devnull, "LANGUAGE": "en"}
        times: dict[str, list[float]] = {}
        for _ in range(arguments.repeats + 1):
            for name, seconds in visit(environment).items():
                times.setdefault(name, []).append(seconds)
    print(f"{arguments.lines:,} lines, {arguments.repeats} rounds after a first one that does not count")
    for name, measured in times.items():
        kept = measured[1:]
        print(f"{name:<20} {statistics.median(kept):.3f} s   slowest {max(kept):.3f} s")


if __name__ == "__main__":
    main()
