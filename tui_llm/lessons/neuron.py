"""The first artificial neuron: it adds its inputs and fires if the sum reaches a threshold. Imports numpy alone.

McCulloch & Pitts (1943), "A logical calculus of the ideas immanent in nervous activity", saw that such units are
logical gates, and that nets of them compute whatever logic can say. (In their paper an inhibiting input forbids the
unit to fire; here it has a negative weight, as everyone has written it since.) Their weights are set by hand.

Rosenblatt (1958), "The perceptron: a probabilistic model for information storage and organization in the brain", lets
the unit find them: after each mistake, move towards the inputs that should have made it fire. Novikoff (1962), "On
convergence proofs for perceptrons", bounds the number of mistakes if some weights would do. For XOR none do, as
Minsky & Papert (1969) insisted in "Perceptrons"; `contradiction` says why in two lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Neuron:
    """y = 1 if w · x ≥ θ, else 0."""

    weights: tuple[float, ...]
    threshold: float

    def __call__(self, inputs: ArrayLike) -> NDArray[np.int64]:
        """What it answers, (...) of 0 and 1, to `inputs` (..., n)."""
        total = np.asarray(inputs) @ np.asarray(self.weights)
        fires: NDArray[np.int64] = (total >= self.threshold).astype(np.int64)
        return fires


AND = Neuron((1, 1), threshold=2)
OR = Neuron((1, 1), threshold=1)
NAND = Neuron((-1, -1), threshold=-1)
NOT = Neuron((-1,), threshold=0)


def majority(n: int) -> Neuron:
    """Fires if more than half of its `n` inputs do."""
    return Neuron((1,) * n, threshold=n // 2 + 1)


def all_inputs(n: int) -> NDArray[np.int64]:
    """Every row of a truth table of `n` inputs, (2ⁿ, n), in the order of counting: 00, 01, 10, 11."""
    return np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1


def xor(inputs: ArrayLike) -> NDArray[np.int64]:
    """XOR by a net of three, (...) from (..., 2): one or the other, AND not both."""
    return AND(np.stack([OR(inputs), NAND(inputs)], axis=-1))


# Why one neuron cannot.


def inequalities(outputs: ArrayLike) -> list[str]:
    """What `outputs` (4,), for 00, 01, 10 and 11, demand of w₁, w₂ and θ: an inequality for each row."""
    sums = ("0", "w₂", "w₁", "w₁ + w₂")  # w · x for each row
    return [f"{total} {'≥' if fires else '<'} θ" for total, fires in zip(sums, np.asarray(outputs), strict=True)]


def contradiction(outputs: ArrayLike) -> tuple[str, str] | None:
    """Two inequalities that cannot both be true and follow from `inequalities(outputs)`; None if a neuron exists.

    Add the inequalities of the rows that must fire, and those of the rows that must not. If both sums have the same
    left and right sides, it is ≥ and < at once. Nothing else can go wrong with two inputs: the corners of a square
    satisfy only one linear relation, 00 + 11 = 01 + 10, so that no other way of adding makes the sides equal.
    """
    rows, fires = all_inputs(2), np.asarray(outputs, dtype=bool)
    if fires.sum() != 2 or (rows[fires].sum(axis=0) != rows[~fires].sum(axis=0)).any():
        return None
    return "w₁ + w₂ ≥ 2θ", "w₁ + w₂ < 2θ"


# Rosenblatt's rule.


@dataclass(frozen=True)
class Learning:
    """What happened while a perceptron learnt.

    neurons: the unit before the first pass over the examples, and after each.
    mistakes: how many examples each pass got wrong; the last is 0 if it learnt them.
    """

    neurons: list[Neuron]
    mistakes: list[int]

    @property
    def learnt(self) -> bool:
        return self.mistakes[-1:] == [0]

    @property
    def cycle(self) -> tuple[int, int] | None:
        """Two passes after which the neuron is the very same. From there on it repeats itself, for ever."""
        if self.learnt:
            return None
        first: dict[Neuron, int] = {}
        for number, neuron in enumerate(self.neurons):
            if neuron in first:
                return first[neuron], number
            first[neuron] = number
        return None


def perceptron(inputs: ArrayLike, targets: ArrayLike, passes: int, start: Neuron | None = None) -> Learning:
    """Learn `targets` (N,) of 0 and 1 for `inputs` (N, n), an example at a time, until a pass has no mistake.

    w ← w + (t − y) x and θ ← θ − (t − y): nothing changes where the answer y is the target t. The threshold is a weight
    like the others, of an input that is always −1.
    """
    examples, wanted = np.asarray(inputs, dtype=float), np.asarray(targets)
    neuron = start or Neuron((0.0,) * examples.shape[1], 0.0)
    learning = Learning([neuron], [])
    for _ in range(passes):
        mistakes = 0
        for x, t in zip(examples, wanted, strict=True):
            error = float(t - neuron(x))  # 1: it should have fired; −1: it should not have
            mistakes += error != 0
            neuron = Neuron(tuple((np.asarray(neuron.weights) + error * x).tolist()), neuron.threshold - error)
        learning.neurons.append(neuron)
        learning.mistakes.append(mistakes)
        if mistakes == 0:
            break
    return learning


def novikoff_bound(inputs: ArrayLike, solution: Neuron) -> float:
    """The most mistakes that the rule can make from zero weights, whatever the order: (R / γ)².

    R is the length of the longest of `inputs` (N, n) with its −1, and γ the margin of `solution`: how far the closest
    example is from the plane where it begins to fire. Infinite if an example lies on that plane.
    """
    examples = np.asarray(inputs, dtype=float)
    extended = np.column_stack([examples, -np.ones(len(examples))])  # (N, n + 1)
    normal = np.array([*solution.weights, solution.threshold])
    margin = np.abs(extended @ normal).min() / np.linalg.norm(normal)
    radius = np.linalg.norm(extended, axis=1).max()
    return float((radius / margin) ** 2) if margin > 0 else float("inf")
