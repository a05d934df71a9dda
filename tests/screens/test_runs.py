"""The Runs screen: what it lists, and what its keys and clicks do."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.fakes import app_open, fake_run, shown, until
from tui_llm.app import TuiApp
from tui_llm.draft import EMPTY, Draft
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import read_status, write_status
from tui_llm.screens.compare import CompareScreen
from tui_llm.screens.runs import RunsScreen
from tui_llm.screens.runs_start import WhenToStart
from tui_llm.widgets.dialogs import Confirm, TextPrompt


def runs_of(app: TuiApp) -> RunsScreen:
    assert isinstance(app.screen, RunsScreen)
    return app.screen


def current(app: TuiApp) -> str:
    """The run under the cursor."""
    line = runs_of(app).current
    assert line is not None
    return line.name


def order(app: TuiApp) -> list[str]:
    """The runs from top to bottom."""
    return [text.split()[0] for text in shown(app).splitlines() if text.startswith("  r")]


def asked(run: RunDirectory) -> list[str]:
    """What was asked of the run's worker."""
    return [path.stem.rpartition("-")[2] for path in sorted(run.control_path.iterdir())]


def change(run: RunDirectory, **changes: object) -> None:
    write_status(run, msgspec.structs.replace(read_status(run), **changes))


def notices(app: TuiApp) -> str:
    return "\n".join(f"{notice.title} {notice.message}" for notice in app._notifications)


async def opened(app: TuiApp, pilot: Pilot[None], kind: type) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """The runs whose worker was started, and whether it waits its turn; none is really started."""
    calls: list[tuple[str, bool]] = []

    def start_worker(run: RunDirectory, queue: bool = False) -> int:
        calls.append((run.name, queue))
        return 1

    monkeypatch.setattr("tui_llm.runs.launch.start_worker", start_worker)
    return calls


# -- What it lists ---------------------------------------------------------------------------------------------------


async def test_the_first_picture_has_every_run(home: Path) -> None:
    fake_run(home, "r-running")
    fake_run(home, "r-finished", state="finished", steps=1000)
    fake_run(home, "r-crashed", state="crashed")
    fake_run(home, "r-waiting", state="queued", steps=0, val_bits_per_byte=None)
    (home / "runs" / "r-damaged").mkdir()
    (home / "runs" / "r-damaged" / "status.json").write_bytes(b"\xff{")
    async with app_open() as (app, _pilot):
        text = {line.split()[0]: line for line in shown(app).splitlines() if line.startswith("  r-")}
        assert "running" in text["r-running"]
        assert "40%" in text["r-running"]
        assert "30.7k" in text["r-running"]
        assert "0:30" in text["r-running"]
        assert "100%" in text["r-finished"]
        assert "crashed" in text["r-crashed"]
        assert "place 1" in text["r-waiting"]
        assert "damaged" in text["r-damaged"]
        assert "5 runs, 2 at work" in shown(app)


async def test_a_change_is_seen_while_one_looks(home: Path) -> None:
    run = fake_run(home, "novelas")
    async with app_open() as (app, pilot):
        change(run, step=900)
        await until(pilot, lambda: "90%" in shown(app))
        assert "▇" in shown(app), "the shape of the loss"


async def test_the_end_of_a_training_is_told(home: Path) -> None:
    run = fake_run(home, "novelas")
    async with app_open() as (app, pilot):
        change(run, state="finished")
        await until(pilot, lambda: "novelas is finished" in notices(app))


async def test_a_crashed_run_shows_its_last_words_and_the_key_that_resumes_it(home: Path) -> None:
    run = fake_run(home, "novelas", state="crashed")
    run.log_path.write_text("step 400\nKilled by the [b]kernel[/b].\n", encoding="utf-8")
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "Killed by the [b]kernel[/b]." in shown(app))
        assert "r resumes it from its last checkpoint" in shown(app)


async def test_a_failed_run_says_why_and_what_to_do(home: Path) -> None:
    fake_run(home, "novelas", state="failed", error="the loss is not finite.", hint="lower the learning rate.")
    async with app_open() as (app, _pilot):
        assert "The loss is not finite. Lower the learning rate." in shown(app)


async def test_a_preparing_run_shows_its_stage(home: Path) -> None:
    fake_run(home, "novelas", state="preparing", steps=0, stage="encoding", stage_share=0.5)
    async with app_open() as (app, _pilot):
        assert "cutting the text into tokens, 50%" in shown(app)


async def test_an_empty_home_says_what_to_do_first(home: Path) -> None:
    async with app_open() as (app, pilot):
        assert "Press  n  to make one" in shown(app)
        app.draft = Draft({"preset": "gpt2"})
        await pilot.press("n")
        await until(pilot, lambda: app.current_mode == "dataset")
        assert app.draft == EMPTY


async def test_the_first_runs_come_while_one_looks(home: Path) -> None:
    async with app_open() as (app, pilot):
        assert "Press  n  to make one" in shown(app)
        fake_run(home, "r1", state="finished")
        fake_run(home, "r2", state="finished")
        await until(pilot, lambda: "2 runs" in shown(app))
        above = current(app)
        await pilot.press("j")
        await until(pilot, lambda: current(app) != above)


async def test_a_changed_key_is_the_one_that_is_told(home: Path) -> None:
    fake_run(home, "novelas", state="stopped")
    async with app_open(keymap={"runs.resume": "z"}) as (app, _pilot):
        assert "z resumes it" in shown(app)


async def test_strange_folders_end_nothing(home: Path) -> None:
    (home / "runs" / "[b]bold[").mkdir(parents=True)
    (home / "runs" / "[b]bold[" / "status.json").mkdir()
    (home / "runs" / "escape\x1b[2J").mkdir()
    run = fake_run(home, "torn", state="failed", error="[/nothing] opened.")
    run.metrics_path.write_bytes(b"\x00\xff" * 5000)
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "[b]bold[" in shown(app))
        for _ in range(3):
            await pilot.press("down")
            assert "\x1b" not in shown(app)
        assert "escape?[2J" in shown(app)
        assert "3 runs" in shown(app)


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (120, 40), (200, 60)])
async def test_other_sizes(home: Path, size: tuple[int, int]) -> None:
    for number in range(30):
        fake_run(home, f"r-{number}", steps=10)
    async with app_open(size) as (app, pilot):
        await pilot.press("end")
        await pilot.press("up")
        assert current(app) in shown(app)


async def test_poor_terminals_get_ascii(home: Path) -> None:
    fake_run(home, "novelas")
    async with app_open(charts="ascii") as (app, pilot):
        await pilot.press("space", "O")
        await until(pilot, lambda: "#" in shown(app))
        between = shown(app).splitlines()[1:-1]
        assert "\n".join(between).isascii()


# -- Order and filter ------------------------------------------------------------------------------------------------


async def test_a_key_and_a_click_sort_and_the_cursor_stays_on_its_run(home: Path) -> None:
    for number, bits in ((1, 2.0), (2, 1.0), (3, 3.0)):
        fake_run(home, f"r{number}", state="finished", val_bits_per_byte=bits)
    async with app_open() as (app, pilot):
        await pilot.press("o")
        assert order(app) == ["r1", "r2", "r3"]
        assert "name▲" in shown(app)
        await pilot.press("end")
        header = shown(app).splitlines()[1]
        await pilot.click("#runs", offset=(header.index("bits"), 0))
        await pilot.pause()
        assert order(app) == ["r2", "r1", "r3"]
        assert "▲bits" in shown(app)
        await pilot.click("#runs", offset=(header.index("bits"), 0))
        await pilot.pause()
        assert order(app) == ["r3", "r1", "r2"]
        assert current(app) == "r3"
        await pilot.press("O")
        assert order(app) == ["r2", "r1", "r3"]
        assert current(app) == "r3"


async def test_the_filter_works_as_one_types_and_esc_leaves_it(home: Path) -> None:
    fake_run(home, "r-novelas", state="finished")
    fake_run(home, "r-poemas", state="stopped")
    async with app_open() as (app, pilot):
        await pilot.press("slash", *"poe")
        await pilot.pause()
        assert order(app) == ["r-poemas"]
        assert "1 of 2 runs" in shown(app)
        await pilot.press("enter")
        assert not isinstance(app.focused, Input)
        assert order(app) == ["r-poemas"]
        await pilot.press("escape")
        assert set(order(app)) == {"r-novelas", "r-poemas"}
        await pilot.press("slash", *"zzz")
        await pilot.pause()
        assert "no run matches" in shown(app)
        await pilot.press("escape")
        assert len(order(app)) == 2


# -- What can be done ------------------------------------------------------------------------------------------------


async def test_enter_and_a_double_click_open_the_dashboard(home: Path) -> None:
    for name in ("r1", "r2"):
        fake_run(home, name)
    async with app_open() as (app, pilot):
        name = current(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "training")
        assert app.run_shown is not None
        assert app.run_shown.name == name
        await pilot.press("1")
        await until(pilot, lambda: app.current_mode == "runs")
        await pilot.click("#runs", offset=(5, 2))
        other = current(app)
        assert other != name
        await pilot.double_click("#runs", offset=(5, 2))
        await until(pilot, lambda: app.current_mode == "training")
        assert app.run_shown.name == other


async def test_one_key_pauses_and_continues(home: Path) -> None:
    run = fake_run(home, "novelas")
    async with app_open() as (app, pilot):
        await pilot.press("p")
        assert asked(run) == ["pause"]
        change(run, state="paused")
        await until(pilot, lambda: "p continue" in shown(app))
        await pilot.press("p")
        assert asked(run) == ["pause", "continue"]


async def test_a_click_on_the_footer_stops(home: Path) -> None:
    run = fake_run(home, "novelas")
    async with app_open() as (app, pilot):
        footer = shown(app).splitlines()[-1]
        await pilot.click(offset=(footer.index("s stop") + 2, 23))
        assert asked(run) == ["stop"]
        assert "it can be resumed" in notices(app)


async def test_a_key_that_is_off_says_why(home: Path) -> None:
    run = fake_run(home, "novelas", state="finished", steps=1000)
    async with app_open() as (app, pilot):
        for key, reason in (
            ("p", "only a running one can be paused"),
            ("s", "novelas is finished already"),
            ("r", "fork it with a larger one"),
            ("c", "mark two runs or more"),
        ):
            await pilot.press(key)
            assert reason in notices(app)
        assert asked(run) == []


async def test_r_starts_the_worker_of_a_crashed_run_once(home: Path, started: list[tuple[str, bool]]) -> None:
    run = fake_run(home, "novelas", state="crashed")
    async with app_open() as (app, pilot):
        await pilot.press("r")
        await until(pilot, lambda: started)
        await pilot.press("r")
        await until(pilot, lambda: "novelas is being started" in notices(app))
        assert started == [("novelas", False)]
        change(run, heartbeat=1.0)  # the worker has begun, and is gone again
        await until(pilot, lambda: app.screen.check_action("resume", ()))
        await pilot.press("r")
        await until(pilot, lambda: len(started) == 2)


@pytest.mark.parametrize(("key", "result"), [("w", [("r-old", True)]), ("n", [("r-old", False)]), ("escape", [])])
async def test_while_another_run_trains_it_asks_when(
    home: Path, started: list[tuple[str, bool]], key: str, result: list[tuple[str, bool]]
) -> None:
    fake_run(home, "r-busy")
    fake_run(home, "r-old", state="stopped")
    async with app_open() as (app, pilot):
        await pilot.press("down")
        assert current(app) == "r-old"
        await pilot.press("r")
        await opened(app, pilot, WhenToStart)
        assert "At work now: r-busy." in shown(app)
        await pilot.press(key)
        await opened(app, pilot, RunsScreen)
        await until(pilot, lambda: started == result)


async def test_renaming(home: Path) -> None:
    run = fake_run(home, "novelas", state="stopped")
    fake_run(home, "taken", state="finished")
    async with app_open() as (app, pilot):
        await pilot.press("slash", *"novelas", "enter", "R")
        await opened(app, pilot, TextPrompt)
        await pilot.press(*"taken", "enter")
        assert "there is a run named taken already" in shown(app)
        await pilot.press("backspace", "enter")
        await opened(app, pilot, RunsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: current(app) == "take")
        assert not run.path.exists()


async def test_deleting_asks_and_the_safe_answer_is_near(home: Path) -> None:
    run = fake_run(home, "novelas", state="stopped")
    async with app_open() as (app, pilot):
        await pilot.press("D")
        await opened(app, pilot, Confirm)
        await pilot.press("enter")
        await opened(app, pilot, RunsScreen)
        assert run.exists()
        await pilot.press("D")
        await opened(app, pilot, Confirm)
        await pilot.press("y")
        await until(pilot, lambda: "Press  n  to make one" in shown(app))
        assert not run.path.exists()


async def test_a_damaged_run_can_be_deleted_but_not_one_at_work(home: Path) -> None:
    (home / "runs" / "damaged").mkdir(parents=True)
    (home / "runs" / "damaged" / "status.json").write_text("?", encoding="utf-8")
    fake_run(home, "running")
    async with app_open() as (app, pilot):
        assert current(app) == "running"
        await pilot.press("D")
        assert "stop it first" in notices(app)
        await pilot.press("down", "D")
        await opened(app, pilot, Confirm)
        await pilot.press("y")
        await until(pilot, lambda: not (home / "runs" / "damaged").exists())


async def test_the_disk_refuses(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_run(home, "novelas")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui_llm.screens.runs_actions.request", full)
    async with app_open() as (app, pilot):
        await pilot.press("p")
        assert "no space is left on the disk" in notices(app)


async def test_generating_and_copying(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = fake_run(home, "novelas")
    opened: list[RunDirectory] = []
    async with app_open() as (app, pilot):
        monkeypatch.setattr(app, "open_console", opened.append)
        await pilot.press("y")
        assert app.clipboard == str(run.path)
        await pilot.press("g")
        assert opened == [run]


async def test_marked_runs_are_compared(home: Path) -> None:
    for name, state in (("r1", "finished"), ("r2", "stopped"), ("r3", "failed")):
        fake_run(home, name, state=state)
    async with app_open() as (app, pilot):
        await pilot.press("o", "home", "space", "space", "c")
        await opened(app, pilot, CompareScreen)
        await until(pilot, lambda: "2 runs compared" in shown(app) and "stopped" in shown(app))
        assert "r3" not in shown(app)
        await pilot.press("escape")
        await opened(app, pilot, RunsScreen)
        await pilot.press("home", "space", "c")
        assert "mark two runs or more" in notices(app)


def test_only_what_is_light_is_imported() -> None:
    """The first frame must come at once."""
    import subprocess
    import sys

    heavy = "{'numpy', 'torch', 'textual_plot', 'pyarrow', 'sentencepiece', 'tokenizers'}"
    code = f"import sys, tui_llm.app, tui_llm.screens.runs; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
