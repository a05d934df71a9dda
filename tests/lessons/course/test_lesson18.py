"""What lesson 18 claims in its prose."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from torch import nn

from tui_llm.config import ModelConfig
from tui_llm.lessons import modern_parts as parts
from tui_llm.lessons.attention import entropy, gelu, layer_norm
from tui_llm.lessons.course.lesson18_modern import figures
from tui_llm.lessons.course.lesson18_modern.figures import CHANNELS, PARTS, looked, score, singular_values
from tui_llm.lessons.switches import RATE, trained
from tui_llm.models import build_model
from tui_llm.presets import resolve
from tui_llm.text.stories import stories

STORIES = "\n\n".join(islice(stories("en"), 100))
ONES = np.ones(len(CHANNELS))


def test_rms_norm_takes_the_size_away_and_sees_a_shift_which_layer_norm_does_not() -> None:
    for size in (0.1, 10.0, 100.0):
        np.testing.assert_allclose(parts.rms_norm(size * CHANNELS, ONES), parts.rms_norm(CHANNELS, ONES), atol=1e-3)
    np.testing.assert_allclose(layer_norm(CHANNELS + 4, ONES), layer_norm(CHANNELS, ONES), atol=1e-6)
    assert np.abs(parts.rms_norm(CHANNELS + 4, ONES) - parts.rms_norm(CHANNELS, ONES)).max() > 0.5
    np.testing.assert_allclose(parts.rms_norm(np.array([3.0, -3.0]), np.array([1.0, 2.0])), [1.0, -2.0], atol=1e-6)


def test_a_score_stays_when_both_move_on_and_changes_with_the_distance() -> None:
    assert score(110, 107) == pytest.approx(score(10, 7), abs=1e-9)
    assert abs(score(10, 7) - score(12, 7)) > 0.1


def test_grown_queries_and_keys_look_at_one_place_unless_normed() -> None:
    bits = [[float(entropy(looked(growth, normal))) for growth in (1, 2, 4, 8)] for normal in (False, True)]
    assert bits[0][0] > 1.5
    assert bits[0][-1] < 0.1
    assert bits[0] == sorted(bits[0], reverse=True)
    assert max(bits[1]) - min(bits[1]) < 1e-3


def test_a_gate_of_1_is_nearly_gelu() -> None:
    x = np.linspace(-4, 2.5, 81)
    assert np.abs(parts.silu(x) - gelu(x)).max() < 0.25


def test_after_five_rounds_the_strongest_direction_is_less_than_twice_the_weakest() -> None:
    before, after = singular_values(0), singular_values(5)
    assert before[0] / before[-1] == pytest.approx(20)
    assert after.max() / after.min() < 2


def test_rope_and_muon_gain_alone_and_the_others_no_more_than_chance_may() -> None:
    lowest, *_, highest = figures.by_chance()
    assert 0.01 < highest - lowest < 0.1
    for part in PARTS:
        loss = figures.measured(part).held_out
        assert loss < lowest - 0.05 if part in {"rope", "muon"} else lowest - 0.05 < loss < highest + 0.05, part


def test_together_they_gain_less_than_the_sum_for_gains_overlap() -> None:
    assert figures.gain(*PARTS) < sum(map(figures.gain, PARTS)) - 0.05
    assert figures.gain("rope", "muon") < figures.gain("rope") + figures.gain("muon") - 0.05


def test_the_learning_rate_suits_gpt_2() -> None:
    for rate in (RATE / 2, RATE * 2):
        assert trained(STORIES, steps=figures.STEPS, seed=1, rate=rate).held_out > figures.by_chance()[0] - 0.03


def test_the_measured_models_weigh_about_the_same_and_grouped_queries_keep_half() -> None:
    assert figures.measured("grouped").kept * 2 == figures.measured().kept
    heavy = figures.measured().weights
    assert abs(figures.measured("swiglu").weights - heavy) < 0.01 * heavy


def test_the_program_trains_four_of_them_by_muon_unless_told_otherwise() -> None:
    config = resolve({})
    model = build_model(ModelConfig(n_layer=1, n_head=2, n_embd=16, block_size=8), 20)
    names = " ".join(name for name, _ in model.named_modules())
    assert (config.model.name, config.model.n_kv_head, config.training.optimizer) == ("modern", None, "muon")
    assert "q_norm" in names
    assert "gate_proj" in names
    assert any(isinstance(one, nn.RMSNorm) for one in model.modules())
    assert {"cos", "sin"} <= {name for name, _ in model.named_buffers()}
