"""The Learn screen: every lesson from its first step to its last by keys, its pages in a window of 80x24, its
progress.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.screens.fakes import app_open, shown, until
from tests.workers.conftest import trained
from tui_llm.app import TuiApp
from tui_llm.lessons.course.exercises import file_of, folder_of
from tui_llm.lessons.course.kit import RUN, load
from tui_llm.lessons.course.progress import read_progress
from tui_llm.lessons.course.reading import folders, read_lesson
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.learn import LearnScreen
from tui_llm.screens.learn_editor import FileDialog
from tui_llm.screens.learn_step import StepView

__all__ = ["trained"]  # the fixture


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


def own_run(folder: str, request: pytest.FixtureRequest) -> RunDirectory | None:
    """A trained run, for lessons that show one of the learner's."""
    makers = load(folder).figures.values()
    needs = any(RUN in maker.own.values() for maker in makers)
    return request.getfixturevalue("trained") if needs else None


async def learn_opened(app: TuiApp, pilot: Pilot[None], folder: str) -> LearnScreen:
    """The screen with the lesson in `folder` open."""
    await pilot.press("7")
    await until(pilot, lambda: isinstance(app.screen, LearnScreen))
    screen = app.screen
    assert isinstance(screen, LearnScreen)
    await pilot.press(*["down"] * folders().index(folder), "enter")
    await until(pilot, lambda: screen.view is not None and screen.view.is_mounted)
    return screen


async def page(screen: LearnScreen, pilot: Pilot[None], place: int) -> StepView:
    """The step at `place`, once it shows all that it has to show now."""
    await until(pilot, lambda: screen.place == place and screen.view is not None and screen.view.is_mounted, 30)
    view = screen.view
    assert view is not None
    await until(pilot, lambda: view.step.title in shown(screen.app))
    await figure_there(view, pilot)
    return view


async def figure_there(view: StepView, pilot: Pilot[None]) -> None:
    figure = view.figure
    if figure is not None and figure.display:
        await until(pilot, lambda: figure.settled and not figure.query_one(".remark").display, 60)
        assert view.step.figure is not None
        caption = view.step.figure.caption.split()[0]
        assert caption in "\n".join(str(widget.render()) for widget in figure.query(".caption"))


async def answer(screen: LearnScreen, view: StepView, pilot: Pilot[None], given: str) -> None:
    """Answer the question of the step by keys, and see what is said."""
    question, widget = view.step.question, view.question
    assert question is not None
    assert widget is not None
    if question.choices:
        await pilot.press("home", *["down"] * list(question.choices).index(given), "enter")
    else:
        await pilot.press(*given, "enter")
    await until(pilot, lambda: widget.given == given, 60)
    await figure_there(view, pilot)


@pytest.mark.parametrize("folder", folders())
async def test_a_lesson_is_gone_through_by_keys(home: Path, folder: str, request: pytest.FixtureRequest) -> None:
    lesson, kit = read_lesson(folder, "en"), load(folder)
    run = own_run(folder, request)  # which may be trained here: before the app has the terminal
    async with app_open() as (app, pilot):
        app.run_shown = run
        screen = await learn_opened(app, pilot, folder)
        for place, step in enumerate(lesson.steps):
            view = await page(screen, pilot, place)
            if step.question is not None:
                right = kit.answers[step.question.name].function()
                wrong = next((name for name in step.question.choices if name != right), "-999999")
                given = wrong if place % 2 else right if isinstance(right, str) else f"{right:.9g}"
                assert not step.figure_waits or (view.figure is not None and not view.figure.display)
                await answer(screen, view, pilot, given)
                verdict = "✗" if given == wrong else "✓"
                await until(pilot, lambda verdict=verdict: verdict in shown(app))
            if view.figure is not None and view.figure.knobs.knobs:
                before = dict(view.figure.knobs.values)
                await pilot.press("right" if view.figure.knobs.knobs[0].place == 0 else "left")
                assert view.figure.knobs.values != before
                await figure_there(view, pilot)
            if step.exercise is not None:
                await pilot.press("c")
                await until(pilot, lambda: "✗" in shown(app), 30)
                reference = (folder_of(lesson, step.exercise) / "reference.py").read_text(encoding="utf-8")
                file_of(lesson, step.exercise).write_text(reference, encoding="utf-8")
                await pilot.press("c")
                await until(pilot, lambda: "✓" in shown(app), 30)
            assert not view.max_scroll_y, step.name
            await pilot.press("n")
        await until(pilot, lambda: read_progress().of(lesson).count(lesson) == len(lesson.steps))
        await pilot.press("escape")
        await until(pilot, lambda: "done" in shown(app))


async def test_a_lesson_goes_on_where_it_was_left(home: Path) -> None:
    lesson = read_lesson(folders()[0], "en")
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        await page(screen, pilot, 0)
        await pilot.press("n")
        view = await page(screen, pilot, 1)
        await answer(screen, view, pilot, "and")
        await until(pilot, lambda: read_progress().of(lesson).answers == {"which_gate": "and"})
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        view = await page(screen, pilot, 1)
        await until(pilot, lambda: "You said: AND." in shown(app))
        await pilot.press("p")
        await page(screen, pilot, 0)
        await pilot.press("R", "y")
        await until(pilot, lambda: not read_progress().of(lesson).answers)
        await pilot.press("n")
        view = await page(screen, pilot, 1)
        assert view.question is not None
        assert view.question.given is None


async def test_the_knobs_change_the_figure(home: Path) -> None:
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        view = await page(screen, pilot, 0)
        assert shown(app).count("> 1 ") == 1  # AND fires in one case
        await pilot.press("down", "down", "left", "left")
        assert view.figure is not None
        assert view.figure.knobs.values["threshold"] == 0.5
        await figure_there(view, pilot)
        assert shown(app).count("> 1 ") == 2  # OR in three, one of which begins with 0
        await pilot.press("home", "left")
        assert view.figure.knobs.values["threshold"] == -2


async def test_a_number_is_asked_for_until_one_is_given(home: Path) -> None:
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        for place in range(5):
            await page(screen, pilot, place)
            await pilot.press("n")
        view = await page(screen, pilot, 5)
        await pilot.press("-", "-", "enter")
        await until(pilot, lambda: "is not a number" in shown(app))
        await pilot.press("escape")
        assert not isinstance(screen.focused, Input)
        await pilot.press("n")
        await page(screen, pilot, 6)
        await pilot.press("p")
        view = await page(screen, pilot, 5)
        await answer(screen, view, pilot, "14,0")
        assert "You said: 14,0." in shown(app)


async def test_the_exercise_is_edited_in_the_screen(home: Path) -> None:
    lesson = read_lesson(folders()[0], "en")
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        for place in range(3):
            await page(screen, pilot, place)
            await pilot.press("n")
        await page(screen, pilot, 3)
        await until(pilot, lambda: "return 0" in shown(app))
        await pilot.press("E")
        await until(pilot, lambda: "EDITOR names no editor" in " ".join(one.message for one in app._notifications))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FileDialog) and app.screen.query("#file-text"))
        area = app.screen.query_one(TextArea)
        area.text = (folder_of(lesson, lesson.exercises[0]) / "mistakes" / "greater.py").read_text(encoding="utf-8")
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: "has reached it" in " ".join(shown(app).split()) and "total > threshold" in shown(app)
        )
        assert "total > threshold" in file_of(lesson, lesson.exercises[0]).read_text(encoding="utf-8")
        await pilot.press("x", "n")
        assert "total > threshold" in shown(app)
        await pilot.press("x", "y")
        await until(pilot, lambda: "return 0" in shown(app))


async def test_the_network_can_be_read_where_it_is_explained(home: Path) -> None:
    lesson = read_lesson(folders()[0], "en")
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        await page(screen, pilot, 0)
        for key, name in (("o", lesson.code), ("O", lesson.full)):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, FileDialog))
            await until(pilot, lambda name=name: Path(name).name in shown(app))
            assert app.screen.query_one(TextArea).read_only
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)


async def test_list_and_lesson_stand_side_by_side_where_there_is_room(home: Path) -> None:
    title = read_lesson(folders()[0], "en").title
    async with app_open((120, 40)) as (app, pilot):
        await learn_opened(app, pilot, folders()[0])
        await until(pilot, lambda: shown(app).count(title) == 2)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: shown(app).count(title) == 1)


async def test_a_worker_that_dies_is_told_and_started_anew(home: Path) -> None:
    async with app_open() as (app, pilot):
        screen = await learn_opened(app, pilot, folders()[0])
        view = await page(screen, pilot, 0)
        screen._worker.kill()
        await pilot.press("right")
        assert view.figure is not None
        await figure_there(view, pilot)
        assert "1.5·0" in shown(app)
