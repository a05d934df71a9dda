"""The dashboard: what it shows of a run's files, what its keys ask for, and what it does with damage."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.fakes import NOBODY, SECONDS, TOKENS, app_open, fake_run, loss_at, shown, train_record, until
from tui_llm.app import TuiApp
from tui_llm.machine import Gpu, Machine, MachineReader
from tui_llm.runs.control import take_requests
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.metrics import MetricsWriter
from tui_llm.runs.status import read_status, write_status
from tui_llm.screens.training import TrainingScreen

GPU = Gpu("Some GPU", 0.93, 30_000_000_000, 80_000_000_000, 64, 410, 700)
MACHINE = Machine(gpus=(GPU,), cpu=0.25, cores=16, memory_used=3_000_000_000, memory_total=16_000_000_000, load=2.5)


@pytest.fixture(autouse=True)
def _known_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MachineReader, "read", lambda self: MACHINE)
    monkeypatch.setattr("tui_llm.screens.training.POLL", 0.5)


@asynccontextmanager
async def dashboard(
    run: RunDirectory | None, size: tuple[int, int] = (80, 24), **settings: Any
) -> AsyncIterator[tuple[TuiApp, Pilot[None], TrainingScreen]]:
    """The app with the dashboard of `run` in front, once it has read it."""
    async with app_open(size, **settings) as (app, pilot):
        if not app.watch_only:
            app.run_shown = run
            await pilot.press("4")
        screen = app.screen
        assert isinstance(screen, TrainingScreen)
        await until(pilot, lambda: screen.snapshot is not None and screen.snapshot.read_share == 1.0)
        await pilot.pause()
        yield app, pilot, screen


async def append(run: RunDirectory, *records: dict[str, Any]) -> None:
    with MetricsWriter(run.metrics_path) as metrics:
        for record in records:
            metrics.write(record)


def change_status(run: RunDirectory, **changes: Any) -> None:
    write_status(run, msgspec.structs.replace(read_status(run), **changes))


def notified(app: TuiApp) -> str:
    return "\n".join(note.message for note in app._notifications)


# -- What it shows -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_shows_how_the_run_stands(home: Path, size: tuple[int, int]) -> None:
    async with dashboard(fake_run(home, "novelas-1"), size) as (app, _pilot, _screen):
        seen = shown(app)
        for part in ("novelas-1", "running", "40%", "step 400/1,000", "0:30 left", "loss, nats", "o val"):
            assert part in seen
        assert f"{loss_at(400):.4f}" in seen
        assert "Había una vez un texto del paso 400." in seen
        assert "3.0e-4" in seen
        assert "93%" in seen


async def test_without_colours_everything_is_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, _screen):
        assert "o val" in shown(app)
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: "loss, nats" in shown(app))


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (300, 80)])
async def test_any_size_will_do(home: Path, size: tuple[int, int]) -> None:
    async with dashboard(fake_run(home, "novelas-1"), size) as (app, pilot, _screen):
        assert "running" in shown(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "loss, nats" in shown(app))


async def test_without_a_choice_the_run_at_work_is_shown(home: Path) -> None:
    fake_run(home, "old", state="finished")
    fake_run(home, "at-work")
    fake_run(home, "newer", state="stopped")
    async with dashboard(None) as (app, _pilot, _screen):
        assert app.run_shown is not None
        assert app.run_shown.name == "at-work"


async def test_an_empty_home_says_what_to_do(home: Path) -> None:
    async with app_open() as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "No run is here yet" in shown(app))
        await pilot.press("p")
        await pilot.pause()
        assert "no run is chosen" in notified(app)


async def test_new_records_appear(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, screen):
        text = {"kind": "sample", "time": time.time(), "step": 410, "text": "[b]Un texto nuevo"}
        await append(run, train_record(410, time.time()), text)
        change_status(run, step=410, train_loss=1.2345)
        await until(pilot, lambda: "step 410/1,000" in shown(app) and "1.2345" in shown(app))
        assert "[b]Un texto nuevo" in shown(app)
        assert screen.snapshot is not None
        assert screen.snapshot.curves.loss.step[-1] == 410


async def test_ascii_terminals_get_ascii_alone(home: Path) -> None:
    run = fake_run(home, "plain", steps=200)
    run.metrics_path.write_text(run.metrics_path.read_text().replace("Había", "Habia"))  # the model's texts are its own
    async with dashboard(run, charts="ascii") as (app, pilot, _screen):
        for _pane in range(4):
            own = [line for line in shown(app).splitlines() if "palette" not in line]  # the footer is not ours
            assert "\n".join(own).isascii()
            await pilot.press("right_square_bracket")
            await pilot.pause()


async def test_several_panes_hold_the_rest(home: Path) -> None:
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, _screen):
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "val loss" in shown(app))
        assert "best" in shown(app)
        assert f"{loss_at(300):.4f}" in shown(app)
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "checkpoint saved at step 400" in shown(app))
        assert "421,000 parameters, on CPU" in shown(app)
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "Some GPU" in shown(app))
        assert "64 °C  410 / 700 W" in shown(app)


async def test_a_damaged_checkpoint_says_so(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    (run.checkpoints_path / "step-00000300" / "model.safetensors").write_bytes(b"")
    async with dashboard(run, (120, 40)) as (app, pilot, _screen):
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "damaged:" in shown(app))


# -- Looking -----------------------------------------------------------------------------------------------------------


async def test_the_chart_can_be_looked_at_in_many_ways(home: Path) -> None:
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, screen):
        for key, told in (
            ("T", "smoothing 0.95"),
            ("t", "smoothing 0.9"),
            ("u", "log y"),
            ("U", "log xy"),
            ("x", "\ntime"),
            ("x", "\ntokens"),
            ("x", "\nstep"),
            ("b", "loss, bits/byte"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert told in shown(app), key
        await pilot.press("v", "v")
        await pilot.pause()
        assert "o val" not in shown(app)
        assert "smooth" in shown(app)
        chart = screen.chart_panel.chart
        assert chart is not None
        zoomed = []
        for key in ("plus", "0", "right", "escape"):
            await pilot.press(key)
            zoomed.append(chart.zoomed)
        assert zoomed == [True, False, True, False]
        await pilot.press("comma", "comma")
        await pilot.pause()
        assert "train 1." in shown(app) or "train 2." in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not chart.has_cursor


async def test_the_mouse_zooms_and_reads(home: Path) -> None:
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, screen):
        await pilot.hover("#plot", offset=(20, 5))
        await until(pilot, lambda: "train 2." in shown(app) or "train 3." in shown(app))
        chart = screen.chart_panel.chart
        assert chart is not None
        await pilot._post_mouse_events([_scroll()], "#plot", offset=(20, 5))
        await until(pilot, lambda: chart.zoomed)


def _scroll() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_a_frozen_chart_stands_still_while_the_numbers_go_on(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, _screen):
        await pilot.press("d", "space")  # the faked run is hours old, so it seems to stall
        await pilot.pause()
        assert " frozen " in shown(app)
        chart = _chart_rows(app)
        await append(run, *(train_record(step, time.time()) for step in range(410, 1001, 10)))
        change_status(run, step=1000, train_loss=1.2345)
        await until(pilot, lambda: "1.2345" in shown(app))
        assert _chart_rows(app) == chart
        await pilot.press("space")
        await until(pilot, lambda: " frozen " not in shown(app))
        assert _chart_rows(app) != chart


def _chart_rows(app: TuiApp) -> list[str]:
    rows = shown(app).splitlines()
    first = next(index for index, row in enumerate(rows) if "smoothing" in row)
    return rows[first + 1 : first + 8]


async def test_z_enlarges_and_escape_takes_it_back(home: Path) -> None:
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, _screen):
        await pilot.press("z")
        await pilot.pause()
        assert "Checkpoints" not in shown(app)
        await pilot.press("escape", "tab", "z")
        await pilot.pause()
        assert "loss, nats" not in shown(app)
        assert "paso 100" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "loss, nats" in shown(app)


async def test_the_log_is_filtered_and_copied(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    with run.log_path.open("a") as log:
        log.write("something odd\n")
    async with dashboard(run) as (app, pilot, _screen):
        await pilot.press("slash", *"paso 3", "escape")  # samples, first
        await pilot.press("right_square_bracket", "right_square_bracket", "slash", *"ODD")
        await until(pilot, lambda: "checkpoint saved" not in shown(app))
        assert "something odd" in shown(app)
        await pilot.press("enter", "y")
        await pilot.pause()
        assert app.clipboard.strip() == "something odd"
        await pilot.press("escape")
        await until(pilot, lambda: "checkpoint saved" in shown(app))


async def test_copying_takes_what_is_focused(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, screen):
        await pilot.press("y")
        assert "\t1.5946" in app.clipboard
        screen.panes.focus_pane()
        await pilot.press("down", "y")
        assert app.clipboard == "Había una vez un texto del paso 300."
        await pilot.press("right_square_bracket")
        await pilot.pause()
        await pilot.press("y")
        assert app.clipboard == str(run.checkpoints_path / "step-00000400")


async def test_the_curves_are_saved_for_other_programs(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, _screen):
        await pilot.press("w")
        await until(pilot, lambda: "Save the curves" in shown(app))
        line = app.screen.query_one(Input)
        line.value, default = "nowhere/x", line.value
        await pilot.press("enter")
        await until(pilot, lambda: "there is no folder" in shown(app))
        line.value = default
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "novelas-1-curves.svg").exists())
    with (tmp_path / "novelas-1-curves.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    trained = [row for row in rows if row["train_loss"]]
    assert [int(row["step"]) for row in trained] == list(range(10, 401, 10))
    assert float(trained[-1]["tokens"]) == 400 * TOKENS
    assert float(trained[-1]["seconds"]) == pytest.approx(400 * SECONDS)
    assert [int(row["step"]) for row in rows if row["val_loss"]] == [0, 100, 200, 300, 400]
    assert "<svg" in (tmp_path / "novelas-1-curves.svg").read_text(encoding="utf-8")


# -- Asking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [50, 400])
async def test_requests_are_put_and_their_answers_told(home: Path, steps: int) -> None:
    run = fake_run(home, "novelas-1", steps=steps)  # without events before, and with some
    async with dashboard(run) as (app, pilot, _screen):
        await pilot.press("p", "c", "e")
        await pilot.pause()
        assert [one.kind for one in take_requests(run)] == ["pause", "checkpoint", "evaluate"]
        assert "asked: pause" in shown(app)
        answers: list[dict[str, Any]] = [
            {"kind": "event", "time": time.time(), "event": "request", "request": kind, "step": 400, "arguments": {}}
            for kind in ("pause", "checkpoint", "evaluate")
        ]
        await append(run, *answers)
        change_status(run, state="paused")
        await until(pilot, lambda: "paused" in shown(app) and "asked" not in shown(app).splitlines()[1])
        await until(pilot, lambda: "taken up at step 400: pause" in notified(app))
        await pilot.press("p")
        await pilot.pause()
        assert [one.kind for one in take_requests(run)] == ["continue"]
        await pilot.press("S")
        await pilot.pause()
        assert [one.kind for one in take_requests(run)] == ["stop"]


async def test_a_click_in_the_footer_does_what_the_key_does(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, _screen):
        rows = shown(app).splitlines()
        await pilot.click(offset=(rows[-1].index("pause"), len(rows) - 1))
        await pilot.pause()
        assert [one.kind for one in take_requests(run)] == ["pause"]


async def test_another_learning_rate_is_asked_for(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, _screen):
        await pilot.press("r")
        await until(pilot, lambda: "highest learning rate" in shown(app))
        assert "0.0003" in shown(app)
        await pilot.press(*"fast", "enter")
        await until(pilot, lambda: "that is no learning rate." in shown(app))
        await pilot.press("ctrl+a", "ctrl+k", *"1e-4", "enter")
        await until(pilot, lambda: any(run.control_path.iterdir()))
        assert [(one.kind, one.arguments) for one in take_requests(run)] == [("set_lr", {"lr": 1e-4})]


async def test_what_cannot_be_done_says_why(home: Path) -> None:
    run = fake_run(home, "done", state="finished", steps=1000)
    async with dashboard(run) as (app, pilot, _screen):
        await pilot.press("p")
        await pilot.pause()
        assert "the run is finished" in notified(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "has spent its budget" in notified(app)
        assert not any(run.control_path.iterdir())


async def test_a_read_only_window_asks_for_nothing(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(None, watch=run, read_only=True) as (app, pilot, _screen):
        for key in ("p", "S", "c", "e", "r", "f"):
            await pilot.press(key)
        await pilot.pause()
        assert "only watches" in notified(app)
        assert not any(run.control_path.iterdir())
        await pilot.press("u")
        await pilot.pause()
        assert "log y" in shown(app)


async def test_a_dead_worker_is_told_of_and_enter_resumes_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, bool]] = []

    def start(run: RunDirectory, queue: bool = False) -> int:
        started.append((run.name, queue))
        return 1

    monkeypatch.setattr("tui_llm.runs.launch.start_worker", start)
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, _screen):
        with run.log_path.open("a") as log:
            log.write("Killed by somebody\n")
        change_status(run, pid=NOBODY)
        await until(pilot, lambda: "crashed" in shown(app) and "enter resumes it" in shown(app))
        await until(pilot, lambda: "Killed by somebody" in shown(app))
        assert "the worker is gone" in notified(app)
        await pilot.press("enter")
        await until(pilot, lambda: bool(started))
        assert started == [("novelas-1", False)]
        await pilot.press("R")
        await pilot.pause()
        assert started == [("novelas-1", False)]


async def test_generating_leads_to_the_console_with_the_chosen_checkpoint(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str | None]] = []
    monkeypatch.setattr(TuiApp, "open_console", lambda self, run, checkpoint=None: asked.append((run.name, checkpoint)))
    async with dashboard(fake_run(home, "novelas-1")) as (_app, pilot, screen):
        await pilot.press("g", "right_square_bracket")
        screen.panes.focus_pane()
        await pilot.pause()
        screen.panes.focus_pane()
        await pilot.press("down", "g")
    assert asked == [("novelas-1", "last"), ("novelas-1", "300")]


async def test_another_run_is_chosen(home: Path) -> None:
    fake_run(home, "other", steps=300, state="stopped")
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, screen):
        await pilot.press("i")
        await until(pilot, lambda: "Which run?" in shown(app))
        await pilot.press("down" if "novelas-1" < "other" else "up", "enter")
        await until(pilot, lambda: app.screen is screen and screen.snapshot is not None)
        await until(pilot, lambda: "stopped" in shown(app) and "step 300" in shown(app))
        assert "other" in shown(app).splitlines()[0]
        assert "paso 400" not in shown(app)


# -- Damage ------------------------------------------------------------------------------------------------------------


async def test_alerts_stand_in_a_line_until_they_are_dismissed(home: Path) -> None:
    run = fake_run(home, "novelas-1", steps=1000, of=2000)
    late = train_record(1010, time.time())
    late["losses"] = [*late["losses"][:-1], 25.0]
    async with dashboard(run) as (app, pilot, _screen):
        while "! " in shown(app):  # the faked run is hours old, so it seems to stall
            await pilot.press("d")
            await pilot.pause()
        await append(run, late, *(train_record(step, time.time()) for step in range(1020, 1100, 10)))
        await until(pilot, lambda: "jumped to 25 at step 1,010" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "jumped" not in shown(app))


async def test_damaged_files_end_nothing(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    with run.metrics_path.open("ab") as metrics:
        metrics.write(b'{"kind": "train", "st\n\xff\xfe\x00\n[1, 2]\n' * 3)
    run.config_path.write_text("this is = = not toml", encoding="utf-8")
    async with dashboard(run) as (app, pilot, _screen):
        assert "running" in shown(app)
        run.status_path.write_bytes(b"{")
        await until(pilot, lambda: "damaged" in shown(app).splitlines()[1])
        await pilot.press("p")
        await until(pilot, lambda: "the run is damaged" in notified(app))


async def test_a_deleted_run_is_gone_and_another_can_be_chosen(home: Path) -> None:
    run = fake_run(home, "novelas-1")
    async with dashboard(run) as (app, pilot, _screen):
        shutil.rmtree(run.path)
        await until(pilot, lambda: "gone" in shown(app))
        await pilot.press("i")
        await until(pilot, lambda: "there are no runs yet" in notified(app))


async def test_a_full_disk_is_told_and_ends_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui_llm.screens.training_actions.request", refuse)
    async with dashboard(fake_run(home, "novelas-1")) as (app, pilot, _screen):
        await pilot.press("c")
        await pilot.pause()
        assert "no space is left on the disk" in notified(app)
        assert "running" in shown(app)


async def test_a_run_that_prepares_has_no_losses_yet(home: Path) -> None:
    run = fake_run(home, "new", state="preparing", steps=0, stage="encoding", stage_share=0.5)
    run.metrics_path.unlink()
    async with dashboard(run) as (app, pilot, _screen):
        assert "no losses yet" in shown(app)
        assert "cutting the text into tokens" in shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert "there are no losses to show yet" in notified(app)
        await append(run, train_record(10, time.time()))
        await until(pilot, lambda: "loss, nats" in shown(app))
