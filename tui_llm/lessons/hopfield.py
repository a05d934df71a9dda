"""Hopfield's network: a memory that falls downhill into what it has stored. Imports numpy alone.

Hopfield (1982), "Neural networks and physical systems with emergent collective computational abilities": N units of
±1, each joined to every other. Hebb's rule stores patterns in the connections. To recall, the units look at each
other one after another, and each takes the sign of what the others tell it. Every such step lowers an energy or
leaves it, so the net must come to rest, and the stored patterns are where it rests: start near one, and the rest is
filled in.

There are other places of rest: each pattern's negative, and mixtures of several. And there is an end to it: above
about 0.14 N random patterns the memory breaks down all at once (Amit, Gutfreund & Sompolinsky 1985, "Storing infinite
numbers of patterns in a spin-glass model of neural networks").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Chosen so that A, I, L, O and S have little in common: a net of 64 units holds the five. T is too much like I.
DRAWINGS = {
    "A": "...##... ..####.. .##..##. ##....## ######## ######## ##....## ##....##",
    "I": "...##... ...##... ...##... ...##... ...##... ...##... ...##... ...##...",
    "L": "##...... ##...... ##...... ##...... ##...... ##...... ######## ########",
    "O": "..####.. .######. ##....## ##....## ##....## ##....## .######. ..####..",
    "S": ".####### ##...... ##...... .######. .######. ......## ......## #######.",
    "T": "######## ######## ...##... ...##... ...##... ...##... ...##... ...##...",
}


def letters(names: str) -> Floats:
    """The `DRAWINGS` of P letters, each 8 × 8 units in a row, (P, 64): 1 where it is drawn, −1 elsewhere."""
    marks = [DRAWINGS[name].replace(" ", "") for name in names]
    return np.array([[1.0 if mark == "#" else -1.0 for mark in row] for row in marks])


def store(patterns: Floats) -> Floats:
    """Hebb's rule: weights (N, N), whole numbers, with P `patterns` (P, N) of ±1 in them."""
    weights = patterns.T @ patterns  # wᵢⱼ = Σ ξᵢ ξⱼ: in how many patterns i and j agree, less those where they do not
    np.fill_diagonal(weights, 0)  # no unit listens to itself: else the energy could rise
    return weights


def energy(weights: Floats, states: Floats) -> Floats:
    """E = −½ Σᵢⱼ wᵢⱼ sᵢ sⱼ of `states` (..., N): (...)."""
    value: Floats = -0.5 * (states @ weights * states).sum(axis=-1)
    return value


@dataclass(frozen=True)
class Recall:
    """A way down of B nets in T sweeps.

    states: (T + 1, B, N), before the first sweep and after each.
    energies: (T N + 1, B), before the first sweep and after each visit to a unit.
    """

    states: Floats
    energies: Floats

    @property
    def end(self) -> Floats:
        """Where it rests, (B, N)."""
        last: Floats = self.states[-1]
        return last


def recall(weights: Floats, states: Floats, rng: np.random.Generator, sweeps: int = 50) -> Recall:
    """Let B nets, from `states` (B, N), update one unit after another until a whole sweep changes nothing.

    A sweep visits every unit once, in a new random order, the same for all B nets. At most `sweeps` of them.
    """
    s = states.copy()
    path, energies = [s.copy()], [energy(weights, s)]
    for _ in range(sweeps):
        for i in rng.permutation(s.shape[1]):
            field = s @ weights[i]  # (B,): what the other units tell unit i
            new = np.where(field == 0, s[:, i], np.sign(field))
            energies.append(energies[-1] - (new - s[:, i]) * field)  # never more: what changes takes the field's sign
            s[:, i] = new
        path.append(s.copy())
        if np.array_equal(path[-1], path[-2]):
            break
    return Recall(np.stack(path), np.stack(energies))


def at_rest(weights: Floats, states: Floats) -> NDArray[np.bool_]:
    """Which of `states` (B, N) no update would change: (B,)."""
    stable: NDArray[np.bool_] = np.all(states @ weights * states >= 0, axis=-1)
    return stable


def flip(states: Floats, share: float, rng: np.random.Generator) -> Floats:
    """`states` (..., N) with that share of the units of each turned over, chosen at random."""
    order = rng.random(states.shape).argsort(axis=-1).argsort(axis=-1)  # a random rank for each unit
    return np.where(order < round(share * states.shape[-1]), -states, states)


def overlap(states: Floats, pattern: Floats) -> Floats:
    """How like `pattern` (N,) each of `states` (..., N) is: 1 the same, 0 unrelated, −1 its negative."""
    likeness: Floats = states @ pattern / len(pattern)
    return likeness


def mixture(patterns: Floats) -> Floats:
    """(N,) from an odd number of `patterns` (P, N): each unit as in most of them. A memory of what was never stored."""
    most: Floats = np.sign(patterns.sum(axis=0))
    return most


def capacity(n: int, loads: list[float], rng: np.random.Generator, noise: float = 0.0) -> Floats:
    """How well a net of `n` units recalls P = load · n random patterns, at each of `loads`: (L, 2).

    Every pattern is shown, with the share `noise` of its units flipped. Column 0 is the share of units that are right
    when the net rests, column 1 the share of patterns with at least 95 % of their units right.
    """
    rows = []
    for load in loads:
        patterns = rng.choice([-1.0, 1.0], size=(max(1, round(load * n)), n))
        end = recall(store(patterns), flip(patterns, noise, rng), rng).end
        right = (end == patterns).mean(axis=1)
        rows.append([right.mean(), (right >= 0.95).mean()])
    return np.array(rows)
