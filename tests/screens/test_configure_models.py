"""The form for each model: it shows what the model heeds, follows its name and the preset, and keeps what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.configure_fakes import FakeProbe, config_open, go_to, line
from tests.screens.fakes import shown, until
from tui_llm.config import MODEL_FIELDS
from tui_llm.draft import Draft
from tui_llm.presets import PRESETS, resolve
from tui_llm.screens.configure import ConfigScreen
from tui_llm.widgets.form_rows import FormRows


def keys(screen: ConfigScreen, section: str) -> list[str]:
    """The fields of a section that are shown, by their names."""
    shown = [one.key for one in screen.query_one(FormRows).lines if not one.heading]
    return [key.removeprefix(f"{section}.") for key in shown if key.startswith(f"{section}.")]


@pytest.mark.parametrize("preset", list(PRESETS))
async def test_it_shows_the_fields_that_the_presets_model_heeds(
    home: Path, probe: type[FakeProbe], preset: str
) -> None:
    model = resolve({"preset": preset}).model.name
    async with config_open({"preset": preset}) as (_app, _pilot, screen):
        assert sorted(keys(screen, "model")) == sorted(["name", *MODEL_FIELDS[model]])


async def test_counting_has_budgets_and_no_optimizer(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "bigram-counts"}) as (_app, _pilot, screen):
        kept = keys(screen, "training")
        assert {"max_steps", "minutes", "epochs", "batch_size", "eval_interval", "seed"} <= set(kept)
        assert not {"lr", "optimizer", "schedule", "weight_decay", "beta2", "grad_clip"} & set(kept)
        assert line(screen, "training.epochs").value == "1"


async def test_the_models_name_changes_the_rows_and_its_preset_and_back(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "pyllm", "model": {"n_head": 2, "dropout": 0.3}}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.name")
        seen = []
        for _ in range(4):
            await pilot.press("left")
            await pilot.pause()
            seen.append((line(screen, "preset").value, "n_head" in keys(screen, "model")))
            assert screen.query_one(FormRows).current == line(screen, "model.name"), "the cursor stays"
        assert seen == [("refranes", True), ("wavenet", False), ("mlp", False), ("bigram", False)]
        assert "dropout" not in keys(screen, "model")
        await pilot.press("right", "right")
        await pilot.pause()
        assert line(screen, "model.dropout").value == "0.3", "what was typed comes back"
        await pilot.press("right", "right")
        await pilot.pause()
        assert app.draft.request == {"preset": "pyllm", "model": {"n_head": 2, "dropout": 0.3}}


async def test_auto_comes_back_with_its_model(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(text=novel) as (_app, pilot, screen):
        await go_to(pilot, screen, "model.name")
        await pilot.press("right")
        await pilot.pause()
        assert line(screen, "preset").value == "bigram-counts"
        await pilot.press("left")
        await pilot.pause()
        assert line(screen, "preset").value == "auto"


async def test_a_model_is_picked_from_a_list(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "gpt-mini"}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.name")
        await pilot.press("enter")
        await until(pilot, lambda: "wavenet" in shown(app))
        await pilot.press("up", "up", "enter")
        await until(pilot, lambda: line(screen, "preset").value == "wavenet")
        assert keys(screen, "model")[:2] == ["name", "n_layer"]


async def test_another_preset_brings_its_own_model(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "gpt-mini"}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.name")
        await pilot.press("right")
        await pilot.pause()
        assert app.draft.request == {"preset": "gpt-mini", "model": {"name": "modern"}}
        await pilot.press("x")
        await pilot.pause()
        assert app.draft.request == {"preset": "gpt-mini"}
        await pilot.press("right")
        await go_to(pilot, screen, "preset")
        await pilot.press("right")
        await pilot.pause()
        assert app.draft.request == {"preset": "pyllm"}


async def test_the_cursor_stays_near_where_its_line_was(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "gpt-mini"}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.bias")
        app.open_config(Draft({"preset": "mlp"}))
        await pilot.pause()
        current = screen.query_one(FormRows).current
        assert current is not None
        assert current.key == "model.dropout", "the line above, which the mlp has, too"


async def test_a_contradiction_of_heads_is_none_where_there_are_none(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({"preset": "gpt-mini", "model": {"n_head": 3}}) as (app, pilot, screen):
        assert "cannot be shared evenly" in shown(app)
        await go_to(pilot, screen, "model.name")
        await pilot.press("left", "left")
        await pilot.pause()
        assert "cannot be shared evenly" not in shown(app)
        assert screen.editor.problem() == ""


@pytest.mark.parametrize("preset", ["bigram-counts", "bigram", "mlp", "wavenet", "refranes"])
async def test_the_real_worker_describes_and_measures_each(
    home: Path, novel: Path, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    monkeypatch.setattr("tui_llm.screens.configure_panel._PROBED", 0.1)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    async with config_open({"preset": preset, "training": {"batch_size": 2}}, novel, (120, 40)) as (app, pilot, _):
        await until(pilot, lambda: "parameters" in shown(app), 60)
        await pilot.press("t")
        await until(pilot, lambda: "tokens/s measured" in shown(app) and "passes over the text" in shown(app), 60)
