"""What lesson 6 claims in its prose."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui_llm.lessons.course.lesson06_deep_belief.figures import (
    LETTER,
    NOISE,
    START,
    apart,
    by_pixels,
    dreamt,
    named,
    new,
    trained,
    wrong_pixels,
)
from tui_llm.lessons.deep_belief import spread


def test_by_guessing_seventeen_of_a_hundred_are_right() -> None:
    assert round(100 / len(LETTER)) == 17


def test_between_two_copies_lies_more_noise_than_in_either() -> None:
    data, labels = new(START)
    between = [np.abs(one - other).mean() for kind in range(6) for one, other in pairwise(data[labels == kind])]
    assert wrong_pixels(START)[0] == pytest.approx(0.25, abs=0.001)
    assert np.mean(between) > 0.35


def test_more_noise_is_read_worse_from_pixels() -> None:
    shares = [by_pixels(noise) for noise in NOISE]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.95
    assert shares[-1] < 0.7


def test_the_upper_layer_reads_best_though_it_has_the_fewest_units() -> None:
    pixels, first, second = named(START)
    assert pixels + 0.1 < first < second - 0.03
    assert [level.shape[1] for level in trained(START)[0].up(new(START)[0])] == [64, 40, 20]


@pytest.mark.parametrize("noise", NOISE)
def test_from_level_to_level_the_spread_falls_to_less_than_a_third(noise: float) -> None:
    data, labels = new(noise)
    spreads = [spread(level, labels) for level in trained(noise)[0].up(data)]
    assert all(upper < lower / 3 for lower, upper in pairwise(spreads))


def test_two_copies_are_more_alike_at_the_top_and_two_letters_are_not() -> None:
    data, labels = new(START)
    kinds = [data[labels == kind] for kind in range(6)]
    same = np.mean([apart(kind[0], kind[1]) for kind in kinds], axis=0)
    others = np.mean([apart(one[0], other[1]) for one in kinds for other in kinds if one is not other], axis=0)
    assert same[0] > same[1] > same[2]
    assert others[2] / same[2] > 3 > 1.5 > others[0] / same[0]


def test_layers_that_have_learnt_nothing_are_worse_than_pixels() -> None:
    pixels, first, second = named(START, 0)
    assert second < first < pixels - 0.1
    assert named(START, 60)[2] > pixels


@pytest.mark.parametrize("noise", NOISE)
def test_what_comes_back_from_the_top_is_cleaner(noise: float) -> None:
    before, after = wrong_pixels(noise)
    assert after < before / 5


def test_what_it_dreams_are_letters() -> None:
    far = [dreamt(sweeps)[1] for sweeps in (0, 1, 50)]
    assert far[0] > far[1] > far[2]
    assert far[2] < 0.02
    assert dreamt(50)[2] == 6
