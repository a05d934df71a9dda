"""GPT-2's architecture (Radford et al. 2019), with GPT-2's names for its parts. Imports torch, `config`, `models`.

Learnt positions, pre-norm blocks, tanh-GELU, head tied to the embedding. The presets gpt-mini, pyllm and gpt2 are
this model at three sizes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models import fused
from tui_llm.models.attention import attention_flops, causal_attention
from tui_llm.models.base import LanguageModel, init_linear
from tui_llm.models.cache import KVCache


class SelfAttention(nn.Module):
    """Multi-head causal self-attention with one projection for queries, keys and values."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        self.layer = layer
        self.n_head = config.n_head
        self.dropout = config.dropout
        self.c_attn = nn.Linear(config.n_embd, 3 * config.n_embd, bias=config.bias)
        self.c_proj = nn.Linear(config.n_embd, config.n_embd, bias=config.bias)

    def forward(self, x: Tensor, cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        B, T, C = x.shape
        q, k, v = (part.view(B, T, self.n_head, -1).transpose(1, 2) for part in self.c_attn(x).split(C, dim=2))
        if cache is not None:
            k, v = cache.update(self.layer, k, v)
        mask = cache.mask if cache is not None else None
        y = causal_attention(q, k, v, self.dropout if self.training else 0.0, mask)  # (B, H, T, D)
        y = self.c_proj(y.transpose(1, 2).reshape(B, T, C))
        return F.dropout(y, self.dropout, self.training)


class GELU(nn.GELU):
    """GPT-2's, in its tanh form."""

    def __init__(self) -> None:
        super().__init__(approximate="tanh")

    def forward(self, x: Tensor) -> Tensor:
        """(...) to (...)."""
        return fused.gelu(x)


class MLP(nn.Module):
    """The feed-forward layer: widen, tanh-GELU, narrow."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        n_inner = config.n_inner or 4 * config.n_embd
        self.dropout = config.dropout
        self.c_fc = nn.Linear(config.n_embd, n_inner, bias=config.bias)
        self.act = GELU()
        self.c_proj = nn.Linear(n_inner, config.n_embd, bias=config.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = self.c_proj(self.act(self.c_fc(x)))
        return F.dropout(x, self.dropout, self.training)


class Block(nn.Module):
    """Attention and feed-forward, each behind a LayerNorm and added to the residual stream."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.n_embd, bias=config.bias)
        self.attn = SelfAttention(config, layer)
        self.ln_2 = nn.LayerNorm(config.n_embd, bias=config.bias)
        self.mlp = MLP(config)

    def forward(self, x: Tensor, cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = x + self.attn(self.ln_1(x), cache)
        x = x + self.mlp(self.ln_2(x))
        return x


class GPT(LanguageModel):
    """The whole model; `wte` is both the embedding and the head."""

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        self.wte = nn.Embedding(vocab_size, config.n_embd)
        self.wpe = nn.Embedding(config.block_size, config.n_embd)
        self.h = nn.ModuleList(Block(config, layer) for layer in range(config.n_layer))
        self.ln_f = nn.LayerNorm(config.n_embd, bias=config.bias)
        self._init_weights()

    def _init_weights(self) -> None:
        # GPT-2: std 0.02 everywhere, and projections into the residual stream scaled down by its depth.
        residual_std = 0.02 / math.sqrt(2 * self.config.n_layer)
        for name, parameter in self.named_parameters():
            if parameter.dim() >= 2:
                init_linear(parameter, residual_std if name.endswith("c_proj.weight") else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:
        T = ids.shape[1]
        places = torch.arange(T, device=ids.device) if cache is None else cache.places(T)
        x = self.wte(ids) + self.wpe(places)  # (B, T, C)
        x = F.dropout(x, self.config.dropout, self.training)
        for block in self.h:
            x = block(x, cache)
        if cache is not None:
            cache.advance(T)
        return F.linear(self.ln_f(x), self.wte.weight)

    def new_cache(self, batch: int) -> KVCache:
        config, weight = self.config, self.wte.weight
        head_size = config.n_embd // config.n_head
        return KVCache(config.n_layer, batch, config.n_head, config.block_size, head_size, weight.device)

    def token_embedding(self) -> Tensor:
        return self.wte.weight

    def flops_per_token(self) -> int:
        return super().flops_per_token() + 6 * self.wte.weight.numel() + attention_flops(self.config)

    def blocks(self) -> Sequence[nn.Module]:
        return list(self.h)

    def hidden_matrices(self) -> list[str]:
        return [name for name, parameter in self.named_parameters() if name.startswith("h.") and parameter.dim() == 2]
