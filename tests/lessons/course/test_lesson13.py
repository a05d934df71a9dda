"""What lesson 13 claims in its prose."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.config import ModelConfig
from tui_llm.lessons.course.drawings import Lines
from tui_llm.lessons.course.kit import Words
from tui_llm.lessons.course.lesson13_wavenet.figures import (
    HIDDEN,
    TREES,
    Learnt,
    already,
    example,
    field_of,
    learnt,
    nodes_of,
    weights_at_once,
    weights_of_tree,
    writes,
)
from tui_llm.lessons.wavenet import nodes
from tui_llm.presets import PRESETS


def final(found: Learnt) -> float:
    return float(np.mean(found.losses[-200:]))


def test_ten_layers_see_1024_characters_and_each_doubles() -> None:
    assert [field_of(layers) for layers in range(1, 11)] == [2**layers for layers in range(1, 11)]


def test_a_tree_over_eight_has_seven_nodes_one_of_the_trees_own_in_each_level() -> None:
    assert len(nodes_of(7, 3)) == 4 + 2 + 1 == nodes(3, 1)[0]


def test_the_tree_is_the_smaller_one_from_64_characters_on() -> None:
    smaller = [weights_of_tree(layers, HIDDEN) < weights_at_once(2**layers, HIDDEN) for layers in range(1, 11)]
    assert smaller == [2**layers >= 64 for layers in range(1, 11)]


@pytest.mark.parametrize("layers", range(3, 8))
def test_doubled_the_context_has_twice_the_weights_at_once_and_a_matrix_more_as_a_tree(layers: int) -> None:
    assert weights_at_once(2 ** (layers + 1), HIDDEN) == 2 * weights_at_once(2**layers, HIDDEN)
    assert weights_of_tree(layers + 1, HIDDEN) - weights_of_tree(layers, HIDDEN) == 2 * HIDDEN * HIDDEN


def test_four_characters_are_better_than_two_and_sixteen_not_better_at_once() -> None:
    two, four, _eight, sixteen = (final(learnt(example(), layers)) for layers in TREES)
    assert four < two - 0.1
    assert sixteen > four


def test_the_last_character_is_felt_most_and_the_far_ones_are_felt_too() -> None:
    felt = learnt(example(), 3).felt
    assert felt.argmax() == 7
    assert felt.min() > 0.05 * felt.max()


def test_it_writes_blanks_after_a_hundred_steps_and_some_words_after_a_thousand() -> None:
    words = Words({"after": "{steps}"})
    written = {}
    for steps in (0, 100, 1000):
        drawn = writes(words, steps=steps, text=example())
        assert isinstance(drawn, Lines)
        written[steps] = " ".join(drawn.lines)
    words_there = {word for word in example().split() if len(word) > 1}
    blanks = {steps: len(text.split()) for steps, text in written.items()}
    known = {steps: sum(word in words_there for word in text.split()) for steps, text in written.items()}
    assert blanks[100] > 2 * blanks[0]
    common = {sign for sign, _count in Counter("".join(example().split())).most_common(6)}
    share = {steps: sum(sign in common for sign in text) / len(text) for steps, text in written.items()}
    assert share[100] > 2 * share[0]
    assert known[1000] > known[100] >= known[0]
    assert known[1000] >= 5


def test_moved_by_one_no_fusion_is_there_already_by_two_three_pairs() -> None:
    assert [already(moved) for moved in (0, 1, 2, 3)] == [7, 0, 3, 0]
    assert {level for level, _ in nodes_of(0, 3) & nodes_of(2, 3)} == {1}


def test_with_each_node_once_a_prediction_takes_a_fusion_a_level() -> None:
    trees, once = nodes(3, 1000)
    assert trees == 7 * 1000
    assert once / 1000 == pytest.approx(3, abs=0.02)


def test_the_model_in_this_program_has_batch_norm_inside() -> None:
    assert PRESETS["wavenet"].settings["model"].get("batch_norm", ModelConfig().batch_norm)


@pytest.mark.parametrize("text", ["empty", "nothing to be printed", "thousands of signs", "accents apart"])
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson13_wavenet", TEXTS[text][:1000])
