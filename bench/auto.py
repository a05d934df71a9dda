"""What `auto` chooses beside other choices: the whole command on a text for some minutes, each with flags of its own.

    .venv/bin/python bench/auto.py TEXT --minutes 1 [--rounds 1] --try "" --try "--dropout 0.1"

"" is `auto` left alone. All run in turn, a round after another. What counts is the last column: bits per byte on the
last tenth of the text, the mean of val and test.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tui_llm.text.corpora import PreparedCorpus

COLUMNS = ("flags", "size", "block", "dropout", "parameters", "epochs", "steps", "seconds", "val", "test", "mean")


def train(text: Path, minutes: float, flags: str) -> dict[str, float | str]:
    """One run in a home of its own: what it chose, and how good it became."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tui_llm", "train", str(text), "--minutes", f"{minutes:g}", "--json"]
        done = subprocess.run(
            [*command, "--name", "measured", *shlex.split(flags)],
            env={**os.environ, "TUI_LLM_HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(done.stderr)
        result = json.loads(done.stdout)
        config = tomllib.loads((Path(home) / "runs" / "measured" / "run.toml").read_text(encoding="utf-8"))
        corpus = PreparedCorpus(Path(home) / "corpora" / config["data"]["corpus"])
        epochs = result["tokens"] / corpus.stats.splits["train"].tokens
    model = config["model"]
    bits = [result[split]["bits_per_byte"] for split in ("val", "test")]
    return {
        "flags": flags or "(auto)",
        "size": f"{model['n_layer']}/{model['n_head']}/{model['n_embd']}",
        "block": model["block_size"],
        "dropout": model["dropout"],
        "parameters": result["parameters"],
        "epochs": epochs,
        "steps": result["step"],
        "seconds": result["seconds"],
        "val": bits[0],
        "test": bits[1],
        "mean": statistics.fmean(bits),
    }


def told(name: str, value: float | str) -> str:
    """A cell of the table."""
    if isinstance(value, str) or name in ("block", "dropout"):
        return str(value)
    forms = {"epochs": "{:.1f}", "seconds": "{:.1f}", "val": "{:.3f}", "test": "{:.3f}", "mean": "{:.3f}"}
    return forms.get(name, "{:,.0f}").format(value)


def main() -> None:
    """Print a table, a line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--try", action="append", dest="tries", metavar="FLAGS", help="each a run; '' is auto")
    arguments = parser.parse_args()
    print(f"\n{arguments.text.name}, {arguments.minutes:g} minutes\n")
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for _round in range(arguments.rounds):
        for flags in arguments.tries or [""]:
            found = train(arguments.text, arguments.minutes, flags)
            print("| " + " | ".join(told(name, found[name]) for name in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    main()
