"""The ladder of models, each trained for the same minutes on the same text: a scoreboard in bits per byte.

    .venv/bin/python bench/ladder.py [TEXT] [--minutes 2] [--presets NAME...] [--jobs 1] [--write]

Every preset is trained by `tui-llm train` as a user would, in a home folder of its own; with `--jobs 2`, two at a time,
each with half of the cores. The marks say where a rung did not get below all those before it. `--write` adds the table
to bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch

from tui_llm.presets import PRESETS

ROOT = Path(__file__).resolve().parents[1]
TEXT = ROOT.parent / "shared" / "corpora" / "es" / "novelas.txt"

#: From counting to Qwen3; `auto` is no rung: it chooses its size itself.
LADDER = [
    *("bigram-counts", "bigram", "mlp", "wavenet", "refranes", "gpt-mini", "pyllm", "myllm", "gpt2", "modern"),
    "auto",
]

HEADER = (
    "| preset | parameters | tokenizer | steps | tokens seen | bits per byte, val | test | whole command |",
    "|---|---|---|---|---|---|---|---|",
)


def train(text: Path, preset: str, minutes: float, threads: int, home: str) -> dict[str, Any]:
    """Train `preset` on so many threads: what `tui-llm train --json` answers, and the seconds of the whole command."""
    command = [sys.executable, "-m", "tui_llm", "train", str(text), "--preset", preset, "--name", preset, "--json"]
    if preset != "bigram-counts":  # it ends after one pass
        command += ["--minutes", str(minutes)]
    own = {"TUI_LLM_HOME": home, "OMP_NUM_THREADS": str(threads)}
    began = time.monotonic()
    done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{preset}: exit {done.returncode}\n{done.stderr.decode()}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return {**answer, "whole": time.monotonic() - began}


def row(preset: str, answer: dict[str, Any], home: str, lowest: float) -> str:
    """The line of one preset; `lowest` is the best that the rungs before it reached."""
    val, test = answer["val"]["bits_per_byte"], answer["test"]["bits_per_byte"]
    told = f"**{val:.4f}**" if val < lowest else f"{val:.4f} (not below {lowest:.4f})"
    return (
        f"| {preset} | {answer['parameters']:,} | {tokenizer_of(preset, home)} | {answer['step']:,} "
        f"| {answer['tokens']:,} | {told} | {test:.4f} | {answer['whole']:.0f} s |"
    )


def tokenizer_of(preset: str, home: str) -> str:
    """Kind and size, from the run's own configuration."""
    data = tomllib.loads((Path(home) / "runs" / preset / "run.toml").read_text(encoding="utf-8"))["data"]
    return f"{data['tokenizer']}, {data['vocab_size']:,}"


def main() -> None:
    """Print the scoreboard, row by row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", type=Path, default=TEXT)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--presets", nargs="+", choices=list(PRESETS), default=LADDER)
    parser.add_argument("--jobs", type=int, default=1, help="so many presets at a time")
    parser.add_argument("--write", action="store_true", help="add the table to bench/RESULTS.md")
    arguments = parser.parse_args()
    threads = max(1, (os.cpu_count() or 1) // arguments.jobs)
    lines = [
        f"\n## The ladder: `bench/ladder.py`, {arguments.minutes:g} minutes a preset, {arguments.text.name}\n",
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {threads} core{'' if threads == 1 else 's'} each, "
        f"torch {torch.__version__}.\n",
        *HEADER,
    ]
    print("\n".join(lines), flush=True)
    lowest = float("inf")
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(arguments.jobs) as pool:
        answers = pool.map(
            lambda preset: train(arguments.text, preset, arguments.minutes, threads, home), arguments.presets
        )
        for preset, answer in zip(arguments.presets, answers, strict=True):
            lines.append(row(preset, answer, home, lowest))
            print(lines[-1], flush=True)
            lowest = min(lowest, answer["val"]["bits_per_byte"])
    if arguments.write:
        with (ROOT / "bench" / "RESULTS.md").open("a", encoding="utf-8") as results:
            results.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
