"""What lesson 4 claims in its prose. That the phases are the gradient stands in the network's own tests."""

from __future__ import annotations

import numpy as np
import pytest

from tui_llm.lessons.boltzmann import XOR, divergence, energy, exact, phases, seen
from tui_llm.lessons.boltzmann import all_states as every
from tui_llm.lessons.course.lesson04_boltzmann.figures import (
    HIDDEN,
    NETS,
    arrived,
    by_sampling,
    cooled,
    hottest,
    learnt,
    sampled,
    three,
)


def test_at_a_thousand_all_eight_states_are_nearly_alike() -> None:
    assert hottest.function() == pytest.approx(1 / 8, abs=0.001)
    np.testing.assert_allclose(exact(three(2), 1000), 1 / 8, atol=0.001)


def test_in_the_cold_the_lowest_energy_takes_all() -> None:
    p = exact(three(2), 0.1)
    assert p.argmax() == energy(three(2), every(3)).argmin()
    assert p.max() > 0.99


def test_thirty_units_have_so_many_states() -> None:
    assert 2**30 == 1_073_741_824


def test_after_some_sweeps_the_nets_have_forgotten_where_they_began() -> None:
    far = [divergence(sampled(sweeps), exact(three(2))) for sweeps in (0, 1, 5, 20)]
    assert far[0] > 3 > 0.3 > far[1] > 0.1
    assert max(far[2:]) < 0.005


def test_slow_cooling_brings_more_to_the_deepest_valley() -> None:
    shares = [(arrived(slow, deepest), arrived(sudden, deepest)) for slow, sudden, deepest in map(cooled, range(NETS))]
    assert all(slow >= sudden for slow, sudden in shares)
    slowly, at_once = np.mean(shares, axis=0)
    assert slowly > at_once + 0.2


def test_pairs_of_xor_are_together_as_often_as_those_of_coins() -> None:
    pairs = XOR.T @ XOR / len(XOR)
    coins = every(3).T @ every(3) / 8
    np.testing.assert_allclose(pairs, coins)


def test_without_hidden_units_it_dreams_all_eight_alike() -> None:
    np.testing.assert_allclose(seen(learnt(0, 1000)[0]), 1 / 8, atol=0.001)


@pytest.mark.parametrize("hidden", HIDDEN[1:])
def test_with_hidden_units_most_dreams_are_right(hidden: int) -> None:
    net, curve = learnt(hidden, 1000)
    assert seen(net)[[int(row @ [4, 2, 1]) for row in XOR]].sum() > 0.9
    assert -np.log(8) < curve[-1] < -np.log(4)


def test_the_hidden_unit_becomes_and_and_dreams_become_like_life() -> None:
    clamped, free = phases(learnt(1, 1000)[0], XOR)
    np.testing.assert_allclose(clamped[3], [0.25, 0.25, 0, 0.25], atol=0.001)
    np.testing.assert_allclose(clamped, free, atol=0.01)


def test_few_dreamers_make_it_a_matter_of_chance() -> None:
    few, many = (np.std(by_sampling(chains)[-100:]) for chains in (10, 200))
    assert few > 3 * many
