"""The loops of `models.fused`, forward and backward, compiled by numba. Imports numpy, numba, `scalars`.

Each takes a job: the number of rows first, then sizes, addresses and numbers in the order of its docstring. Rows are of
the kernel's precision unless it says otherwise; all is computed in float32.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tui_llm.models.fused.scalars import (
    exp,
    floats,
    kernel,
    largest,
    load,
    longs,
    number,
    numbers,
    share,
    store,
    thread,
)

Job = Any

_ZERO, _ONE, _THREE = np.float32(0), np.float32(1), np.float32(3)

#: tanh-GELU(x) is x times the logistic function of _SLOPE * x + _CUBIC * x³.
_SLOPE = np.float32(2 * math.sqrt(2 / math.pi))
_CUBIC = np.float32(2 * math.sqrt(2 / math.pi) * 0.044715)

#: Rows of scores are handled up to a multiple of so many, which vectorises short ones.
_LANES = 32


@kernel
def gelu(job: Job) -> None:
    """N, x (N,), y (N,)."""
    first, end = share(job[0])
    size = end - first
    x, y = numbers(job[1], first, size), numbers(job[2], first, size)
    for i in range(size):
        value = load(x[i])
        y[i] = store(value / (_ONE + exp(-value * (_SLOPE + _CUBIC * value * value))))


@kernel
def gelu_backward(job: Job) -> None:
    """N, x (N,), dy (N,), dx (N,)."""
    first, end = share(job[0])
    size = end - first
    x, dy, dx = numbers(job[1], first, size), numbers(job[2], first, size), numbers(job[3], first, size)
    for i in range(size):
        value = load(x[i])
        open_ = _ONE / (_ONE + exp(-value * (_SLOPE + _CUBIC * value * value)))
        slope = _SLOPE + _THREE * _CUBIC * value * value
        dx[i] = store(load(dy[i]) * (open_ + value * open_ * (_ONE - open_) * slope))


@kernel
def gated_silu(job: Job) -> None:
    """N, gate (N,), up (N,), y (N,)."""
    first, end = share(job[0])
    size = end - first
    gate, up, y = numbers(job[1], first, size), numbers(job[2], first, size), numbers(job[3], first, size)
    for i in range(size):
        value = load(gate[i])
        y[i] = store(value / (_ONE + exp(-value)) * load(up[i]))


@kernel
def gated_silu_backward(job: Job) -> None:
    """N, gate (N,), up (N,), dy (N,), dgate (N,), dup (N,)."""
    first, end = share(job[0])
    size = end - first
    gate, up, dy = numbers(job[1], first, size), numbers(job[2], first, size), numbers(job[3], first, size)
    dgate, dup = numbers(job[4], first, size), numbers(job[5], first, size)
    for i in range(size):
        value, given = load(gate[i]), load(dy[i])
        open_ = _ONE / (_ONE + exp(-value))
        silu = value * open_
        dup[i] = store(given * silu)
        dgate[i] = store(given * load(up[i]) * (open_ + silu * (_ONE - open_)))


@kernel
def rms_norm(job: Job) -> None:
    """N, C, x (N, C) float32, weight (C,) float32, epsilon, y (N, C), scales (N,) float32."""
    first, end = share(job[0])
    C = job[1]
    weight, epsilon, scales = floats(job[3], 0, C), number(job[4]), floats(job[6], 0, job[0])
    for row in range(first, end):
        x, y = floats(job[2], row * C, C), numbers(job[5], row * C, C)
        squares = _ZERO
        for i in range(C):
            squares += x[i] * x[i]
        scale = _ONE / np.sqrt(squares / np.float32(C) + epsilon)
        scales[row] = scale
        for i in range(C):
            y[i] = store(x[i] * scale * weight[i])


@kernel
def rms_norm_backward(job: Job) -> None:
    """N, C, x (N, C) float32, weight (C,) float32, scales (N,) float32, dy (N, C), dx (N, C) float32,
    dweight (threads, C) float32, to which is added.
    """
    first, end = share(job[0])
    C = job[1]
    weight, scales, dweight = floats(job[3], 0, C), floats(job[4], 0, job[0]), floats(job[7], thread() * C, C)
    for row in range(first, end):
        x, dy, dx = floats(job[2], row * C, C), numbers(job[5], row * C, C), floats(job[6], row * C, C)
        scale = scales[row]
        along = _ZERO
        for i in range(C):
            along += load(dy[i]) * weight[i] * x[i]
        along *= scale * scale / np.float32(C)
        for i in range(C):
            given = load(dy[i])
            dx[i] = scale * (given * weight[i] - x[i] * along)
            dweight[i] += given * x[i] * scale


@kernel
def rotary_rms_norm(job: Job) -> None:
    """B*H*T, H, T, D, x (B, T, H, D), weight (D,) float32, epsilon, cos (T, D) and sin (T, D) float32, y (B, H, T, D),
    scales (B*H*T,) float32.
    """
    first, end = share(job[0])
    H, T, D = job[1], job[2], job[3]
    half = D // 2
    left_weight, right_weight, epsilon = floats(job[5], 0, half), floats(job[5], half, half), number(job[6])
    scales = floats(job[10], 0, job[0])
    for row in range(first, end):
        t, h, b = row % T, row // T % H, row // (T * H)
        source = ((b * T + t) * H + h) * D
        left, right = numbers(job[4], source, half), numbers(job[4], source + half, half)
        y_left, y_right = numbers(job[9], row * D, half), numbers(job[9], row * D + half, half)
        cos, sin = floats(job[7], t * D, half), floats(job[8], t * D, half)
        squares = _ZERO
        for i in range(half):
            squares += load(left[i]) * load(left[i]) + load(right[i]) * load(right[i])
        scale = _ONE / np.sqrt(squares / np.float32(D) + epsilon)
        scales[row] = scale
        for i in range(half):
            one, other = load(left[i]) * scale * left_weight[i], load(right[i]) * scale * right_weight[i]
            y_left[i] = store(one * cos[i] - other * sin[i])
            y_right[i] = store(other * cos[i] + one * sin[i])


@kernel
def rotary_rms_norm_backward(job: Job) -> None:
    """B*H*T, H, T, D, x (B, T, H, D), weight (D,) float32, cos (T, D) and sin (T, D) float32, scales (B*H*T,) float32,
    dy (B, H, T, D), dx (B, T, H, D), dweight (threads, D) float32, to which is added.
    """
    first, end = share(job[0])
    H, T, D = job[1], job[2], job[3]
    half = D // 2
    left_weight, right_weight = floats(job[5], 0, half), floats(job[5], half, half)
    left_dweight, right_dweight = floats(job[11], thread() * D, half), floats(job[11], thread() * D + half, half)
    scales = floats(job[8], 0, job[0])
    for row in range(first, end):
        t, h, b = row % T, row // T % H, row // (T * H)
        source = ((b * T + t) * H + h) * D
        left, right = numbers(job[4], source, half), numbers(job[4], source + half, half)
        left_dx, right_dx = numbers(job[10], source, half), numbers(job[10], source + half, half)
        left_dy, right_dy = numbers(job[9], row * D, half), numbers(job[9], row * D + half, half)
        cos, sin = floats(job[6], t * D, half), floats(job[7], t * D, half)
        scale = scales[row]
        along = _ZERO
        for i in range(half):  # the gradient turned back, then as that of RMSNorm
            one = load(left_dy[i]) * cos[i] + load(right_dy[i]) * sin[i]
            other = load(right_dy[i]) * cos[i] - load(left_dy[i]) * sin[i]
            along += one * left_weight[i] * load(left[i]) + other * right_weight[i] * load(right[i])
        along *= scale * scale / np.float32(D)
        for i in range(half):
            one = load(left_dy[i]) * cos[i] + load(right_dy[i]) * sin[i]
            other = load(right_dy[i]) * cos[i] - load(left_dy[i]) * sin[i]
            left_dx[i] = store(scale * (one * left_weight[i] - load(left[i]) * along))
            right_dx[i] = store(scale * (other * right_weight[i] - load(right[i]) * along))
            left_dweight[i] += one * load(left[i]) * scale
            right_dweight[i] += other * load(right[i]) * scale


@kernel
def causal_softmax(job: Job) -> None:
    """N*T, T, S, scores (N, T, S), which become the weights, scale."""
    first, end = share(job[0])
    T, S, scale = job[1], job[2], number(job[4])
    for row in range(first, end):
        seen = S - T + row % T + 1
        whole = min(S, (seen + _LANES - 1) // _LANES * _LANES)
        scores = numbers(job[3], row * S, S)
        highest = largest(scores, seen) * scale
        total = _ZERO
        for i in range(whole):
            weight = exp(load(scores[i]) * scale - highest)
            total += weight if i < seen else _ZERO
        for i in range(whole):
            weight = exp(load(scores[i]) * scale - highest) / total
            scores[i] = store(weight if i < seen else _ZERO)
        for i in range(whole, S):
            scores[i] = store(_ZERO)


@kernel
def causal_softmax_backward(job: Job) -> None:
    """N*T, T, S, weights (N, T, S), dweights (N, T, S), scale, dscores (N, T, S)."""
    first, end = share(job[0])
    T, S, scale = job[1], job[2], number(job[5])
    for row in range(first, end):
        whole = min(S, (S - T + row % T + _LANES) // _LANES * _LANES)  # weights that were not seen are 0
        weights, dweights = numbers(job[3], row * S, S), numbers(job[4], row * S, S)
        dscores = numbers(job[6], row * S, S)
        along = _ZERO
        for i in range(whole):
            along += load(weights[i]) * load(dweights[i])
        for i in range(whole):
            dscores[i] = store(load(weights[i]) * (load(dweights[i]) - along) * scale)
        for i in range(whole, S):
            dscores[i] = store(_ZERO)


@kernel
def cross_entropy(job: Job) -> None:
    """N, V, logits (N, V), targets (N,) int64, losses (N,) float32, a row's share in the mean, dlogits (N, V) or, where
    they are not wanted, 0.
    """
    first, end = share(job[0])
    V = job[1]
    targets, losses, part = longs(job[3], 0, job[0]), floats(job[4], 0, job[0]), number(job[5])
    for row in range(first, end):
        logits = numbers(job[2], row * V, V)
        target = targets[row]
        highest = largest(logits, V)
        total = _ZERO
        for i in range(V):
            total += exp(load(logits[i]) - highest)
        losses[row] = highest + np.float32(math.log(total)) - load(logits[target])
        if job[6] != 0:
            dlogits = numbers(job[6], row * V, V)
            for i in range(V):
                dlogits[i] = store(exp(load(logits[i]) - highest) / total * part)
            dlogits[target] = store((exp(load(logits[target]) - highest) / total - _ONE) * part)
