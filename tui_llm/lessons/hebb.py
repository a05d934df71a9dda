"""Hebb's rule: cells that fire together, wire together. Imports numpy alone.

Hebb (1949), "The organization of behavior", guessed how a brain learns without a teacher: a connection grows when the
cells at its two ends are active at once, Δw = η x y. Nothing else is needed for a memory: `associate` stores what
belongs to what as a sum of such products, and recalls it by one multiplication (Kohonen 1972, "Correlation matrix
memories").

Left alone the rule only ever adds, so that the weights grow without bound. Oja (1982), "A simplified neuron model as
a principal component analyzer", adds forgetting, −η y² w: the weights come to rest at length 1, and point in the
direction in which the inputs vary most. A single neuron has found the first principal component of its data.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


# Memory: which answer belongs to which key.


def wire(weights: Floats, x: Floats, y: Floats, rate: float = 1.0) -> Floats:
    """Hebb's rule: weights (M, N) after the inputs `x` (N,) and the outputs `y` (M,) were active together."""
    return weights + rate * np.outer(y, x)  # Δwᵢⱼ = η yᵢ xⱼ


def associate(keys: Floats, answers: Floats) -> Floats:
    """Weights (M, N) after each of P `keys` (P, N) was seen once with its answer of `answers` (P, M).

    The rate is one over the key's squared length: a key that is at right angles to all others then recalls its answer
    exactly.
    """
    weights = np.zeros((answers.shape[1], keys.shape[1]))
    for x, y in zip(keys, answers, strict=True):
        weights = wire(weights, x, y, rate=1 / (x @ x))
    return weights


def recall(weights: Floats, key: Floats) -> Floats:
    """What comes out, (M,) or (P, M), when `key`, (N,) or (P, N), goes in."""
    return key @ weights.T


def crosstalk(keys: Floats) -> Floats:
    """How much of answer j comes out for key i, (P, P): 1 on the diagonal, elsewhere what keys have in common."""
    shares: Floats = keys @ keys.T / (keys**2).sum(axis=1)
    return shares


# A neuron that nobody teaches.


def cloud(count: int, angle: float, lengths: tuple[float, float], rng: np.random.Generator) -> Floats:
    """Points (count, 2) around 0, with standard deviation lengths[0] along `angle` (radians) and lengths[1] across."""
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-np.sin(angle), np.cos(angle)])
    points: Floats = rng.standard_normal((count, 2)) * lengths @ np.stack([along, across])
    return points


def learn(data: Floats, rate: float, start: Floats, forgetting: bool) -> Floats:
    """The weights of one neuron, (P + 1, N), before it sees any of `data` (P, N) and after each.

    Args:
        rate: η, how far one example moves the weights.
        start: (N,) not all zero: a neuron that never fires never learns.
        forgetting: False is Hebb's rule, True is Oja's.
    """
    w = start.astype(np.float64)
    path = [w]
    for x in data:
        y = w @ x
        w = w + rate * y * x  # Hebb: what was active grows
        if forgetting:
            w = w - rate * y * y * path[-1]  # Oja: by as much as keeps the length at 1
        path.append(w)
    return np.stack(path)


def growth(data: Floats, rate: float) -> float:
    """By what factor Hebb's rule multiplies the weights at each step, in the long run and for a small rate: 1 + η λ.

    On average Δw = η E[x xᵀ] w, and λ is the greatest eigenvalue of that matrix: the variance along its component.
    """
    return 1 + rate * float(np.linalg.eigvalsh(data.T @ data / len(data))[-1])


def first_component(data: Floats) -> Floats:
    """The direction (N,), of length 1, in which `data` (P, N) varies most around 0. Its sign means nothing."""
    direction: Floats = np.linalg.eigh(data.T @ data / len(data)).eigenvectors[:, -1]
    return direction


def alignment(weights: Floats, direction: Floats) -> Floats:
    """|cosine| of the angle between each of `weights` (..., N) and `direction` (N,): 1 where they lie on one line."""
    lengths = np.linalg.norm(weights, axis=-1) * np.linalg.norm(direction)
    cosine: Floats = np.abs(weights @ direction) / lengths
    return cosine
