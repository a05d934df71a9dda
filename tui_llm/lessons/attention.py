"""Attention: every position gathers from the positions before it what it has use for. Then the block around it.

Four versions lead there. A loop averages what came before; a matrix does the same in one product; a softmax over masked
scores makes that matrix; and in the last version the scores are no longer all alike, but say how well a query (what am
I looking for?) fits a key (what have I got?), and what is gathered is a value (what do I tell?). Vaswani et al. (2017,
"Attention is all you need") built a whole network of it. Around it: residual connections (He et al. 2016), LayerNorm
(Ba, Kiros & Hinton 2016), a feed-forward layer, dropout (Srivastava et al. 2014). Imports numpy and `lessons.bigram`
(its softmax).

Sizes: B sequences, T positions, C channels, H heads of D channels each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.bigram import softmax

Array = NDArray[np.float64]

#: Of a block: norm1 and norm2 (C,), wq, wk, wv, wo (C, C), widen (C, 4C), narrow (4C, C).
Parameters = dict[str, Array]


# Versions 1 to 3: every position takes the mean of itself and all before it.


def average_loop(x: Array) -> Array:
    """(B, T, C) to (B, T, C), a position at a time."""
    out = np.zeros_like(x)
    for b in range(x.shape[0]):
        for t in range(x.shape[1]):
            out[b, t] = x[b, : t + 1].mean(axis=0)
    return out


def average_matrix(x: Array) -> Array:
    """The same by one product: row t of a lower triangle of ones, divided by its sum, says what t takes from whom."""
    T = x.shape[1]
    weights = np.tril(np.ones((T, T)))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights @ x


def average_softmax(x: Array) -> Array:
    """The same by a softmax: all scores 0, those of the future minus infinity, which softmax makes 0 of."""
    return masked_softmax(np.zeros((x.shape[1], x.shape[1]))) @ x


def masked_softmax(scores: Array) -> Array:
    """Weights (..., T, T) out of scores (..., T, T): rows sum to 1, and nobody looks at what comes later."""
    T = scores.shape[-1]
    return softmax(np.where(np.tril(np.ones((T, T), dtype=bool)), scores, -np.inf))


# Version 4: scores that depend on what stands there.


def attention(q: Array, k: Array, v: Array, scaled: bool = True) -> tuple[Array, Array]:
    """softmax(q kᵀ / √D) v, with the future masked.

    A product of two vectors of D random numbers has a standard deviation of √D. Without the division, scores grow with
    the heads' size, and softmax gives nearly everything to one position from the start: its gradient dies.

    Args:
        q, k, v: (..., T, D) queries, keys and values.

    Returns:
        What was gathered (..., T, D), and the weights (..., T, T).
    """
    scores = q @ np.swapaxes(k, -1, -2)
    weights = masked_softmax(scores / np.sqrt(q.shape[-1]) if scaled else scores)
    return weights @ v, weights


def split_heads(x: Array, heads: int) -> Array:
    """(B, T, C) to (B, H, T, D): each head has channels of its own."""
    B, T, C = x.shape
    return x.reshape(B, T, heads, C // heads).transpose(0, 2, 1, 3)


def join_heads(x: Array) -> Array:
    """(B, H, T, D) to (B, T, C)."""
    B, H, T, D = x.shape
    return x.transpose(0, 2, 1, 3).reshape(B, T, H * D)


def multi_head(x: Array, p: Parameters, heads: int) -> tuple[Array, Array]:
    """Several attentions side by side, each free to look elsewhere: (B, T, C), and all weights (B, H, T, T)."""
    q, k, v = (split_heads(x @ p[name], heads) for name in ("wq", "wk", "wv"))
    gathered, weights = attention(q, k, v)
    return join_heads(gathered) @ p["wo"], weights


def entropy(weights: Array) -> Array:
    """(...) of `weights` (..., T), in bits: 0 if all goes to one place, log2 T if it is even."""
    logs = np.log2(weights, out=np.zeros_like(weights), where=weights > 0)
    total: Array = -(weights * logs).sum(axis=-1)
    return total


def scaling(sizes: list[int], positions: int, rng: np.random.Generator) -> list[tuple[float, float]]:
    """For each head size D the mean entropy of the last position's weights, without and with the division by √D.

    Queries and keys are standard normal, about as when training begins; the mean is over 200 of them.
    """
    found = []
    for size in sizes:
        q, k = rng.normal(size=(2, 200, positions, size))
        plain, scaled = (attention(q, k, k, scaled=yes)[1][:, -1] for yes in (False, True))
        found.append((float(entropy(plain).mean()), float(entropy(scaled).mean())))
    return found


# The block: x + attention(norm(x)), then x + feed_forward(norm(x)).


def initial(channels: int, rng: np.random.Generator) -> Parameters:
    """Random weights of one block."""
    sizes = dict.fromkeys(("wq", "wk", "wv", "wo"), (channels, channels))
    sizes |= {"widen": (channels, 4 * channels), "narrow": (4 * channels, channels)}
    p = {name: rng.normal(0.0, 1 / np.sqrt(size[0]), size) for name, size in sizes.items()}
    return p | {"norm1": np.ones(channels), "norm2": np.ones(channels)}


def layer_norm(x: Array, gain: Array, epsilon: float = 1e-5) -> Array:
    """The channels of each position (..., C) with mean 0 and variance 1 among themselves, then times `gain` (C,)."""
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)
    normal: Array = (x - x.mean(axis=-1, keepdims=True)) / deviation * gain
    return normal


def gelu(x: Array) -> Array:
    """A smooth relu (Hendrycks & Gimpel 2016), in the form with tanh that GPT-2 has."""
    bent: Array = 0.5 * x * (1.0 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return bent


def feed_forward(x: Array, p: Parameters) -> Array:
    """Every position by itself (..., C): widen four times, bend, narrow. Attention gathers, this thinks it over."""
    return gelu(x @ p["widen"]) @ p["narrow"]


def dropout(x: Array, rate: float, rng: np.random.Generator) -> Array:
    """Each number of `x` set to 0 with probability `rate` (below 1), the others made larger, so that the mean stays."""
    return x * (rng.random(x.shape) >= rate) / (1.0 - rate)


def block(x: Array, p: Parameters, heads: int, rate: float = 0.0, rng: np.random.Generator | None = None) -> Array:
    """One block of a GPT, (B, T, C) to (B, T, C): what its parts find is added to the stream, which goes through whole.

    rate: of the dropout after each part, in training alone: where `rng` is given.
    """

    def dropped(found: Array) -> Array:
        return dropout(found, rate, rng) if rng is not None else found

    x = x + dropped(multi_head(layer_norm(x, p["norm1"]), p, heads)[0])
    return x + dropped(feed_forward(layer_norm(x, p["norm2"]), p))
