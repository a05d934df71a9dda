"""The network of lesson 8: `Value`s and arrays agree, with torch too, and gradient descent parts the moons."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
import torch

from tui_llm.lessons.neurons import MLP, Activation, Loss, Network, Neuron, descend, total_loss, two_moons
from tui_llm.lessons.value import Value

ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)
LOSSES: tuple[Loss, ...] = get_args(Loss)


def test_a_neuron_weighs_adds_and_bends() -> None:
    neuron = Neuron(3, "tanh", np.random.default_rng(0))
    w = [weight.data for weight in neuron.weights]
    neuron.bias.data = 0.3
    assert neuron([1.0, -2.0, 0.5]).data == pytest.approx(np.tanh(w[0] - 2 * w[1] + 0.5 * w[2] + 0.3))


def test_the_moons_are_two_and_reach_into_each_other() -> None:
    points, labels = two_moons(400, 0.0, np.random.default_rng(0))
    assert points.shape == (400, 2)
    assert (labels == 1).sum() == (labels == -1).sum() == 200
    centres = np.where(labels[:, None] > 0, [-0.5, -0.25], [0.5, 0.25])
    np.testing.assert_allclose(np.linalg.norm(points - centres, axis=1), 1.0)  # half circles of radius 1
    # No straight line parts them: the best one that least squares finds is wrong about some.
    design = np.column_stack((points, np.ones(400)))
    line = np.linalg.lstsq(design, labels, rcond=None)[0]
    assert ((design @ line) * labels > 0).mean() < 0.95


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_values_arrays_and_torch_have_the_same_gradients(activation: Activation, loss: Loss) -> None:
    rng = np.random.default_rng(1)
    mlp = MLP([5, 4], activation, rng)
    points, labels = two_moons(12, 0.1, rng)
    network = Network.of(mlp)
    total = total_loss([mlp(point) for point in points.tolist()], labels.tolist(), loss)
    total.backward()
    mine, d_weights, d_biases = network.gradients(points, labels, loss)
    assert mine == pytest.approx(total.data, abs=1e-9)
    for layer, neurons in enumerate(mlp.layers):
        by_value = np.array([[weight.grad for weight in neuron.weights] for neuron in neurons]).T
        np.testing.assert_allclose(d_weights[layer], by_value, atol=1e-9)
        np.testing.assert_allclose(d_biases[layer], [neuron.bias.grad for neuron in neurons], atol=1e-9)

    parameters = [torch.tensor(one, requires_grad=True) for one in network.weights + network.biases]
    x = torch.tensor(points)
    for layer in range(3):
        x = x @ parameters[layer] + parameters[3 + layer]
        if layer < 2 and activation != "linear":
            x = torch.tanh(x) if activation == "tanh" else torch.relu(x)
    y = torch.tensor(labels)
    expected = ((x[:, 0] - y) ** 2).sum() if loss == "squares" else torch.relu(1 - y * x[:, 0]).sum()
    for gradient, theirs in zip(d_weights + d_biases, torch.autograd.grad(expected, parameters), strict=True):
        np.testing.assert_allclose(gradient, theirs.numpy(), atol=1e-9)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_step_of_values_is_a_step_of_arrays(loss: Loss) -> None:
    rng = np.random.default_rng(2)
    mlp = MLP([4], "tanh", rng)
    points, labels = two_moons(20, 0.1, rng)
    network = Network.of(mlp)
    slow = [descend(mlp, points, labels, 0.01, loss) for _ in range(5)]
    fast = [step.loss for step in network.train(points, labels, 5, 0.01, loss)]
    assert slow == pytest.approx(fast)
    assert fast[-1] < fast[0]
    np.testing.assert_allclose(Network.of(mlp).weights[0], network.weights[0])


@pytest.mark.parametrize("seed", range(3))
def test_hidden_neurons_part_the_moons_and_a_lone_one_cannot(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points, labels = two_moons(100, 0.1, rng)
    deep = list(Network.of(MLP([8, 8], "tanh", rng)).train(points, labels, 1000, 0.003, "squares"))
    alone = list(Network.of(MLP([], "tanh", rng)).train(points, labels, 1000, 0.003, "squares"))
    assert deep[-1].accuracy > 0.98
    assert alone[-1].accuracy < 0.95


def test_too_large_a_rate_flies_off() -> None:
    rng = np.random.default_rng(0)
    points, labels = two_moons(100, 0.1, rng)
    with np.errstate(all="ignore"):
        steps = list(Network.of(MLP([8], "relu", rng)).train(points, labels, 50, 0.1, "squares"))
    assert not steps[-1].loss < steps[0].loss


def test_regions_are_the_scores_of_a_grid_with_up_on_top() -> None:
    network = Network([np.array([[0.0], [1.0]])], [np.array([0.5])], "tanh")  # the score is y + 0.5
    regions = network.regions(5, across=3.0, up=2.0)
    np.testing.assert_allclose(regions, np.repeat([[2.5], [1.5], [0.5], [-0.5], [-1.5]], 5, axis=1))
    network.weights[0] = np.array([[1.0], [0.0]])
    np.testing.assert_allclose(network.regions(3, across=3.0, up=2.0)[0], [-2.5, 0.5, 3.5])


def test_gradients_left_from_before_do_not_count() -> None:
    rng = np.random.default_rng(3)
    mlp = MLP([3], "tanh", rng)
    points, labels = two_moons(10, 0.1, rng)
    network = Network.of(mlp)
    for parameter in mlp.parameters():
        parameter.grad = 1e6
    descend(mlp, points, labels, 0.01, "hinge")
    list(network.train(points, labels, 1, 0.01, "hinge"))
    np.testing.assert_allclose(Network.of(mlp).weights[0], network.weights[0])
    assert len(mlp.parameters()) == 3 * 3 + 4
    assert isinstance(mlp([0.0, 0.0]), Value)
