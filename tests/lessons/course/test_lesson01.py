"""What lesson 1 claims in its prose."""

from __future__ import annotations

import itertools

import pytest

from tui_llm.lessons.course.lesson01_neuron.figures import CASES, TARGETS, WEIGHT, separable
from tui_llm.lessons.neuron import AND, NAND, OR, Neuron, perceptron, xor


def test_with_weights_1_the_threshold_makes_the_gate() -> None:
    answers = {threshold: Neuron((1, 1), threshold)(CASES).tolist() for threshold in (0, 1, 2, 3)}
    assert answers == {0: [1, 1, 1, 1], 1: OR(CASES).tolist(), 2: AND(CASES).tolist(), 3: [0, 0, 0, 0]}


def test_two_of_sixteen_have_no_neuron_and_all_others_do() -> None:
    computed = {
        tuple(Neuron((a, b), t)(CASES).tolist()) for a, b, t in itertools.product(WEIGHT, WEIGHT, (*WEIGHT, 2.5, 4.5))
    }
    assert {outputs for outputs, possible in separable() if possible} == computed
    assert [outputs for outputs, possible in separable() if not possible] == [(0, 1, 1, 0), (1, 0, 0, 1)]


@pytest.mark.parametrize("gate", ["and", "or", "nand"])
def test_the_line_can_be_moved_until_all_four_corners_are_right(gate: str) -> None:
    knobs = itertools.product(WEIGHT, WEIGHT, WEIGHT)
    assert any((Neuron((a, b), t)(CASES) == TARGETS[gate]).all() for a, b, t in knobs)


def test_xor_is_or_but_not_and() -> None:
    assert (xor(CASES) == (OR(CASES) & NAND(CASES))).all()
    assert xor(CASES).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("gate", ["and", "or", "nand"])
def test_the_rule_learns_the_gates_within_the_knobs_passes(gate: str) -> None:
    assert perceptron(CASES, TARGETS[gate], 12).learnt


def test_on_xor_the_rule_comes_back_to_weights_that_it_had() -> None:
    learning = perceptron(CASES, TARGETS["xor"], 100)
    assert learning.cycle is not None
    assert min(learning.mistakes) > 0
