"""What lesson 12 claims in its prose; tests/lessons/test_backprop.py compares all 26 gradients with PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.lessons import backprop
from tui_llm.lessons.backprop import PARAMETERS, STEPS
from tui_llm.lessons.course.lesson12_backprop.checking import (
    SMALL,
    T,
    apart,
    error_of_difference,
    in_big_steps,
    problem,
    right_gradients,
)
from tui_llm.lessons.course.lesson12_backprop.figures import FORMULAS, MOVES, PARTS


def test_the_way_has_twenty_steps_of_which_seven_are_batch_norm_and_eight_softmax_and_loss() -> None:
    assert len(STEPS) == 20
    assert len({*STEPS, *PARAMETERS}) == 26
    assert {part: end - begin for part, (begin, end) in PARTS.items()} == {
        "layer": 3,
        "norm": 7,
        "output": 2,
        "softmax": 8,
    }
    assert sorted(place for part in PARTS.values() for place in range(*part)) == list(range(20))


def test_the_formulas_that_are_shown_compute_the_loss() -> None:
    p, contexts, targets = problem()
    s = backprop.forward(p, contexts, targets)
    names = {**p, "contexts": contexts, "N": len(targets), "T": T, "E": p["C"].shape[1], "ε": backprop.EPSILON}
    names |= {"exp": np.exp, "log": np.log, "tanh": np.tanh, "targets": targets}
    for name in STEPS[:-1]:
        formula = FORMULAS[name].replace("·", "*").replace("(axis=1)", "(axis=1, keepdims=True)")
        names[name] = eval(formula, {}, names)
        np.testing.assert_allclose(names[name], s[name], atol=1e-12)
    picked = names["log_probabilities"][np.arange(len(targets)), targets]
    assert -picked.mean() == pytest.approx(float(s["loss"]))


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_difference_comes_closer_at_first_and_then_rounding_takes_over(name: str) -> None:
    errors = [error_of_difference(name, h)[2] for h in MOVES]
    assert errors[0] > errors[1] > errors[2] > errors[3]
    assert errors[-1] > 1000 * min(errors)
    assert 1e-14 < min(errors) < 1e-10  # ten decimals


def test_every_gradient_is_the_engines() -> None:
    p, contexts, targets = problem(SMALL)
    by_hand = backprop.backward(p, backprop.forward(p, contexts, targets), contexts, targets)
    mine = {name: by_hand[name] for name in PARAMETERS}
    assert max(backprop.differences(mine, right_gradients()).values()) < 1e-12


def descent(mistake: str) -> list[float]:
    """The losses of the small net while it learns by gradients with this mistake in them."""
    p, contexts, targets = problem(SMALL)
    losses = []
    for _ in range(60):
        s = backprop.forward(p, contexts, targets)
        losses.append(float(s["loss"]))
        gradients = in_big_steps(p, s, contexts, targets, mistake)
        p = {name: p[name] - 0.3 * gradients[name] for name in PARAMETERS}
    return losses


def test_with_a_wrong_gradient_the_net_may_learn_only_worse() -> None:
    right, wrong = descent("none"), descent("constant")
    assert wrong[-1] < 0.5 * wrong[0]
    assert right[-1] < wrong[-1] - 0.02


def test_the_gradients_of_a_row_of_logits_add_up_to_0() -> None:
    d = backprop.cross_entropy_backward(np.array([[0.7, 0.2, 0.1]]), np.array([1]))
    np.testing.assert_allclose(d, [[0.7, -0.8, 0.1]])
    assert d.sum() == pytest.approx(0)


def test_batch_norm_lets_nothing_through_that_moves_all_alike_or_along_the_sums() -> None:
    x = np.random.default_rng(0).normal(size=(6, 4))
    inverse = (x.var(axis=0) + backprop.EPSILON) ** -0.5
    normalised = (x - x.mean(axis=0)) * inverse
    for arriving in (np.ones((6, 4)), normalised):
        through = backprop.batch_norm_backward(arriving, normalised, inverse, np.ones(4))
        np.testing.assert_allclose(through, 0, atol=1e-4)


@pytest.mark.parametrize(
    ("mistake", "spoilt"),
    [
        ("none", set()),
        ("count", set(PARAMETERS)),
        ("slope", {"C", "W1", "gamma", "beta"}),
        ("constant", {"C", "W1"}),
        ("last", {"C"}),
    ],
)
def test_a_mistake_spoils_what_comes_after_it(mistake: str, spoilt: set[str]) -> None:
    assert {name for name, far in apart(mistake).items() if far > 1e-6} == spoilt


def test_who_was_not_in_the_batch_does_not_move() -> None:
    p, contexts, targets = problem()
    d = backprop.backward(p, backprop.forward(p, contexts, targets), contexts, targets)["C"]
    there = np.isin(np.arange(len(d)), contexts)
    assert (d[there] != 0).all()
    assert (d[~there] == 0).all()


@pytest.mark.parametrize("text", TEXTS)
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson12_backprop", TEXTS[text])
