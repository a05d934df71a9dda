"""The Config screen in a test: the probe worker without torch, a draft in the form, and its lines."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

from textual.pilot import Pilot

from tests.screens.fakes import app_open
from tui_llm.app import TuiApp
from tui_llm.config import Request, to_request
from tui_llm.draft import Draft, Facts
from tui_llm.errors import RunFailedError
from tui_llm.presets import resolve
from tui_llm.screens.configure import ConfigScreen
from tui_llm.widgets.form_rows import FormRows


def fake_loss(power: float) -> float:
    """Flat, then falling, then rising, over the decimal logarithm of the rate."""
    return 5.0 - 3.0 / (1.0 + math.exp(-4.0 * (power + 2.5))) + math.exp(4.0 * power - 2.0)


class FakeProbe:
    """What the probe worker answers, without torch. `chosen` is what auto would choose."""

    chosen: ClassVar[Request] = {"model": {"n_layer": 3, "n_head": 3, "n_embd": 96, "block_size": 64}}
    fault: ClassVar[RunFailedError | None] = None
    asked: ClassVar[list[tuple[str, dict[str, Any]]]]
    endless: ClassVar[bool] = False
    points: ClassVar[list[tuple[float, float, float]]] = [
        (10 ** (step / 10 - 6), loss, loss) for step in range(70) for loss in [fake_loss(step / 10 - 6)]
    ]
    """What a search for a rate comes to: rates, losses, smoothed losses."""
    suggestion: ClassVar[float | None] = points[35][0]
    broken_off: ClassVar[bool]
    """Whether a search was not waited for."""
    step_seconds = 0.05

    def __init__(self, module: str) -> None:
        FakeProbe.asked, FakeProbe.broken_off = [], False

    async def result(self, op: str, **fields: Any) -> dict[str, Any]:
        await asyncio.sleep(0)
        FakeProbe.asked.append((op, fields))
        if FakeProbe.fault is not None:
            raise FakeProbe.fault
        if op == "probe" and FakeProbe.endless:
            await asyncio.Event().wait()
        config = resolve(fields["request"], self.chosen if fields["request"].get("preset", "auto") == "auto" else None)
        return {
            "event": "done",
            "config": to_request(config),
            "device": "CPU, 2 threads",
            "parameters": 1000 * config.model.n_layer,
            "parameters_embedding": 128,
            "memory_bytes": 12_000_000,
            "vocab_size": 80,
            "tokens_per_step": config.training.batch_size * config.model.block_size,
            "step_seconds": self.step_seconds if op == "probe" else None,
        }

    async def ask(self, op: str, **fields: Any) -> AsyncGenerator[dict[str, Any], None]:
        FakeProbe.asked.append((op, fields))
        yield {"event": "progress", "stage": "encoding", "share": 0.5}
        if FakeProbe.fault is not None:
            raise FakeProbe.fault
        await asyncio.sleep(0)
        yield {"event": "progress", "stage": "testing", "share": 0.5, "points": self.points[:35]}
        if FakeProbe.endless:
            try:
                await asyncio.Event().wait()
            finally:
                FakeProbe.broken_off = True
        found = {"suggestion": self.suggestion, "steepest": self.suggestion, "lowest": self.points[50][0]}
        yield {"event": "done", "points": self.points, **found, "diverged_at": self.points[-1][0]}

    def kill(self) -> None:
        """Nothing is running."""

    async def close(self) -> None:
        """Nothing is running."""


@asynccontextmanager
async def config_open(
    request: Request | None = None, text: Path | None = None, size: tuple[int, int] = (80, 24), **settings: Any
) -> AsyncIterator[tuple[TuiApp, Pilot[None], ConfigScreen]]:
    """The Config screen with `request` and `text` in the draft."""
    async with app_open(size, **settings) as (app, pilot):
        data = {"data": {"texts": [str(text)]}} if text is not None else {}
        app.open_config(Draft({**data, **(request or {})}, Facts(name="novela") if text is not None else Facts()))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ConfigScreen)
        yield app, pilot, screen


async def go_to(pilot: Pilot[None], screen: ConfigScreen, key: str) -> None:
    """Put the cursor on the line of `key`."""
    rows = screen.query_one(FormRows)
    rows.go_to([line.key for line in rows.lines].index(key))
    await pilot.pause()


def line(screen: ConfigScreen, key: str) -> Any:
    """The line of `key` as it is shown now."""
    return next(line for line in screen.query_one(FormRows).lines if line.key == key)


def told(app: TuiApp) -> str:
    """What has been notified."""
    return "\n".join(notice.message for notice in app._notifications)
