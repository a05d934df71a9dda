"""A worker that tells of a model that never was, probes that nobody measured, and the Inspect screen under a pilot."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.fakes import app_open
from tui_llm.app import TuiApp
from tui_llm.errors import RunFailedError
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.probes import Histogram, LayerProbe, ParameterProbe, ProbeRecord, ProbeWriter
from tui_llm.screens import inspect
from tui_llm.screens.inspect import InspectScreen

#: The tokens of the model, by their ids.
TOKENS = ("␣", *"abcdefghijklmnñopqrstuvwxyz", "↵", "⟨C3⟩")

#: Its parameters: names, shapes, whether their rows are tokens.
SHAPES: tuple[tuple[str, list[int], bool], ...] = (
    ("wte.weight", [len(TOKENS), 12], True),
    *((f"h.{layer}.attn.c_attn.weight", [36, 12], False) for layer in (0, 1)),
    ("ln_f.bias", [12], False),
)

LAYERS, HEADS = 2, 3


class FakeWorker:
    """Answers as `tui_llm.workers.inspect` does. `gate`, once cleared, holds every answer back."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.error: RunFailedError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.ended = 0

    async def result(self, op: str, **fields: Any) -> dict[str, Any]:
        """The answer, after `gate`."""
        self.asked.append((op, fields))
        await self.gate.wait()
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        answer: dict[str, Any] = getattr(self, f"_{op}")(**fields)
        return {"event": "done", **answer}

    def of(self, op: str) -> list[dict[str, Any]]:
        """What was asked of one kind."""
        return [fields for asked, fields in self.asked if asked == op]

    def _tensors(self, step: int, **_where: Any) -> dict[str, Any]:
        return {
            "tensors": [
                {"name": name, "shape": shape, "mean": step / 1000, "std": 0.02, "min": -0.07, "max": None}
                | {"norm": 3.25, "of_tokens": of_tokens}
                for name, shape, of_tokens in SHAPES
            ]
        }

    def _tensor(self, name: str, rows: int, columns: int, **_where: Any) -> dict[str, Any]:
        _name, shape, of_tokens = next(one for one in SHAPES if one[0] == name)
        high, wide = (1, shape[0]) if len(shape) == 1 else (shape[0], shape[1])
        r, c = min(high, rows), min(wide, columns)
        values = [[math.sin(row + 1) * math.cos(column) for column in range(c)] for row in range(r)]
        labels = [TOKENS[row * high // r] for row in range(r)] if of_tokens else None
        return {"name": name, "shape": shape, "drawn": [high, wide], "values": values, "row_labels": labels}

    def _attention(self, text: str, limit: int, layer: int, head: int, **_where: Any) -> dict[str, Any]:
        tokens = [one.replace(" ", "␣") for one in text[:limit]]
        return {
            "layer": layer,
            "head": head,
            "tokens": tokens,
            "whole": len(text) <= limit,
            "layers": LAYERS,
            "heads": HEADS,
            "weights": [attended(row, len(tokens), layer * HEADS + head) for row in range(len(tokens))],
        }

    def _neighbours(self, count: int, token: int | None = None, text: str = "", **_where: Any) -> dict[str, Any]:
        chosen = TOKENS.index(text[0]) if token is None else token
        others = [place for place in range(len(TOKENS)) if place != chosen][:count]
        near = [{"token": one, "label": TOKENS[one], "cosine": 0.9 - 0.05 * n} for n, one in enumerate(others)]
        return {"token": chosen, "label": TOKENS[chosen], "is_all": len(text) < 2, "neighbours": near}

    def _plane(self, step: int, **_where: Any) -> dict[str, Any]:
        points = [[math.cos(place * 2.4) * place, math.sin(place * 2.4) * place] for place in range(len(TOKENS))]
        return {"tokens": list(range(len(TOKENS))), "labels": list(TOKENS), "points": points}

    def kill(self) -> None:
        self.ended += 1

    async def close(self) -> None:
        self.ended += 1


def attended(row: int, count: int, number: int) -> list[float]:
    """What the token at `row` of `count` looks at in the head of this number: the more, the later its place."""
    raw = [float(place + 1 + number) for place in range(row + 1)]
    return [one / sum(raw) for one in raw] + [0.0] * (count - row - 1)


def write_probes(run: RunDirectory, steps: Sequence[int]) -> None:
    """Record probes of `run` at `steps`."""
    with ProbeWriter(run.probes_path) as writer:
        for step in steps:
            writer.write(probe(step))


def probe(step: int) -> ProbeRecord:
    """What was seen at `step`: a Tanh that is less saturated the later, a ReLU with dead units, a Linear."""
    bell = [round(1000 * math.exp(-((place - 20) ** 2) / 60)) for place in range(41)]
    ends = [50 + abs(place - 20) ** 2 for place in range(41)]

    def layer(name: str, kind: str, counts: list[int], scale: float, **shares: float | None) -> LayerProbe:
        return LayerProbe(
            name=name,
            kind=kind,
            mean=0.01 * scale,
            std=0.5 * scale,
            saturated=shares.get("saturated"),
            dead=shares.get("dead"),
            activation=Histogram(-scale, scale, counts),
            gradient=Histogram(-1e-3 * scale, 1e-3 * scale, bell),
            gradient_std=2.5e-4 * scale,
        )

    return ProbeRecord(
        step,
        [
            layer("h.0.linear", "Linear", bell, 2.0),
            layer("h.0.act", "Tanh", ends, 1.0, saturated=0.5 * math.exp(-step / 300)),
            layer("h.1.relu", "ReLU", bell, 3.0, dead=0.125),
        ],
        [
            ParameterProbe(
                name, shape, 0.02, 1e-4, None if name == "ln_f.bias" else 10 ** -(2 + place / 2 + step / 800)
            )
            for place, (name, shape, _of_tokens) in enumerate(SHAPES)
        ],
    )


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> FakeWorker:
    """The worker that the Inspect screen gets."""
    fake = FakeWorker()
    monkeypatch.setattr(inspect, "WorkerProcess", lambda module, log: fake)
    monkeypatch.setattr(inspect, "_LOOK", 0.3)
    return fake


@asynccontextmanager
async def inspect_open(
    size: tuple[int, int] = (80, 24), *, run: RunDirectory | None = None, **settings: Any
) -> AsyncIterator[tuple[TuiApp, InspectScreen, Pilot[None]]]:
    """The app with the Inspect screen in front, once it knows what it is about, if anything."""
    async with app_open(size, **settings) as (app, pilot):
        app.run_shown = run
        app.action_go("inspect")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, InspectScreen)
        await screen.workers.wait_for_complete()
        await pilot.pause()
        await screen.workers.wait_for_complete()
        await pilot.pause()
        yield app, screen, pilot


def configure(run: RunDirectory, model: str) -> None:
    """Make it a run of another model."""
    text = run.config_path.read_text(encoding="utf-8")
    run.config_path.write_text(text.replace('name = "gpt"', f'name = "{model}"'), encoding="utf-8")


def told(app: TuiApp) -> str:
    """What it said in passing."""
    return "\n".join(f"{notice.title} {notice.message}" for notice in app._notifications)
