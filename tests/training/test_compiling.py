"""torch.compile: the same losses, and a clean way back where no compiler works."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

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
