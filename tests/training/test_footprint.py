"""What is said of a training's memory before there is one: sizes that are exact, an estimate that grows as it must."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from tui_llm.config import ModelConfig, RunConfig, TrainingConfig
from tui_llm.models import MODELS, build_model
from tui_llm.training.devices import Device
from tui_llm.training.footprint import Footprint, footprint
from tui_llm.training.optimizers import Optimizers

CPU = Device(torch.device("cpu"), torch.float32)


def of(device: Device = CPU, batch_size: int = 4, optimizer: str = "adamw", **model: Any) -> Footprint:
    sizes: dict[str, Any] = {"n_layer": 3, "n_head": 2, "n_embd": 16, "block_size": 12, **model}
    training = TrainingConfig(max_steps=1, batch_size=batch_size, optimizer=optimizer)  # type: ignore[arg-type]
    return footprint(RunConfig(model=ModelConfig(**sizes), training=training), 50, device)


@pytest.mark.parametrize("name", sorted(MODELS))
@pytest.mark.parametrize("layers", [1, 2, 5])
@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_sizes_are_those_of_the_model(name: str, layers: int, optimizer: str) -> None:
    size = of(name=name, n_layer=layers, optimizer=optimizer)
    config = ModelConfig(name=name, n_layer=layers, n_head=2, n_embd=16, block_size=12)  # type: ignore[arg-type]
    model = build_model(config, 50)
    assert size.parameters == model.parameter_count()
    assert size.weights == size.gradients == 4 * model.parameter_count()
    optimizers = Optimizers(model, TrainingConfig(max_steps=1, optimizer=optimizer))  # type: ignore[arg-type]
    model.loss(torch.zeros(1, 2, dtype=torch.int64), torch.zeros(1, 2, dtype=torch.int64)).backward()  # type: ignore[no-untyped-call]
    optimizers.step(1e-3)
    state = sum(4 * tensor.numel() for tensor in optimizers.state().values() if tensor.numel() > 1)
    assert size.optimizer == state


@pytest.mark.parametrize("name", sorted(MODELS))
@pytest.mark.parametrize("dropout", [0.0, 0.1])
def test_activations_are_about_what_autograd_keeps(name: str, dropout: float) -> None:
    sizes: dict[str, Any] = {
        "name": name,
        "n_layer": 4,
        "n_head": 2,
        "n_embd": 32,
        "block_size": 64,
        "dropout": dropout,
    }
    model = build_model(ModelConfig(**sizes), 50).train()
    own = {parameter.data_ptr() for parameter in model.parameters()}
    kept: dict[int, tuple[int, torch.Tensor]] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        if tensor.data_ptr() not in own:
            kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes(), tensor
        return tensor

    ids = torch.zeros(8, 64, dtype=torch.int64)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        model.loss(ids, ids)
    logits = 4 * 8 * 64 * 50
    really = sum(size for size, _ in kept.values()) + 2 * logits
    assert of(batch_size=8, **sizes).activations == pytest.approx(really, rel=0.25)


def test_activations_grow_with_batch_and_depth_and_shrink_with_precision() -> None:
    one, two = of(batch_size=4).activations, of(batch_size=8).activations
    assert two == pytest.approx(2 * one, rel=0.05)
    assert of(n_layer=1).activations < of(n_layer=2).activations < of(n_layer=30).activations
    cuda = Device(torch.device("cuda"), torch.bfloat16)
    assert of(cuda).activations < of(Device(torch.device("cuda"), torch.float32)).activations


def test_attention_that_is_not_fused_weighs_the_square_of_the_block() -> None:
    sizes: dict[str, Any] = {"block_size": 512, "n_embd": 16}
    assert of(**sizes, dropout=0.1).activations > 2 * of(**sizes).activations


def test_any_size_is_quick_because_nothing_is_made() -> None:
    size = of(n_layer=100_000, n_embd=4096, n_head=32, batch_size=100_000, block_size=4096)
    assert size.total > 10**15
