"""What lesson 7 claims in its prose."""

from __future__ import annotations

import math

import pytest

from tui_llm.lessons.course.drawings import Lines
from tui_llm.lessons.course.kit import Words
from tui_llm.lessons.course.lesson07_autograd.figures import DISTANCES, HALVES, WEIGHTS, flow
from tui_llm.lessons.course.lesson07_autograd.slopes import (
    CURVES,
    EXPRESSIONS,
    LEAVES,
    OPERATIONS,
    checks,
    derivative,
    evaluations,
    hand_overs,
    handed_on,
    neuron,
    slope_between,
)
from tui_llm.lessons.value import Value


def test_the_measured_slope_of_x_squared_comes_to_6_and_then_to_nothing() -> None:
    square, tiny = CURVES["square"], DISTANCES[-1]
    errors = [abs(slope_between(square, 3.0, h) - 6) for h in DISTANCES]
    assert errors[:4] == sorted(errors[:4], reverse=True)
    assert derivative(square, 3.0) == 6
    assert 3 + tiny == 3
    assert slope_between(square, 3.0, tiny) == 0
    assert errors[4] > errors[3]  # at 1e-12 the digits run out already


@pytest.mark.parametrize("x", HALVES)
def test_the_derivative_of_x_squared_is_2x(x: float) -> None:
    assert derivative(CURVES["square"], x) == 2 * x


@pytest.mark.parametrize(("a", "b"), [(2.0, -3.0), (-0.5, 1.5)])
def test_the_rules_that_are_told_are_those_of_the_engine(a: float, b: float) -> None:
    assert OPERATIONS["add"](Value(a), Value(b)).slopes == (1, 1)
    assert OPERATIONS["mul"](Value(a), Value(b)).slopes == (b, a)
    assert OPERATIONS["tanh"](Value(a)).slopes == pytest.approx((1 - math.tanh(a) ** 2,))
    assert OPERATIONS["relu"](Value(a)).slopes == (float(a > 0),)
    assert OPERATIONS["relu"](Value(a)).data == (a if a > 0 else 0)


def test_slopes_in_a_row_are_multiplied() -> None:
    # A gear that turns the next one three times as fast, and that one the third twice as fast.
    assert derivative(lambda x: 2 * (3 * x), 1.0) == 6
    assert derivative(lambda x: (3 * x) ** 2, 1.0) == 3 * 6 == 18


def test_what_operations_do_with_a_gradient() -> None:
    assert handed_on("add", 0.6, (3.0, -2.0)) == [0.6, 0.6]
    assert handed_on("mul", 0.6, (3.0, -2.0)) == pytest.approx([-1.2, 1.8])  # the other one as a factor
    assert handed_on("relu", 0.6, (3.0,)) == [0.6]
    assert handed_on("relu", 0.6, (-2.0,)) == [0.0]
    assert abs(handed_on("tanh", 0.6, (3.0,))[0]) < 0.01


def test_gradients_of_the_neuron_are_those_of_calculus() -> None:
    w, x, b = 2.0, -1.5, 2.0
    made = neuron(w, x, b)
    made.o.backward()
    flat = 1 - math.tanh(w * x + b) ** 2
    assert [one.grad for one in made[:3]] == pytest.approx([flat * x, flat * w, flat])
    assert made.o.grad == 1


def test_the_drawn_gradients_come_back_one_operation_a_step() -> None:
    words = Words({"forward": "forward"})
    graphs, told = [], []
    for step in range(4):
        drawn = flow(words, step=step, w=2.0, x=-1.5, b=2.0)
        assert isinstance(drawn, list)
        above, below = drawn
        assert isinstance(above, Lines)
        assert isinstance(below, Lines)
        graphs.append("".join(above.lines))
        told.append(below.lines[0])
    assert [graph.count("?") for graph in graphs] == [6, 4, 2, 0]
    assert told == [
        "forward",
        "o:  s ← 0.42 · 1.00 = 0.42",
        "s:  p ← 1.00 · 0.42 = 0.42   b ← 1.00 · 0.42 = 0.42",
        "p:  w ← −1.50 · 0.42 = −0.63   x ← 2.00 · 0.42 = 0.84",
    ]
    assert all(f"[{gradient:>5}]" in graphs[3] for gradient in ("1.00", "0.42", "−0.63", "0.84"))


@pytest.mark.parametrize("a", [-2.0, 0.0, 3.0])
def test_shares_of_a_value_that_is_used_twice_are_added(a: float) -> None:
    assert derivative(lambda one: one * one + one, a) == a + a + 1


def test_whoever_hands_on_too_early_counts_some_of_it_twice() -> None:
    right = derivative(lambda x: x * x + 2 * (x * x), 3.0)
    patient, hasty = hand_overs(3.0, hasty=False), hand_overs(3.0, hasty=True)
    assert patient[-1].x == right == 18
    assert hasty[-1].x == 24
    assert [step.label for step in patient] == ["L", "d", "s"]
    assert [step.label for step in hasty].count("s") == 2


def test_measuring_takes_two_computations_a_weight() -> None:
    assert evaluations(WEIGHTS) == 2 * WEIGHTS
    assert evaluations(7) == 14


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_value_agrees_with_torch_within_a_billionth(expression: str) -> None:
    found = checks(expression)
    assert len(found) == len(LEAVES)
    for one in found:
        assert one.value == pytest.approx(one.torch, rel=1e-9, abs=1e-9)
        assert one.measured == pytest.approx(one.torch, abs=1e-7)
        assert one.torch != 0
