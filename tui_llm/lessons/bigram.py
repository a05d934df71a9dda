"""Which character follows which: counted, and then learnt by the smallest network there is.

Shannon wrote text with such tables (1948, "A mathematical theory of communication"): look at the last character, look
up what came after it and how often, draw one, go on. The same table can be found without counting: one linear layer
over a one-hot input, a softmax, and gradient descent on the likelihood. Both reach the same loss, and only the second
way leads further: its layer can be made deeper. Imports numpy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ids = NDArray[np.int64]


def alphabet_of(text: str) -> str:
    """Every character of `text` once, in order: its place there is its id."""
    return "".join(sorted(set(text)))


def encode(text: str, alphabet: str) -> Ids:
    """(N,) the ids of the characters of `text`. Raises KeyError at one that `alphabet` does not have."""
    place = {character: index for index, character in enumerate(alphabet)}
    return np.array([place[character] for character in text], dtype=np.int64)


def decode(ids: Ids, alphabet: str) -> str:
    """The text that `encode` made ids of."""
    return "".join(alphabet[index] for index in ids)


def count_pairs(ids: Ids, vocabulary: int) -> Array:
    """(V, V): how often token b (column) comes right after token a (row)."""
    pairs = ids[:-1] * vocabulary + ids[1:]  # each pair as one number
    return np.bincount(pairs, minlength=vocabulary**2).reshape(vocabulary, vocabulary).astype(np.float64)


def transition_probabilities(counts: Array, smoothing: float) -> Array:
    """(V, V): P(b | a) = (count(a, b) + k) / (count(a) + k V), where k is `smoothing` (Lidstone 1920).

    With k = 0 it is what makes the counted text likeliest, and what was never seen is held for impossible. A row that
    has nothing at all is even.
    """
    rows = counts + smoothing
    totals = rows.sum(axis=1, keepdims=True)
    table: Array = np.divide(rows, totals, out=np.full_like(rows, 1 / len(rows)), where=totals > 0)
    return table


def mean_loss(table: Array, ids: Ids) -> float:
    """How surprised the table is by a text, in nats a token: the mean of -ln P(b | a); inf after the impossible.

    Evenly drawn tokens cost ln V. The likelihood of the whole text is exp(-loss · pairs), far too small to print.
    """
    with np.errstate(divide="ignore"):
        return float(-np.log(table[ids[:-1], ids[1:]]).mean())


def generate(table: Array, start: int, length: int, rng: np.random.Generator) -> Ids:
    """(length,) tokens after `start`, each drawn from the row of the one before it."""
    tokens = [start]
    for _ in range(length):
        tokens.append(int(rng.choice(len(table), p=table[tokens[-1]])))
    return np.array(tokens[1:], dtype=np.int64)


# The same by a network. Its input is one-hot: all zeros but a 1 at the token's place. Multiplied by the weights (V, V)
# it picks out one row, whose numbers are the logits of what comes next.


def softmax(logits: Array) -> Array:
    """exp(logits) divided by its sum, over the last axis: positive numbers that add up to 1."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))  # the shift changes nothing, and nothing overflows
    probabilities: Array = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def example_gradient(weights: Array, ids: Ids) -> tuple[float, Array]:
    """The network's loss on a text, and d loss / d weights (V, V), example by example.

    For one example, d loss / d logits = probabilities - one-hot(what came): each logit is pulled down by what it was
    given, and the right one pushed up by 1.
    """
    before, after = ids[:-1], ids[1:]
    one_hot = np.eye(len(weights))
    inputs = one_hot[before]  # (N, V)
    probabilities = softmax(inputs @ weights)  # (N, V)
    loss = -np.log(probabilities[np.arange(len(after)), after]).mean()
    d_logits = (probabilities - one_hot[after]) / len(after)
    return float(loss), inputs.T @ d_logits


def count_gradient(weights: Array, counts: Array) -> tuple[float, Array]:
    """The very same from the counts: equal examples are computed only once.

    Added up over all pairs that begin with a, the gradient of row a is count(a) · softmax(row) - count(a, ·), over N.
    It is zero where softmax(row) is what was counted: that is where learning ends.
    """
    pairs = counts.sum()
    probabilities = softmax(weights)
    seen = counts > 0  # what never came costs nothing, however unlikely it has become
    loss = -(counts[seen] * np.log(probabilities[seen])).sum() / pairs
    return float(loss), (counts.sum(axis=1, keepdims=True) * probabilities - counts) / pairs


def train(counts: Array, steps: int, rate: float) -> tuple[Array, list[float]]:
    """Gradient descent from zeros, where every token is equally likely: the weights (V, V) and each step's loss."""
    weights, losses = np.zeros_like(counts), []
    for _ in range(steps):
        loss, gradient = count_gradient(weights, counts)
        weights -= rate * gradient
        losses.append(loss)
    return weights, losses
