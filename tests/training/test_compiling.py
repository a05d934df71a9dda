"""torch.compile: the same losses, and a clean way back where no compiler works."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest
import torch
from torch._dynamo.utils import counters

from tests.cli.program import Program
from tests.cli.test_train_resume import TINY, losses
from tui_llm.config import ModelConfig
from tui_llm.models import MODELS, build_model
from tui_llm.runs.directory import RunDirectory
from tui_llm.training.compiling import compiled_loss
from tui_llm.training.devices import Device

CPU = Device(torch.device("cpu"), torch.float32)


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_compiled_on_the_cpu_unless_asked(name: str) -> None:
    model = build_model(ModelConfig(name=name, n_layer=1, n_head=2, n_embd=8, block_size=4), 11)  # type: ignore[arg-type]
    for wanted in (None, False):
        assert compiled_loss(model, wanted, CPU, 2) == (model.loss, None)


def test_without_a_compiler_training_goes_on_and_says_so(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    text = tmp_path / "text.txt"
    text.write_text("Una frase que vuelve siempre. " * 200, encoding="utf-8")
    program.environment["CXX"] = "/nonexistent/compiler"
    program.environment["TORCHINDUCTOR_CACHE_DIR"] = str(tmp_path / "cache")
    settings = [word for word in TINY if word != "--no-compile"]
    answer = program("train", str(text), "--model", "gpt", *settings, "--max-steps", "5", "--compile", "--name", "a")
    assert answer.code == 0, answer.err
    assert "torch.compile does not work here" in answer.err
    assert len(losses(RunDirectory(program.home / "runs" / "a"))) == 5


@pytest.mark.parametrize("name", ["gpt", "modern", "encoder"])
def test_on_the_cpu_equal_blocks_are_compiled_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is tested is what is compiled and when; the compiler proper would take half a minute.
    monkeypatch.setattr(torch, "compile", functools.partial(torch.compile, backend="aot_eager"))
    torch._dynamo.reset()
    counters.clear()
    config = ModelConfig(name=name, n_layer=9, n_head=2, n_embd=8, block_size=4, dropout=0.0)  # type: ignore[arg-type]
    model = build_model(config, 11)
    loss_of, complaint = compiled_loss(model, True, CPU, 2)
    assert complaint is None
    ids, targets = (torch.randint(11, (2, 4), generator=torch.Generator().manual_seed(seed)) for seed in (1, 2))
    plain, compiled = model.loss(ids, targets), loss_of(ids, targets)
    torch.testing.assert_close(compiled, plain)
    gradients = [torch.autograd.grad(loss, list(model.parameters())) for loss in (plain, compiled)]
    torch.testing.assert_close(*gradients)
    assert counters["stats"]["unique_graphs"] == 1
    # Other shapes than those of training go through the model as it was written.
    assert model(ids[:1, :3]).shape == (1, 3, 11)
    assert counters["stats"]["unique_graphs"] == 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="there is no C++ compiler")
def test_compiled_training_gives_the_losses_of_plain_training(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    text = tmp_path / "text.txt"
    text.write_text("Una frase que vuelve siempre. " * 200, encoding="utf-8")
    program.environment["TORCHINDUCTOR_CACHE_DIR"] = str(tmp_path / "cache")
    settings = [word for word in TINY if word != "--no-compile"]
    found = {}
    for name, flag in (("plain", "--no-compile"), ("compiled", "--compile")):
        answer = program(
            "train",
            str(text),
            "--model",
            "modern",
            *settings,
            flag,
            "--dtype",
            "float32",
            "--max-steps",
            "5",
            "--name",
            name,
        )
        assert answer.code == 0, answer.err
        assert "does not work" not in answer.err
        found[name] = losses(RunDirectory(program.home / "runs" / name))
    assert found["compiled"] == pytest.approx(found["plain"], abs=1e-3)
