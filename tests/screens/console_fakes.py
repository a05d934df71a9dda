"""A worker that writes what a test tells it to, instead of a model; and the Console under a pilot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.fakes import app_open, until
from tui_llm.app import TuiApp
from tui_llm.errors import RunFailedError
from tui_llm.screens import console
from tui_llm.screens.console import ConsoleScreen

#: What the worker writes unless told otherwise; the id of a token is its place in its own answer plus 100.
WORDS = (" un", " perro", " que", " ladra", ".")

#: The other tokens at every place, with their probabilities.
OTHERS = ((7, " gato", 0.5), (8, " ratón", 0.25), (9, "\n", 0.125))

EOT = (0, "<|endoftext|>", 0.01)


class FakeWorker:
    """Answers as `tui_llm.workers.generate` does. `gate`, once cleared, holds it back before the third token."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.words: tuple[str, ...] = WORDS
        self.finish = "length"
        self.error: RunFailedError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.ended = 0

    async def ask(self, op: str, **fields: Any) -> AsyncGenerator[dict[str, Any], None]:
        """Write `words` behind what is forced."""
        assert op == "generate"
        self.asked.append(fields)
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        yield {"event": "loaded", "step": 400, "parameters": 421_000, "device": "CPU"}
        begun = len(fields["continuation"])
        for place, word in enumerate(self.words):
            if place == 2:
                await self.gate.wait()
            last = place == len(self.words) - 1 and self.finish == "end"
            yield {
                "event": "token",
                "index": begun + place,
                "token": 0 if last else 100 + place,
                "text": "" if last else word,
                "probability": 0.125,
                "alternatives": [
                    *({"token": one, "text": text, "adds": text, "probability": p} for one, text, p in OTHERS),
                    {"token": EOT[0], "text": EOT[1], "adds": "", "probability": EOT[2]},
                ],
            }
        yield {"event": "done", "finish": self.finish, "tokens": len(self.words), "tokens_per_second": 118.0}

    def kill(self) -> None:
        self.ended += 1

    async def close(self) -> None:
        self.ended += 1


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> FakeWorker:
    """The worker that the Console gets."""
    fake = FakeWorker()
    monkeypatch.setattr(console, "WorkerProcess", lambda module, log: fake)
    return fake


@asynccontextmanager
async def console_open(
    size: tuple[int, int] = (80, 24), **settings: Any
) -> AsyncIterator[tuple[TuiApp, ConsoleScreen, Pilot[None]]]:
    """The app with the Console in front, once it knows whom to ask, if anybody."""
    async with app_open(size, **settings) as (app, pilot):
        app.action_go("console")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ConsoleScreen)
        await screen.workers.wait_for_complete()
        await pilot.pause()
        yield app, screen, pilot


async def ask(pilot: Pilot[None], screen: ConsoleScreen, prompt: str = "") -> None:
    """Write a prompt, send it, and wait until every answer has ended."""
    await pilot.press("p", *prompt, "enter")
    await ended(pilot, screen)


async def ended(pilot: Pilot[None], screen: ConsoleScreen) -> None:
    """Wait until every answer in sight has ended."""
    seen = screen.panes if screen.both else screen.panes[:1]
    await until(pilot, lambda: all(pane.answer is not None and pane.answer.finish for pane in seen))
    await screen.workers.wait_for_complete()
    await pilot.pause()


def told(app: TuiApp) -> str:
    """What it said in passing."""
    return "\n".join(f"{notice.title} {notice.message}" for notice in app._notifications)


def history_lines(home: Path) -> list[str]:
    """What is kept of earlier answers."""
    return (home / "console-history.jsonl").read_text(encoding="utf-8").splitlines()
