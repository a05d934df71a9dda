"""The options of `train` and `find-lr`: each ends in the setting of its name, and none is passed over in silence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program


def configuration(program: Program, *arguments: str) -> dict[str, Any]:
    """The `run.toml` of a training with `arguments`."""
    answer = program("train", *arguments, "--name", "run", "--device", "cpu")
    assert answer.code == 0, answer.err
    return tomllib.loads((program.home / "runs" / "run" / "run.toml").read_text(encoding="utf-8"))


def test_the_flags_of_a_ladder_model_are_its_settings(program: Program, text: Path) -> None:
    settings = configuration(
        program,
        *(str(text), "--preset", "mlp", "--context", "3", "--n-layer", "1", "--n-embd", "4", "--n-inner", "12"),
        *("--no-batch-norm", "--no-init-gain", "--block-size", "8", "--dropout", "0.1", "--batch-size", "2"),
        *("--max-steps", "2", "--keep-last", "3", "--keep-epochs", "--probe", "--lr", "0.5", "--seed", "3"),
        *("--optimizer", "adamw", "--warmup-steps", "1", "--eval-interval", "2", "--dtype", "float32", "--no-compile"),
        *("--documents", "line", "--nfc"),
    )
    wanted = tomllib.loads(f"""
        [model]
        name = "mlp"
        context = 3
        n_layer = 1
        n_embd = 4
        n_inner = 12
        block_size = 8
        dropout = 0.1
        batch_norm = false
        init_gain = false
        [training]
        max_steps = 2
        batch_size = 2
        keep_last = 3
        keep_epochs = true
        probe = true
        lr = 0.5
        seed = 3
        optimizer = "adamw"
        warmup_steps = 1
        eval_interval = 2
        [data]
        texts = ["{text}"]
        tokenizer = "char"
        documents = "line"
        nfc = true
        [system]
        device = "cpu"
        dtype = "float32"
        compile = false
    """)
    for section, values in wanted.items():
        assert values == {name: settings[section][name] for name in values}
    assert settings["preset"] == "mlp"


def test_counts_are_smoothed_as_asked(program: Program, text: Path) -> None:
    arguments = (str(text), "--model", "bigram-counts", "--smoothing", "0.5", "--block-size", "8")
    model = configuration(program, *arguments)["model"]
    assert (model["name"], model["smoothing"], model["block_size"]) == ("bigram-counts", 0.5, 8)


@pytest.mark.parametrize("command", ["train", "find-lr"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "mlp", "--n-head", "4"], ["the model mlp has no n_head.", "context, n_layer, n_embd"]),
        (["--model", "bigram", "--n-layer", "2"], ["the model bigram has no n_layer.", "it has: block_size."]),
        (["--context", "4"], ["the model modern has no context."]),
        (["--preset", "refranes", "--batch-norm"], ["the model encoder has no batch_norm."]),
        (["--config", "{config}", "--no-init-gain"], ["the model gpt has no init_gain."]),
        (["--preset", "mlp", "--model", "mlp"], ["--preset and --model"]),
    ],
)
def test_a_setting_that_the_model_does_not_have_is_refused(
    program: Program, text: Path, command: str, arguments: list[str], words: list[str]
) -> None:
    config = text.parent / "own.toml"
    # A file may hold every model's settings, as a run's own does; only what is typed is looked at.
    config.write_text('[model]\nname = "gpt"\ncontext = 5\n', encoding="utf-8")
    answer = program(command, str(text), *(argument.format(config=config) for argument in arguments))
    assert answer.code == 2
    for word in words:
        assert word in answer.err
    assert not program.home.exists() or not list(program.home.rglob("*.toml"))


@pytest.mark.parametrize("command", ["train", "find-lr"])
def test_the_help_fits_80_columns(program: Program, command: str) -> None:
    program.environment["COLUMNS"] = "80"
    answer = program(command, "--help")
    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "…" not in answer.out
