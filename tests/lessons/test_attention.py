"""Attention of lesson 14: its four versions agree where they must, and torch's and the product's parts with it."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tui_llm.config import ModelConfig
from tui_llm.lessons import attention as a
from tui_llm.models.gpt import Block

RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 7, 12))


def test_three_averages_are_one() -> None:
    expected = np.stack([X[:, : t + 1].mean(axis=1) for t in range(7)], axis=1)
    for average in (a.average_loop, a.average_matrix, a.average_softmax):
        np.testing.assert_allclose(average(X), expected, atol=1e-12)


def test_the_fourth_version_averages_too_while_it_asks_nothing() -> None:
    gathered, weights = a.attention(np.zeros_like(X), X, X)
    np.testing.assert_allclose(gathered, a.average_loop(X), atol=1e-12)
    np.testing.assert_allclose(a.entropy(weights)[0], np.log2(np.arange(1, 8)), atol=1e-12)


def test_a_key_that_fits_well_is_nearly_all_that_is_gathered() -> None:
    k = np.eye(4)[None]
    gathered, weights = a.attention(100 * k[:, [0, 1, 1, 0]], k, k)
    np.testing.assert_allclose(gathered[0], np.eye(4)[[0, 1, 1, 0]], atol=1e-9)
    assert a.entropy(weights)[0, -1] == pytest.approx(0.0, abs=1e-6)


def test_attention_is_torchs() -> None:
    q, k, v = RNG.normal(size=(3, 2, 4, 7, 5))
    tq, tk, tv = (torch.tensor(one) for one in (q, k, v))
    scaled = F.scaled_dot_product_attention(tq, tk, tv, is_causal=True).numpy()
    plain = F.scaled_dot_product_attention(tq, tk, tv, is_causal=True, scale=1.0).numpy()
    np.testing.assert_allclose(a.attention(q, k, v)[0], scaled, atol=1e-12)
    np.testing.assert_allclose(a.attention(q, k, v, scaled=False)[0], plain, atol=1e-12)


def test_many_heads_are_torchs() -> None:
    p = a.initial(12, RNG)
    theirs = nn.MultiheadAttention(12, 3, bias=False, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.tensor(np.concatenate([p[name].T for name in ("wq", "wk", "wv")])))
        theirs.out_proj.weight.copy_(torch.tensor(p["wo"].T))
    x, future = torch.tensor(X), torch.ones(7, 7, dtype=torch.bool).triu(1)
    expected, expected_weights = theirs(x, x, x, attn_mask=future, average_attn_weights=False)
    mine, weights = a.multi_head(X, p, 3)
    np.testing.assert_allclose(mine, expected.detach().numpy(), atol=1e-12)
    np.testing.assert_allclose(weights, expected_weights.detach().numpy(), atol=1e-12)
    np.testing.assert_allclose(a.join_heads(a.split_heads(X, 4)), X)


def test_layer_norm_and_gelu_are_torchs() -> None:
    gain = RNG.normal(size=12)
    expected = F.layer_norm(torch.tensor(X), (12,), torch.tensor(gain))
    np.testing.assert_allclose(a.layer_norm(X, gain), expected.numpy(), atol=1e-12)
    np.testing.assert_allclose(a.gelu(X), F.gelu(torch.tensor(X), approximate="tanh").numpy(), atol=1e-12)


def test_the_block_is_the_products() -> None:
    torch.manual_seed(0)
    theirs = Block(ModelConfig(name="gpt", n_layer=1, n_head=3, n_embd=12, bias=False), 0).double().eval()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    state = {name: value.numpy() for name, value in theirs.state_dict().items()}
    q, k, v = np.split(state["attn.c_attn.weight"].T, 3, axis=1)
    p = {"norm1": state["ln_1.weight"], "wq": q, "wk": k, "wv": v, "wo": state["attn.c_proj.weight"].T}
    p |= {"norm2": state["ln_2.weight"]}
    p |= {"widen": state["mlp.c_fc.weight"].T, "narrow": state["mlp.c_proj.weight"].T}
    expected = theirs(torch.tensor(X), None).detach().numpy()
    np.testing.assert_allclose(a.block(X, p, 3), expected, atol=1e-12)


def test_nothing_flows_from_the_future() -> None:
    p = a.initial(12, RNG)
    changed = X.copy()
    changed[:, 4:] += 1.0
    before, after = a.block(X, p, 3), a.block(changed, p, 3)
    assert (before[:, :4] == after[:, :4]).all()
    assert (before[:, 4:] != after[:, 4:]).any()


def test_without_parts_that_find_anything_the_stream_goes_through_whole() -> None:
    p = a.initial(12, RNG)
    p["wo"] *= 0
    p["narrow"] *= 0
    assert (a.block(X, p, 3) == X).all()


def test_dropout_keeps_the_mean() -> None:
    ones = np.ones(40_000)
    dropped = a.dropout(ones, 0.25, np.random.default_rng(0))
    assert set(np.unique(dropped)) == {0.0, 1 / 0.75}
    assert (dropped == 0).mean() == pytest.approx(0.25, abs=0.01)
    assert dropped.mean() == pytest.approx(1.0, abs=0.02)
    p = a.initial(12, RNG)
    assert (a.block(X, p, 3, 0.5, np.random.default_rng(0)) != a.block(X, p, 3)).any()
    np.testing.assert_allclose(a.block(X, p, 3, 0.0, np.random.default_rng(0)), a.block(X, p, 3))


def test_without_scaling_large_heads_see_one_place_alone() -> None:
    found = a.scaling([4, 16, 64, 256], 32, np.random.default_rng(0))
    plain, scaled = [one[0] for one in found], [one[1] for one in found]
    assert plain == sorted(plain, reverse=True)
    assert plain[-1] < 0.5
    assert max(scaled) - min(scaled) < 0.3
    assert all(log2(32) - 1 < one < log2(32) for one in scaled)
