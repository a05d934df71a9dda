"""The Boltzmann machine of lesson 4: it samples what counting foretells, cools into valleys, and learns XOR."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.boltzmann import (
    XOR,
    Machine,
    all_states,
    anneal,
    divergence,
    energy,
    exact,
    frequencies,
    gibbs,
    learn,
    learn_by_sampling,
    log_likelihood,
    machine,
    phases,
    sampled_phases,
    seen,
    sigmoid,
    step,
)

SEEDS = range(3)
ENTROPY = np.log(4)  # of XOR's four rows: no model of them does better than −log 4


def random_states(count: int, net: Machine, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 2, (count, net.n)).astype(float)


def test_energy_and_probability_are_the_written_ones() -> None:
    net = Machine(np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([-1.0, 0.5]), visible=2)
    energies = [0, -0.5, 1, -1.5]  # of 00, 01, 10, 11
    assert energy(net, all_states(2)).tolist() == energies
    weight = np.exp([-e / 0.7 for e in energies])
    np.testing.assert_allclose(exact(net, 0.7), weight / weight.sum())


@given(st.floats(-700, 700))
def test_the_sigmoid_is_right_and_never_overflows(x: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array(x)) == pytest.approx(np.exp(-np.logaddexp(0, -x)), abs=1e-15)


@pytest.mark.parametrize("temperature", [1.0, 2.0, 4.0])
def test_samples_approach_boltzmanns_distribution(temperature: float) -> None:
    rng = np.random.default_rng(0)
    net = machine(4, 0, rng, scale=1.0)
    states = np.zeros((8000, 4))
    far = [divergence(frequencies(states), exact(net, temperature))]
    for sweeps in (1, 2, 17):
        states = gibbs(net, states, temperature, sweeps, rng)
        far.append(divergence(frequencies(states), exact(net, temperature)))
    assert far[0] > 0.3
    assert far[1] < far[0] / 3
    assert far[-1] < 0.005  # of 8000 samples in 16 states, (16 − 1) / (2 · 8000) = 0.001 is left to chance


@given(st.integers(0, 2**32 - 1))
def test_boltzmanns_distribution_stays_as_it_is_under_gibbs_sampling(seed: int) -> None:
    """Exactly: each unit's update, written as a matrix over all states, has it as its fixed point."""
    net = machine(3, 0, np.random.default_rng(seed))
    states, p = all_states(3), exact(net, 1.5)
    for i in range(3):
        on, off = (np.where(np.arange(3) == i, value, states) for value in (1.0, 0.0))
        chance = sigmoid((energy(net, off) - energy(net, on)) / 1.5)
        moved = np.zeros(8)
        for k in range(8):
            moved[int(on[k] @ [4, 2, 1])] += p[k] * chance[k]
            moved[int(off[k] @ [4, 2, 1])] += p[k] * (1 - chance[k])
        np.testing.assert_allclose(moved, p)


def test_heat_makes_all_states_alike_and_cold_leaves_the_deepest() -> None:
    net = machine(5, 0, np.random.default_rng(3))
    np.testing.assert_allclose(exact(net, 1e6), 1 / 32, rtol=1e-4)
    cold = exact(net, 0.01)
    assert cold.argmax() == energy(net, all_states(5)).argmin()
    assert cold.max() > 0.999
    entropies = [-(p[p > 0] * np.log(p[p > 0])).sum() for p in (exact(net, t) for t in (0.1, 0.5, 1, 2, 5))]
    assert all(a < b for a, b in pairwise(entropies))


def test_clamped_units_stay() -> None:
    rng = np.random.default_rng(0)
    net = machine(3, 2, rng)
    states = random_states(50, net, rng)
    after = gibbs(net, states, 1.0, 5, rng, clamped=3)
    assert np.array_equal(after[:, :3], states[:, :3])
    assert not np.array_equal(after[:, 3:], states[:, 3:])


def test_slow_cooling_finds_deeper_valleys_than_sudden_cold() -> None:
    found = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        net = machine(12, 0, rng, scale=1.0)
        deepest = energy(net, all_states(12)).min()
        states = random_states(100, net, rng)
        slow = anneal(net, states, np.geomspace(3, 0.05, 50), rng)
        sudden = anneal(net, states, np.full(50, 0.05), rng)
        assert slow.shape == (51, 100)
        assert min(slow.min(), sudden.min()) >= deepest - 1e-9
        found.append([[(way[-1] < deepest + 1e-9).mean(), way[-1].mean()] for way in (slow, sudden)])
    (often, low), (rarely, high) = np.mean(found, axis=0)
    assert often > rarely + 0.1
    assert low < high - 0.1


@pytest.mark.parametrize(("visible", "hidden"), [(3, 0), (3, 2)])
def test_the_phases_are_the_gradient_of_the_log_likelihood(visible: int, hidden: int) -> None:
    """Against differences of the log-likelihood, which is computed without any phase."""
    net = machine(visible, hidden, np.random.default_rng(0), scale=1.0)
    clamped, free = phases(net, XOR)
    size, unit = 1e-5, np.eye(net.n)
    for i in range(net.n):
        for j in range(i, net.n):
            both = np.outer(unit[i], unit[j]) + np.outer(unit[j], unit[i])

            def at(move: float, i: int = i, j: int = j, both: np.ndarray = both) -> float:
                if i == j:
                    return log_likelihood(Machine(net.weights, net.biases + move * unit[i], visible), XOR)
                return log_likelihood(Machine(net.weights + move * both, net.biases, visible), XOR)

            slope = (at(size) - at(-size)) / (2 * size)
            assert (clamped - free)[i, j] == pytest.approx(slope, abs=1e-7)
    after = step(net, clamped, free, 0.1)
    assert np.array_equal(after.weights, after.weights.T)
    assert not np.diag(after.weights).any()


def test_sampled_phases_are_those_counted() -> None:
    rng = np.random.default_rng(0)
    net = machine(3, 2, rng, scale=1.0)
    data = np.repeat(XOR, 2000, axis=0)
    free = gibbs(net, random_states(8000, net, rng), 1.0, 20, rng)
    clamped, dreamt, _ = sampled_phases(net, data, free, rng)
    for sampled, counted in zip((clamped, dreamt), phases(net, data), strict=True):
        np.testing.assert_allclose(sampled, counted, atol=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_hidden_unit_learns_xor_and_none_cannot(seed: int) -> None:
    net, curve = learn(machine(3, 1, np.random.default_rng(seed)), XOR, steps=1000, rate=1.0)
    assert (np.diff(curve) > 0).all()  # the log-likelihood rises at every step
    assert -ENTROPY - 0.3 < curve[-1] < -ENTROPY
    right = [int(row @ [4, 2, 1]) for row in XOR]
    assert seen(net)[right].sum() > 0.8

    blind, flat = learn(machine(3, 0, np.random.default_rng(seed)), XOR, steps=1000, rate=1.0)
    assert flat[-1] == pytest.approx(-np.log(8), abs=1e-3)  # as good as guessing
    np.testing.assert_allclose(seen(blind), 1 / 8, atol=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_learns_from_samples_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = np.repeat(XOR, 50, axis=0)
    _, curve = learn_by_sampling(machine(3, 4, rng), data, steps=400, rate=1.0, rng=rng)
    assert curve[-1] > curve[0] + 0.2
    assert curve[-1] > -1.8


def test_the_divergence_is_zero_only_between_equals() -> None:
    p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
    assert divergence(p, p) == 0
    assert divergence(p, q) == pytest.approx(np.log(2))
    assert frequencies(np.array([[1, 0], [1, 0], [0, 1], [0, 0]])).tolist() == [0.25, 0.25, 0.5, 0]
