"""How long each lesson of the course computes: every figure at every value of one knob after another, and every answer.

    .venv/bin/python bench/lessons.py [NUMBER ...]

Each lesson has a process of its own, and its first figure includes importing what it computes with.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from tui_llm.lessons.course.computing import draw, judge
from tui_llm.lessons.course.kit import RUN, load
from tui_llm.lessons.course.reading import folders, read_lesson


def compute(folder: str) -> None:
    """Print the seconds of all that can be asked of a lesson, and of the slowest turn of a knob."""
    began = time.perf_counter()
    turns, slowest, which = 0, 0.0, ""
    for maker in load(folder).figures.values():
        if RUN in maker.own.values():
            continue
        start = {name: knob.start for name, knob in maker.knobs.items()}
        every = [start, *(start | {name: value} for name, knob in maker.knobs.items() for value in knob.values)]
        for values in every:
            before = time.perf_counter()
            draw(folder, maker.name, "en", values)
            turns += 1
            if time.perf_counter() - before > slowest:
                slowest, which = time.perf_counter() - before, maker.name
    for question in read_lesson(folder, "en").questions:
        judge(folder, question.name, "0")
    print(f"| {folder} | {time.perf_counter() - began:.1f} | {turns} | {slowest:.1f} ({which}) |", flush=True)


def main() -> None:
    """Print a table, a lesson a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--of", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.of:
        compute(arguments.of)
        return
    print("| lesson | seconds in all | figures drawn | the slowest one, s |\n|---|---|---|---|", flush=True)
    for folder in folders():
        if not arguments.numbers or read_lesson(folder, "en").number in arguments.numbers:
            subprocess.run([sys.executable, __file__, "--of", folder], check=True)


if __name__ == "__main__":
    main()
