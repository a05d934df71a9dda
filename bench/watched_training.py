"""What an open dashboard costs the training: tokens a second with and without one, in turn, on one running training.

    .venv/bin/python bench/watched_training.py [--rounds 12] [--seconds 12] [--threads 2]

The dashboard runs in a pseudo-terminal of 80x24, whose output is read. Each round measures alone, then watched; the
cost is the median of the rounds' ratios. The machine drifts more than the dashboard costs: look at the spread, too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.terminal.terminal import Terminal
from tui_llm.runs.control import request
from tui_llm.runs.launch import new_run, start_worker
from tui_llm.runs.metrics import MetricsTail
from tui_llm.runs.status import read_status
from tui_llm.text.stories.book import write_book

#: nanoGPT's small setting for CPUs.
REQUEST = {
    "model": {"name": "gpt", "n_layer": 4, "n_head": 4, "n_embd": 128, "block_size": 64},
    "training": {"max_steps": 10_000_000, "batch_size": 12, "eval_interval": 1_000_000, "optimizer": "adamw"},
    "system": {"device": "cpu"},
}


def tokens_a_second(tail: MetricsTail, seconds: float, terminal: Terminal | None) -> float:
    """The training's speed over the next `seconds`, by its own clock."""
    tail.poll()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if terminal is None:
            time.sleep(0.2)
        else:
            terminal.read(0.2)
    records = [record for record in tail.poll() if record["kind"] == "train"]
    first, last = records[0], records[-1]
    return float(last["tokens"] - first["tokens"]) / float(last["time"] - first["time"])


def main() -> None:
    """Print the ratios of the rounds, their median, and what the dashboard used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"TUI_LLM_HOME": folder, "TUI_LLM_CONFIG": os.devnull}
        os.environ.update(environment, OMP_NUM_THREADS=str(arguments.threads))
        text = Path(folder) / "cuentos.txt"
        with text.open("wb") as file:
            write_book(file, "es", 0, 1_000_000)
        run = new_run({**REQUEST, "data": {"texts": [str(text)], "tokenizer": "char"}}, "watched", "x")
        start_worker(run)
        while read_status(run).step < 100:
            time.sleep(0.5)
        tail = MetricsTail(run.metrics_path)
        ratios, alone, shares = [], [], []
        for number in range(arguments.rounds):
            alone.append(tokens_a_second(tail, arguments.seconds, None))
            with Terminal.of_program("watch", "watched", environment=environment) as terminal:
                terminal.settle(6.0)  # opening it is not what is measured
                process = psutil.Process(terminal.process.pid)
                before = sum(process.cpu_times()[:2])
                watched = tokens_a_second(tail, arguments.seconds, terminal)
                shares.append((sum(process.cpu_times()[:2]) - before) / arguments.seconds)
                terminal.press("q")
                terminal.end()
            ratios.append(watched / alone[-1])
            print(f"round {number + 1}: alone {alone[-1]:,.0f} tokens/s, watched {ratios[-1]:.4f} of it", flush=True)
        request(run, "stop")
        while read_status(run).state not in ("stopped", "failed"):
            time.sleep(0.2)
    print(f"alone   median {statistics.median(alone):,.0f} tokens/s, {arguments.threads} threads")
    print(f"watched median {statistics.median(ratios):.4f} of it, quartiles {statistics.quantiles(ratios)}")
    print(f"the dashboard used {statistics.median(shares):.1%} of a core")


if __name__ == "__main__":
    main()
