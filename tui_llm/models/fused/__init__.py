"""Pieces of a Transformer's step that PyTorch takes several passes through memory for, in one pass each. Imports torch.

They serve where a step waits for memory more than for products: on CPUs, in bfloat16 autocast and some in float32,
where a batch is large enough to be shared among threads, and nothing is being compiled. Everywhere else, and where
numba or PyTorch's threads cannot be had, the same is done by PyTorch's own functions. docs/decisions/training-speed.md
has the measurements.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from tui_llm.models.fused import functions
from tui_llm.models.fused.threads import is_there

__all__ = [
    "causal_mask",
    "causal_softmax",
    "cross_entropy",
    "gated_silu",
    "gelu",
    "is_there",
    "rms_norm",
    "rotary_rms_norm",
    "rotate",
]

#: Numbers below which a kernel is not worth calling: PyTorch does not share such tensors among threads, either.
FEWEST = 32_768

#: In float32 only these gain enough: products are most of a step there.
WORTH_IT_IN_FLOAT32 = {"rms_norm", "rotary_rms_norm", "gated_silu"}


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """RMSNorm (Zhang & Sennrich 2019) of x (..., C) by weight (C,), computed in float32."""
    dtype = _precision()
    if x.dtype == torch.float32 and _serves("rms_norm", x, dtype):
        return functions.RMSNorm.apply(x, weight, eps, dtype)  # type: ignore[no-any-return, no-untyped-call]
    return F.rms_norm(x.float(), weight.shape, weight, eps)


def rotary_rms_norm(x: Tensor, weight: Tensor, eps: float, cos: Tensor, sin: Tensor) -> Tensor:
    """RMSNorm of each head of x (B, T, H, D), each pair (i, i + D/2) then turned by the angle of its position, of which
    cos and sin are (T, D): (B, H, T, D), of x's precision.
    """
    if _serves("rotary_rms_norm", x, x.dtype):
        return functions.RotaryRMSNorm.apply(x, weight, eps, cos, sin)  # type: ignore[no-any-return, no-untyped-call]
    return rotate(rms_norm(x, weight, eps).transpose(1, 2), cos, sin).to(x.dtype)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn each pair (i, i + D/2) of x (B, H, T, D) by its position's angle (Su et al. 2021), cos and sin (T, D)."""
    left, right = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-right, left), dim=-1) * sin


def gelu(x: Tensor) -> Tensor:
    """GELU in its tanh form (Hendrycks & Gimpel 2016), GPT-2's."""
    if _serves("gelu", x, x.dtype):
        return functions.GELU.apply(x)  # type: ignore[no-any-return, no-untyped-call]
    return F.gelu(x, approximate="tanh")


def gated_silu(gate: Tensor, up: Tensor) -> Tensor:
    """SiLU of `gate` times `up`, of one shape: the inside of SwiGLU (Shazeer 2020)."""
    if _serves("gated_silu", gate, gate.dtype):
        return functions.GatedSiLU.apply(gate, up)  # type: ignore[no-any-return, no-untyped-call]
    return F.silu(gate) * up


def causal_softmax(scores: Tensor, scale: float) -> Tensor:
    """Softmax of scores (B, H, T, S) times `scale` where each query, of the last T of S positions, may look; 0
    elsewhere. `scores` may be overwritten.
    """
    if _serves("causal_softmax", scores, scores.dtype):
        return functions.CausalSoftmax.apply(scores, scale)  # type: ignore[no-any-return, no-untyped-call]
    scores = scores * scale
    mask = causal_mask(scores.shape[-2], scores.shape[-1], scores.device)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return scores.softmax(dim=-1)


def causal_mask(T: int, S: int, device: torch.device) -> Tensor | None:
    """(T, S) booleans, true where the last T of S positions may look; None where they may look everywhere."""
    if T == 1:
        return None
    return torch.ones(T, S, dtype=torch.bool, device=device).tril(S - T)


def cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy in nats of `targets` (N,) under `logits` (N, V), computed in float32."""
    if _serves("cross_entropy", logits, logits.dtype):
        return functions.CrossEntropy.apply(logits, targets)  # type: ignore[no-any-return, no-untyped-call]
    return F.cross_entropy(logits.float(), targets)


def _serves(kernel: str, x: Tensor, dtype: torch.dtype) -> bool:
    """Whether there is a `kernel` for numbers of `dtype`, and giving it `x` pays."""
    return (
        x.device.type == "cpu"
        and dtype == _precision()
        and (dtype == torch.bfloat16 or kernel in WORTH_IT_IN_FLOAT32)
        and x.numel() >= FEWEST
        and not torch.compiler.is_compiling()
        and is_there(kernel, dtype)
    )


def _precision() -> torch.dtype:
    """What products are computed in on CPUs."""
    return torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else torch.float32
