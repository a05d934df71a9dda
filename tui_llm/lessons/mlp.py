"""The neural language model: characters become points, a hidden layer looks at several of them, a softmax predicts.

Counting cannot look far back: ten characters of context have more combinations than any text has characters. Bengio,
Ducharme, Vincent & Jauvin (2003, "A neural probabilistic language model") gave every token a point in a small space,
learnt with the rest, so that tokens used alike come to lie close together and what was learnt about one serves the
other. All gradients are written by hand. Imports numpy and `lessons.bigram` (its softmax).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.bigram import softmax

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

#: Of the model: C (V, E) points, W1 (T E, H) and b1 (H,) the hidden layer, W2 (H, V) and b2 (V,) the logits.
#: Gradients have the same names.
Parameters = dict[str, Array]


def split(text: str, rng: np.random.Generator) -> tuple[str, str, str]:
    """The text to learn from, the one to choose settings by, the one to look at last: 80, 10 and 10 % of it.

    Each is made of stretches of about 1000 characters (of a twentieth, if the text is short) drawn by lot, so that the
    three are alike even where the text is sorted.
    """
    count = max(20, len(text) // 1000)
    cuts = np.linspace(0, len(text), count + 1).astype(int)
    groups = np.split(rng.permutation(count), [count * 8 // 10, count * 9 // 10])
    train, validation, test = ("".join(text[cuts[i] : cuts[i + 1]] for i in np.sort(group)) for group in groups)
    return train, validation, test


def windows(ids: Ids, context: int) -> tuple[Ids, Ids]:
    """Every stretch of `context` tokens (N, T), and the token that comes after each (N,).

    Raises ValueError if there are fewer tokens than `context`.
    """
    return np.lib.stride_tricks.sliding_window_view(ids, context)[:-1], ids[context:]


def initial(vocabulary: int, context: int, embedding: int, hidden: int, rng: np.random.Generator) -> Parameters:
    """Random weights, scaled so that tanh is neither idle nor saturated and first guesses are nearly even."""
    inputs = context * embedding
    return {
        "C": rng.normal(0.0, 0.3, (vocabulary, embedding)),  # small: what is seldom seen stays in the middle
        "W1": rng.normal(0.0, (5 / 3) / np.sqrt(inputs), (inputs, hidden)),
        "b1": np.zeros(hidden),
        "W2": rng.normal(0.0, 0.1 / np.sqrt(hidden), (hidden, vocabulary)),
        "b2": np.zeros(vocabulary),
    }


def forward(p: Parameters, contexts: Ids) -> tuple[Array, Array, Array]:
    """For `contexts` (N, T): the joined points (N, T E), the hidden layer (N, H), the logits (N, V)."""
    joined = p["C"][contexts].reshape(len(contexts), -1)
    hidden = np.tanh(joined @ p["W1"] + p["b1"])
    return joined, hidden, hidden @ p["W2"] + p["b2"]


def mean_loss(p: Parameters, contexts: Ids, targets: Ids) -> float:
    """Mean cross-entropy in nats a token."""
    probabilities = softmax(forward(p, contexts)[2])
    return float(-np.log(probabilities[np.arange(len(targets)), targets]).mean())


def gradients(p: Parameters, contexts: Ids, targets: Ids) -> tuple[float, Parameters]:
    """The loss, and its gradient with respect to every parameter: the forward pass backwards, a line a step."""
    joined, hidden, logits = forward(p, contexts)
    probabilities, rows = softmax(logits), np.arange(len(targets))
    loss = -np.log(probabilities[rows, targets]).mean()

    d_logits = probabilities.copy()  # (N, V): what was predicted ...
    d_logits[rows, targets] -= 1.0  # ... less what came ...
    d_logits /= len(targets)  # ... in the mean
    d_hidden = d_logits @ p["W2"].T  # (N, H)
    d_total = d_hidden * (1.0 - hidden**2)  # through tanh
    d_joined = d_total @ p["W1"].T  # (N, T E)
    d_points = np.zeros_like(p["C"])
    np.add.at(d_points, contexts, d_joined.reshape(*contexts.shape, -1))  # used twice, a point gets both gradients
    return float(loss), {
        "C": d_points,
        "W1": joined.T @ d_total,
        "b1": d_total.sum(axis=0),
        "W2": hidden.T @ d_logits,
        "b2": d_logits.sum(axis=0),
    }


def learn(p: Parameters, contexts: Ids, targets: Ids, rate: float, batch: int, rng: np.random.Generator) -> float:
    """One step of gradient descent on `batch` examples drawn by lot; their loss before it. Changes `p`."""
    drawn = rng.integers(len(targets), size=batch)
    loss, found = gradients(p, contexts[drawn], targets[drawn])
    for name, gradient in found.items():
        p[name] -= rate * gradient
    return loss


class Record(NamedTuple):
    """Both losses after `step` steps, in nats a token."""

    step: int
    train: float
    validation: float


def train(
    p: Parameters,
    data: tuple[Ids, Ids],
    validation: tuple[Ids, Ids],
    steps: int,
    rate: float,
    rng: np.random.Generator,
    batch: int = 64,
    every: int = 100,
    most: int = 4000,
) -> Iterator[Record]:
    """Learn from `data` (contexts and targets), and look at both losses every so many steps, on about `most` examples.
    Changes `p`.
    """
    for step in range(1, steps + 1):
        learn(p, *data, rate, batch, rng)
        if step % every == 0 or step == steps:
            yield Record(step, mean_loss(p, *thinned(*data, most)), mean_loss(p, *thinned(*validation, most)))


def thinned(contexts: Ids, targets: Ids, most: int = 4000) -> tuple[Ids, Ids]:
    """About `most` examples at equal distances: enough for a mean."""
    distance = -(-len(targets) // most)
    return contexts[::distance], targets[::distance]


def range_test(
    p: Parameters, data: tuple[Ids, Ids], lowest: float, highest: float, steps: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Which learning rate? A step with each rate from `lowest` to `highest`, and its loss (Smith 2017, "Cyclical
    learning rates"): nothing happens, then it falls, then it flies off. Works on a copy of `p`.

    Returns:
        Rates (steps,), each the same factor above the one before, and losses (steps,), each the mean of its last ten.
    """
    p = {name: weights.copy() for name, weights in p.items()}
    rates = np.geomspace(lowest, highest, steps)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # that it flies off is the point
        losses = [learn(p, *data, float(rate), 64, rng) for rate in rates]
    return rates, np.array([np.mean(losses[max(0, place - 9) : place + 1]) for place in range(steps)])


def generate(p: Parameters, start: Ids, length: int, rng: np.random.Generator) -> Ids:
    """(length,) tokens after `start` (T,), the context to begin with."""
    tokens = list(start)
    for _ in range(length):
        logits = forward(p, np.array([tokens[-len(start) :]]))[2]
        tokens.append(rng.choice(logits.shape[1], p=softmax(logits)[0]))
    return np.array(tokens[len(start) :], dtype=np.int64)


def plane(points: Array) -> Array:
    """(V, 2): the embeddings (V, E) seen along the two directions in which they differ most (Pearson 1901)."""
    centred = points - points.mean(axis=0)
    directions = np.linalg.svd(centred, full_matrices=False)[2]  # (min(V, E), E), the longest first
    seen: Array = centred @ directions[:2].T
    return seen
