"""Finding a learning rate on the Config screen: the chart that grows, the suggestion taken or left, what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from tests.screens.configure_fakes import FakeProbe, config_open, line, told
from tests.screens.fakes import shown, until
from tui_llm.config import Request
from tui_llm.errors import RunFailedError
from tui_llm.screens.configure_rate import FindRate
from tui_llm.widgets.form_rows import FormRows

GPT: Request = {"preset": "gpt-mini"}


async def test_the_suggestion_is_taken_with_enter(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(GPT, novel) as (app, pilot, screen):
        await until(pilot, lambda: "parameters" in shown(app))
        await pilot.press("r")
        told_of = ["0.0032: there half of the fall is done.", "It is lowest at 0.1.", "At 7.9 it"]
        drawn = ["loss, nats", "smooth", "o suggestion", "1e-06"]
        await until(pilot, lambda: all(part in shown(app) for part in [*told_of, *drawn]))
        (fields,) = [fields for op, fields in probe.asked if op == "find_lr"]
        assert fields["request"] == app.draft.request
        await pilot.press("enter")
        await until(pilot, lambda: app.draft.request.get("training") == {"lr": 0.0032})
        assert app.screen is screen
        assert screen.query_one(FormRows).current == line(screen, "training.lr"), "it shows what it has changed"


async def test_esc_breaks_it_off_and_leaves_all_as_it_was(
    home: Path, probe: type[FakeProbe], novel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeProbe, "endless", True)
    async with config_open(GPT, novel) as (app, pilot, screen):
        await until(pilot, lambda: "parameters" in shown(app))
        before = app.draft
        await pilot.press("r")
        await until(pilot, lambda: "trying the rate 0.0025, 50%" in shown(app))
        assert "suggestion" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "the rates are still being tried" in told(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and probe.broken_off)
        assert app.draft == before


async def test_its_help_explains_it(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(GPT, novel) as (app, pilot, _screen):
        await until(pilot, lambda: "parameters" in shown(app))
        await pilot.press("r", "question_mark")
        await until(pilot, lambda: "from one at which nothing is learnt" in " ".join(shown(app).split()))
        await pilot.press("escape")
        await until(pilot, lambda: "0.0032: there" in shown(app))


async def test_a_curve_that_never_fell_suggests_nothing(
    home: Path, probe: type[FakeProbe], novel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeProbe, "suggestion", None)
    async with config_open(GPT, novel) as (app, pilot, _screen):
        await until(pilot, lambda: "parameters" in shown(app))
        await pilot.press("r")
        await until(pilot, lambda: "there is nothing to suggest" in shown(app))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FindRate)


async def test_the_workers_sentence_is_told_in_the_dialog(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(GPT, novel) as (app, pilot, screen):
        await until(pilot, lambda: "parameters" in shown(app))
        probe.fault = RunFailedError("there is no memory left for finding a learning rate.", "take --batch-size 1.")
        await pilot.press("r")
        await until(pilot, lambda: "! there is no memory left for finding a learning rate." in shown(app))
        assert "take batch_size 1." in str(app.screen.query_one("#told", Static).content)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


@pytest.mark.parametrize(
    ("request_", "has_text", "reason"),
    [
        (GPT, False, "there is no text to find a rate on"),
        ({"preset": "bigram-counts"}, True, "counting pairs takes no learning rate"),
        ({"preset": "gpt-mini", "model": {"n_head": 3}}, True, "cannot be shared evenly"),
    ],
)
async def test_it_says_why_it_cannot_be_done(
    home: Path, probe: type[FakeProbe], novel: Path, request_: Request, has_text: bool, reason: str
) -> None:
    async with config_open(request_, novel if has_text else None) as (app, pilot, screen):
        await pilot.press("r")
        await until(pilot, lambda: reason in told(app))
        assert app.screen is screen


async def test_it_fits_into_a_small_and_poor_terminal(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(GPT, novel, (40, 12), charts="ascii") as (app, pilot, _screen):
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: "0.0032: there" in shown(app))


async def test_the_real_worker_finds_a_rate(home: Path, novel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    small = {"n_layer": 1, "n_embd": 8, "n_inner": 16, "context": 2, "block_size": 16}
    request = {"preset": "mlp", "model": small, "training": {"batch_size": 4}}
    async with config_open(request, novel) as (app, pilot, screen):
        await until(pilot, lambda: "parameters" in shown(app), 60)
        await pilot.press("r")
        await until(pilot, lambda: "there half of the fall is done" in shown(app), 60)
        await pilot.press("enter")
        await until(pilot, lambda: "lr" in app.draft.request["training"])
        assert app.screen is screen
        assert 1e-6 < app.draft.request["training"]["lr"] < 10
