"""The tree of fusion: a long context is not crushed at once, but joined two by two, layer after layer.

`lessons.mlp` squeezes its whole context through one layer. WaveNet (van den Oord et al. 2016, "WaveNet: a generative
model for raw audio") fuses neighbours first: pairs of characters, then pairs of pairs. Each layer doubles how far back
a prediction sees. Trees that stand an even number of places apart have nodes in common, so a whole text is computed
without doing any node twice: that is the dilated causal convolution, whose layer i joins what stands 2^i places apart.
Gradients are written by hand. Imports numpy and `lessons.saturation` (its cross-entropy).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.saturation import cross_entropy

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

#: Of the model: C (V, E) points; for each layer i, Wi (2 x width below, H) and bi (H,); W (H, V) and b (V,) the logits.
Parameters = dict[str, Array]


def initial(vocabulary: int, embedding: int, hidden: int, layers: int, rng: np.random.Generator) -> Parameters:
    """Random weights for a context of 2^layers tokens."""
    p = {"C": rng.normal(0.0, 1.0, (vocabulary, embedding))}
    width = embedding
    for layer in range(layers):
        p[f"W{layer}"] = rng.normal(0.0, (5 / 3) / np.sqrt(2 * width), (2 * width, hidden))
        p[f"b{layer}"] = np.zeros(hidden)
        width = hidden
    return p | {"W": rng.normal(0.0, 0.1 / np.sqrt(hidden), (hidden, vocabulary)), "b": np.zeros(vocabulary)}


def depth(p: Parameters) -> int:
    """How many layers fuse."""
    return sum(name.startswith("W") for name in p) - 1


def receptive_field(p: Parameters) -> int:
    """Tokens that a prediction sees: each layer doubles them."""
    return int(2 ** depth(p))


def forward(p: Parameters, contexts: Ids) -> list[Array]:
    """Every level of the tree over `contexts` (B, 2^layers): (B, T, E), (B, T/2, H), ..., (B, 1, H), logits (B, V)."""
    levels = [p["C"][contexts]]
    for layer in range(depth(p)):
        B, T, width = levels[-1].shape
        pairs = levels[-1].reshape(B, T // 2, 2 * width)  # neighbours side by side: nothing moves in memory
        levels.append(np.tanh(pairs @ p[f"W{layer}"] + p[f"b{layer}"]))
    return [*levels, levels[-1][:, 0] @ p["W"] + p["b"]]


def shapes(p: Parameters, batch: int = 1) -> list[tuple[int, ...]]:
    """The shape of each level, from the points to the logits."""
    contexts = np.zeros((batch, receptive_field(p)), dtype=np.int64)
    return [level.shape for level in forward(p, contexts)]


def gradients(p: Parameters, contexts: Ids, targets: Ids) -> tuple[float, Parameters]:
    """The loss in nats of `targets` (B,), and d loss / d every parameter, and d "points" (B, T, E) besides."""
    *levels, logits = forward(p, contexts)
    loss, d_logits = cross_entropy(logits, targets)
    found = {"W": levels[-1][:, 0].T @ d_logits, "b": d_logits.sum(axis=0)}
    d_level = (d_logits @ p["W"].T)[:, None]  # (B, 1, H)
    for layer in reversed(range(depth(p))):
        d_total = d_level * (1.0 - levels[layer + 1] ** 2)  # (B, T/2, H)
        rows = d_total.reshape(-1, d_total.shape[-1])  # every node of a layer has the same weights: their sum counts
        found[f"W{layer}"] = levels[layer].reshape(len(rows), -1).T @ rows
        found[f"b{layer}"] = rows.sum(axis=0)
        d_level = (d_total @ p[f"W{layer}"].T).reshape(levels[layer].shape)  # pairs taken apart again
    found["C"] = np.zeros_like(p["C"])
    np.add.at(found["C"], contexts, d_level)
    return loss, found | {"points": d_level}


def train(
    p: Parameters, data: tuple[Ids, Ids], steps: int, rate: float, rng: np.random.Generator, batch: int = 64
) -> list[float]:
    """Gradient descent on batches drawn from `data` (contexts and targets): the loss of each step. Changes `p`."""
    contexts, targets = data
    losses = []
    for _ in range(steps):
        drawn = rng.integers(len(targets), size=batch)
        loss, found = gradients(p, contexts[drawn], targets[drawn])
        for name in p:
            p[name] -= rate * found[name]
        losses.append(loss)
    return losses


def influence(p: Parameters, contexts: Ids, targets: Ids) -> Array:
    """(T,) how strongly the loss feels each place of the context: the mean length of its gradient there."""
    d_points = gradients(p, contexts, targets)[1]["points"] * len(targets)
    felt: Array = np.linalg.norm(d_points, axis=-1).mean(axis=0)
    return felt


def shared(p: Parameters, ids: Ids) -> Array:
    """Logits (S - 2^layers + 1, V) for every place of a text `ids` (S,) that has a whole context, each node once."""
    level = p["C"][ids]  # (S, E)
    for layer in range(depth(p)):
        earlier, later = level[: -(2**layer)], level[2**layer :]  # 2^layer places apart
        level = np.tanh(np.concatenate((earlier, later), axis=1) @ p[f"W{layer}"] + p[f"b{layer}"])
    return level @ p["W"] + p["b"]


def nodes(layers: int, positions: int) -> tuple[int, int]:
    """How many fusions `positions` predictions in a row take: with a tree for each, and with shared nodes."""
    fields = [2**layer for layer in range(layers)]
    return positions * (2**layers - 1), sum(positions + 2**layers - 2 * field for field in fields)


def mean_loss(p: Parameters, contexts: Ids, targets: Ids) -> float:
    """Mean cross-entropy in nats a token."""
    return cross_entropy(forward(p, contexts)[-1], targets)[0]
