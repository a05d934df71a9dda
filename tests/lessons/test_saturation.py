"""The deep stack of lesson 11: it breaks as told, both repairs repair, and every gradient is torch's."""

from __future__ import annotations

from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from tui_llm.lessons.bigram import alphabet_of, encode
from tui_llm.lessons.mlp import windows
from tui_llm.lessons.saturation import (
    EPSILON,
    LayerStatistics,
    batch_norm,
    batch_norm_backward,
    cross_entropy,
    forward_backward,
    new_stack,
    statistics,
    train,
)

TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")
V = len(alphabet_of(TEXT))


def examples(context: int = 3, channels: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Contexts of the text as points of a table drawn by lot (N, context x channels), and what came after."""
    contexts, targets = windows(encode(TEXT, alphabet_of(TEXT)), context)
    table = np.random.default_rng(0).normal(size=(V, channels))
    return table[contexts].reshape(len(targets), -1), targets


def layers(gain: float, normalised: bool = False, depth: int = 6) -> list[LayerStatistics]:
    x, targets = examples()
    stack = new_stack(x.shape[1], 100, depth, V, gain, normalised, np.random.default_rng(1))
    return statistics(forward_backward(stack, x[:500], targets[:500]))


def test_batch_norm_and_its_gradients_are_torchs() -> None:
    rng = np.random.default_rng(0)
    x, gamma, beta, weighing = rng.normal(2, 3, (9, 4)), rng.normal(size=4), rng.normal(size=4), rng.normal(size=(9, 4))
    out, normal, deviation = batch_norm(x, gamma, beta)
    np.testing.assert_allclose(normal.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(normal.std(axis=0), 1, atol=1e-4)
    tensors = [torch.tensor(one, requires_grad=True) for one in (x, gamma, beta)]
    theirs = F.batch_norm(tensors[0], None, None, tensors[1], tensors[2], training=True, eps=EPSILON)
    np.testing.assert_allclose(out, theirs.detach().numpy(), atol=1e-9)
    expected = torch.autograd.grad((theirs * torch.tensor(weighing)).sum(), tensors)
    for mine, other in zip(batch_norm_backward(weighing, normal, deviation, gamma), expected, strict=True):
        np.testing.assert_allclose(mine, other.numpy(), atol=1e-9)


@pytest.mark.parametrize("normalised", [False, True])
def test_all_gradients_of_the_stack_are_torchs(normalised: bool) -> None:
    rng = np.random.default_rng(0)
    stack = new_stack(5, 7, 3, 6, 1.5, normalised, rng)
    x, targets = rng.normal(size=(12, 5)), rng.integers(6, size=12)
    one = forward_backward(stack, x, targets)
    tensors = [torch.tensor(parameter, requires_grad=True) for parameter in stack.parameters()]
    activations, h = [], torch.tensor(x)
    for layer in range(3):
        h = h @ tensors[layer]
        if normalised:
            h = F.batch_norm(h, None, None, tensors[3 + layer], tensors[6 + layer], training=True, eps=EPSILON)
        h = torch.tanh(h)
        activations.append(h)
    loss = F.cross_entropy(h @ tensors[-1], torch.tensor(targets))
    assert one.loss == pytest.approx(loss.item(), abs=1e-9)
    expected = torch.autograd.grad(loss, [*tensors, *activations])
    for mine, theirs in zip([*one.gradients, *one.d_activations], expected, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), atol=1e-9)


def test_the_loss_of_even_logits_and_of_a_sure_mistake() -> None:
    targets = np.array([0, 1])
    assert cross_entropy(np.zeros((2, 27)), targets)[0] == pytest.approx(log(27))
    assert cross_entropy(np.array([[0.0, 500.0], [0.0, 500.0]]), targets)[0] == pytest.approx(250.0)


def test_plain_normal_weights_saturate_every_layer() -> None:
    found = layers(gain=10.0)
    assert min(layer.saturated for layer in found) > 0.7


def test_small_weights_fall_silent_from_layer_to_layer() -> None:
    spreads = [layer.std for layer in layers(gain=0.1)]
    assert all(after < 0.2 * before for before, after in pairwise(spreads))
    assert spreads[-1] < 1e-5


def test_a_gain_of_one_shrinks_and_five_thirds_does_not() -> None:
    shrinking = [layer.std for layer in layers(gain=1.0, depth=10)]
    steady = [layer.std for layer in layers(gain=5 / 3, depth=10)]
    assert shrinking == sorted(shrinking, reverse=True)
    assert shrinking[-1] < 0.6 * shrinking[0]
    assert steady[-1] > 0.8 * steady[1] > 0.5
    assert max(layer.saturated for layer in layers(gain=5 / 3)) < 0.25


def test_gradients_vanish_or_explode_on_the_way_down_unless_the_gain_is_right() -> None:
    def ratio(gain: float, normalised: bool = False) -> float:
        found = layers(gain, normalised)
        return found[0].gradient_std / found[-1].gradient_std

    assert ratio(0.1) < 1e-4
    assert ratio(10.0) > 5
    assert 0.3 < ratio(5 / 3) < 3


@pytest.mark.parametrize("gain", [0.1, 1.0, 5 / 3, 10.0])
def test_batch_norm_makes_the_gain_nearly_meaningless(gain: float) -> None:
    found = layers(gain, normalised=True)
    assert all(0.55 < layer.std < 0.7 for layer in found)
    assert all(layer.saturated < 0.1 for layer in found)
    assert 0.2 < found[0].gradient_std / found[-1].gradient_std < 5


def test_what_is_broken_does_not_learn_and_what_is_repaired_does() -> None:
    x, targets = examples()

    def learnt(gain: float, normalised: bool) -> float:
        rng = np.random.default_rng(2)
        stack = new_stack(x.shape[1], 50, 6, V, gain, normalised, rng)
        losses = train(stack, x, targets, 300, 0.3, rng)
        return float(np.mean(losses[-50:]))

    silent, saturated, repaired, normed = (
        learnt(0.1, False),
        learnt(10.0, False),
        learnt(5 / 3, False),
        learnt(0.1, True),
    )
    assert repaired < silent - 0.3
    assert repaired < saturated - 0.15
    assert normed < silent - 0.3
