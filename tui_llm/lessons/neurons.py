"""A neuron, a layer, a network of `Value`s, and how it learns to tell two moons apart by gradient descent.

A neuron weighs its inputs, adds a bias and bends the sum; a layer is neurons side by side; a multi-layer perceptron is
layers one after another (Rumelhart, Hinton & Williams 1986, "Learning representations by back-propagating errors"). To
learn is to measure how wrong the answers are, to ask `backward` how each weight made them so, and to move every weight
a little against its gradient. At the end stands the same network with arrays instead of `Value`s: the same numbers,
hundreds of times faster, and its gradients written by hand. Imports numpy and `lessons.value`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.value import Value

Array = NDArray[np.float64]
Activation = Literal["tanh", "relu", "linear"]
Loss = Literal["squares", "hinge"]


def two_moons(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Two half circles that reach into each other, and which of them each point belongs to.

    Args:
        count: points N, half of them in each moon.
        noise: standard deviation of what is added to each coordinate.

    Returns:
        Points (N, 2) and labels (N,): 1 for the upper moon, -1 for the lower.
    """
    labels = np.where(np.arange(count) % 2 == 0, 1.0, -1.0)
    angle = rng.uniform(0.0, np.pi, count)
    upper = np.stack((np.cos(angle) - 0.5, np.sin(angle) - 0.25), axis=1)
    points: Array = np.where(labels[:, None] > 0, upper, -upper)  # one moon is the other, turned by half a circle
    return points + rng.normal(0.0, noise, (count, 2)), labels


class Neuron:
    """activation(w · x + b)"""

    def __init__(self, inputs: int, activation: Activation, rng: np.random.Generator) -> None:
        self.weights = [Value(w) for w in rng.normal(0.0, 1 / np.sqrt(inputs), inputs)]
        self.bias = Value(0.0)
        self.activation = activation

    def __call__(self, x: Sequence[Value | float]) -> Value:
        total = sum((weight * one for weight, one in zip(self.weights, x, strict=True)), start=self.bias)
        if self.activation == "tanh":
            return total.tanh()
        return total.relu() if self.activation == "relu" else total


class MLP:
    """Layers of neurons, each fed by all of the layer before. The last is one linear neuron: its sign is the answer."""

    def __init__(self, hidden: Sequence[int], activation: Activation, rng: np.random.Generator) -> None:
        """For points in the plane, with layers of `hidden` neurons in between."""
        widths = [2, *hidden, 1]
        kinds: list[Activation] = [activation] * len(hidden) + ["linear"]
        self.layers = [
            [Neuron(inputs, kind, rng) for _ in range(outputs)]
            for (inputs, outputs), kind in zip(pairwise(widths), kinds, strict=True)
        ]

    def __call__(self, point: Sequence[Value | float]) -> Value:
        x = point
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        (score,) = x
        assert isinstance(score, Value)
        return score

    def parameters(self) -> list[Value]:
        """Weights, then bias, of each neuron of each layer."""
        return [value for layer in self.layers for neuron in layer for value in (*neuron.weights, neuron.bias)]


def total_loss(scores: Sequence[Value], labels: Sequence[float], loss: Loss) -> Value:
    """How wrong the scores are, as one number.

    squares: Σ (score - label)², the sum of squared errors.
    hinge: Σ max(0, 1 - label · score), which leaves alone what is right by a margin of 1.
    """
    pairs = zip(scores, labels, strict=True)
    if loss == "squares":
        return sum(((score - label) ** 2 for score, label in pairs), start=Value(0.0))
    return sum(((1 - label * score).relu() for score, label in pairs), start=Value(0.0))


def descend(mlp: MLP, points: Array, labels: Array, rate: float, loss: Loss) -> float:
    """One step of gradient descent on all points; the loss before it."""
    scores = [mlp(point) for point in points.tolist()]
    total = total_loss(scores, labels.tolist(), loss)
    for parameter in mlp.parameters():
        parameter.grad = 0.0  # or the gradients of earlier steps would be added to this one's
    total.backward()
    for parameter in mlp.parameters():
        parameter.data -= rate * parameter.grad
    return total.data


class Step(NamedTuple):
    """One step of training: the loss before it, and the share of points on the right side."""

    loss: float
    accuracy: float


@dataclass
class Network:
    """The same network with a layer's weights in one matrix: `weights[i]` (inputs, outputs), `biases[i]` (outputs,)."""

    weights: list[Array]
    biases: list[Array]
    activation: Activation

    @classmethod
    def of(cls, mlp: MLP) -> Network:
        """An MLP's weights, copied."""
        return cls(
            [np.array([[weight.data for weight in neuron.weights] for neuron in layer]).T for layer in mlp.layers],
            [np.array([neuron.bias.data for neuron in layer]) for layer in mlp.layers],
            mlp.layers[0][0].activation,
        )

    def layers(self, points: Array) -> list[Array]:
        """What every layer gives for `points` (N, 2): the points, the hidden layers (N, H), the scores (N, 1)."""
        outputs = [points]
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            total = outputs[-1] @ weight + bias
            outputs.append(activate(total, self.activation))
        return [*outputs, outputs[-1] @ self.weights[-1] + self.biases[-1]]

    def scores(self, points: Array) -> Array:
        """(N,) for `points` (N, 2): above 0 says upper moon."""
        return self.layers(points)[-1][:, 0]

    def gradients(self, points: Array, labels: Array, loss: Loss) -> tuple[float, list[Array], list[Array]]:
        """The loss, and d loss / d weights and biases: the chain rule, from the last layer to the first."""
        outputs = self.layers(points)
        error = outputs[-1][:, 0] - labels
        margin = 1 - labels * outputs[-1][:, 0]
        total = float((error**2).sum() if loss == "squares" else np.maximum(0.0, margin).sum())
        slope = (2 * error if loss == "squares" else np.where(margin > 0, -labels, 0.0))[:, None]  # d loss / d score
        d_weights, d_biases = [], []
        for layer in reversed(range(len(self.weights))):
            d_weights.append(outputs[layer].T @ slope)
            d_biases.append(slope.sum(axis=0))
            if layer > 0:
                slope = (slope @ self.weights[layer].T) * activation_slope(outputs[layer], self.activation)
        return total, d_weights[::-1], d_biases[::-1]

    def train(self, points: Array, labels: Array, steps: int, rate: float, loss: Loss) -> Iterator[Step]:
        """Gradient descent on all points at once, a `Step` yielded for each."""
        for _ in range(steps):
            accuracy = float((self.scores(points) * labels > 0).mean())
            total, d_weights, d_biases = self.gradients(points, labels, loss)
            for parameter, gradient in zip(self.weights + self.biases, d_weights + d_biases, strict=True):
                parameter -= rate * gradient
            yield Step(total, accuracy)

    def regions(self, side: int, across: float, up: float) -> Array:
        """Scores (side, side) over the plane from -across to across and -up to up, its first row on top."""
        grid = np.stack(np.meshgrid(np.linspace(-across, across, side), np.linspace(up, -up, side)), axis=-1)
        return self.scores(grid.reshape(-1, 2)).reshape(side, side)


def activate(total: Array, activation: Activation) -> Array:
    """The activation of every number in `total`."""
    if activation == "tanh":
        return np.tanh(total)
    return np.maximum(0.0, total) if activation == "relu" else total


def activation_slope(output: Array, activation: Activation) -> Array:
    """The activation's derivative, told by its output: 1 - tanh², or 1 where relu let something through."""
    if activation == "tanh":
        return 1.0 - output**2
    return np.where(output > 0, 1.0, 0.0) if activation == "relu" else np.ones_like(output)
