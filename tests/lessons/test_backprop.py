"""Lesson 12: every gradient computed by hand is the one that torch finds, within 1e-9."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tui_llm.lessons import backprop
from tui_llm.lessons.backprop import PARAMETERS, STEPS


def problem(seed: int = 0) -> tuple[backprop.Named, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return backprop.initial(8, 3, 4, 9, rng), rng.integers(8, size=(16, 3)), rng.integers(8, size=16)


def by_torch(p: backprop.Named, contexts: np.ndarray, targets: np.ndarray) -> backprop.Named:
    """The same steps with tensors, and what autograd says of each."""
    t = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    rows = torch.arange(len(targets))
    t["embedded"] = t["C"][torch.tensor(contexts)]
    t["joined"] = t["embedded"].flatten(1)
    t["pre_activation"] = t["joined"] @ t["W1"]
    t["mean"] = t["pre_activation"].mean(0)
    t["centred"] = t["pre_activation"] - t["mean"]
    t["squares"] = t["centred"] ** 2
    t["variance"] = t["squares"].mean(0)
    t["inverse_deviation"] = (t["variance"] + 1e-5) ** -0.5
    t["normalised"] = t["centred"] * t["inverse_deviation"]
    t["scaled"] = t["normalised"] * t["gamma"] + t["beta"]
    t["hidden"] = torch.tanh(t["scaled"])
    t["logits"] = t["hidden"] @ t["W2"] + t["b2"]
    t["maximum"] = t["logits"].max(1, keepdim=True).values
    t["shifted"] = t["logits"] - t["maximum"]
    t["exponentials"] = t["shifted"].exp()
    t["sums"] = t["exponentials"].sum(1, keepdim=True)
    t["inverse_sums"] = t["sums"] ** -1
    t["probabilities"] = t["exponentials"] * t["inverse_sums"]
    t["log_probabilities"] = t["probabilities"].log()
    t["loss"] = -t["log_probabilities"][rows, torch.tensor(targets)].mean()
    names = list(t)
    gradients = torch.autograd.grad(t["loss"], [t[name] for name in names])
    return {name: gradient.numpy() for name, gradient in zip(names, gradients, strict=True)}


@pytest.mark.parametrize("seed", range(3))
def test_every_gradient_is_autograds(seed: int) -> None:
    p, contexts, targets = problem(seed)
    s = backprop.forward(p, contexts, targets)
    assert tuple(s) == STEPS
    mine = backprop.backward(p, s, contexts, targets)
    assert set(mine) == {*PARAMETERS, *STEPS}
    assert max(backprop.differences(mine, by_torch(p, contexts, targets)).values()) < 1e-9


def test_the_loss_is_torchs() -> None:
    p, contexts, targets = problem()
    s = backprop.forward(p, contexts, targets)
    expected = torch.nn.functional.cross_entropy(torch.tensor(s["logits"]), torch.tensor(targets))
    assert float(s["loss"]) == pytest.approx(expected.item(), abs=1e-9)


def test_the_big_steps_are_the_small_ones_melted_down() -> None:
    p, contexts, targets = problem()
    s = backprop.forward(p, contexts, targets)
    d = backprop.backward(p, s, contexts, targets)
    np.testing.assert_allclose(backprop.cross_entropy_backward(s["probabilities"], targets), d["logits"], atol=1e-12)
    fused = backprop.batch_norm_backward(d["scaled"], s["normalised"], s["inverse_deviation"], p["gamma"])
    np.testing.assert_allclose(fused, d["pre_activation"], atol=1e-12)


def test_shifting_a_rows_logits_changes_nothing_and_each_row_of_gradients_sums_to_0() -> None:
    p, contexts, targets = problem()
    s = backprop.forward(p, contexts, targets)
    d = backprop.backward(p, s, contexts, targets)
    np.testing.assert_allclose(d["maximum"], 0.0, atol=1e-12)
    np.testing.assert_allclose(d["logits"].sum(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(d["pre_activation"].sum(axis=0), 0.0, atol=1e-12)  # what BatchNorm takes away


def test_a_wrong_gradient_is_found_by_its_name() -> None:
    p, contexts, targets = problem()
    right = backprop.backward(p, backprop.forward(p, contexts, targets), contexts, targets)
    wrong = {**right, "W2": right["W2"] * 1.01, "b2": right["b2"][None]}
    found = backprop.differences(wrong, right)
    assert {name for name, difference in found.items() if difference > 1e-9} == {"W2", "b2"}
    assert found["b2"] == float("inf")
