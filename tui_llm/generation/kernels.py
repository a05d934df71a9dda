"""One token through a Transformer on the CPU, compiled by numba for `generation/cpu.py`. Imports numpy and numba.

Reading the weights is what a token costs, and PyTorch's product of a matrix and one row reads them at a third of the
memory's rate; these loops read them as fast as it goes, all cores together. Sums are taken in another order than
PyTorch takes them, so logits differ in their last digits. B sequences, C channels, H heads of size D.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

Array = np.ndarray[Any, np.dtype[np.float32]]
_Function = TypeVar("_Function", bound=Callable[..., Any])

#: What `rows` does with its products.
STORE, ADD, GELU, GATE = 0, 1, 2, 3

#: GPT-2's and Qwen3's, as in `models`.
LAYER_NORM_EPS, RMS_NORM_EPS = 1e-5, 1e-6

_GELU_SLOPE = np.float32(math.sqrt(2 / math.pi))
_ONE, _HALF, _CUBIC = np.float32(1), np.float32(0.5), np.float32(0.044715)


def _compiled(signature: str | None = None, *, parallel: bool = False) -> Callable[[_Function], _Function]:
    """Compile a function, now for a `signature`, else when it is first called; a later process finds it on disk.

    Sums may be reordered, which is what makes them quick; infinities and what is no number stay what they are.
    """

    def compile_(function: _Function) -> _Function:
        options = {"fastmath": {"reassoc", "contract", "nsz", "arcp"}, "parallel": parallel}
        try:
            made: _Function = numba.jit(signature, cache=True, **options)(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
            # There is no folder that can be written: every process compiles for itself.
            made = numba.jit(signature, **options)(function)
        return made

    return compile_


@_compiled("void(f4[:, ::1], f4[::1], f4[:, ::1], f4[:, ::1], i8)", parallel=True)
def rows(weight: Array, bias: Array, x: Array, out: Array, then: int) -> None:
    """x (B, C) times each row of `weight` (N, C), plus `bias` (N,) unless it is empty, into `out` (B, N).

    `then` is STORE; ADD to what is there; GELU (tanh) of it; or GATE: times SiLU of what is there.
    """
    for row in numba.prange(weight.shape[0]):
        for b in range(x.shape[0]):
            y = np.float32(0)
            for c in range(weight.shape[1]):
                y += weight[row, c] * x[b, c]
            if bias.size:
                y += bias[row]
            if then == ADD:
                y += out[b, row]
            elif then == GELU:
                y *= _HALF * (_ONE + math.tanh(_GELU_SLOPE * (y + _CUBIC * y * y * y)))
            elif then == GATE:
                gate = out[b, row]
                y *= gate / (_ONE + math.exp(-gate))
            out[b, row] = y


@_compiled("void(f4[:, :, ::1], f4[:, :, :, ::1], f4[:, :, :, ::1], i8, f4[:, ::1], f4[:, :, ::1])", parallel=True)
def attend(q: Array, keys: Array, values: Array, length: int, scores: Array, out: Array) -> None:
    """Attention of q (B, H, D) to the first `length` of keys and values (B, H_kv, S, D), into `out` (B, H, D).

    `scores` (B * H, S) is room to work in.
    """
    H, D = q.shape[1:]
    group = H // keys.shape[1]
    scale = np.float32(1 / math.sqrt(D))
    for each in numba.prange(q.shape[0] * H):
        b, h = each // H, each % H
        query, key, value, shares, y = q[b, h], keys[b, h // group], values[b, h // group], scores[each], out[b, h]
        highest = np.float32(-np.inf)
        for t in range(length):
            score = np.float32(0)
            for d in range(D):
                score += query[d] * key[t, d]
            shares[t] = score * scale
            highest = max(highest, shares[t])
        total = np.float32(0)
        for t in range(length):
            shares[t] = math.exp(shares[t] - highest)
            total += shares[t]
        y[:] = np.float32(0)
        for t in range(length):
            share = shares[t] / total
            for d in range(D):
                y[d] += share * value[t, d]


@_compiled("void(f4[:, :, ::1], f4[:, :, :, ::1], i8)")
def keep(x: Array, held: Array, position: int) -> None:
    """Put keys or values x (B, H_kv, D) into the cache `held` (B, H_kv, S, D) at `position`."""
    for b in range(x.shape[0]):
        for h in range(x.shape[1]):
            for d in range(x.shape[2]):
                held[b, h, position, d] = x[b, h, d]


@_compiled("void(f4[:, ::1], f4[::1], f4[:, ::1])")
def rms_norm(x: Array, weight: Array, out: Array) -> None:
    """RMSNorm of each row of x (B, C), into `out`."""
    C = weight.size
    for b in range(x.shape[0]):
        squares = np.float32(0)
        for c in range(C):
            squares += x[b, c] * x[b, c]
        scale = _ONE / np.sqrt(squares / np.float32(C) + np.float32(RMS_NORM_EPS))
        for c in range(C):
            out[b, c] = x[b, c] * scale * weight[c]


@_compiled("void(f4[:, ::1], f4[::1], f4[::1], f4[:, ::1])")
def layer_norm(x: Array, weight: Array, bias: Array, out: Array) -> None:
    """LayerNorm of each row of x (B, C), into `out`; an empty `bias` is none."""
    C = weight.size
    for b in range(x.shape[0]):
        mean = np.float32(0)
        for c in range(C):
            mean += x[b, c]
        mean /= np.float32(C)
        squares = np.float32(0)
        for c in range(C):
            squares += (x[b, c] - mean) * (x[b, c] - mean)
        scale = _ONE / np.sqrt(squares / np.float32(C) + np.float32(LAYER_NORM_EPS))
        for c in range(C):
            out[b, c] = (x[b, c] - mean) * scale * weight[c]
        if bias.size:
            for c in range(C):
                out[b, c] += bias[c]


@_compiled("void(f4[:, :, ::1], f4[::1], f4[::1], f4[::1])")
def norm_and_rotate(x: Array, weight: Array, cos: Array, sin: Array) -> None:
    """RMSNorm of every head of x (B, H, D), then its rotary position; cos and sin (D,) as `models.modern` has them."""
    D = weight.size
    half = D // 2
    for b in range(x.shape[0]):
        for h in range(x.shape[1]):
            left, right = x[b, h, :half], x[b, h, half:]
            squares = np.float32(0)
            for d in range(half):
                squares += left[d] * left[d] + right[d] * right[d]
            scale = _ONE / np.sqrt(squares / np.float32(D) + np.float32(RMS_NORM_EPS))
            for d in range(half):
                one, other = left[d] * scale * weight[d], right[d] * scale * weight[d + half]
                left[d] = one * cos[d] - other * sin[d]
                right[d] = other * cos[d + half] + one * sin[d + half]


@_compiled()
def gpt_layer(
    x: Array, position: int, weights: tuple[Array, ...], keys: Array, values: Array, room: tuple[Array, ...]
) -> None:
    """One block of `models.gpt` on x (B, C), in place; keys and values (B, H, S, D) are its part of the cache."""
    norm_1, norm_1_bias, attn, attn_bias, proj, proj_bias, norm_2, norm_2_bias, fc, fc_bias, out, out_bias = weights
    h, q, k, v, y, scores, inner = room
    B, C = x.shape
    D = keys.shape[3]
    layer_norm(x, norm_1, norm_1_bias, h)
    rows(attn[:C], attn_bias[:C], h, q, STORE)
    rows(attn[C : 2 * C], attn_bias[C : 2 * C], h, k, STORE)
    rows(attn[2 * C :], attn_bias[2 * C :], h, v, STORE)
    keep(k.reshape(B, -1, D), keys, position)
    keep(v.reshape(B, -1, D), values, position)
    attend(q.reshape(B, -1, D), keys, values, position + 1, scores, y.reshape(B, -1, D))
    rows(proj, proj_bias, y, x, ADD)
    layer_norm(x, norm_2, norm_2_bias, h)
    rows(fc, fc_bias, h, inner, GELU)
    rows(out, out_bias, inner, x, ADD)


@_compiled()
def modern_layer(
    x: Array,
    position: int,
    weights: tuple[Array, ...],
    keys: Array,
    values: Array,
    room: tuple[Array, ...],
    cos: Array,
    sin: Array,
) -> None:
    """One layer of `models.modern` on x (B, C), in place; cos and sin (D,) are this position's."""
    norm_1, q_proj, k_proj, v_proj, q_norm, k_norm, o_proj, norm_2, gate, up, down = weights
    h, q, k, v, y, scores, inner = room
    none = norm_1[:0]
    B, D = x.shape[0], keys.shape[3]
    q_heads, k_heads, v_heads = q.reshape(B, -1, D), k.reshape(B, -1, D), v.reshape(B, -1, D)
    rms_norm(x, norm_1, h)
    rows(q_proj, none, h, q, STORE)
    rows(k_proj, none, h, k, STORE)
    rows(v_proj, none, h, v, STORE)
    norm_and_rotate(q_heads, q_norm, cos, sin)
    norm_and_rotate(k_heads, k_norm, cos, sin)
    keep(k_heads, keys, position)
    keep(v_heads, values, position)
    attend(q_heads, keys, values, position + 1, scores, y.reshape(B, -1, D))
    rows(o_proj, none, y, x, ADD)
    rms_norm(x, norm_2, h)
    rows(gate, none, h, inner, STORE)
    rows(up, none, h, inner, GATE)
    rows(down, none, inner, x, ADD)
