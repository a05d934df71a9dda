"""The GPT of lesson 18, its switches each by itself: they do what the product's parts do, and the training is fair."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tui_llm.config import ModelConfig
from tui_llm.lessons import modern_parts as parts
from tui_llm.lessons.switches import (
    CHANNELS,
    CONTEXT,
    GPT,
    HEADS,
    KEY_HEADS,
    LAYERS,
    PARTS,
    SIZE,
    Muon,
    trained,
    turned,
)
from tui_llm.models import build_model

TEXT = "the cat sat on the mat, and the rat sat on the cat. " * 12


def test_turned_is_rope_by_hand() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 9, 8))
    np.testing.assert_allclose(turned(torch.tensor(x)).numpy(), parts.rope(x, np.arange(9.0)), atol=1e-5)


#: Where the product's model keeps what stands here.
NAMES = {"q": "self_attn.q_proj", "out": "self_attn.o_proj", "q_norm": "self_attn.q_norm", "k_norm": "self_attn.k_norm"}


def test_all_switched_on_it_is_the_products_model() -> None:
    torch.manual_seed(0)
    inner = 8 * CHANNELS // 3
    config = ModelConfig(
        n_layer=LAYERS, n_head=HEADS, n_kv_head=KEY_HEADS, n_embd=CHANNELS, n_inner=inner, block_size=CONTEXT
    )
    theirs, mine = build_model(config, 30), GPT(30, PARTS)
    state = theirs.state_dict()
    found = {"tokens.weight": state["embed_tokens.weight"], "norm.weight": state["norm.weight"]}
    for layer in range(LAYERS):
        there, here = f"layers.{layer}.", f"blocks.{layer}."
        found |= {f"{here}1.{one}.weight": state[f"{there}{name}.weight"] for one, name in NAMES.items()}
        keys_values = [state[f"{there}self_attn.{one}_proj.weight"] for one in ("k", "v")]
        found[f"{here}1.kv.weight"] = torch.cat(keys_values)
        found |= {f"{here}3.{one}.weight": state[f"{there}mlp.{one}_proj.weight"] for one in ("gate", "up", "down")}
        found[f"{here}0.weight"] = state[f"{there}input_layernorm.weight"]
        found[f"{here}2.weight"] = state[f"{there}post_attention_layernorm.weight"]
    mine.load_state_dict(found)
    ids = torch.randint(30, (2, CONTEXT))
    with torch.no_grad():
        torch.testing.assert_close(mine(ids), theirs(ids), atol=2e-5, rtol=1e-4)


@pytest.mark.parametrize("on", [(), *[(part,) for part in PARTS], PARTS])
def test_whatever_is_on_it_learns_and_never_looks_ahead(on: tuple[str, ...]) -> None:
    made = trained(TEXT, frozenset(on), 12)
    assert made.losses[-1] < made.losses[0] - 0.2
    torch.manual_seed(0)
    model = GPT(20, on)
    ids = torch.randint(20, (1, 10))
    other = ids.clone()
    other[0, 6:] = (other[0, 6:] + 1) % 20
    with torch.no_grad():
        torch.testing.assert_close(model(ids)[:, :6], model(other)[:, :6])
        assert (model(ids)[:, 6:] - model(other)[:, 6:]).abs().max() > 1e-4


def test_a_training_is_the_same_each_time_and_leaves_the_dice_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    first = trained(TEXT, frozenset(), 5)
    assert torch.equal(torch.get_rng_state(), before)
    trained.cache_clear()
    assert trained(TEXT, frozenset(), 5) == first
    assert trained(TEXT, frozenset(), 5, seed=1).losses[0] != first.losses[0]


@pytest.mark.parametrize("shape", [(6, 4), (4, 4), (3, 8)])
def test_muon_does_what_muon_by_hand_does(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    weights, momentum = rng.normal(size=shape), np.zeros(shape)
    matrix = torch.nn.Parameter(torch.tensor(weights))
    moving = Muon([matrix], 0.1)
    for _ in range(3):
        gradient = rng.normal(size=shape)
        matrix.grad = torch.tensor(gradient)
        moving.step()
        weights, momentum = parts.muon_step(weights, gradient, momentum, 0.1)
    np.testing.assert_allclose(matrix.detach().numpy(), weights, atol=1e-6)


def test_grouped_queries_keep_less() -> None:
    every, grouped = (trained(TEXT, frozenset(on), 1) for on in ((), ("grouped",)))
    assert (every.kept, grouped.kept) == (2 * LAYERS * HEADS * SIZE, 2 * LAYERS * KEY_HEADS * SIZE)
