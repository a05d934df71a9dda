"""How the next token is drawn: temperature, top-k and top-p on one distribution.

A model gives a probability to every token; the text depends on how one is chosen. Always the likeliest: dull, and soon
a loop. By the probabilities as they are: now and then one of the thousands of unlikely ones, and the thread is lost.
Temperature (Ackley, Hinton & Sejnowski 1985) sharpens or flattens the whole; top-k (Fan, Lewis & Dauphin 2018) keeps a
fixed number; top-p (Holtzman et al. 2020, "The curious case of neural text degeneration") keeps few where the model is
sure and many where it is not. Imports numpy and `lessons.bigram` (its softmax).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.bigram import softmax

Array = NDArray[np.float64]


def with_temperature(logits: Array, temperature: float) -> Array:
    """softmax(logits / temperature), (V,). Towards 0 all goes to the likeliest; 0 itself takes that one."""
    if temperature == 0:
        sure: Array = np.eye(len(logits))[logits.argmax()]
        return sure
    return softmax(logits / temperature)


def top_k(probabilities: Array, k: int) -> Array:
    """The k likeliest of `probabilities` (V,), the rest 0."""
    kept = np.zeros_like(probabilities)
    best = np.argsort(-probabilities, kind="stable")[:k]
    kept[best] = probabilities[best]
    return normalised(kept)


def top_p(probabilities: Array, p: float) -> Array:
    """The fewest of `probabilities` (V,), the likeliest first, that together reach p; the rest 0."""
    order = np.argsort(-probabilities, kind="stable")
    # What the tokens above each have together: 0 for the likeliest, which therefore always stays.
    before = np.cumsum(probabilities[order]) - probabilities[order]
    kept = np.zeros_like(probabilities)
    best = order[before < p * probabilities.sum()]
    kept[best] = probabilities[best]
    return normalised(kept)


def normalised(kept: Array) -> Array:
    """In the same proportion, summing to 1."""
    probabilities: Array = kept / kept.sum()
    return probabilities


def distribution(logits: Array, temperature: float = 1.0, k: int = 0, p: float = 1.0) -> Array:
    """(V,) the probabilities that are drawn from: temperature first, then top-k (0 cuts nothing), then top-p (1 cuts
    nothing).
    """
    probabilities = with_temperature(logits, temperature)
    if k:
        probabilities = top_k(probabilities, k)
    return top_p(probabilities, p) if p < 1 else probabilities


def entropy(probabilities: Array) -> float:
    """Bits of surprise in a draw: 0 if it is sure, log2 n if n tokens are equally likely. 2^entropy is the choice."""
    possible = probabilities[probabilities > 0]
    return float(-(possible * np.log2(possible)).sum())


def draw(probabilities: Array, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(count,) ids drawn from `probabilities` (V,): each number in [0, 1) falls on the stretch of one token."""
    ends = np.cumsum(probabilities)
    ids: NDArray[np.int64] = np.searchsorted(ends, rng.random(count) * ends[-1], side="right")
    return ids
