"""Several runs in one chart, and their figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.scored import perplexity, scored_run
from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.app import TuiApp
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.screens.compare import CompareScreen


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
        if charts == "ascii":  # once it is laid out: until then a scroll bar may stand where none is needed
            await until(pilot, lambda: "\n".join(shown(app).splitlines()[1:-1]).isascii())


LADDER = {
    "conteo": {"preset": "bigram-counts", "bits": {0: 6.0, 100: 3.5}, "final": (3.4123, 3.4567)},
    "piezas-de-novela": {"preset": "pyllm", "bits": {0: 6.5, 100: 2.5}, "final": (2.6123, 2.7654), "vocab_size": 2048},
    "marcha": {"preset": "gpt-mini", "bits": {0: 6.4, 100: 2.875}, "state": "running"},
}


async def test_scores_stand_beside_each_other_in_the_smallest_window(home: Path) -> None:
    runs = [scored_run(home, name, **settings) for name, settings in LADDER.items()]  # type: ignore[arg-type]
    async with app_open((80, 24)) as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "2.875" in shown(app))
        lines = shown(app).splitlines()
        table = {line.split()[1]: line.split() for line in lines if line.strip()[:2] in ("o ", "x ", "+ ")}
        assert table["conteo"][1:5] == ["conteo", "3.412", "100", "3.457"]
        assert table["piezas-de-novela"][1:5] == ["piezas-de-novela", "2.612", "100", "2.765"]
        assert table["marcha"][1:5] == ["marcha", "2.875", "100", "421k"]  # not yet tested
        assert table["conteo"][-1] == "finished"
        assert "perplexity" not in shown(app)
        await pilot.press("y")
        copied = [line.split("\t") for line in app.clipboard.splitlines()]
    assert copied[0][3:6] == ["test", "perplexity", "tokenizer"]
    assert copied[2][3:6] == ["2.765", f"{perplexity(2.6123):.3f}", "sentencepiece 2048"]


async def test_a_wide_window_has_room_for_perplexity_and_says_what_it_compares(home: Path) -> None:
    runs = [scored_run(home, name, **settings) for name, settings in LADDER.items()]  # type: ignore[arg-type]
    async with app_open((80, 24)) as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "2.875" in shown(app))
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: f"{perplexity(2.6123):.3f}" in shown(app))
        assert "sentencepiece 2048" in shown(app)
        assert "perplexity compares only models with the same tokenizer" in shown(app)
        assert "finished" in shown(app)


async def test_different_texts_are_told_of(home: Path) -> None:
    runs = [scored_run(home, name, {0: 6.0, 100: 3.5}, text=f"{name}-{name * 12}") for name in ("a", "b")]
    async with app_open() as (app, pilot):
        app.push_screen(CompareScreen(runs))
        await until(pilot, lambda: "trained on different texts" in shown(app))
        assert "perplexity compares" not in shown(app)
