"""Hopfield's network of lesson 3: energy never rises, noise is undone, and above 0.14 N it ends."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.hopfield import (
    DRAWINGS,
    at_rest,
    capacity,
    energy,
    flip,
    letters,
    mixture,
    overlap,
    recall,
    store,
)

SEEDS = range(3)


def signs(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.choice([-1.0, 1.0], size=shape)


def test_storing_is_hebbs_sum_over_pairs_of_different_units() -> None:
    patterns = signs(np.random.default_rng(0), 3, 6)
    weights = store(patterns)
    for i in range(6):
        for j in range(6):
            expected = 0 if i == j else sum(p[i] * p[j] for p in patterns)
            assert weights[i, j] == expected


def test_energy_is_the_sum_over_pairs() -> None:
    rng = np.random.default_rng(1)
    weights, states = store(signs(rng, 2, 5)), signs(rng, 3, 5)
    for s, found in zip(states, energy(weights, states), strict=True):
        assert found == -sum(weights[i, j] * s[i] * s[j] for i in range(5) for j in range(i))


@given(st.integers(0, 2**32 - 1), st.integers(2, 25), st.integers(1, 8))
def test_energy_never_rises_and_the_net_comes_to_rest(seed: int, units: int, patterns: int) -> None:
    rng = np.random.default_rng(seed)
    weights = store(signs(rng, patterns, units))
    way = recall(weights, signs(rng, 4, units), rng)
    assert (np.diff(way.energies, axis=0) <= 0).all()
    np.testing.assert_array_equal(way.energies[::units], energy(weights, way.states))
    assert at_rest(weights, way.end).all()
    assert all(not np.array_equal(a, b) for a, b in pairwise(way.states[:-1]))


@given(st.integers(0, 2**32 - 1))
def test_rest_is_where_no_single_flip_lowers_the_energy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights, states = store(signs(rng, 3, 8)), signs(rng, 6, 8)
    for s, resting in zip(states, at_rest(weights, states), strict=True):
        neighbours = np.where(np.eye(8, dtype=bool), -s, s)  # each with one unit turned over
        assert resting == bool((energy(weights, neighbours) >= energy(weights, s)).all())


@pytest.mark.parametrize("noise", [0.1, 0.2, 0.25])
def test_letters_come_back_from_noise(noise: float) -> None:
    rng = np.random.default_rng(0)
    shown = np.repeat(letters("AILOS"), 40, axis=0)
    end = recall(store(letters("AILOS")), flip(shown, noise, rng), rng).end
    assert (end == shown).all(axis=1).mean() > 0.9


def test_a_letter_too_many_makes_the_memory_forget() -> None:
    assert at_rest(store(letters("AILOS")), letters("AILOS")).all()
    assert at_rest(store(letters("AILOST")), letters("AILOST")).sum() < 5
    assert overlap(letters("T"), letters("I")[0]) > 0.5  # they are alike


def test_the_drawings_are_eight_by_eight() -> None:
    assert letters("".join(DRAWINGS)).shape == (len(DRAWINGS), 64)
    picture = letters("L")[0].reshape(8, 8)
    assert (picture[:, :2] == 1).all()
    assert (picture[-2:] == 1).all()
    assert (picture[:-2, 2:] == -1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_negatives_and_mixtures_are_at_rest_though_never_stored(seed: int) -> None:
    patterns = signs(np.random.default_rng(seed), 5, 200)
    weights = store(patterns)
    assert at_rest(weights, -patterns).all()
    np.testing.assert_allclose(energy(weights, -patterns), energy(weights, patterns))
    mixed = mixture(patterns[:3])
    assert at_rest(weights, mixed[None]).all()
    np.testing.assert_allclose(overlap(patterns[:3], mixed), 0.5, atol=0.25)  # equally like all three
    assert energy(weights, mixed) > energy(weights, patterns[:3]).max()  # a shallower valley


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_flip_turns_over_exactly_the_share(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    states = signs(rng, 3, 40)
    assert ((flip(states, share, rng) != states).sum(axis=1) == round(share * 40)).all()


@pytest.mark.parametrize("seed", [0, 1])
def test_capacity_ends_near_fourteen_hundredths(seed: int) -> None:
    loads, rng = [0.05, 0.10, 0.14, 0.20, 0.25, 0.30], np.random.default_rng(seed)
    bits, whole = np.mean([capacity(200, loads, rng) for _ in range(3)], axis=0).T
    assert whole[:2].min() > 0.95  # below: nearly all patterns, to the bit
    assert bits[:2].min() > 0.985
    assert 0.75 < whole[2] < 1  # at 0.14 the first are lost
    assert whole[3] < 0.8  # above, the memory breaks down
    assert whole[4] < 0.4
    assert whole[5] < 0.12
    assert bits[5] < 0.8


def test_the_end_is_sharper_in_a_larger_net() -> None:
    def fall(n: int) -> float:
        rng = np.random.default_rng(0)
        whole = np.mean([capacity(n, [0.12, 0.2], rng)[:, 1] for _ in range(200 // n * 2)], axis=0)
        return float(whole[0] - whole[1])

    assert fall(200) > fall(40) + 0.2
