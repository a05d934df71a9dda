"""Causal attention, shared by every Transformer here, and a way to look at its weights. Imports torch, `config`,
`models`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import Tensor

from tui_llm.config import ModelConfig
from tui_llm.models import fused

#: Queries that are taken at a time where attention is written out.
PLAIN_ROWS = 64

#: Where attention weights go while somebody looks on; see `watched_attention`.
_watched: list[Tensor] | None = None


@contextmanager
def watched_attention() -> Iterator[list[Tensor]]:
    """Within it, each attention layer of a forward pass adds its weights to the list: (B, H, T, S), first layer first.

    Rows sum to 1. Not for compiled models, nor for two threads at once.
    """
    global _watched
    before, _watched = _watched, []
    try:
        yield _watched
    finally:
        _watched = before


def causal_attention(q: Tensor, k: Tensor, v: Tensor, dropout: float = 0.0, mask: Tensor | None = None) -> Tensor:
    """Scaled dot-product attention (Vaswani et al. 2017) in which a query sees its own position and earlier ones.

    Args:
        q: (B, H, T, D) queries, standing for the last T of S positions.
        k, v: (B, H_kv, S, D) keys and values; H is a multiple of H_kv (grouped queries, Ainslie et al. 2023).
        dropout: share of attention weights dropped; 0 outside training.
        mask: (T, S) booleans, true where a query may look; None is causal.

    Returns:
        (B, H, T, D)
    """
    heads, T, S = q.shape[1], q.shape[2], k.shape[2]
    if k.shape[1] != heads:
        k = k.repeat_interleave(heads // k.shape[1], dim=1)
        v = v.repeat_interleave(heads // v.shape[1], dim=1)
    if mask is not None:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=dropout)
    if _watched is not None or (q.device.type == "cpu" and q.dtype == torch.bfloat16):
        return _plain_attention(q, k, v, dropout)
    if T == S:
        return F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=T > 1)
    return F.scaled_dot_product_attention(q, k, v, attn_mask=fused.causal_mask(T, S, q.device), dropout_p=dropout)


def attention_flops(config: ModelConfig) -> int:
    """Operations of attention in training on one token, forward and backward: scores and sums over a whole block,
    masked or not, as PaLM counts them (Chowdhery et al. 2022, appendix B).
    """
    return 12 * config.n_layer * config.n_embd * config.block_size


def _plain_attention(q: Tensor, k: Tensor, v: Tensor, dropout: float) -> Tensor:
    """The same, written out: on CPUs the fused kernel's bfloat16 backward is several times slower (docs/decisions)."""
    T, S = q.shape[2], k.shape[2]
    if _watched is not None or T <= PLAIN_ROWS:
        return _attend(q, k, v, dropout)
    # A band of queries need not look at the keys behind its last position: nearly half of the work.
    ends = [*range(T % PLAIN_ROWS or PLAIN_ROWS, T + 1, PLAIN_ROWS)]
    bands = [
        _attend(q[:, :, max(end - PLAIN_ROWS, 0) : end], k[:, :, : S - T + end], v[:, :, : S - T + end], dropout)
        for end in ends
    ]
    return torch.cat(bands, dim=2)


def _attend(q: Tensor, k: Tensor, v: Tensor, dropout: float) -> Tensor:
    """Attention of queries that stand for the last of the keys' positions."""
    weights = fused.causal_softmax(q @ k.transpose(-2, -1), 1.0 / math.sqrt(q.shape[-1]))
    if _watched is not None:
        _watched.append(weights.detach())
    weights = F.dropout(weights, dropout, training=dropout > 0.0)
    return weights.to(v.dtype) @ v
