"""What a dashboard that is left open costs: CPU time, bytes to the terminal, memory; on a run that only seems to train.

    .venv/bin/python bench/dashboard.py cost [--seconds 30] [--rate 4] [--columns 80] [--rows 24] [--colours 256]
    .venv/bin/python bench/dashboard.py memory [--lines 36000] [--seconds 180]

`tui-llm watch` runs in a pseudo-terminal, whose output is counted; this process writes the run's metrics and status as
a worker does. `memory` writes an hour of metrics (at 10 lines a second) within some minutes.
"""

from __future__ import annotations

import argparse
import fcntl
import math
import os
import pty
import random
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tui_llm.config import to_request, to_toml
from tui_llm.presets import resolve
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import create_run
from tui_llm.runs.liveness import signed
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.status import Status, write_status

#: Steps in a record, and tokens in a step.
STEPS, TOKENS = 10, 1_536

#: Seconds before anything is counted: start, import, the first picture.
SETTLING = 6.0


class Seeming:
    """A run whose metrics grow though nothing trains."""

    def __init__(self, run: RunDirectory, rate: float) -> None:
        """`rate` records a second of its own time are told."""
        self.run, self.rate = run, rate
        self.records = 0
        self._metrics = MetricsWriter(run.metrics_path)
        self._random = random.Random(1)
        run.config_path.write_text(to_toml(to_request(resolve({"preset": "gpt-mini"}))), encoding="utf-8")

    def write(self) -> None:
        """Append one record, and now and then an evaluation and a text."""
        self.records += 1
        step, elapsed = self.records * STEPS, self.records / self.rate
        losses = [self._loss(step + part) for part in range(STEPS)]
        place = {"time": time.time(), "step": step, "tokens": step * TOKENS, "elapsed": elapsed}
        told = {"loss": sum(losses) / STEPS, "losses": losses, "lr": 3e-4, "grad_norm": self._random.uniform(0.5, 0.9)}
        speed = TOKENS * STEPS * self.rate * self._random.uniform(0.95, 1.05)
        self._metrics.write({"kind": "train", **place, **told, "tokens_per_second": speed})
        if self.records % 200 == 1:
            loss = self._loss(step)
            scores = {"loss": loss, "perplexity": math.exp(loss), "bits_per_byte": loss}
            self._metrics.write({"kind": "eval", **place, "split": "val", **scores})
            self._metrics.write({"kind": "sample", **place, "text": f"Había una vez un texto del paso {step}. " * 8})

    def tell(self) -> None:
        """Write the status as a worker does."""
        step = self.records * STEPS
        numbers: dict[str, Any] = {
            "step": step,
            "max_steps": 1_000_000,
            "tokens": step * TOKENS,
            "elapsed": self.records / self.rate,
            "time_left": 3_600.0,
            "tokens_per_second": TOKENS * STEPS * self.rate * self._random.uniform(0.95, 1.05),
            "train_loss": self._loss(step),
            "val_loss": 2.0,
            "val_bits_per_byte": 2.0,
        }
        write_status(self.run, signed(Status(state="running", model="gpt", parameters=421_000, **numbers)))

    def _loss(self, step: int) -> float:
        return round(1.4 + 2.8 * math.exp(-step / 5_000) + self._random.gauss(0, 0.06), 7)


class Watched:
    """The dashboard in a pseudo-terminal; `bytes` counts what it sends."""

    def __init__(self, run: RunDirectory, columns: int, rows: int, colours: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        environment.pop("COLORTERM", None)
        if colours == "true":
            environment["COLORTERM"] = "truecolor"
        command = [sys.executable, "-m", "tui_llm", "watch", str(run.path)]
        streams: dict[str, Any] = {"stdin": slave, "stdout": slave, "stderr": slave}
        self._process = subprocess.Popen(command, **streams, env=environment, start_new_session=True)
        os.close(slave)
        self.process = psutil.Process(self._process.pid)
        self.bytes = 0

    def read(self, seconds: float) -> None:
        """Take what it sends, for so long."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self.bytes += len(os.read(self._master, 1 << 16))

    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        times = self.process.cpu_times()
        return times.user + times.system

    def memory(self) -> float:
        """Megabytes that it holds."""
        return self.process.memory_info().rss / 1e6

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        finally:
            os.close(self._master)


def play(run: Seeming, watched: Watched, seconds: float, per_second: float, look: Callable[[float], None]) -> None:
    """Write `per_second` records for so long, and the status twice a second; call `look` every tenth of a second."""
    began = time.monotonic()
    written, told = 0, -1.0
    while (gone := time.monotonic() - began) < seconds:
        while written < gone * per_second:
            run.write()
            written += 1
        if gone - told >= 0.5:
            run.tell()
            told = gone
        watched.read(0.1)
        look(gone)


def cost(run: Seeming, arguments: argparse.Namespace) -> None:
    """Print the share of a core and the bytes a second that the open dashboard takes."""
    for _ in range(arguments.history):
        run.write()
    run.tell()
    watched = Watched(run.run, arguments.columns, arguments.rows, arguments.colours)
    play(run, watched, SETTLING, arguments.rate, lambda _gone: None)
    cpu, sent, began = watched.cpu(), watched.bytes, time.monotonic()
    play(run, watched, arguments.seconds, arguments.rate, lambda _gone: None)
    passed = time.monotonic() - began
    print(
        f"{arguments.columns}x{arguments.rows}, {arguments.colours} colours, {arguments.rate:g} lines/s "
        f"after {arguments.history:,}: {(watched.cpu() - cpu) / passed:.2%} of a core, "
        f"{(watched.bytes - sent) / passed / 1e3:.2f} kB/s, {watched.memory():.0f} MB"
    )
    watched.end()


def memory(run: Seeming, arguments: argparse.Namespace) -> None:
    """Print how memory grows while an hour of metrics goes by."""
    for _ in range(arguments.history):
        run.write()
    run.tell()
    watched = Watched(run.run, arguments.columns, arguments.rows, arguments.colours)
    play(run, watched, SETTLING, 10, lambda _gone: None)
    first = watched.memory()
    print(f"at the beginning: {first:.1f} MB")
    marks = iter(range(1, 11))
    due = next(marks)

    def look(gone: float) -> None:
        nonlocal due
        if gone >= due * arguments.seconds / 10:
            print(f"after {run.records:,} lines: {watched.memory() - first:+.1f} MB", flush=True)
            due = next(marks, 1_000)

    play(run, watched, arguments.seconds, arguments.lines / arguments.seconds, look)
    print(f"after {run.records:,} lines: {watched.memory() - first:+.1f} MB")
    watched.end()


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["cost", "memory"])
    parser.add_argument("--seconds", type=float, default=None)
    parser.add_argument("--rate", type=float, default=4.0, help="records a second")
    parser.add_argument("--lines", type=int, default=36_000)
    parser.add_argument("--history", type=int, default=2_000, help="records that are there before")
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--colours", choices=["256", "true"], default="256")
    arguments = parser.parse_args()
    arguments.seconds = arguments.seconds or (30.0 if arguments.what == "cost" else 180.0)
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUI_LLM_HOME"] = home
        os.environ["TUI_LLM_CONFIG"] = str(Path(home) / "settings.toml")
        run = Seeming(create_run("bench", "bench"), arguments.rate)
        (cost if arguments.what == "cost" else memory)(run, arguments)


if __name__ == "__main__":
    main()
