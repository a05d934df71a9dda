"""What lesson 8 trains: networks on two moons, a lone weight in its valley, and one network three ways. Imports numpy
and the network; torch only to compare.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_llm.lessons.neurons import MLP, Activation, Network, Step, descend, total_loss, two_moons
from tui_llm.lessons.value import topological

COUNT = 100
POINTS, LABELS = two_moons(COUNT, 0.1, np.random.default_rng(0))

#: The widths of the hidden layers of the network that is shown most.
HIDDEN = 8

RATE = 0.001


def right_ones(network: Network) -> int:
    """How many points are on the right side."""
    return int((network.scores(POINTS) * LABELS > 0).sum())


@cache
def trained(hidden: int, activation: Activation, steps: int) -> tuple[Network, list[Step]]:
    """A network with two layers of so many neurons, or a lone neuron, after so many steps; what each step began with,
    and after them what it ends with.
    """
    network = Network.of(MLP([hidden, hidden] if hidden else [], activation, np.random.default_rng(0)))
    history = list(network.train(POINTS, LABELS, steps, RATE, "squares"))
    loss = network.gradients(POINTS, LABELS, "squares")[0]
    return network, [*history, Step(loss, right_ones(network) / COUNT)]


#: The valley: one neuron that sees x₂ alone, with one weight and no bias. So the error is a parabola over the weight.
HEIGHT_OF_POINTS = POINTS[:, 1]
START = -0.5
BEST_RATE = 1 / (2 * float((HEIGHT_OF_POINTS**2).sum()))


def valley(weight: float) -> float:
    """The sum of squared errors over the weight."""
    return float(((weight * HEIGHT_OF_POINTS - LABELS) ** 2).sum())


def valley_slope(weight: float) -> float:
    """Its derivative."""
    return float((2 * (weight * HEIGHT_OF_POINTS - LABELS) * HEIGHT_OF_POINTS).sum())


def walk(times: float, steps: int, *, zeroed: bool = True) -> list[float]:
    """The weights of gradient descent, whose rate is so many times the best; the first is the start.

    Unless `zeroed`, each gradient is added to those before it, as they are where nobody sets them to 0.
    """
    weights, gradient = [START], 0.0
    for _ in range(steps):
        gradient = valley_slope(weights[-1]) + (0.0 if zeroed else gradient)
        weights.append(weights[-1] - times * BEST_RATE * gradient)
    return weights


@cache
def graph_size(points: int) -> int:
    """The Values that one computation of the error makes, over so many points."""
    mlp = MLP([HIDDEN, HIDDEN], "tanh", np.random.default_rng(0))
    scores = [mlp(point) for point in POINTS[:points].tolist()]
    return len(topological(total_loss(scores, LABELS[:points].tolist(), "squares")))


#: The comparison: few points, for Values are slow.
FEW, FEW_HIDDEN, FEW_STEPS, FEW_RATE = 20, 4, 6, 0.01


@cache
def three_ways() -> list[tuple[float, float, float]]:
    """The error before each step, by Values, by arrays with gradients written by hand, and by PyTorch."""
    import torch

    points, labels = POINTS[:FEW], LABELS[:FEW]
    mlp = MLP([FEW_HIDDEN], "tanh", np.random.default_rng(0))
    network = Network.of(mlp)
    first, second = torch.nn.Linear(2, FEW_HIDDEN).double(), torch.nn.Linear(FEW_HIDDEN, 1).double()
    model = torch.nn.Sequential(first, torch.nn.Tanh(), second)
    with torch.no_grad():
        for layer, weight, bias in zip((first, second), network.weights, network.biases, strict=True):
            layer.weight.copy_(torch.tensor(weight.T))
            layer.bias.copy_(torch.tensor(bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=FEW_RATE)
    x, y = torch.tensor(points), torch.tensor(labels)
    by_torch = []
    for _ in range(FEW_STEPS):
        loss = ((model(x)[:, 0] - y) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        by_torch.append(loss.item())
    by_value = [descend(mlp, points, labels, FEW_RATE, "squares") for _ in range(FEW_STEPS)]
    by_array = [step.loss for step in network.train(points, labels, FEW_STEPS, FEW_RATE, "squares")]
    return list(zip(by_value, by_array, by_torch, strict=True))
