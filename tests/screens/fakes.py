"""Run directories as a worker leaves them, made without one; and the app under a pilot."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from textual.app import App
from textual.pilot import Pilot

from tui_llm.app import TuiApp
from tui_llm.config import to_request, to_toml
from tui_llm.presets import resolve
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.liveness import signed
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.status import ACTIVE, Status, write_status
from tui_llm.settings import Settings

#: Tokens of a step in a faked run, and its seconds.
TOKENS = 1_536
SECONDS = 0.05

NOBODY = 2**22 + 1
"""A process id that no process has."""


def fake_run(
    home: Path, name: str, *, state: str = "running", steps: int = 400, of: int = 1000, **changes: Any
) -> RunDirectory:
    """A run at `steps` of `of`, with metrics, samples, two checkpoints and a log, made five hours ago and just trained.

    `state="crashed"` has no living worker. `changes` are fields of its status.
    """
    run = RunDirectory(home / "runs" / name)
    run.control_path.mkdir(parents=True)
    run.checkpoints_path.mkdir()
    config = resolve({"preset": "gpt-mini", "training": {"max_steps": of}, "data": {"texts": ["/texts/novela.txt"]}})
    run.config_path.write_text(to_toml(to_request(config)), encoding="utf-8")
    created = time.time() - 5 * 3600
    begun = time.time() - steps * SECONDS
    with MetricsWriter(run.metrics_path) as metrics:
        metrics.write({"kind": "eval", "time": begun, **_evaluation(0)})
        for last in range(10, steps + 1, 10):
            metrics.write(train_record(last, begun + last * SECONDS))
            if last % 100 == 0:
                metrics.write({"kind": "eval", "time": begun + last * SECONDS, **_evaluation(last)})
                text = f"Había una vez un texto del paso {last}."
                metrics.write({"kind": "sample", "time": begun, "step": last, "text": text})
                metrics.write({"kind": "event", "time": begun, "event": "checkpoint", "step": last})
    for step in range(100, steps + 1, 100)[-2:]:
        with new_checkpoint_folder(run, step) as folder:
            (folder / "model.safetensors").write_bytes(b"weights")
            (folder / "state.json").write_bytes(
                msgspec.json.encode({"step": step, "val_loss": loss_at(step), "lr": 3e-4})
            )
    run.log_path.write_text(f"{name}: 421,000 parameters, on CPU, in float32.\n", encoding="utf-8")
    fields: dict[str, Any] = {
        "state": "running" if state == "crashed" else state,
        "created": created,
        "preset": "gpt-mini",
        "model": "gpt",
        "parameters": 421_000,
        "flops_per_token": 2_800_000,
        "peak_flops": 300e9,
        "step": steps,
        "max_steps": of,
        "tokens": steps * TOKENS,
        "elapsed": steps * SECONDS,
        "time_left": (of - steps) * SECONDS,
        "tokens_per_second": TOKENS / SECONDS,
        "train_loss": loss_at(steps),
        "val_loss": loss_at(steps) + 0.05,
        "val_bits_per_byte": (loss_at(steps) + 0.05) / math.log(2),
        **changes,
    }
    status = Status(**fields)
    if state in ACTIVE:
        status = signed(status)
    elif state == "crashed":
        status = msgspec.structs.replace(signed(status), pid=NOBODY, heartbeat=begun + steps * SECONDS)
    write_status(run, status)
    return run


def loss_at(step: int) -> float:
    """The loss of a faked run, nats a token."""
    return 1.4 + 2.8 * math.exp(-step / 150)


def train_record(last: int, moment: float, steps: int = 10) -> dict[str, Any]:
    """The record of the `steps` that end with step `last`."""
    losses = [loss_at(step) + 0.05 * math.sin(7 * step) for step in range(last - steps + 1, last + 1)]
    return {
        "kind": "train",
        "time": moment,
        "step": last,
        "loss": sum(losses) / steps,
        "losses": losses,
        "lr": 3e-4 * min(1.0, last / 100),
        "grad_norm": 0.6 + 0.2 * math.cos(last / 30),
        "tokens": last * TOKENS,
        "tokens_per_second": TOKENS / SECONDS * (1 + 0.05 * math.sin(last / 20)),
        "elapsed": last * SECONDS,
    }


def _evaluation(step: int) -> dict[str, Any]:
    loss = loss_at(step) + 0.05
    return {
        "split": "val",
        "step": step,
        "loss": loss,
        "perplexity": math.exp(loss),
        "bits_per_byte": loss / math.log(2),
        "eval_tokens": 4096,
    }


@asynccontextmanager
async def app_open(
    size: tuple[int, int] = (80, 24), *, watch: RunDirectory | None = None, read_only: bool = False, **settings: Any
) -> AsyncIterator[tuple[TuiApp, Pilot[None]]]:
    """The app under a pilot, in the dark theme unless `settings` say otherwise."""
    app = TuiApp(Settings(**{"theme": "dark", **settings}), watch=watch, read_only=read_only)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def shown(app: App[Any]) -> str:
    """What the screen in front shows, as plain text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def until(pilot: Pilot[None], holds: Any, seconds: float = 10.0) -> None:
    """Wait until `holds()` is true; fail with what the screen shows if it never is."""
    ends = time.monotonic() + seconds
    patience = 0.01
    while not holds():
        if time.monotonic() > ends:
            raise AssertionError(f"it never came about; the screen shows:\n{shown(pilot.app)}")
        await pilot.pause(patience)
        patience = min(0.05, 1.5 * patience)
