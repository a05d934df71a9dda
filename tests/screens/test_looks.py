"""What the screens look like, kept as SVG: 80x24 and 120x40, dark, light, without colours, in Spanish and Portuguese.

`pytest tests/screens/test_looks.py --snapshot-update` accepts a new look; look at it first.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.configure_fakes import FakeProbe
from tests.screens.console_fakes import FakeWorker
from tests.screens.fakes import fake_run, shown, until
from tests.screens.inspect_fakes import FakeWorker as FakeInspector
from tests.screens.inspect_fakes import write_probes
from tui_llm.draft import Draft, Facts
from tui_llm.machine import Machine
from tui_llm.runs.directory import RunDirectory
from tui_llm.settings import read_settings
from tui_llm.translation import set_language

SnapCompare = Callable[..., bool]
Look = Callable[..., bool]

SMALL, LARGE = (80, 24), (120, 40)

#: Small and large, dark and light, without colours, and the other languages.
LOOKS = [
    pytest.param({}, id="dark"),
    pytest.param({"size": LARGE}, id="large"),
    pytest.param({"theme": "light"}, id="light"),
    pytest.param({"no_color": True}, id="nocolor"),
    pytest.param({"language": "es"}, id="es"),
    pytest.param({"language": "pt"}, id="pt"),
]


@pytest.fixture
def runs(home: Path) -> list[RunDirectory]:
    """One of each kind."""
    return [
        fake_run(
            home, "diario", state="failed", steps=100, error="the loss stopped being a finite number at step 110."
        ),
        fake_run(home, "cuentos", state="finished", steps=1000, val_bits_per_byte=1.871, time_left=None),
        fake_run(home, "refranes", state="crashed", steps=300),
        fake_run(home, "novela", steps=600),
    ]


@pytest.fixture
def look(
    snap_compare: SnapCompare, home: Path, runs: list[RunDirectory], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Look]:
    """Compare how the app looks after `act`, in one of `LOOKS`, with how it is to look."""

    def compare(
        act: Callable[[Any, Pilot[None]], Any],
        *,
        size: tuple[int, int] = SMALL,
        theme: str = "dark",
        no_color: bool = False,
        language: str = "en",
    ) -> bool:
        if no_color:
            monkeypatch.setenv("NO_COLOR", "1")
        languages.append(language)
        set_language(language)
        put_aside.update(exchange_the_app(_imported.get(language, {})))
        made = importlib.import_module("tui_llm.app").TuiApp(read_settings(theme=theme))
        machine = Machine(gpus=(), cpu=0.42, cores=2, memory_used=3_100_000_000, memory_total=25_000_000_000, load=1.5)
        monkeypatch.setattr("tui_llm.machine.MachineReader.read", lambda _self: machine)
        panel = importlib.import_module("tui_llm.screens.configure_panel")
        console = importlib.import_module("tui_llm.screens.console")
        monkeypatch.setattr(panel, "WorkerProcess", FakeProbe)
        monkeypatch.setattr(console, "WorkerProcess", lambda module, log: FakeWorker())
        inspect = importlib.import_module("tui_llm.screens.inspect")
        monkeypatch.setattr(inspect, "WorkerProcess", lambda module, log: FakeInspector())
        monkeypatch.setattr("random.randrange", lambda _end: 1337)
        made.run_shown = runs[-1]

        async def prepare(pilot: Pilot[None]) -> None:
            await act(made, pilot)
            before = ""
            while before != (before := made.export_screenshot()):
                await until(pilot, lambda: not waits(made))
                await pilot.pause()

        return snap_compare(made, terminal_size=size, run_before=prepare)

    put_aside: dict[str, ModuleType] = {}
    languages: list[str] = []
    yield compare
    set_language("en")
    _imported[languages[0]] = exchange_the_app(put_aside)  # other tests hold the classes that are in these


def waits(app: Any) -> bool:
    """Whether anything in sight is to be done in less than half a second, and is not done yet."""
    timers = [timer for node in (app, *app.screen.walk_children(with_self=True)) for timer in node._timers]
    once = [timer._task for timer in timers if timer._repeat == 0 and timer._interval < 0.5]
    return any(not task.done() for task in once if task is not None)


_imported: dict[str, dict[str, ModuleType]] = {}
"""The app's modules in each language: the names of their keys are made with their classes."""


def exchange_the_app(modules: dict[str, ModuleType]) -> dict[str, ModuleType]:
    """Have the app consist of `modules`, others being imported anew; give those of which it consisted."""
    names = [name for name in sys.modules if name.startswith(("tui_llm.app", "tui_llm.screens", "tui_llm.widgets"))]
    before = {name: sys.modules.pop(name) for name in names}
    sys.modules.update(modules)
    for name, module in modules.items():
        parent, _, last = name.rpartition(".")
        setattr(sys.modules[parent], last, module)
    return before


async def see_runs(app: Any, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "▇" in shown(app) or "█" in shown(app))


async def see_training(app: Any, pilot: Pilot[None]) -> None:
    app.switch_mode("training")
    await until(pilot, lambda: "Había una vez" in shown(app) and "┼" in shown(app))


async def see_config(app: Any, pilot: Pilot[None]) -> None:
    app.switch_mode("config")
    await until(pilot, lambda: "n_layer" in shown(app))
    await pilot.press("down", "down")


async def see_mlp(app: Any, pilot: Pilot[None]) -> None:
    Path("novela.txt").write_text("En un lugar de la Mancha, de cuyo nombre no quiero acordarme.\n" * 400)
    request = {"preset": "mlp", "data": {"texts": ["novela.txt"]}, "model": {"context": 12}}
    app.open_config(Draft(request, Facts(bytes=24_800)))
    await until(pilot, lambda: "12 tokens" in shown(app))
    await pilot.press("g", "g", "down", "down")


async def see_rate(app: Any, pilot: Pilot[None]) -> None:
    Path("novela.txt").write_text("En un lugar de la Mancha, de cuyo nombre no quiero acordarme.\n" * 400)
    app.open_config(Draft({"preset": "gpt-mini", "data": {"texts": ["novela.txt"]}}, Facts(bytes=24_800)))
    await until(pilot, lambda: " 2k" in shown(app))
    await pilot.press("r")
    await until(pilot, lambda: "0.0032" in shown(app))


async def see_dataset(app: Any, pilot: Pilot[None]) -> None:
    Path("novela.txt").write_text("En un lugar de la Mancha, de cuyo nombre no quiero acordarme.\n" * 400)
    app.switch_mode("dataset")
    await pilot.press("a", *"novela.txt", "enter")
    await until(pilot, lambda: "utf-8" in shown(app))


async def see_console(app: Any, pilot: Pilot[None]) -> None:
    app.switch_mode("console")
    await until(pilot, lambda: "T 0.8" in shown(app))
    app.screen.action_prompt()
    await pilot.press(*"En un lugar", "enter")
    await until(pilot, lambda: "ladra" in shown(app))
    await pilot.press("left")


async def see_parameters(app: Any, pilot: Pilot[None]) -> None:
    app.switch_mode("inspect")
    await until(pilot, lambda: "wte.weight" in shown(app) and "30x12, " in shown(app))


async def see_attention(app: Any, pilot: Pilot[None]) -> None:
    await see_parameters(app, pilot)
    await pilot.press("a", "i", *"En un lugar de la Mancha", "enter")
    await until(pilot, lambda: "24 a " in shown(app))
    await pilot.press("up", "up", "right")


async def see_embeddings(app: Any, pilot: Pilot[None]) -> None:
    await see_parameters(app, pilot)
    await pilot.press("e", "i", "ñ", "enter")
    await until(pilot, lambda: "0.90" in shown(app))


async def see_activations(app: Any, pilot: Pilot[None]) -> None:
    write_probes(app.run_shown, range(0, 801, 100))
    await see_parameters(app, pilot)
    await pilot.press("v", "down")
    await until(pilot, lambda: "800" in shown(app).split("\n")[2])


async def see_updates(app: Any, pilot: Pilot[None]) -> None:
    await see_activations(app, pilot)
    await pilot.press("u")
    await until(pilot, lambda: "┼" in shown(app))


async def see_lesson(app: Any, pilot: Pilot[None], *, steps: int = 5) -> None:
    """The step of the first lesson whose figure is a plane; or another one."""
    app.switch_mode("learn")
    await until(pilot, lambda: "0/" in shown(app))
    await pilot.press("enter")
    for number in range(1, steps):
        await until(pilot, lambda number=number: f" {number} " in shown(app).split("\n")[1].rpartition("○")[2])
        await pilot.press("n")
    await until(pilot, lambda: f" {steps} " in shown(app).split("\n")[1].rpartition("○")[2])
    figure = app.screen.view.figure
    await until(pilot, lambda: figure is None or figure.settled or not figure.display)


async def see_answer(app: Any, pilot: Pilot[None]) -> None:
    await see_lesson(app, pilot, steps=2)
    await pilot.press("enter")
    await until(pilot, lambda: "✗" in shown(app) and "1·1" in shown(app))


async def see_exercise(app: Any, pilot: Pilot[None]) -> None:
    await see_lesson(app, pilot, steps=4)
    await until(pilot, lambda: "return 0" in shown(app))
    await pilot.press("c")
    await until(pilot, lambda: "✗" in shown(app), 30)


async def see_lessons(app: Any, pilot: Pilot[None]) -> None:
    app.switch_mode("learn")
    await until(pilot, lambda: "0/" in shown(app))


async def see_help(app: Any, pilot: Pilot[None]) -> None:
    await pilot.press("question_mark")
    await until(pilot, lambda: type(app.screen).__name__ == "HelpScreen" and "bits" in shown(app))


@pytest.mark.parametrize("how", LOOKS)
def test_runs(look: Look, how: dict[str, Any]) -> None:
    assert look(see_runs, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_training(look: Look, how: dict[str, Any]) -> None:
    assert look(see_training, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_config(look: Look, how: dict[str, Any]) -> None:
    assert look(see_config, **how)


@pytest.mark.parametrize("how", [LOOKS[0], LOOKS[4], LOOKS[5]])
def test_config_of_an_mlp(look: Look, how: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert look(see_mlp, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_rate(look: Look, how: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert look(see_rate, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_dataset(look: Look, how: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert look(see_dataset, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_console(look: Look, how: dict[str, Any]) -> None:
    assert look(see_console, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_parameters(look: Look, how: dict[str, Any]) -> None:
    assert look(see_parameters, **how)


@pytest.mark.parametrize("how", [LOOKS[0], LOOKS[3], LOOKS[4]])
def test_attention(look: Look, how: dict[str, Any]) -> None:
    assert look(see_attention, **how)


@pytest.mark.parametrize("how", [LOOKS[1], LOOKS[3]])
def test_embeddings(look: Look, how: dict[str, Any]) -> None:
    assert look(see_embeddings, **how)


@pytest.mark.parametrize("how", [LOOKS[0], LOOKS[1], LOOKS[4], LOOKS[5]])
def test_activations(look: Look, how: dict[str, Any]) -> None:
    assert look(see_activations, **how)


@pytest.mark.parametrize("how", [LOOKS[2], LOOKS[4]])
def test_updates(look: Look, how: dict[str, Any]) -> None:
    assert look(see_updates, **how)


@pytest.mark.parametrize("how", [LOOKS[0], LOOKS[4], LOOKS[5]])
def test_help(look: Look, how: dict[str, Any]) -> None:
    assert look(see_help, **how)


@pytest.mark.parametrize("how", [LOOKS[0]])
def test_lessons(look: Look, how: dict[str, Any]) -> None:
    assert look(see_lessons, **how)


@pytest.mark.parametrize("how", LOOKS)
def test_lesson(look: Look, how: dict[str, Any]) -> None:
    assert look(see_lesson, **how)


@pytest.mark.parametrize("how", [LOOKS[0], LOOKS[3], LOOKS[4]])
def test_answer(look: Look, how: dict[str, Any]) -> None:
    assert look(see_answer, **how)


@pytest.mark.parametrize("how", [LOOKS[1], LOOKS[2], LOOKS[5]])
def test_exercise(look: Look, how: dict[str, Any]) -> None:
    assert look(see_exercise, **how)
