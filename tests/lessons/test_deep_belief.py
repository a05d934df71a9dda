"""The deep belief network of lesson 6: each layer makes letters easier to tell apart, and the stack dreams them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tui_llm.lessons.deep_belief import (
    DeepBelief,
    name,
    noisy_letters,
    one_label_each,
    spread,
    train_stack,
)
from tui_llm.lessons.hopfield import letters
from tui_llm.lessons.rbm import RBM

SEEDS = range(2)
NAMES = "AILOST"
CLEAN = (letters(NAMES) + 1) / 2


@cache
def trained(seed: int, noise: float) -> tuple[DeepBelief, list[list[float]]]:
    rng = np.random.default_rng(seed)
    data, _ = noisy_letters(NAMES, 50, noise, rng)
    return train_stack(data, [40, 20], 60, rng)


def new_letters(seed: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Letters that `trained` has not seen."""
    return noisy_letters(NAMES, 50, noise, np.random.default_rng(1000 + seed))


def test_up_and_down_go_through_every_layer() -> None:
    rng = np.random.default_rng(0)
    first, second = (
        RBM(rng.standard_normal(shape), rng.standard_normal(shape[0]), rng.standard_normal(shape[1]))
        for shape in ((6, 4), (4, 3))
    )
    stack, v = DeepBelief((first, second)), rng.integers(0, 2, (5, 6)).astype(float)
    activations = stack.up(v)
    assert [a.shape for a in activations] == [(5, 6), (5, 4), (5, 3)]
    np.testing.assert_array_equal(activations[2], second.up(first.up(v)))
    np.testing.assert_array_equal(stack.reconstruct(v), first.down(second.down(activations[2])))
    assert stack.dream(7, 2, rng).shape == (7, 6)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_layer_learns_its_input(seed: int) -> None:
    stack, curves = trained(seed, 0.25)
    assert [layer.weights.shape for layer in stack.layers] == [(64, 40), (40, 20)]
    for errors in curves:
        assert len(errors) == 61
        assert errors[-1] < 0.6 * errors[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_layer_tells_letters_apart_better(seed: int) -> None:
    data, labels = new_letters(seed, 0.25)
    levels = trained(seed, 0.25)[0].up(data)
    pixels, first, second = (one_label_each(level, labels, np.random.default_rng(seed)) for level in levels)
    assert pixels + 0.05 < first
    assert first + 0.02 < second
    assert second > 0.9
    wide, narrower, narrow = (spread(level, labels) for level in levels)
    assert wide > 2 * narrower > 8 * narrow


@pytest.mark.parametrize("seed", SEEDS)
def test_layers_that_have_learnt_nothing_are_of_no_use(seed: int) -> None:
    data, labels = new_letters(seed, 0.25)
    blank, _ = train_stack(data, [40, 20], 0, np.random.default_rng(seed))
    pixels, _, top = (one_label_each(level, labels, np.random.default_rng(seed)) for level in blank.up(data))
    assert top < pixels


@pytest.mark.parametrize("seed", SEEDS)
def test_going_up_and_down_cleans_a_letter(seed: int) -> None:
    data, labels = new_letters(seed, 0.2)
    wrong = (np.abs(trained(seed, 0.2)[0].reconstruct(data) - CLEAN[labels]) > 0.5).mean()
    assert (data != CLEAN[labels]).mean() == pytest.approx(0.2, abs=0.01)
    assert wrong < 0.03


@pytest.mark.parametrize("seed", SEEDS)
def test_it_dreams_letters_that_it_has_only_seen_through_noise(seed: int) -> None:
    def distances(stack: DeepBelief) -> np.ndarray:
        dreams = stack.dream(200, 50, np.random.default_rng(seed)) > 0.5
        shares: np.ndarray = np.abs(dreams[:, None] - CLEAN).mean(axis=2)  # (200, 6): of pixels that differ
        return shares

    far = distances(trained(seed, 0.2)[0])
    assert far.min(axis=1).mean() < 0.05
    assert (np.bincount(far.argmin(axis=1), minlength=len(NAMES)) > 0).sum() >= 4  # not one letter again and again
    blank, _ = train_stack(CLEAN, [40, 20], 0, np.random.default_rng(seed))
    assert distances(blank).min(axis=1).mean() > 0.25


def test_spread_and_name_by_hand() -> None:
    features = np.array([[0.0, 1], [0, -1], [4, 1], [4, -1]])
    labels = np.array([0, 0, 1, 1])
    assert spread(features, labels) == pytest.approx(1 / 4)  # 1 around each mean; the means 2 from their middle
    assert name(features, np.array([[0.5, 0], [3, 0]])).tolist() == [0, 0, 1, 1]
    assert one_label_each(features, labels, np.random.default_rng(0)) == 1
    assert one_label_each(features[:, 1:], labels, np.random.default_rng(0)) < 1


def test_the_letters_are_spoilt_by_exactly_the_noise() -> None:
    data, labels = noisy_letters("IT", 3, 0.25, np.random.default_rng(0))
    assert labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert set(np.unique(data)) == {0, 1}
    clean = (letters("IT") + 1) / 2
    assert ((data != clean[labels]).sum(axis=1) == 16).all()
