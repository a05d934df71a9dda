"""What GPT became: the dense Qwen3 architecture (Yang et al. 2025) to the letter, with Hugging Face's names for its
parts. Imports torch, `config`, `models`.

RMSNorm (Zhang & Sennrich 2019) instead of LayerNorm, rotary positions (Su et al. 2021) instead of learnt ones, norms
on queries and keys (Dehghani et al. 2023), SwiGLU (Shazeer 2020), grouped queries (Ainslie et al. 2023), no biases,
head tied to the embedding.
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

ROPE_THETA = 10_000.0
NORM_EPS = 1e-6


def inner_width(n_embd: int) -> int:
    """The SwiGLU layer's width: 8/3 of n_embd, a multiple of 32; its three matrices then weigh what GPT-2's two do."""
    return max(32, round(8 * n_embd / 3 / 32) * 32)


def rotary_table(positions: Tensor, head_size: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines, each (T, D), for `positions` (T,), in the half-split form that transformers uses."""
    pairs = torch.arange(0, head_size, 2, device=positions.device, dtype=torch.float32)
    angles = positions.float()[:, None] * ROPE_THETA ** (-pairs / head_size)  # (T, D/2)
    angles = torch.cat((angles, angles), dim=-1)
    return angles.cos(), angles.sin()


class RMSNorm(nn.RMSNorm):
    """Root-mean-square norm, computed in float32 whatever the precision around it, as Qwen3 does."""

    def __init__(self, size: int) -> None:
        super().__init__(size, eps=NORM_EPS)

    def forward(self, x: Tensor, rotary: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """(..., C) to (..., C); with `rotary`, heads (B, T, H, D) to (B, H, T, D), turned by their positions."""
        if rotary is None:
            return fused.rms_norm(x, self.weight, NORM_EPS)
        return fused.rotary_rms_norm(x, self.weight, NORM_EPS, *rotary)


class GatedSiLU(nn.SiLU):
    """SwiGLU's inside: SiLU of the gate times what comes through it."""

    def forward(self, gate: Tensor, up: Tensor) -> Tensor:  # type: ignore[override]
        """Two of a shape to one of it."""
        return fused.gated_silu(gate, up)


class Attention(nn.Module):
    """Grouped-query causal attention with normalised queries and keys, and rotary positions."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        self.layer = layer
        self.dropout = config.dropout
        self.head_size = config.n_embd // config.n_head
        kv_width = (config.n_kv_head or config.n_head) * self.head_size
        self.q_proj = nn.Linear(config.n_embd, config.n_embd, bias=False)
        self.k_proj = nn.Linear(config.n_embd, kv_width, bias=False)
        self.v_proj = nn.Linear(config.n_embd, kv_width, bias=False)
        self.o_proj = nn.Linear(config.n_embd, config.n_embd, bias=False)
        self.q_norm = RMSNorm(self.head_size)
        self.k_norm = RMSNorm(self.head_size)

    def forward(self, x: Tensor, rotary: tuple[Tensor, Tensor], cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        B, T, C = x.shape
        split = (B, T, -1, self.head_size)
        q = self.q_norm(self.q_proj(x).view(split), rotary)  # (B, H, T, D)
        k = self.k_norm(self.k_proj(x).view(split), rotary)  # (B, H_kv, T, D)
        v = self.v_proj(x).view(split).transpose(1, 2)
        if cache is not None:
            k, v = cache.update(self.layer, k, v)
        mask = cache.mask if cache is not None else None
        y = causal_attention(q, k, v, self.dropout if self.training else 0.0, mask)
        y = self.o_proj(y.transpose(1, 2).reshape(B, T, C))
        return F.dropout(y, self.dropout, self.training)


class SwiGLU(nn.Module):
    """The gated feed-forward layer."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        n_inner = config.n_inner or inner_width(config.n_embd)
        self.dropout = config.dropout
        self.gate_proj = nn.Linear(config.n_embd, n_inner, bias=False)
        self.up_proj = nn.Linear(config.n_embd, n_inner, bias=False)
        self.act_fn = GatedSiLU()
        self.down_proj = nn.Linear(n_inner, config.n_embd, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = self.down_proj(self.act_fn(self.gate_proj(x), self.up_proj(x)))
        return F.dropout(x, self.dropout, self.training)


class Layer(nn.Module):
    """Attention and feed-forward, each behind an RMSNorm and added to the residual stream."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        self.input_layernorm = RMSNorm(config.n_embd)
        self.self_attn = Attention(config, layer)
        self.post_attention_layernorm = RMSNorm(config.n_embd)
        self.mlp = SwiGLU(config)

    def forward(self, x: Tensor, rotary: tuple[Tensor, Tensor], cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = x + self.self_attn(self.input_layernorm(x), rotary, cache)
        x = x + self.mlp(self.post_attention_layernorm(x))
        return x


class Modern(LanguageModel):
    """The whole model; `embed_tokens` is both the embedding and the head."""

    cos: Tensor
    sin: Tensor

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        self.embed_tokens = nn.Embedding(vocab_size, config.n_embd)
        self.layers = nn.ModuleList(Layer(config, layer) for layer in range(config.n_layer))
        self.norm = RMSNorm(config.n_embd)
        # Held, not computed: a compiler would put cosines and sines into every kernel that uses them.
        cos, sin = rotary_table(torch.arange(config.block_size), config.n_embd // config.n_head)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self._init_weights()

    def _init_weights(self) -> None:
        residual_std = 0.02 / math.sqrt(2 * self.config.n_layer)
        for name, parameter in self.named_parameters():
            if parameter.dim() >= 2:
                into_residual = name.endswith(("o_proj.weight", "down_proj.weight"))
                init_linear(parameter, residual_std if into_residual else 0.02)

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:
        T = ids.shape[1]
        if cache is None:
            rotary = self.cos[:T], self.sin[:T]
        else:
            places = cache.places(T)
            rotary = self.cos[places], self.sin[places]
        x = self.embed_tokens(ids)  # (B, T, C)
        x = F.dropout(x, self.config.dropout, self.training)
        for layer in self.layers:
            x = layer(x, rotary, cache)
        if cache is not None:
            cache.advance(T)
        return F.linear(self.norm(x), self.embed_tokens.weight)

    def new_cache(self, batch: int) -> KVCache:
        config, weight = self.config, self.embed_tokens.weight
        head_size = config.n_embd // config.n_head
        heads = config.n_kv_head or config.n_head
        return KVCache(config.n_layer, batch, heads, config.block_size, head_size, weight.device)

    def token_embedding(self) -> Tensor:
        return self.embed_tokens.weight

    def flops_per_token(self) -> int:
        return super().flops_per_token() + 6 * self.embed_tokens.weight.numel() + attention_flops(self.config)

    def blocks(self) -> Sequence[nn.Module]:
        return list(self.layers)

    def hidden_matrices(self) -> list[str]:
        return [name for name, parameter in self.named_parameters() if parameter.dim() == 2 and "embed" not in name]
