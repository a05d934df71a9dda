"""Hebb's rule of lesson 2: a memory that adds, weights without bound, and Oja's principal component."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.hebb import alignment, associate, cloud, crosstalk, first_component, growth, learn, recall, wire

SEEDS = range(5)


def signs(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.choice([-1.0, 1.0], size=shape)


def test_only_what_fires_together_is_wired() -> None:
    weights = wire(np.zeros((2, 3)), np.array([1.0, 0.0, 1.0]), np.array([0.0, 1.0]), rate=0.5)
    assert weights.tolist() == [[0, 0, 0], [0.5, 0, 0.5]]


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 4))
def test_keys_at_right_angles_recall_their_answers_exactly(seed: int, keys: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    orthogonal = np.linalg.qr(rng.standard_normal((6, 6)))[0][:keys] * rng.uniform(0.5, 3, (keys, 1))
    answers = rng.standard_normal((keys, size))
    weights = associate(orthogonal, answers)
    np.testing.assert_allclose(recall(weights, orthogonal), answers, atol=1e-9)
    np.testing.assert_allclose(recall(weights, orthogonal[0]), answers[0], atol=1e-9)


@given(st.integers(0, 2**32 - 1))
def test_what_is_recalled_wrong_is_the_crosstalk(seed: int) -> None:
    rng = np.random.default_rng(seed)
    keys, answers = rng.standard_normal((4, 6)), rng.standard_normal((4, 3))
    expected = [sum((keys[i] @ keys[j]) / (keys[j] @ keys[j]) * answers[j] for j in range(4)) for i in range(4)]
    np.testing.assert_allclose(recall(associate(keys, answers), keys), expected, atol=1e-9)
    np.testing.assert_allclose(crosstalk(keys) @ answers, expected, atol=1e-9)
    np.testing.assert_allclose(np.diag(crosstalk(keys)), 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_memory_of_signs_bears_few_pairs_and_not_many(seed: int) -> None:
    rng = np.random.default_rng(seed)

    def share_right(pairs: int) -> float:
        keys, answers = signs(rng, pairs, 100), signs(rng, pairs, 100)
        return float(np.mean(np.sign(recall(associate(keys, answers), keys)) == answers))

    assert share_right(5) > 0.99
    assert share_right(200) < 0.8


def test_hebb_grows_without_bound_and_as_fast_as_foretold() -> None:
    data = cloud(2000, 0.6, (2.0, 0.5), np.random.default_rng(0))
    lengths = np.linalg.norm(learn(data, 0.01, np.array([0.1, 0.0]), forgetting=False), axis=1)
    assert (np.diff(lengths) >= 0).all()  # |w + η y x|² = |w|² + 2 η y² + …: it never shrinks
    assert lengths[-1] > 1e20
    # The 2000 steps' mean factor, in logarithms, which the noise of single steps makes a little smaller.
    measured = np.log(lengths[-1] / lengths[200]) / 1800
    assert measured == pytest.approx(np.log(growth(data, 0.01)), rel=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_oja_finds_the_first_principal_component(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = cloud(3000, rng.uniform(0, np.pi), (1.5, 0.5), rng)
    path = learn(data, 0.01, rng.standard_normal(2), forgetting=True)
    values, vectors = np.linalg.eigh(np.cov(data.T, bias=True))
    assert values[0] < values[1]
    assert alignment(path[-1000:], vectors[:, -1]).min() > 0.98
    assert np.linalg.norm(path[-1000:], axis=1) == pytest.approx(1, abs=0.15)
    # Hebb's direction is right too: it is only the length that it cannot hold.
    assert alignment(learn(data, 0.01, path[0], forgetting=False)[-1], vectors[:, -1]) > 0.98


def test_oja_in_many_dimensions() -> None:
    rng = np.random.default_rng(1)
    turn = np.linalg.qr(rng.standard_normal((10, 10)))[0]
    data = rng.standard_normal((6000, 10)) * [3.0, *[1.0] * 9] @ turn.T
    path = learn(data, 0.002, rng.standard_normal(10), forgetting=True)
    assert alignment(path[-1], turn[:, 0]) > 0.98
    assert np.linalg.norm(path[-1]) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_component_is_that_of_a_singular_value_decomposition(seed: int) -> None:
    data = np.random.default_rng(seed).standard_normal((50, 4)) * [1, 2, 3, 5]
    direction = np.linalg.svd(data)[2][0]
    assert alignment(first_component(data), direction) == pytest.approx(1)
    assert np.linalg.norm(first_component(data)) == pytest.approx(1)


def test_the_cloud_is_as_long_and_as_turned_as_asked() -> None:
    data = cloud(20000, 0.7, (2.0, 0.5), np.random.default_rng(0))
    along = np.array([np.cos(0.7), np.sin(0.7)])
    across = np.array([-np.sin(0.7), np.cos(0.7)])
    assert (data @ along).std() == pytest.approx(2.0, rel=0.03)
    assert (data @ across).std() == pytest.approx(0.5, rel=0.03)


def test_alignment_is_one_on_a_line_and_zero_across() -> None:
    got = alignment(np.array([[2.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [1.0, 1.0]]), np.array([5.0, 0.0]))
    np.testing.assert_allclose(got, [1, 1, 0, np.sqrt(0.5)])
