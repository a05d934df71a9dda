"""Run directories with evaluations and scores as a worker leaves them, made without one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from tui_llm.config import merge, to_request, to_toml
from tui_llm.presets import resolve
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.liveness import signed
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.status import ACTIVE, State, Status, write_status

#: Of a faked run: tokens and seconds of a step, and bytes that a token stands for.
TOKENS, SECONDS, BYTES = 512, 0.25, 1.25


def scored_run(
    home: Path,
    name: str,
    bits: Mapping[int, float],
    *,
    final: tuple[float, float] | None = None,
    state: State = "finished",
    preset: str = "gpt-mini",
    text: str = "novela-0123456789ab",
    vocab_size: int = 96,
    seconds: float = SECONDS,
) -> RunDirectory:
    """A run whose evaluations are `bits` per byte by step, and `final` its scores on val and test."""
    run = RunDirectory(home / "runs" / name)
    run.control_path.mkdir(parents=True)
    run.checkpoints_path.mkdir()
    config = resolve({"preset": preset, "training": {"max_steps": 1000}, "data": {"texts": ["/texts/novela.txt"]}})
    kind = config.data.tokenizer
    settled = {"data": {"corpus": f"{text}/tokens/{kind}-auto", "tokenizer": kind, "vocab_size": vocab_size}}
    run.config_path.write_text(to_toml(merge(to_request(config), settled)), encoding="utf-8")
    with MetricsWriter(run.metrics_path) as metrics:
        for step, value in bits.items():
            place = {"step": step, "tokens": step * TOKENS, "elapsed": step * seconds}
            metrics.write({"kind": "eval", **place, "split": "val", **measures(value)})
        for split, value in zip(("val", "test"), final or (), strict=False):
            best = min(bits, key=lambda step: bits[step])
            metrics.write({"kind": "eval", "step": best, "split": split, "final": True, **measures(value)})
    last = max(bits, default=0)
    status = Status(
        state=state,
        preset=preset,
        model=config.model.name,
        parameters=421_000,
        step=last,
        max_steps=1000,
        tokens=last * TOKENS,
        elapsed=last * seconds,
        tokens_per_second=TOKENS / seconds,
    )
    write_status(run, signed(status) if state in ACTIVE else status)
    return run


def measures(bits: float) -> dict[str, float]:
    """What an evaluation says of so many bits per byte."""
    loss = bits * BYTES * math.log(2)
    return {"loss": loss, "perplexity": math.exp(loss), "bits_per_byte": bits}


def perplexity(bits: float) -> float:
    """Of a model with so many bits per byte."""
    return float(2.0 ** (bits * BYTES))
