"""Several runs in one chart, and their figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.app import TuiApp
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.screens.compare import CompareScreen
from tui_llm.screens.compare_data import CompareWatch


def curves(app: TuiApp) -> list[str]:
    """The chart without the frame's upper edge."""
    return shown(app).splitlines()[2:20]


async def test_curves_over_steps_time_and_tokens(home: Path) -> None:
    runs = [fake_run(home, name, state="finished", steps=steps, of=1000) for name, steps in (("a", 400), ("b", 1000))]
    async with app_open() as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "1.54M" in shown(app))
        text = shown(app)
        assert "bits per byte" in text
        assert "2.373" in text
        assert "2.097" in text
        assert "1,000" in text
        assert "2 runs compared" in text
        await until(pilot, lambda: "esc back" in shown(app))
        seen = {shown(app)}
        for axis in ("time", "tokens", "step"):
            await pilot.press("x")
            await until(pilot, lambda name=axis: f"\n{name} " in shown(app))
            seen.add(shown(app))
        assert len(seen) == 3
        await pilot.press("u")
        await until(pilot, lambda: shown(app) not in seen)
        await pilot.press("y")
        rows = [line.split("\t") for line in app.clipboard.splitlines()]
        assert [row[:3] for row in rows] == [
            ["name", "bits/byte", "at step"],
            ["a", "2.373", "400"],
            ["b", "2.097", "1,000"],
        ]


async def test_a_zoom_is_left_before_the_comparison(home: Path) -> None:
    runs = [fake_run(home, name, state="finished") for name in ("a", "b")]
    async with app_open() as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "614k" in shown(app))
        whole = curves(app)
        await pilot.press("plus")
        await until(pilot, lambda: curves(app) != whole)
        await pilot.press("escape")
        await until(pilot, lambda: curves(app) == whole)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, CompareScreen))


async def test_a_training_goes_on_in_the_chart(home: Path) -> None:
    runs = [fake_run(home, name) for name in ("a", "b")]
    async with app_open() as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "2.373" in shown(app))
        with MetricsWriter(runs[1].metrics_path) as metrics:
            metrics.write(
                {"kind": "eval", "time": 1.0, "split": "val", "step": 500, "loss": 1.0, "bits_per_byte": 1.234}
            )
        await until(pilot, lambda: "1.234" in shown(app))


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
@pytest.mark.parametrize("charts", ["braille", "ascii"])
async def test_damage_and_every_size(home: Path, size: tuple[int, int], charts: str) -> None:
    runs = [fake_run(home, f"r{number}", state="finished", steps=100) for number in range(6)]
    runs[1].metrics_path.write_bytes(b"\xff\x00{\n" * 100)
    runs[2].metrics_path.unlink()
    runs[3].status_path.write_text("?", encoding="utf-8")
    runs[4].config_path.write_text("=", encoding="utf-8")
    (runs[5].metrics_path).write_text("", encoding="utf-8")
    async with app_open(size, charts=charts) as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "r0" in shown(app))
        if size[0] >= 80:
            await until(pilot, lambda: "damaged" in shown(app) and "r5" in shown(app))
        if charts == "ascii":
            assert "\n".join(shown(app).splitlines()[1:-1]).isascii()


def test_time_and_tokens_of_an_evaluation_are_found_where_it_does_not_tell_them(home: Path) -> None:
    run = fake_run(home, "novelas", state="finished", steps=400)
    compared = CompareWatch([run]).poll(10.0)
    assert compared is not None
    (only,) = compared
    assert only.steps.tolist() == [0, 100, 200, 300, 400]
    np.testing.assert_allclose(only.tokens_at, only.steps * 1536)
    np.testing.assert_allclose(only.elapsed_at, only.steps * 0.05)
    assert only.best_step == 400


def test_what_has_not_changed_is_not_read_again(home: Path) -> None:
    watch = CompareWatch([fake_run(home, "novelas", state="finished")])
    assert watch.poll(10.0)
    assert watch.poll(10.0) is None
