"""Models of shapes alone: as large as the model itself, and made without loading torch's compiler."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from tui_llm.config import ModelConfig
from tui_llm.models import MODELS, build_model
from tui_llm.models.shapes import shapes_alone


@pytest.mark.parametrize("name", sorted(MODELS))
def test_shapes_are_the_models_own(name: str) -> None:
    config = ModelConfig(name=name, n_layer=2, n_head=2, n_embd=16, block_size=8)  # type: ignore[arg-type]
    with shapes_alone():
        shapes = build_model(config, 50).state_dict()
    model = build_model(config, 50).state_dict()
    assert all(tensor.is_meta for tensor in shapes.values())
    assert {key: (tensor.shape, tensor.dtype) for key, tensor in shapes.items()} == {
        key: (tensor.shape, tensor.dtype) for key, tensor in model.items()
    }
    assert torch.empty(1).device.type == "cpu"


def test_torchs_compiler_is_not_loaded_for_shapes_alone() -> None:
    code = (
        "import sys; from tui_llm.config import ModelConfig; from tui_llm.models import MODELS, build_model;"
        "from tui_llm.models.shapes import shapes_alone\n"
        "for name in MODELS:\n"
        "    with shapes_alone():\n"
        "        build_model(ModelConfig(name=name, n_layer=2, n_head=2, n_embd=16, block_size=8), 50)\n"
        "    print(name, 'torch._dynamo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{name} False" for name in MODELS]
