"""What is said of a training's memory before there is one: sizes that are exact, an estimate that grows as it must."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.config import ModelConfig, RunConfig, TrainingConfig
from tui_llm.errors import InputError
from tui_llm.models import MODELS, build_model
from tui_llm.training import auto
from tui_llm.training.devices import Device
from tui_llm.training.footprint import Footprint, at_most, footprint
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
    assert size.weights == sum(
        tensor.numel() * tensor.element_size() for tensor in [*model.parameters(), *model.buffers()]
    )
    optimizers = Optimizers(model, TrainingConfig(max_steps=1, optimizer=optimizer))  # type: ignore[arg-type]
    loss = model.loss(torch.zeros(2, 2, dtype=torch.int64), torch.zeros(2, 2, dtype=torch.int64))
    if name == "bigram-counts":
        assert not loss.requires_grad
        assert size.gradients == size.optimizer == 0
        return
    loss.backward()  # type: ignore[no-untyped-call]
    assert size.gradients == sum(
        4 * parameter.grad.numel() for parameter in model.parameters() if parameter.grad is not None
    )
    optimizers.step(1e-3)
    state = sum(4 * tensor.numel() for tensor in optimizers.state().values() if tensor.numel() > 1)
    assert size.optimizer == state


def test_counts_weigh_eight_bytes_and_a_table_of_weights_four() -> None:
    assert of(name="bigram-counts").weights == 8 * 50 * 50
    assert of(name="bigram").weights == 4 * 50 * 50


def most_allocated(config: ModelConfig, training: TrainingConfig, device: Device) -> int:
    """Bytes of weights, state, and all that torch allocates at once in a step, as its profiler saw them."""
    torch.manual_seed(0)
    model = build_model(config, 50).train()
    optimizers = Optimizers(model, training)
    rows = torch.randint(50, (training.batch_size, config.block_size + 1))

    def step() -> None:
        with device.precision():
            loss = model.loss(rows[:, :-1], rows[:, 1:])
        if loss.requires_grad:
            loss.backward()  # type: ignore[no-untyped-call]
            optimizers.step(1e-3)

    step()
    held = [*model.parameters(), *model.buffers(), *optimizers.state().values()]
    with torch.profiler.profile(profile_memory=True) as profiler:
        step()
    changes = [event for event in profiler.profiler.kineto_results.events() if event.name() == "[memory]"]
    now = most = 0
    for event in sorted(changes, key=lambda event: event.start_ns()):
        now += event.nbytes()
        most = max(most, now)
    return most + sum(tensor.numel() * tensor.element_size() for tensor in held)


@pytest.mark.parametrize("name", sorted(MODELS))
@pytest.mark.parametrize("dropout", [0.0, 0.1])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_whole_is_about_what_torch_allocates(name: str, dropout: float, dtype: torch.dtype) -> None:
    sizes: dict[str, Any] = {"n_layer": 4, "n_head": 2, "n_embd": 32, "block_size": 64, "dropout": dropout}
    device = Device(torch.device("cpu"), dtype)
    really = most_allocated(ModelConfig(name=name, **sizes), TrainingConfig(max_steps=1, batch_size=16), device)  # type: ignore[arg-type]
    assert 0.95 < of(device, batch_size=16, name=name, **sizes).total / really < 1.35


@pytest.mark.parametrize("layers", [1, 3, 6])
def test_a_wavenet_pads_the_sequence_for_each_of_its_layers(layers: int) -> None:
    sizes: dict[str, Any] = {"n_layer": layers, "n_embd": 16, "block_size": 16}
    really = most_allocated(ModelConfig(name="wavenet", **sizes), TrainingConfig(max_steps=1, batch_size=16), CPU)
    assert 0.95 < of(batch_size=16, name="wavenet", **sizes).total / really < 1.35


def test_a_wavenet_that_looks_back_on_the_whole_world_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputError, match="2\\^40 tokens"):
        of(name="wavenet", n_layer=40)


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


@given(
    name=st.sampled_from(["gpt", "modern", "encoder"]),
    size=st.sampled_from([(1, 1, 16), *auto.LADDER]),
    block_size=st.sampled_from([8, 64, 128, 256, 1024]),
    batch_size=st.sampled_from([1, 8, 64]),
    vocab_size=st.sampled_from([70, 322, 2048, 50_257]),
    n_inner=st.sampled_from([None, 16, 3072]),
    dropout=st.sampled_from([0.0, 0.1]),
    dtype=st.sampled_from([torch.float32, torch.bfloat16]),
    optimizer=st.sampled_from(["adamw", "muon"]),
)
@settings(max_examples=60, deadline=None)
def test_at_most_is_never_less(
    name: Any,
    size: tuple[int, int, int],
    block_size: int,
    batch_size: int,
    vocab_size: int,
    n_inner: int | None,
    dropout: float,
    dtype: torch.dtype,
    optimizer: Any,
) -> None:
    layers, heads, width = size
    sizes = {"n_layer": layers, "n_head": heads, "n_embd": width, "n_inner": n_inner}
    model = ModelConfig(name=name, block_size=block_size, dropout=dropout, **sizes)  # type: ignore[arg-type]
    config = RunConfig(model=model, training=TrainingConfig(max_steps=1, batch_size=batch_size, optimizer=optimizer))
    exact = footprint(config, vocab_size, Device(torch.device("cpu"), dtype)).total
    assert exact <= at_most(config, vocab_size)


def test_a_small_training_is_known_to_fit_without_torchs_compiler() -> None:
    program = """
import sys
import torch
from tui_llm.config import TrainingConfig
from tui_llm.presets import resolve
from tui_llm.training.auto import fit_memory
from tui_llm.training.devices import Device
fit_memory(resolve({"preset": "modern"}), 2048, Device(torch.device("cpu"), torch.bfloat16))
print("torch._dynamo" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "False\n"
