"""The kernels as functions that autograd can differentiate, once. Imports torch, `threads`.

Gradients of the weights are summed thread by thread, then over the threads: the same for the same number of them.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

from tui_llm.models.fused.threads import run


class GELU(Function):
    """See `fused.gelu`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        x = x.contiguous()
        y = torch.empty_like(x)
        run("gelu", x.dtype, x.numel(), x, y)
        ctx.save_for_backward(x)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dy: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        dx = torch.empty_like(x)
        run("gelu_backward", x.dtype, x.numel(), x, dy.contiguous(), dx)
        return dx


class GatedSiLU(Function):
    """See `fused.gated_silu`."""

    @staticmethod
    def forward(ctx: Any, gate: Tensor, up: Tensor) -> Tensor:
        gate, up = gate.contiguous(), up.contiguous()
        y = torch.empty_like(gate)
        run("gated_silu", gate.dtype, gate.numel(), gate, up, y)
        ctx.save_for_backward(gate, up)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dy: Tensor) -> tuple[Tensor, Tensor]:
        gate, up = ctx.saved_tensors
        dgate, dup = torch.empty_like(gate), torch.empty_like(up)
        run("gated_silu_backward", gate.dtype, gate.numel(), gate, up, dy.contiguous(), dgate, dup)
        return dgate, dup


class RMSNorm(Function):
    """See `fused.rms_norm`; the answer is of `dtype`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, eps: float, dtype: torch.dtype) -> Tensor:
        x = x.contiguous()
        rows, C = x.numel() // len(weight), len(weight)
        y, scales = torch.empty_like(x, dtype=dtype), torch.empty(rows)
        run("rms_norm", dtype, rows, C, x, weight, eps, y, scales)
        ctx.save_for_backward(x, weight, scales)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dy: Tensor) -> tuple[Tensor, Tensor, None, None]:
        x, weight, scales = ctx.saved_tensors
        C = len(weight)
        dx, dweight = torch.empty_like(x), torch.zeros(torch.get_num_threads(), C)
        run("rms_norm_backward", dy.dtype, len(scales), C, x, weight, scales, dy.contiguous(), dx, dweight)
        return dx, dweight.sum(0), None, None


class RotaryRMSNorm(Function):
    """See `fused.rotary_rms_norm`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, eps: float, cos: Tensor, sin: Tensor) -> Tensor:
        x, cos, sin = x.contiguous(), cos.contiguous(), sin.contiguous()
        B, T, H, D = x.shape
        y, scales = x.new_empty(B, H, T, D), torch.empty(B * H * T)
        run("rotary_rms_norm", x.dtype, len(scales), H, T, D, x, weight, eps, cos, sin, y, scales)
        ctx.save_for_backward(x, weight, cos, sin, scales)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dy: Tensor) -> tuple[Tensor, Tensor, None, None, None]:
        x, weight, cos, sin, scales = ctx.saved_tensors
        _, T, H, D = x.shape
        dx, dweight = torch.empty_like(x), torch.zeros(torch.get_num_threads(), D)
        job = (len(scales), H, T, D, x, weight, cos, sin, scales, dy.contiguous(), dx, dweight)
        run("rotary_rms_norm_backward", x.dtype, *job)
        return dx, dweight.sum(0), None, None, None


class CausalSoftmax(Function):
    """See `fused.causal_softmax`; the weights take the place of the scores."""

    @staticmethod
    def forward(ctx: Any, scores: Tensor, scale: float) -> Tensor:
        if not scores.is_contiguous():
            scores = scores.contiguous()
        else:
            ctx.mark_dirty(scores)
        T, S = scores.shape[-2:]
        run("causal_softmax", scores.dtype, scores.numel() // S, T, S, scores, scale)
        ctx.save_for_backward(scores)
        ctx.scale = scale
        return scores

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dweights: Tensor) -> tuple[Tensor, None]:
        (weights,) = ctx.saved_tensors
        T, S = weights.shape[-2:]
        dscores = torch.empty_like(weights)
        rows = weights.numel() // S
        run("causal_softmax_backward", weights.dtype, rows, T, S, weights, dweights.contiguous(), ctx.scale, dscores)
        return dscores, None


class CrossEntropy(Function):
    """See `fused.cross_entropy`. The gradient is at hand while the loss is computed, and kept."""

    @staticmethod
    def forward(ctx: Any, logits: Tensor, targets: Tensor) -> Tensor:
        logits, targets = logits.contiguous(), targets.contiguous()
        N, V = logits.shape
        losses = torch.empty(N)
        dlogits = torch.empty_like(logits) if ctx.needs_input_grad[0] else None
        run("cross_entropy", logits.dtype, N, V, logits, targets, losses, 1.0 / N, 0 if dlogits is None else dlogits)
        ctx.save_for_backward(dlogits)
        return losses.mean()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, given: Tensor) -> tuple[Tensor, None]:
        (dlogits,) = ctx.saved_tensors
        return dlogits if given.item() == 1.0 else dlogits.mul_(given), None
