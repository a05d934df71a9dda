"""`tui-llm inspect`: what is inside every kind of model, as whole files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

from tests.cli.program import Program
from tests.cli.test_bad_input import assert_told, limited
from tests.cli.test_train_resume import wait_for
from tests.training.golden import small_request, text, trained
from tui_llm.config import MODEL_FIELDS
from tui_llm.presets import PRESETS
from tui_llm.runs.checkpoints import new_checkpoint_folder
from tui_llm.runs.directory import RunDirectory

STEPS = (4, 8)


def train(preset: str, folder: Path, patch: pytest.MonkeyPatch, **training: object) -> Program:
    """A program at whose home a run named after its preset was trained, and saved at 4 and 8 steps."""
    program = Program(folder / "home")
    patch.setenv("TUI_LLM_HOME", str(program.home))
    novel = folder / "novel.txt"
    novel.write_text(text(), encoding="utf-8")
    request = small_request(preset, novel, max_steps=STEPS[-1], eval_interval=STEPS[0], **training)
    request["model"]["n_layer"] = 1
    trained(request, preset)
    return program


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with the run gpt-mini, which is not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        yield train("gpt-mini", tmp_path_factory.mktemp("mini"), patch)


def run_of(program: Program, name: str) -> RunDirectory:
    return RunDirectory(program.home / "runs" / name)


def assert_whole(folder: Path) -> None:
    """Every file in `folder` is one that can be read to its end, and none is half made."""
    for path in folder.rglob("*"):
        if path.suffix in (".png", ".gif"):
            with Image.open(path) as image:
                image.load()
        else:
            assert path.is_dir() or (path.suffix == ".txt" and path.read_text(encoding="utf-8").endswith("\n")), path


def assert_figures(told: list[dict[str, object]], checkpoint: Path) -> None:
    """The figures told of each parameter are those of the checkpoint's tensors."""
    tensors = load_file(checkpoint / "model.safetensors")
    assert {line["name"] for line in told} == set(tensors)
    for line in told:
        values = tensors[str(line["name"])].astype(np.float64)
        assert line["shape"] == list(values.shape)
        for figure, exact in (
            ("mean", values.mean()),
            ("std", values.std()),
            ("min", values.min()),
            ("max", values.max()),
            ("norm", np.linalg.norm(values)),
        ):
            assert line[figure] == pytest.approx(exact, rel=1e-6, abs=1e-9), (line, figure)


#: A preset of each model.
OF_EACH_MODEL = {preset.settings["model"]["name"]: name for name, preset in PRESETS.items()}


@pytest.mark.parametrize("preset", OF_EACH_MODEL.values())
def test_every_model_can_be_looked_into(preset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = train(preset, tmp_path, monkeypatch, probe=True)
    run = run_of(program, preset)
    answer = program("inspect", preset, "--json")
    assert answer.code == 0, answer.err
    out = run.path / "inspection"
    assert answer.json["folder"] == str(out)
    files = {str(Path(path).relative_to(out)) for path in answer.json["files"]}
    assert files == {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert_whole(out)

    step = answer.json["step"]
    assert step in STEPS
    assert_figures(answer.json["parameters"], run.checkpoints_path / f"step-{step:08d}")
    names = {line["name"] for line in answer.json["parameters"]}
    expected = {f"parameters/{name}/step-{one:08d}.png" for name in names for one in STEPS}
    expected |= {f"parameters/{name}.gif" for name in names}
    assert {path for path in files if path.startswith("parameters/")} == expected
    for name in names:
        with Image.open(out / "parameters" / f"{name}.gif") as image:
            assert image.n_frames == len(STEPS)
            size = image.size
        for one in STEPS:
            with Image.open(out / "parameters" / name / f"step-{one:08d}.png") as image:
                assert image.size == size

    table = (out / "parameters.txt").read_text(encoding="utf-8")
    assert f"{preset}, step {step}: " in table
    assert all(f"\n{name} " in table for name in names)
    assert {"neighbours.txt", "embedding.png"} <= files
    model = PRESETS[preset].settings["model"]["name"]
    with_attention = "n_head" in MODEL_FIELDS[model]
    assert ("attention/layer-01.png" in files) == with_attention
    assert ("saturation.png" in files) == (model not in ("bigram", "bigram-counts"))
    assert ("updates.png" in files) == (model != "bigram-counts")
    assert "Traceback" not in answer.err
    assert "Warning" not in answer.err


def test_results_go_to_stdout_and_narration_to_stderr(mini: Program, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    answer = mini("inspect", "gpt-m", "--out", str(out), "--attention", "¿Sol? 🚀\n")
    assert answer.code == 0, answer.err
    paths = [Path(line) for line in answer.out.splitlines()]
    assert all(path.is_file() and path.is_relative_to(out) for path in paths)
    assert len(paths) == len([path for path in out.rglob("*") if path.is_file()])
    assert "attention:" not in answer.err
    assert answer.err.count("--probe") == 1
    assert "at 2 checkpoints" in answer.err
    assert not (run_of(mini, "gpt-mini").path / "inspection").exists()
    neighbours = (out / "neighbours.txt").read_text(encoding="utf-8").splitlines()
    assert neighbours[2].startswith("␣")  # the most frequent of all
    assert len(neighbours[2].split()) == 1 + 2 * 8


def test_one_checkpoint_can_be_looked_at_alone(mini: Program, tmp_path: Path) -> None:
    long = ("--attention", "Caterque es ríosol. " * 3)
    answer = mini("inspect", "gpt-mini", "--checkpoint", "4", "--out", str(tmp_path), "--json", *long)
    assert answer.code == 0, answer.err
    assert "attention: for the first 32 tokens" in answer.err
    assert answer.json["step"] == 4
    assert_figures(answer.json["parameters"], run_of(mini, "gpt-mini").checkpoints_path / "step-00000004")
    pictures = [path.name for path in (tmp_path / "parameters").rglob("*.*") if path.is_file()]
    assert set(pictures) == {"step-00000004.png"}


def test_without_its_prepared_text_a_run_can_still_be_looked_into(mini: Program, tmp_path: Path) -> None:
    moved = Program(tmp_path / "home")
    shutil.copytree(run_of(mini, "gpt-mini").path, run_of(moved, "gpt-mini").path)
    answer = moved("inspect", "gpt-mini", "--checkpoint", "last", "--json")
    assert answer.code == 0, answer.err
    assert "--attention TEXT" in answer.err
    files = {Path(path).name for path in answer.json["files"]}
    assert {"parameters.txt", "neighbours.txt", "embedding.png", "step-00000008.png"} <= files
    assert "layer-01.png" not in files


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gpt-mini", "--checkpoint", "5"], ["'5'", "best, last, 4, 8"]),
        (["gpt-mini", "--attention", ""], ["no text"]),
        (["nobody"], ["nobody"]),
        ([], ["RUN"]),
    ],
)
def test_what_cannot_be_is_refused(mini: Program, arguments: list[str], words: list[str], tmp_path: Path) -> None:
    assert_told(mini("inspect", *arguments, *(["--out", str(tmp_path / "out")] if arguments else [])), 2, *words)
    assert not (tmp_path / "out").exists()


def test_damaged_checkpoints_are_told_of(mini: Program, tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    run = run_of(program, "gpt-mini")
    shutil.copytree(run_of(mini, "gpt-mini").path, run.path)
    weights = run.checkpoints_path / "step-00000004" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    answer = program("inspect", "gpt-mini", "--json")
    assert answer.code == 0, answer.err
    assert "model.safetensors of step-00000004 is damaged" in answer.err
    assert not [path for path in answer.json["files"] if "step-00000004" in path]
    shutil.rmtree(run.path / "inspection")
    assert_told(program("inspect", "gpt-mini", "--checkpoint", "4"), 2, "damaged")
    shutil.rmtree(run.checkpoints_path / "step-00000008")
    assert_told(program("inspect", "gpt-mini"), 2, "damaged")
    shutil.rmtree(run.checkpoints_path)
    assert_told(program("inspect", "gpt-mini"), 2, "no whole checkpoint")
    assert not (run.path / "inspection").exists()


def test_a_folder_that_cannot_be_written_is_told_of(mini: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = mini("inspect", "gpt-mini", "--out", str(tmp_path / "file"))
    assert answer.code == 1
    assert "error: writing" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on files is Unix's")
def test_a_full_disk_leaves_whole_files(mini: Program, tmp_path: Path) -> None:
    answer = limited(mini, ["inspect", "gpt-mini", "--out", str(tmp_path)], 60_000)
    assert answer.code == 1
    assert "no space is left on the disk while writing" in answer.err
    assert "Traceback" not in answer.err
    assert_whole(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="the signal is Unix's")
def test_an_interrupted_inspection_leaves_whole_files(mini: Program, tmp_path: Path) -> None:
    process = mini.start("inspect", "gpt-mini", "--out", str(tmp_path))
    wait_for(lambda: len(list(tmp_path.glob("parameters/*/*.png"))) > 3, process)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"interrupted" in err
    assert not out
    assert len(list(tmp_path.glob("parameters/*.gif"))) < 16
    assert_whole(tmp_path)


def test_what_is_not_finite_is_null_in_json(mini: Program, tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    run = run_of(program, "gpt-mini")
    shutil.copytree(run_of(mini, "gpt-mini").path, run.path)
    tensors = load_file(run.checkpoints_path / "step-00000008" / "model.safetensors")
    tensors["wte.weight"][0, 0] = np.nan
    with new_checkpoint_folder(run, 12) as folder:
        save_file(tensors, folder / "model.safetensors")
        state = json.loads((run.checkpoints_path / "step-00000008" / "state.json").read_text())
        (folder / "state.json").write_text(json.dumps({**state, "step": 12}))
    answer = program("inspect", "gpt-mini", "--checkpoint", "last", "--json", "--attention", "Sol")
    assert answer.code == 0, answer.err
    told = {line["name"]: line for line in answer.json["parameters"]}
    assert told["wte.weight"]["mean"] is None
    assert told["wpe.weight"]["mean"] is not None
    assert "nan" not in (run.path / "inspection" / "neighbours.txt").read_text(encoding="utf-8")
    assert_whole(run.path / "inspection")
