"""The restricted Boltzmann machine: no connections within a layer, so a layer is sampled at once. Imports numpy and
`boltzmann`.

Smolensky (1986) called it the Harmonium. Visible units are joined to hidden ones only: given the ones, the others do
not depend on each other. Hinton (2002), "Training products of experts by minimizing contrastive divergence", saw that
the free phase need not be waited for: start at the data, go up, down and up again, and learn from the difference.
That is not the gradient of the likelihood, but it points much the same way and costs almost nothing.

Each hidden unit becomes a filter, an expert for something that the data often have; what is seen is what all of them
agree upon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.boltzmann import all_states, sigmoid

Floats = NDArray[np.float64]


def draw(probabilities: Floats, rng: np.random.Generator) -> Floats:
    """Units of 0 or 1, each 1 with its own probability."""
    return (rng.random(probabilities.shape) < probabilities).astype(np.float64)


@dataclass(frozen=True)
class RBM:
    """E(v, h) = −v W h − b v − c h. weights W (V, H), visible_bias b (V,), hidden_bias c (H,)."""

    weights: Floats
    visible_bias: Floats
    hidden_bias: Floats

    def up(self, v: Floats) -> Floats:
        """P(h = 1 | v) = σ(v W + c): (B, H) from (B, V)."""
        return sigmoid(v @ self.weights + self.hidden_bias)

    def down(self, h: Floats) -> Floats:
        """P(v = 1 | h) = σ(W h + b): (B, V) from (B, H)."""
        return sigmoid(h @ self.weights.T + self.visible_bias)

    def reconstruct(self, v: Floats) -> Floats:
        """What is left of `v` (B, V) after going up and down."""
        return self.down(self.up(v))

    def free_energy(self, v: Floats) -> Floats:
        """F(v) with P(v) = exp(−F(v)) / Z, (B,): the hidden units summed out, −b v − Σⱼ log(1 + exp(v W + c)ⱼ)."""
        value: Floats = -v @ self.visible_bias - np.logaddexp(0, v @ self.weights + self.hidden_bias).sum(axis=-1)
        return value

    def gibbs(self, v: Floats, sweeps: int, rng: np.random.Generator) -> Floats:
        """`v` (B, V) after going up and down `sweeps` times, drawing the units each time."""
        for _ in range(sweeps):
            v = draw(self.down(draw(self.up(v), rng)), rng)
        return v


def rbm(visible: int, hidden: int, rng: np.random.Generator) -> RBM:
    """An RBM that knows nothing: small random weights, so that the hidden units are not all the same."""
    return RBM(rng.standard_normal((visible, hidden)) * 0.1, np.zeros(visible), np.zeros(hidden))


# Learning.

Gradient = tuple[Floats, Floats, Floats]  # for weights, visible and hidden biases


def contrastive_divergence(net: RBM, v: Floats, k: int, rng: np.random.Generator) -> Gradient:
    """CD-k on data `v` (B, V): ⟨v h⟩ at the data less ⟨v h⟩ after k steps of sampling that began there."""
    h = net.up(v)
    dreamt_v, dreamt_h = v, h
    for _ in range(k):
        dreamt_v = draw(net.down(draw(dreamt_h, rng)), rng)
        dreamt_h = net.up(dreamt_v)
    return (
        (v.T @ h - dreamt_v.T @ dreamt_h) / len(v),
        (v - dreamt_v).mean(axis=0),
        (h - dreamt_h).mean(axis=0),
    )


def exact_gradient(net: RBM, v: Floats) -> Gradient:
    """The gradient of the mean log-likelihood, ⟨v h⟩ at the data less ⟨v h⟩ of the model, for few visible units."""
    states = all_states(len(net.visible_bias))
    p = np.exp(-net.free_energy(states) - log_partition(net))  # (2ⱽ,): the model's P(v)
    h, dreamt_h = net.up(v), net.up(states)
    return (
        v.T @ h / len(v) - states.T @ (p[:, None] * dreamt_h),
        v.mean(axis=0) - p @ states,
        h.mean(axis=0) - p @ dreamt_h,
    )


def step(net: RBM, gradient: Gradient, rate: float) -> RBM:
    """The net a little further up `gradient`."""
    w, b, c = gradient
    return RBM(net.weights + rate * w, net.visible_bias + rate * b, net.hidden_bias + rate * c)


def train(
    net: RBM, data: Floats, epochs: int, rng: np.random.Generator, k: int = 1, rate: float = 0.1, batch: int = 10
) -> tuple[RBM, list[float]]:
    """`net` after `epochs` of CD-k over `data` (N, V), and the reconstruction error before each and at the end."""
    errors = [reconstruction_error(net, data)]
    for _ in range(epochs):
        order = rng.permutation(len(data))
        for start in range(0, len(data), batch):
            chosen = data[order[start : start + batch]]
            net = step(net, contrastive_divergence(net, chosen, k, rng), rate)
        errors.append(reconstruction_error(net, data))
    return net, errors


def reconstruction_error(net: RBM, data: Floats) -> float:
    """Mean squared difference between the units of `data` (N, V) and their reconstructions."""
    return float(((data - net.reconstruct(data)) ** 2).mean())


# What can be counted exactly while the net is small.


def log_partition(net: RBM) -> float:
    """log Z: of all states of the hidden units, the visible ones summed out. For at most some 15 hidden units."""
    h = all_states(len(net.hidden_bias))
    negative = h @ net.hidden_bias + np.logaddexp(0, h @ net.weights.T + net.visible_bias).sum(axis=1)
    return float(np.logaddexp.reduce(negative))


def log_likelihood(net: RBM, data: Floats) -> float:
    """Mean log P(v) in nats of `data` (N, V): −F(v) − log Z."""
    return float(-net.free_energy(data).mean() - log_partition(net))


def bars_and_stripes(side: int) -> Floats:
    """Every picture of side × side with whole columns on, or whole rows: (2·2ˢ − 2, side²), blank and full once each.

    MacKay's (2003) example in "Information Theory, Inference, and Learning Algorithms". The bars come first.
    """
    choices = all_states(side)  # (2ˢ, side): which columns, or which rows
    bars = np.repeat(choices[:, None, :], side, axis=1).reshape(-1, side * side)
    stripes = np.repeat(choices[1:-1, :, None], side, axis=2).reshape(-1, side * side)
    return np.concatenate([bars, stripes])
