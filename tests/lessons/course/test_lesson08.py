"""What lesson 8 claims in its prose."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tui_llm.lessons.course.lesson08_neurons.figures import (
    STEPS,
    VALLEY_STEPS,
    bent_slope,
    sizes,
    squares,
)
from tui_llm.lessons.course.lesson08_neurons.learning import (
    COUNT,
    FEW_STEPS,
    HIDDEN,
    LABELS,
    POINTS,
    START,
    graph_size,
    right_ones,
    three_ways,
    trained,
    valley,
    walk,
)
from tui_llm.lessons.neurons import MLP

BOTTOM = walk(1.0, 1)[-1]


def test_no_straight_line_parts_the_moons() -> None:
    # A lower point inside a triangle of upper ones: whatever line has all three on one side has it there too.
    corners = np.array(list(combinations(POINTS[LABELS > 0], 3)))  # (triangles, 3, 2)
    point = POINTS[LABELS < 0][:, None, None, :]
    edge, way = np.roll(corners, -1, axis=1) - corners, point - corners
    side = edge[..., 0] * way[..., 1] - edge[..., 1] * way[..., 0]  # (points, triangles, 3)
    assert ((side > 0).all(axis=-1) | (side < 0).all(axis=-1)).any()


def test_a_step_lets_no_gradient_through_and_a_bend_does() -> None:
    totals = np.array([-1.5, -0.2, 0.3, 2.0])
    assert (bent_slope("step", totals) == 0).all()
    assert (bent_slope("tanh", totals) > 0).all()
    assert bent_slope("relu", totals) == pytest.approx([0, 0, 1, 1])


def test_weights_and_biases_are_counted_as_the_lesson_reckons() -> None:
    assert [count for _, _, count in sizes((8, 8))] == [8 * 3, 8 * 9, 1 * 9]
    assert len(MLP([8, 8], "linear", np.random.default_rng(0)).parameters()) == 105


def test_one_large_error_outweighs_three_small_ones() -> None:
    assert (squares((2.0,)), squares((1.0, 1.0, 1.0))) == (4, 3)


def test_the_best_rate_is_at_the_bottom_in_a_single_step() -> None:
    around = [valley(BOTTOM + distance) for distance in (-0.01, 0.01)]
    assert valley(BOTTOM) < min(around)
    assert walk(1.0, 5)[1:] == pytest.approx([BOTTOM] * 5)


def test_twice_the_best_rate_goes_to_and_fro_and_three_times_climbs() -> None:
    places = [weight - BOTTOM for weight in walk(2.0, 6)]
    assert places == pytest.approx([(START - BOTTOM) * (-1) ** step for step in range(7)])
    places = [weight - BOTTOM for weight in walk(3.0, 6)]
    assert places == pytest.approx([(START - BOTTOM) * (-2) ** step for step in range(7)])
    errors = [valley(weight) for weight in walk(3.0, 6)]
    assert errors == sorted(errors)


def test_the_network_parts_the_moons_and_a_lone_neuron_does_not() -> None:
    assert right_ones(trained(HIDDEN, "tanh", STEPS[-1])[0]) == COUNT
    assert right_ones(trained(0, "tanh", STEPS[-1])[0]) < 90
    losses = [trained(HIDDEN, "tanh", steps)[1][-1].loss for steps in STEPS]
    assert losses == sorted(losses, reverse=True)


def test_layers_without_a_bend_are_one_neuron() -> None:
    deep, history = trained(HIDDEN, "linear", STEPS[-1])
    lone, alone = trained(0, "linear", STEPS[-1])
    assert history[-1].loss == pytest.approx(alone[-1].loss, rel=1e-6)
    assert right_ones(deep) == right_ones(lone)
    weight = deep.weights[0] @ deep.weights[1] @ deep.weights[2]
    np.testing.assert_allclose(weight, lone.weights[0], rtol=1e-3)  # the same line
    assert right_ones(trained(HIDDEN, "relu", STEPS[-1])[0]) > right_ones(lone)


@pytest.mark.parametrize("times", [0.02, 0.1, 0.5])
def test_gradients_that_pile_up_swing_and_never_settle(times: float) -> None:
    weights = np.array(walk(times, 50 * VALLEY_STEPS, zeroed=False)) - BOTTOM
    for part in np.split(weights[1:], 10):  # just as far at the end as at the beginning, on both sides
        assert part.max() > 0.7 * abs(weights[0])
        assert part.min() < -0.7 * abs(weights[0])
    settled = walk(times, 50 * VALLEY_STEPS)
    assert settled[-1] == pytest.approx(BOTTOM)


@pytest.mark.parametrize(("times", "step"), [(0.02, 10), (0.1, 5)])
def test_with_the_old_gradients_it_comes_down_faster(times: float, step: int) -> None:
    assert abs(walk(times, step, zeroed=False)[-1] - BOTTOM) < abs(walk(times, step)[-1] - BOTTOM) / 2


def test_a_pass_makes_tens_of_thousands_of_values() -> None:
    assert 10_000 < graph_size(COUNT) < 100_000
    assert graph_size(10) < graph_size(COUNT) / 5


def test_values_arrays_and_torch_learn_alike() -> None:
    steps = three_ways()
    assert len(steps) == FEW_STEPS
    for by_value, by_array, by_torch in steps:
        assert by_value == pytest.approx(by_torch, abs=1e-9)
        assert by_array == pytest.approx(by_torch, abs=1e-9)
    assert steps[-1][0] < steps[0][0]
