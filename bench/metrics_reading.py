"""How soon a run with a long past can be shown: seconds to read its metrics, beside merely decoding them for scale.

    .venv/bin/python bench/metrics_reading.py [--lines 1000000] [--losses 1] [--repeats 5]

The file is made first, as a worker would write it. Every round does each measurement once, in turn.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.glimpse import loss_glimpse
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.reader import RunReader
from tui_llm.runs.records import decode_records
from tui_llm.runs.status import Status, write_status
from tui_llm.runs.tail import LineTail


def make_metrics(path: Path, lines: int, losses_each: int) -> None:
    """Write `lines` train records, and an evaluation for every ten thousand of them."""
    noise = np.random.default_rng(0)
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for number in range(lines):
            step = (number + 1) * losses_each
            now = {"time": 1.7e9 + 0.5017 * number}
            place = {"step": step, "tokens": step * 768, "elapsed": 0.5017312 * number}
            height = 2.0 + 3.0 * math.exp(-6.0 * number / lines)
            losses = [float(f"{height + each:.6f}") for each in 0.1 * noise.standard_normal(losses_each)]
            speed = {"tokens_per_second": 7600.0 + number % 97 / 7}
            learning = {"loss": float(np.mean(losses)), "losses": losses, "lr": 1e-3 * (1.0 - number / lines)}
            record = {**now, "kind": "train", **place, **speed, **learning, "grad_norm": 0.5 + number % 13 / 70}
            file.write(encode(record) + b"\n")
            if number % 10_000 == 0:
                told = {"split": "val", "loss": height, "perplexity": math.exp(height), "bits_per_byte": height}
                file.write(encode({**now, "kind": "eval", **place, **told}) + b"\n")


def decode(run: RunDirectory) -> None:
    """Decode all lines and keep nothing."""
    tail = LineTail(run.metrics_path)
    while lines := tail.read():
        decode_records(lines)


def open_run(run: RunDirectory) -> None:
    """Read everything that a dashboard shows."""
    snapshot = RunReader(run).poll()
    assert snapshot is not None
    assert snapshot.read_share == 1.0


def first_sight(run: RunDirectory) -> None:
    """Read for a quarter of a second, as a dashboard that has just been opened."""
    RunReader(run).poll(budget_seconds=0.25)


def glimpse(run: RunDirectory) -> None:
    """Read the few losses of the list of runs."""
    assert len(loss_glimpse(run.metrics_path)) == 24


MEASURED: dict[str, Callable[[RunDirectory], None]] = {
    "decode only": decode,
    "open the run": open_run,
    "first sight of it": first_sight,
    "glimpse for the list": glimpse,
}


def main() -> None:
    """Print a line a measurement: median and slowest seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--losses", type=int, default=1, help="steps in a record")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUI_LLM_HOME"] = home
        run = create_run("long", "long")
        write_status(run, Status(state="finished"))
        make_metrics(run.metrics_path, arguments.lines, arguments.losses)
        size = run.metrics_path.stat().st_size
        print(f"{arguments.lines:,} train records of {arguments.losses} steps, {size / 1e6:.0f} MB")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        times: dict[str, list[float]] = {name: [] for name in MEASURED}
        for _ in range(arguments.repeats):
            for name, measure in MEASURED.items():
                began = time.perf_counter()
                measure(run)
                times[name].append(time.perf_counter() - began)
    for name, measured in times.items():
        print(f"{name:<22} median {statistics.median(measured):.4f} s  slowest {max(measured):.4f} s")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"peak memory grew by {grown / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
