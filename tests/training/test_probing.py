"""Probes tell what is there, against plain torch and numpy, and they change nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from torch import Tensor, nn

from tests.models.making import V, make, random_ids
from tests.training.golden import losses, small_request, text, trained
from tui_llm.config import ModelConfig
from tui_llm.models import fused
from tui_llm.models.base import LanguageModel
from tui_llm.runs.checkpoints import checkpoint_name
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.probes import Histogram, LayerProbe, ProbeRecord, read_probes
from tui_llm.training.probing import BINS, Probe

LR = 0.1


def probed(model: LanguageModel, step: int = 0) -> ProbeRecord:
    """What is seen in one step of plain gradient descent."""
    probe = Probe(model, step)
    probe.loss(random_ids(), random_ids().roll(-1, 1)).backward()  # type: ignore[no-untyped-call]
    probe.before_update()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.grad is not None:
                parameter.sub_(LR * parameter.grad)
    return probe.after_update()


def layers(record: ProbeRecord) -> dict[str, LayerProbe]:
    return {layer.name: layer for layer in record.layers}


def assert_histogram(told: Histogram | None, values: Tensor) -> None:
    """The counts are numpy's; values on the very edge of a bin may have gone to its neighbour."""
    assert told is not None
    counts, edges = np.histogram(values.detach().double().numpy(), bins=BINS)
    assert (told.low, told.high) == pytest.approx((edges[0], edges[-1]), rel=1e-4)
    assert sum(told.counts) == values.numel()
    assert np.abs(np.cumsum(told.counts) - np.cumsum(counts)).max() <= 3


def assert_seen(told: LayerProbe, output: Tensor) -> None:
    """`output` has a gradient by now."""
    assert told.mean == pytest.approx(output.mean().item(), rel=1e-4, abs=1e-6)
    assert told.std == pytest.approx(output.std().item(), rel=1e-4)
    assert_histogram(told.activation, output)
    assert output.grad is not None
    assert told.gradient_std == pytest.approx(output.grad.std().item(), rel=1e-4)
    assert_histogram(told.gradient, output.grad)


def test_what_is_seen_in_a_network_of_tanh_is_what_is_there() -> None:
    model = make("mlp", context=3, n_layer=1, n_embd=8, n_inner=24, batch_norm=False, init_gain=True).train()
    weights = {name: parameter.detach().clone().requires_grad_() for name, parameter in model.named_parameters()}
    record = probed(model, step=7)

    # The network, written out.
    windows = F.pad(random_ids(), (2, 0), value=V).unfold(1, 3, 1)
    before = F.embedding(windows, weights["wte.weight"]).flatten(2) @ weights["h.0.linear.weight"].T
    before = before + weights["h.0.linear.bias"]
    hidden = before.tanh()
    logits = hidden @ weights["lm_head.weight"].T + weights["lm_head.bias"]
    for output in (before, hidden, logits):
        output.retain_grad()
    F.cross_entropy(logits.flatten(0, 1), random_ids().roll(-1, 1).flatten()).backward()  # type: ignore[no-untyped-call]

    assert record.step == 7
    seen = layers(record)
    kinds = {"wte": "Embedding", "h.0.linear": "Linear", "h.0.tanh": "Tanh", "lm_head": "Linear"}
    assert {name: layer.kind for name, layer in seen.items()} == kinds
    assert list(seen) == list(kinds)
    for name, output in (("h.0.linear", before), ("h.0.tanh", hidden), ("lm_head", logits)):
        assert_seen(seen[name], output)
    saturated = (hidden.abs() > 0.97).double().mean().item()
    assert 0.0 < saturated < 1.0
    assert {name: layer.saturated for name, layer in seen.items() if layer.saturated is not None} == {
        "h.0.tanh": pytest.approx(saturated)
    }
    assert all(layer.dead is None for layer in seen.values())

    assert [one.name for one in record.parameters] == list(weights)
    for one in record.parameters:
        weight = weights[one.name]
        assert weight.grad is not None
        assert one.shape == list(weight.shape)
        assert one.std == pytest.approx(weight.std().item(), rel=1e-4)
        assert one.gradient_std == pytest.approx(weight.grad.std().item(), rel=1e-4)
        assert one.update_ratio == pytest.approx((LR * weight.grad).std().item() / weight.std().item(), rel=1e-3)


def test_what_is_seen_in_a_gpt_is_what_is_there() -> None:
    model = make("gpt", n_layer=1).train()
    block: Any = model.get_submodule("h.0")
    with torch.no_grad():
        block.mlp.c_fc.bias[:5] = -50.0  # five units that never answer
    wte = model.token_embedding().detach().clone().requires_grad_()
    wpe: Tensor = model.get_parameter("wpe.weight").detach().clone()
    values = wte.detach().clone()

    # The model, written out but for its attention; `wte` is both its entrance and its head.
    x = F.embedding(random_ids(), wte) + wpe[:16]
    x = x + block.attn(block.ln_1(x), None)
    inner = F.gelu(block.mlp.c_fc(block.ln_2(x)), approximate="tanh")
    logits = model.get_submodule("ln_f")(x + block.mlp.c_proj(inner)) @ wte.T
    inner.retain_grad()
    F.cross_entropy(logits.flatten(0, 1), random_ids().roll(-1, 1).flatten()).backward()  # type: ignore[no-untyped-call]
    model.zero_grad()

    record = probed(model)
    seen = layers(record)
    assert {layer.kind for layer in seen.values()} == {"Embedding", "Linear", "LayerNorm", "GELU"}
    assert_seen(seen["h.0.mlp.act"], inner)
    dead = (inner.flatten(0, 1).max(dim=0).values <= 0).double().mean().item()
    assert dead >= 5 / 128
    assert {name: layer.dead for name, layer in seen.items() if layer.dead is not None} == {
        "h.0.mlp.act": pytest.approx(dead)
    }
    tied = record.parameters[0]
    assert wte.grad is not None
    assert (tied.name, tied.shape) == ("wte.weight", [V, 32])
    assert tied.gradient_std == pytest.approx(wte.grad.std().item(), rel=1e-4)
    assert tied.update_ratio == pytest.approx((LR * wte.grad).std().item() / values.std().item(), rel=1e-3)


@pytest.mark.parametrize("name", ["bigram", "mlp", "wavenet", "encoder", "gpt", "modern"])
def test_every_layer_of_every_model_is_seen_with_its_gradient(name: str) -> None:
    model = make(name).train()
    record = probed(model)
    leaves = {
        name: type(module).__name__
        for name, module in model.named_modules()
        if not list(module.children()) and not isinstance(module, nn.Dropout | nn.Identity)
    }
    assert {layer.name: layer.kind for layer in record.layers} == leaves
    for layer in record.layers:
        assert layer.gradient_std is not None
        assert layer.gradient is not None
        assert sum(layer.gradient.counts) == sum(layer.activation.counts) > 0
    assert [one.name for one in record.parameters] == [name for name, _ in model.named_parameters()]
    assert all(one.gradient_std > 0 and one.update_ratio for one in record.parameters)


class Tied(LanguageModel):
    """It calls one layer twice, does not use another, and begins with weights that are all alike."""

    def __init__(self) -> None:
        super().__init__(ModelConfig(block_size=16), V)
        self.wte = nn.Embedding(V, 8)
        self.twice = nn.Linear(8, 8)
        self.again = self.twice
        self.unused = nn.Linear(8, 8)
        self.act = nn.ReLU()
        nn.init.ones_(self.twice.weight)
        self.fails = False

    def forward(self, ids: Tensor, cache: object = None) -> Tensor:
        x = self.act(self.twice(self.wte(ids)))
        if self.fails:
            raise RuntimeError("no memory")
        return F.linear(self.again(x), self.wte.weight)

    def token_embedding(self) -> Tensor:
        return self.wte.weight


def test_a_layer_that_is_called_twice_is_seen_the_first_time() -> None:
    model = Tied()
    first = model.twice(model.wte(random_ids()))
    record = probed(model)
    assert [layer.name for layer in record.layers] == ["wte", "twice", "act"]
    assert layers(record)["twice"].mean == pytest.approx(first.mean().item(), rel=1e-4)
    told = {one.name: one for one in record.parameters}
    assert told["twice.weight"].std == 0.0
    assert told["twice.weight"].gradient_std > 0.0
    assert told["twice.weight"].update_ratio is None
    assert (told["unused.weight"].gradient_std, told["unused.weight"].update_ratio) == (0.0, 0.0)


@pytest.mark.parametrize("fails", [False, True])
def test_no_hook_is_left(fails: bool) -> None:
    model = Tied()
    model.fails = fails
    probe = Probe(model, 0)
    if fails:
        with pytest.raises(RuntimeError, match="no memory"):
            probe.loss(random_ids(), random_ids())
    else:
        probe.loss(random_ids(), random_ids())
    assert not any(module._forward_hooks for module in model.modules())


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 3e38, -1e20])
def test_what_is_not_finite_is_left_out(value: float) -> None:
    model = make("gpt", n_layer=1).train()
    clean = layers(probed(make("gpt", n_layer=1).train()))["wpe"]
    rest = model.get_parameter("wpe.weight").detach().flatten()[1:].clone()
    with torch.no_grad():
        model.get_parameter("wpe.weight")[0, 0] = value
    record = probed(model)
    seen = layers(record)["wpe"]
    assert seen.mean == pytest.approx(rest.mean().item(), abs=1e-6)
    assert seen.std == pytest.approx(rest.std().item(), rel=1e-4)
    assert sum(seen.activation.counts) == sum(clean.activation.counts) - 1


def test_where_nothing_is_finite_there_is_nothing_to_tell() -> None:
    model = make("mlp", batch_norm=False).train()
    with torch.no_grad():
        model.get_parameter("wte.weight").fill_(math.nan)
    record = probed(model)
    for layer in record.layers:
        assert (layer.mean, layer.std, sum(layer.activation.counts)) == (0.0, 0.0, 0)
    assert record.parameters[0].update_ratio is None


class Shown(LanguageModel):
    """A model whose one layer gives what it is told to give."""

    def __init__(self, values: Tensor) -> None:
        super().__init__(ModelConfig(), V)
        self.act = nn.Tanh()
        self.values = nn.Parameter(values)

    def forward(self, ids: Tensor, cache: object = None) -> Tensor:
        raise NotImplementedError

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        total: Tensor = self.act(self.values).sum()
        return total

    def token_embedding(self) -> Tensor:
        raise NotImplementedError


_FLOATS = arrays.arrays(
    np.float32, st.tuples(st.integers(1, 3), st.integers(1, 9)), elements=st.floats(width=32, allow_subnormal=True)
)


@settings(deadline=None)
@given(_FLOATS)
def test_any_values_give_a_record(values: np.ndarray) -> None:
    """Whatever the values: figures are finite, and every usable value lies in one bin of the range."""
    model = Shown(torch.from_numpy(values.copy()))
    probe = Probe(model, 0)
    probe.loss(random_ids(), random_ids()).backward()  # type: ignore[no-untyped-call]
    probe.before_update()
    with torch.no_grad():
        model.values.mul_(2.0)
    record = probe.after_update()
    (layer,), (parameter,) = record.layers, record.parameters
    tanh = np.tanh(values[np.isfinite(values) | np.isinf(values)].astype(np.float64))
    assert sum(layer.activation.counts) == len(tanh)
    assert layer.activation.low < layer.activation.high
    usable = values[np.abs(values) <= 1e15].astype(np.float64)
    assert math.isfinite(parameter.std)
    if len(usable) > 1 and np.ptp(usable) > 1e-15:
        assert parameter.std == pytest.approx(usable.std(ddof=1), rel=1e-2, abs=1e-6 * np.abs(usable).max())
    assert parameter.update_ratio is None or math.isfinite(parameter.update_ratio)


def test_every_bin_gets_its_own() -> None:
    """Values that float32 holds exactly, one more in each bin, the highest in the last."""
    values = torch.cat([torch.full((n + 1,), n / 64) for n in range(BINS)] + [torch.tensor([BINS / 64])])

    class Same(nn.ReLU):
        def forward(self, x: Tensor) -> Tensor:
            return x * 1.0

    model = Shown(values.view(1, -1))
    model.act = Same()  # type: ignore[assignment]
    probe = Probe(model, 0)
    probe.loss(random_ids(), random_ids())
    probe.before_update()
    (layer,) = probe.after_update().layers
    assert layer.activation == Histogram(0.0, BINS / 64, [*range(1, BINS), BINS + 1])
    assert layer.dead == pytest.approx(1 / values.numel())


def test_large_activations_are_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = probed(make("gpt").train())
    monkeypatch.setattr("tui_llm.training.probing._CHUNK", 100)
    for told, expected in zip(probed(make("gpt").train()).layers, whole.layers, strict=True):
        assert told.activation == expected.activation
        assert (told.mean, told.std) == pytest.approx((expected.mean, expected.std), rel=1e-5, abs=1e-7)
        assert told.gradient_std == pytest.approx(expected.gradient_std, rel=1e-5)


# -- Beside training ---------------------------------------------------------------------------------------------------


@pytest.fixture
def novel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "home"))
    path = tmp_path / "text.txt"
    path.write_text(text(), encoding="utf-8")
    return path


def run_of(novel: Path, preset: str, name: str, **training: Any) -> RunDirectory:
    request = small_request(preset, novel, max_steps=12, eval_interval=6, **training)
    if preset in ("gpt-mini", "modern"):
        request["model"]["dropout"] = 0.2
    return trained(request, name)


@pytest.mark.parametrize("preset", ["bigram", "wavenet", "refranes", "gpt-mini", "modern"])
def test_a_probed_run_is_to_the_bit_the_run_that_is_not_probed(preset: str, novel: Path) -> None:
    plain = run_of(novel, preset, "plain", gradient_accumulation_steps=2)
    seen = run_of(novel, preset, "seen", gradient_accumulation_steps=2, probe=True)
    assert losses(seen) == losses(plain)
    assert len(losses(seen)) == 12
    weights = [run.checkpoints_path / checkpoint_name(12) / "model.safetensors" for run in (plain, seen)]
    assert weights[0].read_bytes() == weights[1].read_bytes()
    assert not plain.probes_path.exists()
    assert [record.step for record in read_probes(seen)] == list(range(12))


@pytest.mark.parametrize("name", ["gpt", "modern"])
def test_so_is_a_step_of_fused_kernels(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fused, "FEWEST", 1)
    model = make(name).train()

    def gradients(loss_of: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
        model.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(random_ids(), random_ids().roll(-1, 1))
        loss.backward()  # type: ignore[no-untyped-call]
        return torch.cat([one.grad.flatten() for one in model.parameters() if one.grad is not None])

    assert torch.equal(gradients(model.loss), gradients(Probe(model, 0).loss))


def test_gradients_are_those_of_the_whole_step_before_clipping(novel: Path) -> None:
    at_once = run_of(novel, "bigram", "at-once", batch_size=8, grad_clip=0.0, probe=True)
    in_parts = run_of(novel, "bigram", "in-parts", gradient_accumulation_steps=2, grad_clip=1e-3, probe=True)
    whole, parts = (read_probes(run)[0] for run in (at_once, in_parts))
    assert parts.parameters[0].gradient_std == pytest.approx(whole.parameters[0].gradient_std, rel=1e-4)
    assert sum(parts.layers[0].activation.counts) * 2 == sum(whole.layers[0].activation.counts)


def test_a_compiled_model_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compilations = []

    def compiler(graph: Any, inputs: Any) -> Any:
        compilations.append(graph)
        return graph.forward

    model = make("gpt", n_layer=1).train()
    torch._dynamo.reset()
    loss_of = torch.compile(model.loss, dynamic=False, backend=compiler)
    before = loss_of(random_ids(), random_ids())
    record = probed(model)
    with torch.no_grad():
        for parameter in model.parameters():
            assert parameter.grad is not None
            parameter.add_(LR * parameter.grad)
    after = loss_of(random_ids(), random_ids())
    torch._dynamo.reset()
    assert record.layers
    assert len(compilations) == 1
    torch.testing.assert_close(after, before)
