"""The neuron of lesson 1: what one can compute, what it cannot, and how many mistakes learning takes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.neuron import (
    AND,
    NAND,
    NOT,
    OR,
    Neuron,
    all_inputs,
    contradiction,
    inequalities,
    majority,
    novikoff_bound,
    perceptron,
    xor,
)

ROWS = [(0, 0), (0, 1), (1, 0), (1, 1)]
FUNCTIONS = list(itertools.product([0, 1], repeat=4))  # the 16 functions of two inputs, as their outputs on ROWS
XOR, XNOR = (0, 1, 1, 0), (1, 0, 0, 1)


def test_the_gates_are_the_gates() -> None:
    assert all_inputs(2).tolist() == [list(row) for row in ROWS]
    assert AND(ROWS).tolist() == [a and b for a, b in ROWS]
    assert OR(ROWS).tolist() == [a or b for a, b in ROWS]
    assert NAND(ROWS).tolist() == [1 - (a and b) for a, b in ROWS]
    assert NOT([[0], [1]]).tolist() == [1, 0]
    assert xor(ROWS).tolist() == [a ^ b for a, b in ROWS]
    assert xor((1, 0)) == 1  # a single row too


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_majority_is_more_than_half(n: int) -> None:
    votes = list(itertools.product([0, 1], repeat=n))
    assert majority(n)(votes).tolist() == [sum(vote) > n / 2 for vote in votes]


def test_fourteen_of_sixteen_functions_have_a_neuron_and_the_other_two_a_contradiction() -> None:
    without = [outputs for outputs in FUNCTIONS if contradiction(outputs)]
    assert without == [XOR, XNOR]
    for outputs in set(FUNCTIONS) - set(without):  # a neuron is the proof that there is one
        learning = perceptron(ROWS, outputs, passes=20)
        assert learning.learnt, outputs
        assert learning.neurons[-1](ROWS).tolist() == list(outputs)


def test_the_inequalities_of_xor_add_up_to_the_contradiction() -> None:
    assert inequalities(XOR) == ["0 < θ", "w₂ ≥ θ", "w₁ ≥ θ", "w₁ + w₂ < θ"]
    assert contradiction(XOR) == ("w₁ + w₂ ≥ 2θ", "w₁ + w₂ < 2θ")
    # As vectors of coefficients (w₁, w₂, θ), the rows that fire and those that do not have the same sum.
    extended = np.column_stack([ROWS, [-1] * 4])
    assert np.array_equal(extended[[1, 2]].sum(axis=0), extended[[0, 3]].sum(axis=0))


@given(st.tuples(*[st.floats(-10, 10)] * 3), st.sampled_from(FUNCTIONS))
def test_a_neuron_does_what_its_inequalities_say(numbers: tuple[float, float, float], outputs: tuple[int, ...]) -> None:
    w1, w2, threshold = numbers
    names = {"w₁": w1, "w₂": w2, "θ": threshold}
    kept = []
    for line in inequalities(outputs):
        left, sign, right = line.rsplit(" ", 2)
        total = sum(names.get(term, 0.0) for term in left.split(" + "))
        kept.append(total >= names[right] if sign == "≥" else total < names[right])
    assert all(kept) == (Neuron((w1, w2), threshold)(ROWS).tolist() == list(outputs))


def test_the_perceptron_learns_and_and_goes_round_for_ever_on_xor() -> None:
    learning = perceptron(ROWS, AND(ROWS), passes=100)
    assert learning.learnt
    assert learning.cycle is None
    assert len(learning.neurons) == len(learning.mistakes) + 1 < 100

    endless = perceptron(ROWS, XOR, passes=100)
    assert not endless.learnt
    assert endless.cycle is not None
    start, end = endless.cycle
    period = end - start
    assert endless.neurons[start : 100 - period] == endless.neurons[end:100]
    assert min(endless.mistakes) > 0


@given(
    st.tuples(*[st.integers(-5, 5)] * 3).filter(any),
    st.lists(st.tuples(*[st.integers(-4, 4)] * 2), min_size=1, max_size=12),
)
def test_no_more_mistakes_than_novikoff_allows(plane: tuple[int, int, int], points: list[tuple[int, int]]) -> None:
    solution = Neuron(plane[:2], plane[2] + 0.5)  # the half keeps the points off the plane
    bound = novikoff_bound(points, solution)
    assert np.isfinite(bound)
    learning = perceptron(points, solution(points), passes=int(bound) + 2)
    assert learning.learnt  # every pass but the last has a mistake, so there are enough
    assert sum(learning.mistakes) <= bound


def test_a_point_on_the_plane_leaves_no_margin() -> None:
    assert novikoff_bound([(1, 1), (0, 0)], AND) == float("inf")
    assert novikoff_bound(ROWS, Neuron((1, 1), 1.5)) == pytest.approx(3 / (0.25 / 4.25))


def test_learning_starts_where_it_is_told() -> None:
    assert perceptron(ROWS, AND(ROWS), passes=5, start=AND).mistakes == [0]
