"""The tree of lesson 13 is the product's own WaveNet with the same weights, learns, and sees what it should."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.models.making import make
from tui_llm.lessons import wavenet
from tui_llm.lessons.bigram import alphabet_of, encode
from tui_llm.lessons.mlp import windows

TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")


def of_the_product() -> tuple[torch.nn.Module, wavenet.Parameters]:
    """The product's model with three layers, and its weights by this lesson's names."""
    model = make("wavenet", n_layer=3, batch_norm=False)
    state = {name: value.double().numpy() for name, value in model.state_dict().items()}
    p = {"C": state["wte.weight"]}
    for layer in range(3):
        p[f"W{layer}"] = state[f"h.{layer}.fuse.linear.weight"].T
        p[f"b{layer}"] = state[f"h.{layer}.fuse.linear.bias"]
    return model.double(), p | {"W": state["lm_head.weight"].T, "b": state["lm_head.bias"]}


def test_the_tree_is_the_products_model() -> None:
    model, p = of_the_product()
    ids = np.random.default_rng(0).integers(61, size=(4, 16))
    theirs = model(torch.tensor(ids)).detach().numpy()  # (4, 16, V)
    np.testing.assert_allclose(wavenet.forward(p, ids[:, -8:])[-1], theirs[:, -1], atol=1e-9)
    np.testing.assert_allclose(wavenet.shared(p, ids[0]), theirs[0, 7:], atol=1e-9)


def test_sharing_nodes_gives_what_a_tree_for_each_place_gives() -> None:
    p = wavenet.initial(9, 3, 5, 3, np.random.default_rng(0))
    ids = np.random.default_rng(1).integers(9, size=30)
    trees = np.lib.stride_tricks.sliding_window_view(ids, 8)
    np.testing.assert_allclose(wavenet.shared(p, ids), wavenet.forward(p, trees)[-1], atol=1e-12)


def test_levels_halve_and_the_context_doubles() -> None:
    for layers in range(1, 6):
        p = wavenet.initial(11, 4, 6, layers, np.random.default_rng(0))
        assert wavenet.receptive_field(p) == 2**layers
        halves = [(2, 2**level, 6) for level in reversed(range(layers))]
        assert wavenet.shapes(p, batch=2) == [(2, 2**layers, 4), *halves, (2, 11)]


@pytest.mark.parametrize(("layers", "positions"), [(1, 1), (3, 1), (3, 5), (4, 100)])
def test_nodes_are_counted_one_by_one(layers: int, positions: int) -> None:
    spans = {
        (place + start, level)
        for place in range(positions)
        for level in range(1, layers + 1)
        for start in range(0, 2**layers, 2**level)
    }
    # With shared nodes a layer answers at every place where its span fits, needed by a tree or not.
    length = positions + 2**layers - 1
    everywhere = {(start, level) for level in range(1, layers + 1) for start in range(length - 2**level + 1)}
    assert wavenet.nodes(layers, positions) == (positions * (2**layers - 1), len(everywhere))
    assert spans <= everywhere


def test_gradients_are_torchs_within_a_billionth() -> None:
    rng = np.random.default_rng(0)
    p = wavenet.initial(9, 3, 5, 3, rng)
    for name in ("b0", "b1", "b2", "b"):
        p[name] += rng.normal(size=p[name].shape)
    contexts, targets = rng.integers(9, size=(10, 8)), rng.integers(9, size=10)
    loss, found = wavenet.gradients(p, contexts, targets)
    t = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    points = x = t["C"][torch.tensor(contexts)]
    for layer in range(3):
        x = torch.tanh(torch.cat((x[:, ::2], x[:, 1::2]), dim=-1) @ t[f"W{layer}"] + t[f"b{layer}"])
    expected = torch.nn.functional.cross_entropy(x[:, 0] @ t["W"] + t["b"], torch.tensor(targets))
    assert loss == pytest.approx(expected.item(), abs=1e-9) == pytest.approx(wavenet.mean_loss(p, contexts, targets))
    theirs = torch.autograd.grad(expected, [*t.values(), points])
    for name, gradient in zip([*t, "points"], theirs, strict=True):
        np.testing.assert_allclose(found[name], gradient.numpy(), atol=1e-9)


def test_it_learns_from_all_its_context_and_most_from_what_is_near() -> None:
    alphabet = alphabet_of(TEXT)
    data = windows(encode(TEXT, alphabet), 8)
    rng = np.random.default_rng(0)
    p = wavenet.initial(len(alphabet), 8, 48, 3, rng)
    assert wavenet.mean_loss(p, *data) == pytest.approx(log(len(alphabet)), abs=0.05)
    losses = wavenet.train(p, data, 600, 0.3, rng)
    assert np.mean(losses[-100:]) < 2.4
    felt = wavenet.influence(p, data[0][:2000], data[1][:2000])
    assert felt.shape == (8,)
    assert (felt > 0).all()
    assert felt.argmax() == 7
