"""The Inspect screen by its keys: views, steps, runs, what cannot be. A fake worker tells of a model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screens.fakes import app_open, fake_run, shown, until
from tests.screens.inspect_fakes import (
    LAYERS,
    SHAPES,
    FakeWorker,
    attended,
    configure,
    inspect_open,
    told,
    worker,
    write_probes,
)
from tui_llm.errors import RunFailedError
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory
from tui_llm.screens.inspect import InspectScreen
from tui_llm.screens.inspect_grid import AttentionGrid
from tui_llm.screens.inspect_plane import PlaneMap
from tui_llm.screens.inspect_words import share

__all__ = ["worker"]  # the fixture


def save(run: RunDirectory, step: int) -> None:
    """A checkpoint more."""
    with new_checkpoint_folder(run, step) as folder:
        (folder / "model.safetensors").write_bytes(b"weights")


# -- Runs, views, steps ------------------------------------------------------------------------------------------------


async def test_it_opens_from_the_list_of_runs(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela")
    run = fake_run(home, "cuentos")
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "cuentos" in shown(app))
        await pilot.press("slash", *"cuentos", "enter", "i")
        await until(pilot, lambda: isinstance(app.screen, InspectScreen) and "wte.weight" in shown(app))
        assert "cuentos" in shown(app).split("\n")[0]
    assert worker.of("tensors") == [{"run": run.path, "step": 400}]
    assert worker.ended, "the worker outlived the app"


async def test_a_run_without_a_checkpoint_cannot_be_opened(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "novela", steps=0)
    async with app_open() as (app, pilot):
        await until(pilot, lambda: "novela" in shown(app))
        await pilot.press("i")
        await until(pilot, lambda: "has no checkpoint yet" in told(app))
        assert app.current_mode == "runs"


async def test_all_views_are_reached_by_tab_and_by_letters(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    write_probes(run, [0, 100])
    async with inspect_open(run=run) as (_app, screen, pilot):
        names = list(screen.views)
        seen = []
        for _name in names:
            seen.append(screen.view.id)
            await pilot.press("tab")
        assert seen == names == ["parameters", "attention", "embeddings", "activations", "gradients", "updates"]
        assert screen.view.id == "parameters"
        await pilot.press("shift+tab")
        assert screen.view.id == "updates"
        for key, name in zip("paevgu", names, strict=True):
            await pilot.press(key)
            assert screen.view.id == name
            assert screen.focused is screen.view.main


async def test_a_click_on_its_name_opens_a_view(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, screen, pilot):
        place = shown(app).split("\n")[1].index("Embeddings")
        await pilot.click(offset=(place + 2, 1))
        await until(pilot, lambda: screen.view.id == "embeddings")


async def test_checkpoints_are_walked_and_chosen(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    async with inspect_open(run=run) as (app, screen, pilot):
        assert "[ step 400 ]  checkpoint 2 of 2, best" in shown(app)
        await until(pilot, lambda: " 0.4 " in shown(app))
        await pilot.press("[")
        await until(pilot, lambda: "[ step 300 ]  checkpoint 1 of 2" in shown(app) and " 0.3 " in shown(app))
        await pilot.press("[")
        assert "step 300" in shown(app)
        await pilot.press("]", "]")
        await until(pilot, lambda: "step 400" in shown(app) and " 0.4 " in shown(app))
        await pilot.press("c")
        await until(pilot, lambda: "Checkpoints of novela" in shown(app) and "step 300" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is screen and "[ step 300 ]" in shown(app))


async def test_another_run_is_chosen_from_a_list(home: Path, worker: FakeWorker) -> None:
    fake_run(home, "cuentos")
    async with inspect_open(run=fake_run(home, "novela")) as (app, screen, pilot):
        await pilot.press("r")
        await until(pilot, lambda: app.screen is not screen and "cuentos" in shown(app))
        await pilot.press("slash", *"cuentos", "enter", "enter")
        await until(pilot, lambda: app.screen is screen and "cuentos" in shown(app).split("\n")[0])
        await until(pilot, lambda: worker.of("tensors")[-1]["run"].name == "cuentos")
        assert app.run_shown is not None
        assert app.run_shown.name == "cuentos"


async def test_whoever_stands_at_the_newest_goes_along(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    write_probes(run, [0])
    async with inspect_open(run=run) as (app, _screen, pilot):
        await until(pilot, lambda: "wte.weight" in shown(app))
        await pilot.press("down")
        save(run, 500)
        await until(pilot, lambda: "[ step 500 ]  checkpoint 3 of 3" in shown(app) and " 0.5 " in shown(app))
        assert ">h.0.attn.c_attn.weight" in shown(app), "the cursor did not stay"
        await pilot.press("[")
        save(run, 600)
        await until(pilot, lambda: "[ step 400 ]  checkpoint 2 of 4" in shown(app))
        await pilot.press("v")
        await until(pilot, lambda: "[ step 0 ]  probe 1 of 1" in shown(app))
        write_probes(run, [50])
        await until(pilot, lambda: "[ step 50 ]  probe 2 of 2" in shown(app))


async def test_a_checkpoint_that_is_pruned_is_a_sentence(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    async with inspect_open(run=run) as (app, screen, pilot):
        await pilot.press("[")
        await until(pilot, lambda: " 0.3 " in shown(app))
        shutil.rmtree(run.checkpoints_path / "step-00000300")
        await until(pilot, lambda: "this checkpoint is gone" in shown(app))
        assert " 0.3 " in shown(app), "what was seen of it stays"
        worker.error = RunFailedError("run novela has no checkpoint '300'.", "there are: best, last, 400.")
        await pilot.press("e")
        await until(pilot, lambda: "run novela has no checkpoint '300'. there are: best, last, 400." in shown(app))
        asked = len(worker.asked)
        worker.error = None
        await pilot.pause(1.0)
        assert len(worker.asked) == asked, "it was asked again without a key"
        await pilot.press("]")
        await until(pilot, lambda: "[ step 400 ]" in shown(app) and "no checkpoint" not in shown(app))
        assert screen.view.id == "embeddings"


async def test_what_has_failed_is_tried_again_by_a_key(home: Path, worker: FakeWorker) -> None:
    worker.error = RunFailedError("the process has died.", "try again.")
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await until(pilot, lambda: "the process has died. try again." in shown(app))
        worker.error = None
        await pilot.press("p")
        await until(pilot, lambda: "wte.weight" in shown(app) and "has died" not in shown(app))


async def test_without_a_run_it_says_so(home: Path, worker: FakeWorker) -> None:
    async with inspect_open() as (app, screen, pilot):
        await until(pilot, lambda: "No model has been trained yet." in shown(app))
        await pilot.press("c")
        await until(pilot, lambda: "there is no checkpoint to look into yet." in told(app))
        for key in "paevgu":
            await pilot.press(key, "down", "left", "[", "]", "end", "plus")
            await until(pilot, lambda: "No model has been trained yet." in shown(app))
        fake_run(home, "novela")
        app.action_go("runs")
        await pilot.pause()
        app.action_go("inspect")
        await until(pilot, lambda: "novela" in shown(app).split("\n")[0])
        await pilot.press("p")
        await until(pilot, lambda: "wte.weight" in shown(app))
        assert screen is app.screen
    assert {fields["run"].name for _op, fields in worker.asked} == {"novela"}


async def test_a_run_whose_files_are_damaged_says_so(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    run.config_path.write_text("preset = [", encoding="utf-8")
    async with inspect_open(run=run) as (app, _screen, pilot):
        await until(pilot, lambda: "is not valid TOML" in shown(app) or "TOML" in shown(app))
    assert worker.asked == []


async def test_a_run_that_is_deleted_makes_way_for_another(home: Path, worker: FakeWorker) -> None:
    other, run = fake_run(home, "cuentos", state="finished"), fake_run(home, "novela", state="finished")
    async with inspect_open(run=run) as (app, _screen, pilot):
        await until(pilot, lambda: "wte.weight" in shown(app))
        run.path.rename(home / "aside")  # by another program
        await until(pilot, lambda: "there is no run novela." in shown(app))
        (home / "aside").rename(run.path)
        await until(pilot, lambda: "there is no run" not in shown(app))
        await pilot.press("1")
        await until(pilot, lambda: "novela" in shown(app))
        await pilot.press("slash", *"novela", "enter", "D", "y")
        await until(pilot, lambda: not run.path.exists())
        await pilot.press("6")
        await until(pilot, lambda: "cuentos" in shown(app).split("\n")[0] and "wte.weight" in shown(app))
        shutil.rmtree(other.path)
        app.run_shown = None
        await pilot.press("1", "6")
        await until(pilot, lambda: "No model has been trained yet." in shown(app) and "[ step" not in shown(app))


async def test_the_worker_is_warm_until_the_screen_was_left_for_long(
    home: Path, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_llm.screens.inspect._IDLE", 0.05)
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await until(pilot, lambda: "wte.weight" in shown(app))
        await pilot.pause(0.3)
        assert not worker.ended
        await pilot.press("1")
        await until(pilot, lambda: worker.ended)
        await pilot.press("6", "[")
        await until(pilot, lambda: "[ step 300 ]" in shown(app) and " 0.3 " in shown(app))


async def test_the_wait_for_the_first_answer_is_told(home: Path, worker: FakeWorker) -> None:
    worker.gate.clear()
    async with app_open() as (app, pilot):
        app.run_shown = fake_run(home, "novela")
        app.action_go("inspect")
        await until(pilot, lambda: "loading the model" in shown(app))
        await pilot.press("?")  # nothing is blocked meanwhile
        await until(pilot, lambda: "Every tensor of the checkpoint" in shown(app))
        await pilot.press("escape")
        worker.gate.set()
        await until(pilot, lambda: "wte.weight" in shown(app) and "loading the model" not in shown(app))


# -- Parameters --------------------------------------------------------------------------------------------------------


async def test_parameters_have_figures_and_a_picture(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, screen, pilot):
        await until(pilot, lambda: "30x12, 30 tokens" in shown(app))
        for name, shape, _of_tokens in SHAPES:
            line = next(one for one in shown(app).split("\n") if name in one)
            assert "x".join(map(str, shape)) in line
            assert line.split()[-3:] == ["0.4", "0.02", "3.25"]
        assert "-0.07 .. -" in shown(app), "what is not finite"
        asked = worker.of("tensor")[-1]
        assert asked["name"] == "wte.weight"
        assert 1 < asked["rows"] <= 30
        assert "▀" in shown(app)
        await pilot.press("down", "down", "down")
        await until(pilot, lambda: "ln_f.bias  12" in shown(app) and "bars from" in shown(app))
        assert worker.of("tensor")[-1]["name"] == "ln_f.bias"
        assert screen.focused is screen.view.main


async def test_a_larger_window_asks_for_more(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await until(pilot, lambda: "30 tokens" in shown(app))
        before = worker.of("tensor")[-1]["rows"]
        await pilot.resize_terminal(130, 50)
        await until(pilot, lambda: worker.of("tensor")[-1]["rows"] > before)
        await until(pilot, lambda: "min" in shown(app) or "-0.07" in shown(app))


# -- Attention ---------------------------------------------------------------------------------------------------------


async def test_attention_is_told_in_words(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await pilot.press("a")
        await until(pilot, lambda: "i: write a text" in shown(app))
        await pilot.press("i", *"ser o 6q", "enter")  # digits and letters are text here
        await until(pilot, lambda: "looks at: itself" in shown(app))
        weights = attended(7, 8, 0)
        assert (
            f'"q" looks at: itself {share(weights[7])}, "6" {share(weights[6])}, "␣" (6) {share(weights[5])}'
            in shown(app)
        )
        await pilot.press("up", "up", "up")
        weights = attended(4, 8, 0)
        await until(
            pilot, lambda: f'"o" looks at: itself {share(weights[4])}, "␣" (4) {share(weights[3])}' in shown(app)
        )
        assert app.current_mode == "inspect"
    assert worker.of("attention")[0]["text"] == "ser o 6q"


async def test_heads_and_layers_are_walked(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await pilot.press("a", "i", *"hola", "enter")
        await until(pilot, lambda: "layer 1 of 2, head 1 of 3" in shown(app))
        for keys, where in (
            (("l",), "layer 1 of 2, head 2 of 3"),
            (("right", "right"), "layer 2 of 2, head 1 of 3"),
            (("h",), "layer 1 of 2, head 3 of 3"),
            ((".",), "layer 2 of 2, head 3 of 3"),
            (("right", "."), "layer 2 of 2, head 3 of 3"),
            ((",", "left", "left", "left", ","), "layer 1 of 2, head 1 of 3"),
        ):
            await pilot.press(*keys)
            await until(pilot, lambda where=where: where in shown(app))
        asked = [(one["layer"], one["head"]) for one in worker.of("attention")]
        assert len(asked) == len(set(asked)) <= LAYERS * 3, "what is known is not asked again"
        await pilot.press("[")
        await until(pilot, lambda: worker.of("attention")[-1]["step"] == 300)
        assert worker.of("attention")[-1]["text"] == "hola"


async def test_a_text_stays_to_be_changed(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, screen, pilot):
        await pilot.press("a", "i", *"hola", "escape")
        assert worker.of("attention") == []
        assert screen.focused is screen.view.main
        await pilot.press("i", *"hola", "enter")
        await until(pilot, lambda: "head 1 of 3" in shown(app))
        await pilot.press("i")
        assert screen.query_one(Input).value == "hola"
        await pilot.press("end", "s", "enter")
        await until(pilot, lambda: worker.of("attention")[-1]["text"] == "holas")
        assert "the first" not in shown(app)
        await pilot.press("i", *"hola " * 40, "enter")
        await until(pilot, lambda: "the first 64 tokens" in shown(app))


async def test_the_scroll_bar_stands_where_the_tokens_do(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await pilot.press("a", "i", *"En un lugar de la Mancha", "enter")
        await until(pilot, lambda: "24 a" in shown(app))
        grid = app.screen.query_one(AttentionGrid)
        assert grid.scroll_y > 0  # it begins with the last token
        await until(pilot, lambda: grid.vertical_scrollbar.position == grid.scroll_y)


async def test_a_model_without_attention_says_why(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    configure(run, "mlp")
    async with inspect_open(run=run) as (app, screen, pilot):
        await until(pilot, lambda: "wte.weight" in shown(app))
        await pilot.press("a")
        await until(pilot, lambda: "the model mlp has no attention." in told(app))
        assert screen.view.id == "parameters"
        await pilot.press("tab")
        assert screen.view.id == "embeddings"
        await pilot.press("shift+tab")
        assert screen.view.id == "parameters"


# -- Embeddings --------------------------------------------------------------------------------------------------------


async def test_tokens_are_walked_and_have_neighbours(home: Path, worker: FakeWorker) -> None:
    async with inspect_open((120, 40), run=fake_run(home, "novela")) as (app, _screen, pilot):
        await pilot.press("e")
        await until(pilot, lambda: "␣ 0.90" in shown(app))
        assert worker.of("neighbours")[-1]["token"] == 1  # a letter to begin with
        seen = set()
        for key in ("right", "up", "left", "down", "l", "k", "h", "j"):
            count = len(worker.of("neighbours"))
            await pilot.press(key)
            await until(pilot, lambda count=count: len(worker.of("neighbours")) > count)
            seen.add(worker.of("neighbours")[-1]["token"])
        assert len(seen) >= 4
        await pilot.press("plus", "plus")
        await pilot.pause()
        near = shown(app)
        await pilot.press("0")
        await pilot.pause()
        assert sum(map(str.isalpha, near)) < sum(map(str.isalpha, shown(app)))


async def test_of_two_keys_at_once_both_count(home: Path, worker: FakeWorker) -> None:
    async with inspect_open((120, 40), run=fake_run(home, "novela")) as (app, screen, pilot):
        await pilot.press("e")
        await until(pilot, lambda: "␣ 0.90" in shown(app))
        names = screen.query_one(PlaneMap)
        begin = names.chosen
        assert begin is not None
        walked = []
        for _ in range(2):
            names.action_go(-1, 0)
            await pilot.pause()
            walked.append(names.chosen)
        assert begin != walked[0] != walked[1]
        names.choose(begin)
        await pilot.pause()
        names.action_go(-1, 0)
        names.action_go(-1, 0)  # before anything is drawn
        assert names.chosen == walked[1]


async def test_a_typed_token_is_found(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        await pilot.press("e", "i", "ñ", "enter")
        await until(pilot, lambda: worker.of("neighbours")[-1].get("text") == "ñ")
        await until(pilot, lambda: " ñ   ␣ 0.90" in shown(app))
        await pilot.press("i", *"zorro", "enter")
        await until(pilot, lambda: "that is more than one token; z is its first." in shown(app))
        await pilot.press("[")  # the token stays in hand
        await until(pilot, lambda: worker.of("neighbours")[-1]["step"] == 300)
        assert worker.of("neighbours")[-1]["token"] == worker._neighbours(count=1, text="z")["token"]


# -- What probes saw ---------------------------------------------------------------------------------------------------


async def test_without_probes_it_says_how_to_get_them(home: Path, worker: FakeWorker) -> None:
    async with inspect_open(run=fake_run(home, "novela")) as (app, _screen, pilot):
        for key in "vgu":
            await pilot.press(key)
            await until(pilot, lambda: "Nothing was recorded while this run was trained." in shown(app))
        await pilot.press("i")
        await until(pilot, lambda: "a text is for the attention" in told(app))


async def test_activations_and_gradients_are_those_of_the_step(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    write_probes(run, [0, 300, 600])
    async with inspect_open(run=run) as (app, _screen, pilot):
        await pilot.press("v")
        await until(pilot, lambda: "[ step 600 ]  probe 3 of 3" in shown(app))
        act = next(line for line in shown(app).split("\n") if "h.0.act" in line)
        assert act.split()[-2:] == ["6.8", "%"]
        assert "▇" in act
        await pilot.press("[", "[", "[", "down")
        await until(pilot, lambda: "50 % of the values lie beyond ±0.97" in shown(app))
        await pilot.press("down")
        await until(pilot, lambda: "12 % of the units were never above zero" in shown(app))
        await pilot.press("g")
        await until(pilot, lambda: "7.50e-4" in shown(app))
        assert "[ step 0 ]" in shown(app), "the step is that of all three"
        assert "-0.002" in shown(app)


async def test_updates_are_told_as_logarithms(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    write_probes(run, range(0, 801, 100))
    async with inspect_open(run=run) as (app, _screen, pilot):
        await pilot.press("u")
        await until(pilot, lambda: "usual" in shown(app) and "┼" in shown(app))
        line = next(one for one in shown(app).split("\n") if one.startswith(">wte.weight"))
        assert "-3.00" in line
        still = next(one for one in shown(app).split("\n") if one.startswith(" ln_f.bias"))
        assert " - " in still
        await pilot.press("[", "[", "[", "[")
        await until(pilot, lambda: "-2.50" in next(one for one in shown(app).split("\n") if one.startswith(">wte")))
        await pilot.press("down")
        await until(pilot, lambda: "o this one" in shown(app) and ">h.0.attn.c_attn.weight" in shown(app))


# -- Terminals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (80, 24), (200, 60)])
@pytest.mark.parametrize("charts", ["braille", "ascii"])
async def test_any_size_will_do(home: Path, worker: FakeWorker, size: tuple[int, int], charts: str) -> None:
    run = fake_run(home, "novela")
    write_probes(run, [0, 100])
    async with inspect_open(size, run=run, charts=charts) as (_app, screen, pilot):
        await pilot.press("a", "i", *"hola", "enter")
        for key in "paevgu":
            await pilot.press(key, "down", "right", "[")
            await screen.workers.wait_for_complete()
            await pilot.pause()
            assert screen.view.remark_line.display is False


async def test_in_ascii_there_is_nothing_else(home: Path, worker: FakeWorker) -> None:
    run = fake_run(home, "novela")
    write_probes(run, [0, 100])
    async with inspect_open(run=run, charts="ascii") as (app, screen, pilot):
        await pilot.press("a", "i", *"hola que", "enter")
        for key in "paevgu":
            await pilot.press(key)
            await screen.workers.wait_for_complete()
            await pilot.pause(0.3)
            strange = {one for one in "".join(shown(app).split("\n")[:-1]) if not one.isascii()} - {"ñ", "±", "▄", "▁"}
            assert not {one for one in strange if not one.isalpha()}, key
