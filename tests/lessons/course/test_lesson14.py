"""What lesson 14 claims in its prose."""

from __future__ import annotations

import numpy as np
import pytest

from tui_llm.lessons.attention import average_loop, block, dropout, entropy, initial, layer_norm, scaling
from tui_llm.lessons.course.lesson14_attention.figures import (
    KEYS,
    X,
    averaging,
    gathered,
    likenesses,
    products,
    seen_by,
    weights_of,
    weights_with,
)
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.translation import LANGUAGES


def test_the_six_averages_are_whole_numbers() -> None:
    assert average_loop(X[None])[0].tolist() == [[2, 0], [3, 0], [2, 2], [2, 2], [3, 1], [2, 1]]


def test_row_4_takes_a_quarter_of_each_of_the_first_four() -> None:
    assert averaging(6)[3].tolist() == [0.25, 0.25, 0.25, 0.25, 0, 0]
    np.testing.assert_allclose(averaging(6) @ X, average_loop(X[None])[0])


def test_a_score_of_0_gives_the_future_as_much_as_the_past_and_minus_infinity_nothing() -> None:
    assert (weights_with(0) == 0.25).all()
    np.testing.assert_allclose(weights_with("never"), averaging(4))
    last = [weights_with(future)[0, 3] for future in (0, -1, -2, -4)]
    assert last == sorted(last, reverse=True)
    assert last[-1] > 0


def test_a_longer_query_is_more_decided() -> None:
    bits = [float(entropy(np.exp(length * KEYS[:, 0]) / np.exp(length * KEYS[:, 0]).sum())) for length in (0, 1, 2, 4)]
    assert bits == sorted(bits, reverse=True)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_who_seeks_one_kind_gathers_it_and_who_asks_nothing_the_average(language: str) -> None:
    figure = next(one for one in read_lesson("lesson14_attention", language).figures if one.name == "lookup")
    sentence = figure.words["sentence"]
    for sought in range(3):
        weights, found = gathered(sentence, sought, 4)
        assert found.argmax() == sought
        assert found[sought] > 0.85
        np.testing.assert_allclose(weights.sum(), 1)
    weights, _ = gathered(sentence, 0, 0)
    np.testing.assert_allclose(weights, 1 / len(sentence))


@pytest.mark.parametrize("size", [4, 16, 64, 256])
def test_products_spread_as_the_root_of_their_size(size: int) -> None:
    assert products(size).std() == pytest.approx(np.sqrt(size), rel=0.03)


def test_divided_by_the_root_the_weights_stay_even() -> None:
    (_, small), (plain, large) = scaling([4, 256], 5, np.random.default_rng(0))
    assert plain < 0.5
    assert small == pytest.approx(large, abs=0.2)


def test_no_two_heads_look_alike() -> None:
    four = seen_by(4)
    assert len({tuple(head.argmax(axis=1)) for head in four}) == 4
    np.testing.assert_allclose(four.sum(axis=2), 1)


def test_block_by_block_the_numbers_of_the_stream_grow() -> None:
    rng = np.random.default_rng(0)
    stream = [rng.normal(size=(1, 16, 32))]
    for _ in range(12):
        stream.append(block(stream[-1], initial(32, rng), 4))
    sizes = [float(x.std()) for x in stream]
    assert sizes[::3] == sorted(sizes[::3])
    assert sizes[-1] > 2 * sizes[0]


@pytest.mark.parametrize("positions", [4, 8, 16])
def test_without_residual_connections_twelve_blocks_make_all_alike_and_with_them_not(positions: int) -> None:
    kept, lost = likenesses(positions)
    assert kept[0] == lost[0] < 0.2
    assert lost[-1] > 0.95
    assert kept[-1] < 0.85


def test_layer_norm_takes_out_what_was_multiplied_and_added() -> None:
    x = np.random.default_rng(0).normal(size=(5, 8))
    np.testing.assert_allclose(layer_norm(10 * x + 5, np.ones(8)), layer_norm(x, np.ones(8)), atol=1e-3)


def test_what_dropout_keeps_is_divided_by_the_share_that_is_kept() -> None:
    made = dropout(np.ones(10_000), 0.25, np.random.default_rng(0))
    assert set(np.unique(made)) == {0.0, 1 / 0.75}
    assert made.mean() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("channels", [32, 256])
def test_the_feed_forward_layer_holds_two_thirds_of_the_weights(channels: int) -> None:
    found = weights_of(channels)
    assert found == {"norms": 2 * channels, "attention": 4 * channels**2, "forward": 8 * channels**2}
    assert found["forward"] / sum(found.values()) == pytest.approx(2 / 3, abs=0.01)
    assert sum(one.size for one in initial(channels, np.random.default_rng(0)).values()) == sum(found.values())
