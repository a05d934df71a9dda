"""The first losses of every preset, on a small text, at a small size: computed by the trainer itself.

.venv/bin/python -m tests.training.golden     writes golden.json anew: only when a change of the mathematics is meant
"""

from __future__ import annotations

import json
import os
import random
import tempfile
from pathlib import Path
from typing import Any

import torch

from tui_llm.config import Request
from tui_llm.presets import PRESETS
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import new_run
from tui_llm.workers.train import Watcher, train

STEPS = 50
GOLDEN = Path(__file__).with_name("golden.json")

_SYLLABLES = ("ca", "lo", "mi", "ña", "ter", "sol", "ve", "rí", "que", "du", "pan", "es", "ga", "bru", "ion")

_SMALL = {"block_size": 32, "n_layer": 2, "n_head": 2, "n_embd": 32}
_SMALLER: dict[str, dict[str, Any]] = {
    "auto": {**_SMALL, "dropout": 0.1},
    "modern": _SMALL,
    "gpt2": _SMALL,
    "myllm": {**_SMALL, "n_head": 4},
}


def text() -> str:
    """Some 40 kB in sentences, always the same."""
    draw = random.Random(7)
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(400)]
    sentences = (" ".join(draw.choices(words, k=draw.randint(3, 9))).capitalize() + "." for _ in range(1200))
    return "\n".join(sentences) + "\n"


def small_request(preset: str, novel: Path, **training: Any) -> Request:
    """A run of `preset` on `novel` that takes moments, on the CPU in float32."""
    kind = PRESETS[preset].settings.get("data", {}).get("tokenizer")
    rates: dict[str, Any] = {}
    if preset in ("auto", "modern"):
        # Muon orthogonalises in bfloat16: at its own rates, CPUs with other instructions drift apart by more than 1e-4.
        rates = {"lr": 1e-3, "warmup_steps": 20}
    return {
        "preset": preset,
        "data": {"texts": [str(novel)], **({"vocab_size": 320} if kind in ("sentencepiece", "bpe") else {})},
        "model": {"block_size": 32, **_SMALLER.get(preset, {})},
        "training": {"batch_size": 4, "eval_tokens": 64, **rates, **training},
        "system": {"device": "cpu", "dtype": "float32", "compile": False},
    }


def trained(request: Request, name: str) -> RunDirectory:
    """The run of `request` when it has ended, trained here, by one thread."""
    run = new_run(request, name, "text")
    train_on(run)
    return run


def train_on(run: RunDirectory) -> None:
    """Train `run` from where it stands, by one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        train(run, Watcher(say=lambda _text: None))
    finally:
        torch.set_num_threads(threads)


def losses(run: RunDirectory) -> dict[int, float]:
    """Nats a token after each step, as the run recorded them last."""
    records = (json.loads(line) for line in run.metrics_path.read_text(encoding="utf-8").splitlines())
    told: dict[int, float] = {}
    for record in records:
        if record["kind"] == "train":
            first = record["step"] - len(record["losses"]) + 1
            told.update(enumerate(record["losses"], start=first))
    return told


def first_losses(preset: str, folder: Path) -> list[float]:
    """The first losses of `preset`; `folder` gets the text."""
    novel = folder / "text.txt"
    novel.write_text(text(), encoding="utf-8")
    run = trained(small_request(preset, novel, max_steps=STEPS, eval_interval=STEPS), preset)
    return list(losses(run).values())


def main() -> None:
    """Write what the presets do today as what they shall do."""
    golden = {}
    for preset in PRESETS:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TUI_LLM_HOME"] = folder
            golden[preset] = [round(loss, 6) for loss in first_losses(preset, Path(folder))]
    lines = [f'"{preset}": {json.dumps(values)}' for preset, values in golden.items()]
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
