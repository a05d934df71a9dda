"""Deep layers of tanh: how they fall silent or saturate by their first weights alone, and two repairs.

Where a sum is large, tanh is flat: its slope 1 - tanh² is nearly 0 and no gradient passes. Where weights are small,
every layer makes its signal smaller. Glorot & Bengio (2010, "Understanding the difficulty of training deep feedforward
neural networks") and He et al. (2015, "Delving deep into rectifiers") chose the spread of the weights so that signals
keep theirs: gain / √inputs, with a gain of 5/3 for tanh. Ioffe & Szegedy (2015, "Batch normalization") gave up choosing
and made every neuron's sums have mean 0 and variance 1 over the batch. Imports numpy and `lessons.bigram`, for its
softmax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.bigram import softmax

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

#: Beyond this, tanh counts as saturated: less than 6 % of a gradient passes.
SATURATED = 0.97

#: Added to variances, so that nothing is divided by 0.
EPSILON = 1e-5


def batch_norm(x: Array, gamma: Array, beta: Array) -> tuple[Array, Array, Array]:
    """Each channel of `x` (N, H) with mean 0 and variance 1 over the batch, then times `gamma`, plus `beta` (H,).

    Returns:
        What comes out (N, H), and for the way back: the normalised `x` (N, H), the standard deviations (H,).
    """
    deviation = np.sqrt(x.var(axis=0) + EPSILON)
    normal = (x - x.mean(axis=0)) / deviation
    return normal * gamma + beta, normal, deviation


def batch_norm_backward(d_output: Array, normal: Array, deviation: Array, gamma: Array) -> tuple[Array, Array, Array]:
    """d loss / d `x` (N, H), `gamma` (H,) and `beta` (H,), given d loss / d output (N, H).

    Moving every example alike moves the mean, and moving them apart moves the deviation: the norm takes both out of
    `x`, and so both out of its gradient.
    """
    d_gamma, d_beta = (d_output * normal).sum(axis=0), d_output.sum(axis=0)
    d_x = gamma / deviation * (d_output - d_beta / len(normal) - normal * d_gamma / len(normal))
    return d_x, d_gamma, d_beta


@dataclass
class Stack:
    """Layers tanh(norm(x W)), then logits. `gammas` and `betas` are empty where there is no norm."""

    weights: list[Array]
    gammas: list[Array]
    betas: list[Array]
    output: Array

    def parameters(self) -> list[Array]:
        """In the order of the gradients."""
        return [*self.weights, *self.gammas, *self.betas, self.output]


def new_stack(
    inputs: int, width: int, depth: int, outputs: int, gain: float, normalised: bool, rng: np.random.Generator
) -> Stack:
    """`depth` layers of `width` neurons whose weights spread by gain / √(their inputs).

    With 100 inputs, a gain of 10 is the plain normal distribution that a beginner would take, 0.1 the "small numbers".
    """
    sizes = [inputs] + [width] * depth
    norms = depth if normalised else 0
    return Stack(
        [rng.normal(0.0, gain / np.sqrt(size), (size, width)) for size in sizes[:-1]],
        [np.ones(width) for _ in range(norms)],
        [np.zeros(width) for _ in range(norms)],
        rng.normal(0.0, 0.1 / np.sqrt(width), (width, outputs)),
    )


class Pass(NamedTuple):
    """What one pass forwards and backwards computes; lists have an entry for each layer."""

    loss: float
    activations: list[Array]  # (N, H) after tanh
    d_activations: list[Array]  # (N, H) d loss / d activations
    gradients: list[Array]  # in the order of `Stack.parameters()`


def forward_backward(stack: Stack, x: Array, targets: Ids) -> Pass:
    """The loss in nats of `targets` (N,) after inputs `x` (N, inputs), and every gradient."""
    activations, norms = [x], []
    for layer, weights in enumerate(stack.weights):
        total = activations[-1] @ weights
        if stack.gammas:
            total, normal, deviation = batch_norm(total, stack.gammas[layer], stack.betas[layer])
            norms.append((normal, deviation))
        activations.append(np.tanh(total))
    logits = activations[-1] @ stack.output
    loss, d_logits = cross_entropy(logits, targets)

    d_activations = [d_logits @ stack.output.T]
    d_weights: list[Array] = []
    d_gammas: list[Array] = []
    d_betas: list[Array] = []
    for layer in reversed(range(len(stack.weights))):
        d_total = d_activations[0] * (1.0 - activations[layer + 1] ** 2)
        if stack.gammas:
            d_total, d_gamma, d_beta = batch_norm_backward(d_total, *norms[layer], stack.gammas[layer])
            d_gammas.insert(0, d_gamma)
            d_betas.insert(0, d_beta)
        d_weights.insert(0, activations[layer].T @ d_total)
        d_activations.insert(0, d_total @ stack.weights[layer].T)
    parameters = [*d_weights, *d_gammas, *d_betas, activations[-1].T @ d_logits]
    return Pass(loss, activations[1:], d_activations[1:], parameters)


def cross_entropy(logits: Array, targets: Ids) -> tuple[float, Array]:
    """The mean loss in nats, and d loss / d `logits` (N, V). Even logits cost ln V, sure and wrong ones more."""
    rows = np.arange(len(targets))
    highest = logits.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(logits - highest).sum(axis=1, keepdims=True)) + highest
    loss = float((log_total[:, 0] - logits[rows, targets]).mean())
    d_logits = softmax(logits)
    d_logits[rows, targets] -= 1.0
    return loss, d_logits / len(targets)


class LayerStatistics(NamedTuple):
    """How one layer does: its activations, and the gradients that reach it."""

    mean: float
    std: float  # standard deviation of the activations
    saturated: float  # share of activations beyond SATURATED
    gradient_std: float  # standard deviation of d loss / d activations


def statistics(one: Pass) -> list[LayerStatistics]:
    """A line for each layer, the first one first."""
    return [
        LayerStatistics(float(a.mean()), float(a.std()), float((np.abs(a) > SATURATED).mean()), float(g.std()))
        for a, g in zip(one.activations, one.d_activations, strict=True)
    ]


def train(
    stack: Stack, x: Array, targets: Ids, steps: int, rate: float, rng: np.random.Generator, batch: int = 64
) -> list[float]:
    """Gradient descent on batches drawn by lot: the loss of each step. Changes `stack`."""
    losses = []
    for _ in range(steps):
        drawn = rng.integers(len(targets), size=batch)
        one = forward_backward(stack, x[drawn], targets[drawn])
        for parameter, gradient in zip(stack.parameters(), one.gradients, strict=True):
            parameter -= rate * gradient
        losses.append(one.loss)
    return losses
