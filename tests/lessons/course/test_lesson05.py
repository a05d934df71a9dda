"""What lesson 5 claims in its prose. That CD points the way of the gradient stands in the network's own tests."""

from __future__ import annotations

import numpy as np
import pytest

from tui_llm.lessons.course.lesson05_rbm.figures import (
    PICTURES,
    dreamt,
    likelihoods,
    spoilt,
    start_error,
    trained,
    whole,
)


def test_thirty_of_all_pictures_are_bars_or_stripes() -> None:
    assert 2 ** PICTURES.shape[1] == 65_536
    assert len(np.unique(PICTURES, axis=0)) == 30
    assert round(65_536 / 30, -2) == 2200


def test_at_the_start_the_error_is_a_quarter() -> None:
    assert start_error.function() == pytest.approx(0.25, abs=0.005)
    assert np.abs(trained(0)[0].reconstruct(PICTURES) - 0.5).mean() < 0.05


def test_the_error_falls_and_fewer_hidden_units_keep_more_of_it() -> None:
    curve = trained(200)[1]
    assert curve[200] < curve[100] < curve[50] < curve[0]
    ends = [trained(200, hidden)[1][-1] for hidden in (2, 4, 8, 12, 20)]
    assert ends == sorted(ends, reverse=True)


def test_there_is_nothing_in_the_filters_at_the_start() -> None:
    before, after = (np.abs(trained(epochs)[0].weights).mean() for epochs in (0, 400))
    assert before < 0.1 < 1 < after


def test_more_than_nine_of_ten_wrong_pixels_are_repaired() -> None:
    net = trained(400)[0]
    repaired = [
        (net.reconstruct(spoilt(picture, pixel)[None])[0, pixel - 1] > 0.5) == PICTURES[picture - 1, pixel - 1]
        for picture in range(1, 31)
        for pixel in range(1, 17)
    ]
    assert np.mean(repaired) > 0.9


def test_more_than_half_of_the_dreams_are_whole_and_none_of_chance() -> None:
    shares = [whole(dreamt(sweeps)).mean() for sweeps in (0, 1, 10, 100)]
    assert shares[0] < 0.01
    assert shares[0] < shares[1] < shares[2]
    assert shares[3] > 0.5


def test_a_longer_dream_makes_the_pictures_likelier_and_both_mirror_them() -> None:
    _, once, error_once = likelihoods(1)
    _, more, error_more = likelihoods(5)
    assert -np.log(30) > more[-1] > once[-1] + 0.5
    assert max(error_once, error_more) < 0.002


def test_in_one_step_it_hardly_leaves_the_data() -> None:
    data, net = np.repeat(PICTURES, 20, axis=0), trained(400)[0]
    changed = [(net.gibbs(data, sweeps, np.random.default_rng(0)) != data).mean() for sweeps in (1, 5, 100)]
    assert changed[0] < 0.05
    assert changed[0] < changed[1] / 2 < changed[2] / 4


def test_each_hidden_unit_looks_at_many_pixels() -> None:
    weights = np.abs(trained(400)[0].weights)
    assert ((weights > weights.max(axis=0) / 5).sum(axis=0) >= 6).all()
