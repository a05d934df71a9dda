"""The Config screen under a pilot: the form by its keys, what it means beside it, files, and the start of a run."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path

import pytest

from tests.screens.configure_fakes import FakeProbe, config_open, go_to, line, told
from tests.screens.fakes import fake_run, shown, until
from tui_llm.config import Request, read_request
from tui_llm.draft import Draft
from tui_llm.errors import RunFailedError
from tui_llm.figures import count
from tui_llm.presets import PRESETS, resolve
from tui_llm.runs.catalogue import list_runs
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens import configure_panel
from tui_llm.screens.runs_start import WhenToStart
from tui_llm.widgets.form import Editor
from tui_llm.widgets.form_rows import FormRows

GPT: Request = {"preset": "gpt-mini"}


async def test_it_shows_the_preset_the_fields_and_what_they_mean(
    home: Path, probe: type[FakeProbe], novel: Path
) -> None:
    async with config_open(GPT, novel) as (app, pilot, _):
        await until(pilot, lambda: "parameters 2k" in shown(app))
        tokens = resolve(GPT).training.batch_size * resolve(GPT).model.block_size
        for part in ("text novela.txt", "< gpt-mini >", "▾ Data", "tokenizer", f"tokens a step {count(tokens)}"):
            assert part in shown(app)


async def test_what_is_typed_is_checked_and_goes_into_the_draft(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, screen):
        await go_to(pilot, screen, "model.n_layer")
        await pilot.press("enter", "x")
        await pilot.pause()
        assert "it must be a whole number, at least 1." in shown(app)
        await pilot.press("enter")
        assert screen.query_one(Editor).display, "what cannot be is not taken"
        await pilot.press("backspace", "7", "enter")
        await pilot.pause()
        assert app.draft.request["model"] == {"n_layer": 7}
        assert line(screen, "model.n_layer").mark == "*"
        assert "set by you; x goes back to: 2" in shown(app)
        await until(pilot, lambda: "parameters 7k" in shown(app))


async def test_an_arrow_takes_the_value_and_goes_on(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, screen):
        await go_to(pilot, screen, "training.batch_size")
        await pilot.press("enter", "8", "down", "enter", "2", "enter")
        await pilot.pause()
        assert app.draft.request["training"] == {"batch_size": 8, "gradient_accumulation_steps": 2}


async def test_esc_leaves_the_value_as_it_was(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({**GPT, "model": {"n_layer": 5}}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.n_layer")
        await pilot.press("enter", "9", "escape")
        await pilot.pause()
        assert app.draft.request["model"] == {"n_layer": 5}
        assert line(screen, "model.n_layer").value == "5"


async def test_x_takes_a_value_back(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({**GPT, "model": {"n_layer": 5}}) as (app, pilot, screen):
        await go_to(pilot, screen, "model.n_layer")
        await pilot.press("x")
        await pilot.pause()
        assert app.draft.request == GPT
        assert line(screen, "model.n_layer").mark == ""


async def test_a_budget_clears_the_others(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({**GPT, "training": {"minutes": 3.0}}) as (app, pilot, screen):
        await go_to(pilot, screen, "training.max_steps")
        await pilot.press("enter", *"500", "enter")
        await pilot.pause()
        assert app.draft.request["training"] == {"max_steps": 500}
        assert line(screen, "training.minutes").value == "not set"


async def test_arrows_go_through_the_choices_with_unset_among_them(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, screen):
        await go_to(pilot, screen, "system.compile")
        seen = []
        for _ in range(3):
            await pilot.press("right")
            await pilot.pause()
            seen.append(app.draft.request.get("system", {}).get("compile"))
        assert seen == [True, False, None]


async def test_a_preset_is_picked_from_a_list_with_explanations(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open() as (app, pilot, _screen):
        await pilot.press("enter")
        await until(pilot, lambda: all(f" {preset}  " in shown(app) for preset in PRESETS))
        presets = list(PRESETS)
        await pilot.press(*["down"] * presets.index("gpt-mini"))
        await until(pilot, lambda: shown(app).count("pre-norm GPT on characters") == 2)
        await pilot.press("enter")
        await until(pilot, lambda: app.draft.request.get("preset") == "gpt-mini")


async def test_a_contradiction_is_marked_at_its_fields_and_stops_the_start(
    home: Path, probe: type[FakeProbe], novel: Path
) -> None:
    async with config_open({**GPT, "model": {"n_head": 3}}, novel) as (app, pilot, screen):
        assert line(screen, "model.n_head").mark == "!"
        assert line(screen, "model.n_embd").mark == "!"
        assert "cannot be shared evenly" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert list_runs() == []


async def test_auto_says_what_it_would_choose(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(text=novel) as (_app, pilot, screen):
        await until(pilot, lambda: line(screen, "model.n_layer").value == "3 (auto)")
        assert not line(screen, "model.n_layer").given


async def test_auto_without_a_text_waits_for_one(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open() as (app, pilot, _screen):
        await until(pilot, lambda: "it needs a text" in shown(app))
        assert "no text yet: d chooses one" in shown(app)
        assert probe.asked == []


async def test_trying_it_tells_the_speed_until_the_model_is_another(
    home: Path, probe: type[FakeProbe], novel: Path
) -> None:
    async with config_open(GPT, novel, (120, 40)) as (app, pilot, screen):
        await until(pilot, lambda: "parameters" in shown(app))
        await pilot.press("t")
        await until(pilot, lambda: "tokens/s measured" in shown(app))
        await go_to(pilot, screen, "model.n_layer")
        await pilot.press("enter", "6", "enter")
        await until(pilot, lambda: " 6k" in shown(app))
        assert "tokens/s measured" not in shown(app)


async def test_esc_breaks_a_measurement_off(
    home: Path, probe: type[FakeProbe], novel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeProbe, "endless", True)
    async with config_open(GPT, novel) as (app, pilot, _screen):
        await until(pilot, lambda: "parameters" in shown(app))
        await pilot.press("t")
        await until(pilot, lambda: "to measure it" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: "to measure it" not in shown(app))
        assert "parameters" in shown(app)


async def test_the_workers_sentence_is_shown_and_ends_nothing(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    probe.fault = RunFailedError("there is no CUDA device.", "take --device cpu.")
    async with config_open(GPT, novel) as (app, pilot, _screen):
        await until(pilot, lambda: "! there is no CUDA device. take device cpu." in shown(app))


async def test_the_filter_finds_by_name_and_by_explanation(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (_app, pilot, screen):
        await pilot.press("slash", *"dropout", "enter")
        await pilot.pause()
        keys = [one.key for one in screen.query_one(FormRows).lines if not one.heading]
        assert keys == ["model.dropout", "training.seed"], "the seed's explanation has the word"
        current = screen.query_one(FormRows).current
        assert current is not None
        assert current.key == "model.dropout"
        await pilot.press("escape")
        await pilot.pause()
        assert len(screen.query_one(FormRows).lines) > 30


async def test_groups_fold(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (_app, pilot, screen):
        await go_to(pilot, screen, "data")
        await pilot.press("enter")
        await pilot.pause()
        assert "data.tokenizer" not in [one.key for one in screen.query_one(FormRows).lines]
        await pilot.press("right")
        await pilot.pause()
        assert "data.tokenizer" in [one.key for one in screen.query_one(FormRows).lines]


async def test_the_cursor_stays_in_sight(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, screen):
        rows = screen.query_one(FormRows)
        for key in ("end", "home", "pagedown", "g", "G", "up"):
            await pilot.press(key)
            await pilot.pause()
            assert rows.current is not None
            assert f"> {rows.current.name}" in shown(app).replace(">*", "> ").replace(">  ", "> ")


async def test_a_click_does_what_the_keys_do(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, screen):
        rows = screen.query_one(FormRows)
        at = [one.key for one in rows.lines].index("data.vocab_size")
        await pilot.click(FormRows, offset=(5, at))
        assert rows.cursor == at
        assert not screen.query_one(Editor).display
        await pilot.click(FormRows, offset=(34, at))
        await pilot.press(*"512", "enter")
        await pilot.pause()
        assert app.draft.request["data"] == {"vocab_size": 512}


async def test_coming_back_finds_everything_as_it_was(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open({**GPT, "model": {"n_layer": 5}}) as (app, pilot, screen):
        await pilot.press("1", "3")
        await pilot.pause()
        assert line(screen, "model.n_layer").value == "5"
        await pilot.press("1")
        app.open_config(Draft({"preset": "pyllm"}))
        await pilot.pause()
        assert line(screen, "preset").value == "pyllm"
        assert line(screen, "model.n_layer").value == "4"


async def test_settings_are_saved_and_loaded(
    home: Path, probe: type[FakeProbe], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with config_open({**GPT, "model": {"n_layer": 5}}) as (app, pilot, _screen):
        await pilot.press("w")
        await until(pilot, lambda: "./run.toml" in shown(app))
        await pilot.press("enter")
        await until(pilot, (tmp_path / "run.toml").exists)
        assert tomllib.loads((tmp_path / "run.toml").read_text()) == {**GPT, "model": {"n_layer": 5}}
        await pilot.press("w", "enter")
        await until(pilot, lambda: "exists already" in shown(app))
        await pilot.press("n", "1")
        app.open_config(Draft({}))
        await pilot.pause()
        await pilot.press("o")
        await until(pilot, lambda: "a path; tab completes it" in shown(app))
        await pilot.press(*"none.toml", "enter")
        await until(pilot, lambda: "there is no configuration file none.toml" in shown(app))
        await pilot.press(*["backspace"] * 9, *"run.toml", "enter")
        await until(pilot, lambda: app.draft.request == {**GPT, "model": {"n_layer": 5}})


async def test_the_settings_of_a_run_are_taken_and_the_text_stays(
    home: Path, probe: type[FakeProbe], novel: Path
) -> None:
    fake_run(home, "quijote-1", state="finished", of=777)
    async with config_open(text=novel) as (app, pilot, _screen):
        await pilot.press("f")
        await until(pilot, lambda: "quijote-1" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.draft.request.get("training") == {"max_steps": 777})
        assert app.draft.request["preset"] == "gpt-mini"
        assert app.draft.request["data"]["texts"] == [str(novel)]


async def test_a_damaged_run_toml_is_told(home: Path, probe: type[FakeProbe]) -> None:
    fake_run(home, "quijote-1", state="finished").config_path.write_text("model = [", encoding="utf-8")
    async with config_open(GPT) as (app, pilot, _screen):
        await pilot.press("f")
        await until(pilot, lambda: "quijote-1" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "is not TOML" in told(app))
        assert app.draft.request == GPT


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """The runs whose workers would have been started, and whether they wait their turn."""
    runs: list[tuple[str, bool]] = []

    def start(run: RunDirectory, queue: bool = False) -> int:
        runs.append((run.name, queue))
        return 1

    monkeypatch.setattr("tui_llm.runs.launch.start_worker", start)
    return runs


async def test_it_starts_a_run_and_shows_it(
    home: Path, probe: type[FakeProbe], novel: Path, started: list[tuple[str, bool]]
) -> None:
    async with config_open({**GPT, "training": {"max_steps": 50}}, novel) as (app, pilot, screen):
        await go_to(pilot, screen, "name")
        await pilot.press("enter", *"mi novela")
        await pilot.pause()
        assert "cannot be a run's name" in shown(app)
        await pilot.press("escape", "s")
        await until(pilot, lambda: started)
        assert started == [("novela-1", False)]
        assert app.current_mode == "training"
        request = read_request(home / "runs" / "novela-1" / "run.toml")
        assert resolve(request).training.max_steps == 50


async def test_a_full_disk_is_told_and_ends_nothing(
    home: Path, probe: type[FakeProbe], novel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tui_llm.runs.launch.new_run", refuse)
    async with config_open(GPT, novel) as (app, pilot, screen):
        await pilot.press("s")
        await until(pilot, lambda: "no space is left on the disk" in told(app))
        await until(pilot, lambda: screen.why_not("start") is None)


async def test_a_name_that_is_taken_is_told_as_it_is_typed(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    fake_run(home, "mia")
    async with config_open(GPT, novel) as (app, pilot, screen):
        await go_to(pilot, screen, "name")
        await pilot.press("enter", *"mia")
        await pilot.pause()
        assert "there is a run named mia already." in shown(app)


async def test_with_another_run_at_work_it_asks_and_waits_its_turn(
    home: Path, probe: type[FakeProbe], novel: Path, started: list[tuple[str, bool]]
) -> None:
    fake_run(home, "other")
    async with config_open(GPT, novel) as (app, pilot, _screen):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, WhenToStart))
        await pilot.press("escape")
        await pilot.pause()
        assert started == []
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, WhenToStart))
        await pilot.press("enter")
        await until(pilot, lambda: started == [("novela-1", True)])


async def test_without_a_text_start_says_so(home: Path, probe: type[FakeProbe]) -> None:
    async with config_open(GPT) as (app, pilot, _screen):
        await pilot.press("s")
        await until(pilot, lambda: "there is no text to train on" in told(app))
        await pilot.press("d")
        await pilot.pause()
        assert app.current_mode == "dataset"


async def test_a_text_that_is_gone_is_told_at_the_top(home: Path, probe: type[FakeProbe], tmp_path: Path) -> None:
    async with config_open(GPT, tmp_path / "gone.txt") as (app, pilot, _screen):
        await until(pilot, lambda: shown(app).splitlines()[1].startswith(" ! "))
        await pilot.press("s")
        await until(pilot, lambda: "gone.txt" in told(app))


async def test_small_and_poor_terminals(home: Path, probe: type[FakeProbe], novel: Path) -> None:
    async with config_open(GPT, novel, (40, 12), charts="ascii") as (app, pilot, screen):
        await go_to(pilot, screen, "model.n_layer")
        await pilot.pause()
        assert "n_layer" in shown(app)
        assert "- Model" in shown(app)
        form = screen.query_one(FormRows)
        drawn = "".join(segment.text for y in range(form.size.height) for segment in form.render_line(y))
        assert drawn.isascii()


@pytest.mark.parametrize("preset", ["auto", "gpt-mini"])
async def test_the_real_worker_counts_and_measures(
    home: Path, novel: Path, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    monkeypatch.setattr(configure_panel, "_PROBED", 0.1)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    small = {"n_layer": 1, "n_head": 2, "n_embd": 16, "block_size": 16}
    async with config_open({"preset": preset, "model": small}, novel, (120, 40)) as (app, pilot, _screen):
        await until(pilot, lambda: "parameters" in shown(app), 60)
        await pilot.press("t")
        await until(pilot, lambda: "tokens/s measured" in shown(app), 60)
