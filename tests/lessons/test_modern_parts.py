"""The parts of lesson 18 are the product's and torch's, and do what is said of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.config import ModelConfig
from tui_llm.lessons import modern_parts as parts
from tui_llm.lessons.attention import join_heads, layer_norm, split_heads
from tui_llm.lessons.bigram import alphabet_of, encode
from tui_llm.lessons.mlp import windows
from tui_llm.lessons.saturation import new_stack
from tui_llm.lessons.saturation import train as saturation_train
from tui_llm.models import fused, modern

RNG = np.random.default_rng(0)
TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")
ALPHABET = alphabet_of(TEXT)


def test_rms_norm_is_torchs_and_layer_norm_for_what_has_mean_0() -> None:
    x, gain = RNG.normal(2.0, 3.0, (4, 5, 12)), RNG.normal(size=12)
    expected = F.rms_norm(torch.tensor(x), (12,), torch.tensor(gain), 1e-6).numpy()
    np.testing.assert_allclose(parts.rms_norm(x, gain), expected, atol=1e-12)
    centred = x - x.mean(axis=-1, keepdims=True)
    np.testing.assert_allclose(parts.rms_norm(centred, gain), layer_norm(centred, gain), atol=1e-4)
    assert np.abs(parts.rms_norm(x, gain) - layer_norm(x, gain)).max() > 0.1


def test_rope_is_the_products() -> None:
    x, positions = RNG.normal(size=(2, 3, 9, 8)), np.arange(9.0)
    rotary = modern.rotary_table(torch.tensor(positions), 8)
    expected = fused.rotate(torch.tensor(x), *rotary).numpy()
    np.testing.assert_allclose(parts.rope(x, positions), expected, atol=1e-5)  # its table is in float32


@given(st.integers(0, 500), st.integers(0, 500), st.integers(-500, 500))
def test_under_rope_a_score_depends_on_the_distance_alone(t: int, s: int, shift: int) -> None:
    q, k = np.random.default_rng(1).normal(size=(2, 1, 16))

    def score(at: int, of: int) -> float:
        return float((parts.rope(q, np.array([at])) * parts.rope(k, np.array([of]))).sum())

    assert score(t + shift, s + shift) == pytest.approx(score(t, s), abs=1e-9)
    assert np.linalg.norm(parts.rope(q, np.array([t]))) == pytest.approx(np.linalg.norm(q))


@given(st.floats(0.01, 1000), st.integers(0, 99))
def test_with_qk_norm_scores_stay_in_bounds_whatever_the_weights(size: float, seed: int) -> None:
    q, k = np.random.default_rng(seed).normal(0.0, size, (2, 6, 16))
    normal_q, normal_k = parts.qk_norm(q, k, np.ones(16), np.ones(16))
    assert np.abs(normal_q @ normal_k.T).max() / np.sqrt(16) <= np.sqrt(16) + 1e-9


def test_swiglu_is_the_products() -> None:
    theirs = modern.SwiGLU(ModelConfig(name="modern", n_embd=12, n_inner=20)).double().eval()
    gate, up, down = (
        weight.detach().numpy().T
        for weight in (theirs.gate_proj.weight, theirs.up_proj.weight, theirs.down_proj.weight)
    )
    x = RNG.normal(size=(2, 5, 12))
    np.testing.assert_allclose(parts.swiglu(x, gate, up, down), theirs(torch.tensor(x)).detach().numpy(), atol=1e-12)
    with np.errstate(all="raise"):
        assert parts.silu(np.array([-800.0, 800.0])).tolist() == [0.0, 800.0]


@pytest.mark.parametrize("kv_heads", [1, 2, 4])
def test_grouped_attention_is_torchs(kv_heads: int) -> None:
    q, k, v = RNG.normal(size=(2, 4, 7, 6)), *RNG.normal(size=(2, 2, kv_heads, 7, 6))
    tq, tk, tv = (torch.tensor(one) for one in (q, k, v))
    expected = F.scaled_dot_product_attention(tq, tk, tv, is_causal=True, enable_gqa=True)
    np.testing.assert_allclose(parts.grouped_attention(q, k, v)[0], expected.numpy(), atol=1e-12)


@pytest.mark.parametrize("kv_heads", [1, 2, 4])
def test_together_they_are_the_products_attention(kv_heads: int) -> None:
    torch.manual_seed(0)
    config = ModelConfig(name="modern", n_layer=1, n_head=4, n_kv_head=kv_heads, n_embd=24)
    theirs = modern.Attention(config, 0).eval()
    with torch.no_grad():
        theirs.q_norm.weight.normal_()
        theirs.k_norm.weight.normal_()
    state = {name: value.numpy() for name, value in theirs.state_dict().items()}
    x, positions = RNG.normal(size=(2, 9, 24)), np.arange(9.0)
    q, k, v = (
        split_heads(x @ state[f"{name}_proj.weight"].T, heads)
        for name, heads in (("q", 4), ("k", kv_heads), ("v", kv_heads))
    )
    q, k = parts.qk_norm(q, k, state["q_norm.weight"], state["k_norm.weight"])
    gathered, _ = parts.grouped_attention(parts.rope(q, positions), parts.rope(k, positions), v)
    mine = join_heads(gathered) @ state["o_proj.weight"].T
    rotary = modern.rotary_table(torch.arange(9), 6)
    expected = theirs(torch.tensor(x, dtype=torch.float32), rotary, None).detach().numpy()
    np.testing.assert_allclose(mine, expected, atol=1e-5)


def test_the_cache_of_grouped_queries_is_smaller_by_their_number() -> None:
    sizes = [parts.cache_numbers(6, heads, 64, 1024) for heads in (1, 2, 8)]
    assert sizes == [786_432, 2 * 786_432, 8 * 786_432]


@pytest.mark.parametrize("shape", [(12, 12), (8, 20), (20, 8)])
def test_newton_schulz_does_to_singular_values_what_its_polynomial_says(shape: tuple[int, int]) -> None:
    matrix = RNG.normal(size=shape)
    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    values = values / np.linalg.norm(matrix)
    steps = parts.newton_schulz(matrix)
    assert len(steps) == 6
    a, b, c = parts.QUINTIC
    for step in steps:
        np.testing.assert_allclose(step, (left * values) @ right, atol=1e-9)
        values = a * values + b * values**3 + c * values**5
    assert (np.linalg.svd(steps[-1], compute_uv=False) > 0.6).all()
    assert (np.linalg.svd(steps[-1], compute_uv=False) < 1.25).all()


def test_newton_schulz_of_nothing_is_nothing() -> None:
    assert (parts.newton_schulz(np.zeros((3, 4)))[-1] == 0).all()


def test_muons_steps_are_torchs() -> None:
    start, gradients = RNG.normal(size=(16, 24)), RNG.normal(size=(3, 16, 24))
    theirs = torch.nn.Parameter(torch.tensor(start, dtype=torch.float32))
    optimizer = torch.optim.Muon([theirs], lr=0.1, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw")
    mine, momentum = start, np.zeros_like(start)
    for gradient in gradients:
        theirs.grad = torch.tensor(gradient, dtype=torch.float32)
        optimizer.step()  # type: ignore[no-untyped-call]
        mine, momentum = parts.muon_step(mine, gradient, momentum, 0.1)
    moved = np.linalg.norm(mine - start)
    assert np.linalg.norm(mine - theirs.detach().numpy()) < 0.03 * moved  # torch iterates in bfloat16


def test_muon_moves_in_all_directions_and_gradient_descent_in_the_strong_ones() -> None:
    left, right = (np.linalg.qr(RNG.normal(size=(10, 10)))[0] for _ in range(2))
    gradient = (left * np.geomspace(1.0, 0.05, 10)) @ right
    moved = -parts.muon_step(np.zeros((10, 10)), gradient, np.zeros((10, 10)), 1.0)[0]

    def spread(matrix: np.ndarray) -> float:
        values = np.linalg.svd(matrix, compute_uv=False)
        return float(values[0] / values[-1])

    assert spread(gradient) == pytest.approx(20)
    assert spread(moved) < 2
    assert np.sqrt((moved**2).mean()) == pytest.approx(0.2, abs=0.06)


def test_muon_learns_more_in_as_many_steps_than_descent_at_its_best_rate() -> None:
    contexts, targets = windows(encode(TEXT, ALPHABET), 3)
    x = np.random.default_rng(0).normal(size=(len(ALPHABET), 10))[contexts].reshape(len(targets), -1)

    def learnt(muon: bool, rate: float) -> float:
        rng = np.random.default_rng(0)
        stack = new_stack(30, 50, 4, len(ALPHABET), 5 / 3, False, rng)
        if muon:
            losses = parts.train(stack, x, targets, 300, rate, 0.3, rng)
        else:
            losses = saturation_train(stack, x, targets, 300, rate, rng)
        return float(np.mean(losses[-50:]))

    assert learnt(True, 0.01) < min(learnt(False, rate) for rate in (0.3, 0.5, 1.0)) - 0.05
