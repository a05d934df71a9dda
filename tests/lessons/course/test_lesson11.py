"""What lesson 11 claims in its prose."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.config import ModelConfig
from tui_llm.lessons.course.kit import Words
from tui_llm.lessons.course.lesson11_batchnorm.figures import (
    LARGE,
    RIGHT,
    SMALL,
    SPREADS,
    WIDTH,
    downwards_ratio,
    examples,
    in_company,
    layers,
    learnt,
    neuron_sums,
    repaired,
)
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.lessons.saturation import SATURATED
from tui_llm.models.tanh import TanhLayer
from tui_llm.text.stories import stories

TEXT = "\n".join(text for text, _place in zip(stories("es"), range(20), strict=False))


def last(spread: float, normalised: bool, **depth: int) -> float:
    """The mean loss of the last 50 steps."""
    return float(np.mean(learnt(TEXT, spread, normalised, **depth)[-50:]))


def test_hundred_products_of_spread_1_make_a_sum_of_spread_10_and_saturate_nearly_all() -> None:
    sums = neuron_sums(100, 1.0)
    assert sums.std() == pytest.approx(10, rel=0.02)
    assert (np.abs(np.tanh(sums)) > SATURATED).mean() > 0.8
    assert neuron_sums(300, 1.0).std() == pytest.approx(300**0.5, rel=0.02)
    assert neuron_sums(100, 0.1).std() == pytest.approx(1, rel=0.02)  # a gain of 1: as wide as an input


def test_with_a_spread_of_1_all_six_layers_are_saturated() -> None:
    assert min(layer.saturated for layer in layers(LARGE, False)) > 0.8


def test_with_0_01_each_layer_makes_the_signal_ten_times_smaller() -> None:
    spreads = [1.0, *(layer.std for layer in layers(SMALL, False))]
    assert all(after / before == pytest.approx(0.1, rel=0.05) for before, after in pairwise(spreads))
    assert spreads[-1] < 1e-6


def test_gradients_explode_with_large_weights_and_vanish_with_small_ones() -> None:
    assert downwards_ratio(LARGE) > 10
    assert downwards_ratio(SMALL) < 1e-4


def test_a_gain_of_1_dies_out_slowly_and_five_thirds_settles_at_065() -> None:
    fading = [layer.std for layer in layers(0.1, False, depth=12)]
    assert all(after < before for before, after in pairwise(fading))
    assert fading[-1] < fading[0] / 2
    steady = layers(5 / 3 / 10, False, depth=12)
    assert all(layer.std == pytest.approx(0.65, abs=0.02) for layer in steady[3:])
    assert steady[-1].saturated < 0.1
    assert layers(0.3, False, depth=12)[-1].saturated > 0.3


def test_with_batch_norm_the_size_of_the_weights_drops_out() -> None:
    found = [[(layer.std, layer.saturated, layer.gradient_std) for layer in layers(spread, True)] for spread in SPREADS]
    for one in found[1:]:
        np.testing.assert_allclose(one, found[0], rtol=0.02, atol=0.002)
    words = Words(next(one for one in read_lesson("lesson11_batchnorm", "en").figures if one.name == "repaired").words)
    tables = [repaired(words, spread=spread, norm="with") for spread in SPREADS]
    assert all(table == tables[0] for table in tables)


def test_small_weights_learn_next_to_nothing_and_large_ones_badly() -> None:
    even = np.log(examples(TEXT)[2])
    assert last(SMALL, False) == pytest.approx(even, abs=0.01)
    assert last(RIGHT, False) + 0.5 < last(LARGE, False) < even - 0.2
    assert last(SMALL, False, depth=1) < even - 0.5  # a single layer learns with them


def test_with_batch_norm_the_small_weights_learn_and_the_right_ones_gain_nothing() -> None:
    assert last(SMALL, True) < last(SMALL, False) - 0.8
    assert last(LARGE, True) < last(LARGE, False) - 0.5
    assert last(RIGHT, True) > last(RIGHT, False) - 0.1


def test_an_example_alone_becomes_nothing_and_large_batches_agree() -> None:
    assert set(in_company(1)) == {0.0}
    assert np.ptp(in_company(4)) > 3 * np.ptp(in_company(256))
    assert all(-1 <= one <= 2 for size in (1, 2, 4, 16, 64, 256) for one in in_company(size))  # what the figure shows


def test_the_models_draw_their_first_weights_by_the_rule_and_use_running_averages_afterwards() -> None:
    torch.manual_seed(0)
    layer = TanhLayer(WIDTH, 300, ModelConfig(batch_norm=True))
    assert layer.linear.weight.std().item() == pytest.approx(5 / 3 / WIDTH**0.5, rel=0.02)
    batch = torch.randn(8, WIDTH)
    assert not torch.allclose(layer(batch)[:4], layer(batch[:4]), atol=1e-3)
    layer.eval()
    torch.testing.assert_close(layer(batch)[:4], layer(batch[:4]))


@pytest.mark.parametrize("text", ["empty", "a single one again and again", "thousands of signs"])
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson11_batchnorm", TEXTS[text][:3000])
