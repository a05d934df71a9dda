"""The ladder of models, each trained for the same minutes on the same text: a scoreboard in bits per byte.

    .venv/bin/python bench/ladder.py [TEXT] [--minutes 2] [--presets NAME...] [--write]

Every preset is trained by `tui-llm train` as a user would, one after the other, in a home folder of its own. The marks
say where a rung did not get below all those before it. `--write` adds the table to bench/RESULTS.md.
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


def train(text: Path, preset: str, minutes: float, home: str) -> dict[str, Any]:
    """Train `preset`; what `tui-llm train --json` answers, and the seconds that the whole command took."""
    command = [sys.executable, "-m", "tui_llm", "train", str(text), "--preset", preset, "--name", preset, "--json"]
    if preset != "bigram-counts":  # it ends after one pass
        command += ["--minutes", str(minutes)]
    began = time.monotonic()
    done = subprocess.run(command, env={**os.environ, "TUI_LLM_HOME": home}, capture_output=True, check=False)
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
    parser.add_argument("--write", action="store_true", help="add the table to bench/RESULTS.md")
    arguments = parser.parse_args()
    lines = [
        f"\n## The ladder: `bench/ladder.py`, {arguments.minutes:g} minutes a preset, {arguments.text.name}\n",
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}.\n",
        *HEADER,
    ]
    print("\n".join(lines), flush=True)
    lowest = float("inf")
    with tempfile.TemporaryDirectory() as home:
        for preset in arguments.presets:
            answer = train(arguments.text, preset, arguments.minutes, home)
            lines.append(row(preset, answer, home, lowest))
            print(lines[-1], flush=True)
            lowest = min(lowest, answer["val"]["bits_per_byte"])
    if arguments.write:
        with (ROOT / "bench" / "RESULTS.md").open("a", encoding="utf-8") as results:
            results.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
