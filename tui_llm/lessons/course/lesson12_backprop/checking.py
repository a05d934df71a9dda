"""How lesson 12 checks gradients: by differences, and by the engine of lesson 7; and the way back in big steps, with a
planned mistake or none. Imports numpy and the networks.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_llm.lessons import backprop
from tui_llm.lessons.backprop import EPSILON, Array, Ids, Named
from tui_llm.lessons.value import Value

#: Sizes of the net in the figures: examples, context, numbers a token, neurons, tokens.
N, T, E, H, V = 32, 3, 10, 64, 27

#: Of the net that the engine goes through: number by number it makes thousands of values.
SMALL = (16, 3, 4, 9, 8)


@cache
def problem(sizes: tuple[int, int, int, int, int] = (N, T, E, H, V)) -> tuple[Named, Ids, Ids]:
    """Parameters, contexts and targets drawn by lot."""
    examples, context, embedding, hidden, vocabulary = sizes
    rng = np.random.default_rng(0)
    p = backprop.initial(vocabulary, context, embedding, hidden, rng)
    return p, rng.integers(vocabulary, size=(examples, context)), rng.integers(vocabulary, size=examples)


def error_of_difference(name: str, h: float) -> tuple[float, float, float]:
    """By hand, by difference, and how far they are apart, for the first number of a parameter."""
    p, contexts, targets = problem()
    by_hand = backprop.backward(p, backprop.forward(p, contexts, targets), contexts, targets)[name]
    place = (int(contexts[0, 0]), 0) if name == "C" else (0,) * p[name].ndim
    losses = []
    for sign in (1, -1):
        moved = p[name].copy()
        moved[place] += sign * h
        losses.append(float(backprop.forward({**p, name: moved}, contexts, targets)["loss"]))
    by_difference = (losses[0] - losses[1]) / (2 * h)
    return float(by_hand[place]), by_difference, abs(float(by_hand[place]) - by_difference)


def in_big_steps(p: Named, s: Named, contexts: Ids, targets: Ids, mistake: str = "none") -> Named:
    """The gradients of PARAMETERS in a dozen lines, given what `forward` computed."""
    d: Named = {}
    d_logits = backprop.cross_entropy_backward(s["probabilities"], targets)
    if mistake == "count":
        d_logits = d_logits * len(targets)
    d["b2"] = d_logits.sum(axis=0)
    d["W2"] = s["hidden"].T @ d_logits
    d_hidden = d_logits @ p["W2"].T
    d_scaled = d_hidden if mistake == "slope" else d_hidden * (1.0 - s["hidden"] ** 2)
    d["gamma"] = (d_scaled * s["normalised"]).sum(axis=0)
    d["beta"] = d_scaled.sum(axis=0)
    d_pre_activation = backprop.batch_norm_backward(d_scaled, s["normalised"], s["inverse_deviation"], p["gamma"])
    if mistake == "constant":
        d_pre_activation = d_scaled * p["gamma"] * s["inverse_deviation"]
    d["W1"] = s["joined"].T @ d_pre_activation
    d_embedded = (d_pre_activation @ p["W1"].T).reshape(s["embedded"].shape)
    d["C"] = np.zeros_like(p["C"])
    if mistake == "last":
        d["C"][contexts] = d_embedded  # of a token's uses only one is kept
    else:
        np.add.at(d["C"], contexts, d_embedded)
    return d


def by_engine(p: Named, contexts: Ids, targets: Ids) -> Named:
    """The same gradients by lesson 7: every number is a `Value`, the loss is computed, `backward` does the rest."""
    v = {name: np.vectorize(Value, otypes=[object])(array) for name, array in p.items()}
    sums = v["C"][contexts].reshape(len(contexts), -1) @ v["W1"]
    centred = sums - sums.mean(axis=0)
    normalised = centred * ((centred**2).mean(axis=0) + EPSILON) ** -0.5
    logits = np.tanh(normalised * v["gamma"] + v["beta"]) @ v["W2"] + v["b2"]
    came = logits[np.arange(len(targets)), targets]
    loss = (np.log(np.exp(logits).sum(axis=1)) - came).mean()
    loss.backward()
    return {name: np.vectorize(lambda one: one.grad, otypes=[float])(values) for name, values in v.items()}


@cache
def right_gradients() -> Named:
    """Of the small net, by the engine."""
    return by_engine(*problem(SMALL))


def apart(mistake: str) -> dict[str, float]:
    """How far each gradient is at most from the engine's, with a mistake in the way back or none."""
    p, contexts, targets = problem(SMALL)
    mine = in_big_steps(p, backprop.forward(p, contexts, targets), contexts, targets, mistake)
    return backprop.differences(mine, right_gradients())


def shape(array: Array) -> str:
    """As it is told: 32 × 64."""
    return " × ".join(map(str, array.shape)) or "1"
