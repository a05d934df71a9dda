"""Sampling of lesson 17: the probabilities are those that the product draws from."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.generation import sampling as product
from tui_llm.lessons.sampling import distribution, draw, entropy, top_k, top_p, with_temperature

#: No two alike, nor so near that rounding to float32 could change their order.
LOGITS = st.lists(st.integers(-800, 800), min_size=2, max_size=15, unique=True).map(
    lambda numbers: np.array(numbers) / 100
)


def of_the_product(logits: np.ndarray, temperature: float, k: int, p: float) -> np.ndarray:
    """(V,) what the engine draws from: its shortlist, put back in its places."""
    settings = product.Sampling(temperature=temperature, top_k=k, top_p=p)
    ids, chances = product.shortlist(torch.tensor(logits).float()[None], settings)
    whole = np.zeros(len(logits))
    whole[ids[0].numpy()] = chances[0].numpy()
    probabilities: np.ndarray = whole / whole.sum()
    return probabilities


@given(LOGITS, st.floats(0.1, 3), st.integers(0, 16), st.floats(0.05, 1))
def test_it_is_the_products_distribution(logits: np.ndarray, temperature: float, k: int, p: float) -> None:
    mine, theirs = distribution(logits, temperature, k, p), of_the_product(logits, temperature, k, p)
    whole = np.sort(distribution(logits, temperature, k))[::-1]
    if np.abs(np.cumsum(whole) - p).min() > 1e-5:  # p on the very edge between two tokens: float32 may round over it
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


@given(LOGITS)
def test_temperature_zero_is_the_products_too(logits: np.ndarray) -> None:
    assert (distribution(logits, 0.0) == of_the_product(logits, 0.0, 0, 1.0)).all()


@given(LOGITS, st.floats(0.2, 2), st.floats(1.1, 3))
def test_more_heat_is_more_entropy(logits: np.ndarray, temperature: float, factor: float) -> None:
    cold, hot = with_temperature(logits, temperature), with_temperature(logits, temperature * factor)
    assert 0 <= entropy(cold) <= entropy(hot) + 1e-9 <= log2(len(logits)) + 2e-9


@given(LOGITS, st.integers(1, 15), st.floats(0.05, 0.99))
def test_cutting_lowers_entropy(logits: np.ndarray, k: int, p: float) -> None:
    probabilities = with_temperature(logits, 1.0)
    assert (top_k(probabilities, k) > 0).sum() == min(k, len(logits))
    assert entropy(top_k(probabilities, k)) <= entropy(probabilities) + 1e-9
    kept = top_p(probabilities, p) > 0
    assert probabilities[kept].sum() >= p - 1e-9
    assert probabilities[kept].sum() - probabilities[kept].min() < p


def test_top_p_keeps_few_where_the_model_is_sure_and_many_where_not() -> None:
    sure, unsure = np.array([0.95, 0.03, 0.01, 0.01]), np.array([0.28, 0.26, 0.24, 0.22])
    assert (top_p(sure, 0.9) > 0).sum() == 1
    assert (top_p(unsure, 0.9) > 0).sum() == 4
    assert (top_k(sure, 2) > 0).sum() == (top_k(unsure, 2) > 0).sum() == 2


def test_entropy_of_what_is_known() -> None:
    assert entropy(np.full(8, 1 / 8)) == pytest.approx(3.0)
    assert entropy(np.array([0.0, 1.0])) == 0.0


def test_the_same_numbers_draw_what_the_product_draws() -> None:
    probabilities = distribution(np.random.default_rng(1).normal(size=12), 1.5, 8, 0.95)
    uniform = torch.tensor(np.random.default_rng(0).random(500))
    theirs = product.draw(torch.tensor(probabilities).expand(500, -1), uniform)
    assert draw(probabilities, 500, np.random.default_rng(0)).tolist() == theirs.tolist()


def test_draws_come_as_often_as_their_probabilities_say() -> None:
    probabilities = np.array([0.5, 0.0, 0.3, 0.2])
    drawn = np.bincount(draw(probabilities, 20_000, np.random.default_rng(0)), minlength=4) / 20_000
    np.testing.assert_allclose(drawn, probabilities, atol=0.015)
    assert drawn[1] == 0
