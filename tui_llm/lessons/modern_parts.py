"""What GPT became: six parts that today's models have in place of GPT-2's, each by itself.

They are what `models/modern.py` is made of: RMSNorm, rotary positions, norms on queries and keys, SwiGLU, grouped
queries; and Muon, which trains it. Imports numpy, and from lessons `attention` and `saturation` (a network to train).

Sizes: B sequences, T positions, C channels, H heads of D channels each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.attention import attention
from tui_llm.lessons.saturation import Stack, forward_backward

Array = NDArray[np.float64]
Ids = NDArray[np.int64]


def rms_norm(x: Array, gain: Array, epsilon: float = 1e-6) -> Array:
    """Each position's channels (..., C) divided by their root mean square, times `gain` (C,).

    LayerNorm without its mean and shift, which turned out not to matter (Zhang & Sennrich 2019, "Root mean square layer
    normalization").
    """
    size = np.sqrt((x**2).mean(axis=-1, keepdims=True) + epsilon)
    normal: Array = x / size * gain
    return normal


def rope(x: Array, positions: Array, theta: float = 10_000.0) -> Array:
    """Turn the channels of x (..., T, D), two by two, by angles that grow with `positions` (T,).

    Channels i and i + D/2 are the coordinates of a point, which goes round by theta^(-2i/D) radians a position: the
    first pair fast, the last one very slowly. A query turned by t and a key turned by s have a product that depends on
    t - s alone: attention sees distances (Su et al. 2021, "RoFormer").
    """
    half = x.shape[-1] // 2
    angle = positions[:, None] * theta ** (-np.arange(half) / half)  # (T, D/2)
    left, right = x[..., :half], x[..., half:]
    turned = (left * np.cos(angle) - right * np.sin(angle), right * np.cos(angle) + left * np.sin(angle))
    return np.concatenate(turned, axis=-1)


def qk_norm(q: Array, k: Array, q_gain: Array, k_gain: Array) -> tuple[Array, Array]:
    """Queries and keys (..., D) by RMSNorm, so that no score q · k / √D leaves ±√D, whatever the weights have grown to
    (gains of 1; Dehghani et al. 2023, "Scaling vision transformers to 22 billion parameters").
    """
    return rms_norm(q, q_gain), rms_norm(k, k_gain)


def silu(x: Array) -> Array:
    """x · sigmoid(x), a smooth relu."""
    return x * 0.5 * (1.0 + np.tanh(0.5 * x))  # sigmoid by tanh: no overflow


def swiglu(x: Array, gate: Array, up: Array, down: Array) -> Array:
    """(..., C): what `up` (C, F) makes of x is let through by a gate, silu(x · gate), before `down` (F, C) narrows it.

    Three matrices for a feed-forward layer's two: with F = 8/3 C they weigh the same (Shazeer 2020, "GLU variants
    improve Transformer").
    """
    return (silu(x @ gate) * (x @ up)) @ down


def grouped_attention(q: Array, k: Array, v: Array) -> tuple[Array, Array]:
    """Attention of q (B, H, T, D) where several heads in a row share a key and value head (B, H_kv, T, D).

    What a model must remember while it writes are keys and values: with H_kv = H / 4 a quarter (Ainslie et al. 2023,
    "GQA"). H_kv = 1 is Shazeer's multi-query attention (2019).
    """
    sharing = q.shape[1] // k.shape[1]
    return attention(q, np.repeat(k, sharing, axis=1), np.repeat(v, sharing, axis=1))


def cache_numbers(layers: int, kv_heads: int, head_size: int, positions: int) -> int:
    """How many numbers the keys and values of one text of `positions` tokens are."""
    return 2 * layers * kv_heads * head_size * positions


#: (a, b, c) of Newton-Schulz in Muon (Jordan et al. 2024): chosen to lift small singular values fast, not to end at 1.
QUINTIC = (3.4445, -4.7750, 2.0315)


def newton_schulz(matrix: Array, iterations: int = 5) -> list[Array]:
    """On the way from `matrix` (R, C) to the nearest orthogonal one: what each iteration makes, the start first.

    Divided by its norm, the matrix has singular values between 0 and 1. X ← aX + b(XXᵀ)X + c(XXᵀ)²X makes
    as + bs³ + cs⁵ of each of them, s, and leaves directions alone: after five, nearly all are between 0.7 and 1.2.
    """
    a, b, c = QUINTIC
    x = matrix / max(float(np.linalg.norm(matrix)), 1e-7)
    steps = [x]
    for _ in range(iterations):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
        steps.append(x)
    return steps


def muon_step(weights: Array, gradient: Array, momentum: Array, rate: float, beta: float = 0.95) -> tuple[Array, Array]:
    """One step of Muon for a matrix (R, C): the weights and the momentum after it.

    Of the gradients' running mean only the directions count, each as much as any other. Gradient descent would follow
    the few strongest and hardly touch the rest. The update has the size of one of Adam's (Liu et al. 2025, "Muon is
    scalable for LLM training"): 0.2 in the root mean square.
    """
    momentum = beta * momentum + (1.0 - beta) * gradient
    ahead = beta * momentum + (1.0 - beta) * gradient  # Nesterov: where the mean is going
    direction = newton_schulz(ahead)[-1]
    return weights - rate * 0.2 * np.sqrt(max(weights.shape)) * direction, momentum


def train(
    stack: Stack, x: Array, targets: Ids, steps: int, rate: float, rate_else: float, rng: np.random.Generator
) -> list[float]:
    """As `lessons.saturation.train`, but Muon moves the hidden matrices, by `rate`, and gradient descent the rest, by
    `rate_else`: the loss of each step. Changes `stack`.
    """
    momenta = [np.zeros_like(weights) for weights in stack.weights]
    losses = []
    for _ in range(steps):
        drawn = rng.integers(len(targets), size=64)
        one = forward_backward(stack, x[drawn], targets[drawn])
        hidden = len(stack.weights)
        for layer, gradient in enumerate(one.gradients[:hidden]):
            stack.weights[layer], momenta[layer] = muon_step(stack.weights[layer], gradient, momenta[layer], rate)
        for parameter, gradient in zip(stack.parameters()[hidden:], one.gradients[hidden:], strict=True):
            parameter -= rate_else * gradient
        losses.append(one.loss)
    return losses
