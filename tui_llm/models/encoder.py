"""The Transformer of Vaswani et al. (2017), its encoder's layers with a causal mask. Imports torch, `config`, `models`.

Post-norm, ReLU, sinusoidal positions along the time axis. Parts have the names of `torch.nn.TransformerEncoder`, whose
weights fit. The preset refranes is this model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models.attention import attention_flops, causal_attention
from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache


def sinusoids(positions: Tensor, channels: int) -> Tensor:
    """(T, C) for `positions` (T,): even channels are sines, odd ones cosines, each pair slower than the one before."""
    pairs = torch.arange(0, channels, 2, device=positions.device, dtype=torch.float32)
    angles = positions.float()[:, None] * 10_000.0 ** (-pairs / channels)  # (T, C/2)
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)[:, :channels]


class SelfAttention(nn.Module):
    """Multi-head causal self-attention; one matrix makes queries, keys and values."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        self.layer = layer
        self.n_head = config.n_head
        self.dropout = config.dropout
        self.in_proj_weight = nn.Parameter(torch.empty(3 * config.n_embd, config.n_embd))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * config.n_embd))
        self.out_proj = nn.Linear(config.n_embd, config.n_embd)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def forward(self, x: Tensor, cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        B, T, C = x.shape
        projected = F.linear(x, self.in_proj_weight, self.in_proj_bias)
        q, k, v = (part.view(B, T, self.n_head, -1).transpose(1, 2) for part in projected.chunk(3, dim=2))
        if cache is not None:
            k, v = cache.update(self.layer, k, v)
        y = causal_attention(q, k, v, self.dropout if self.training else 0.0)  # (B, H, T, D)
        attended: Tensor = self.out_proj(y.transpose(1, 2).reshape(B, T, C))
        return attended


class EncoderLayer(nn.Module):
    """Attention, then feed-forward, each added to what it was given and only then normalised."""

    def __init__(self, config: ModelConfig, layer: int) -> None:
        super().__init__()
        n_inner = config.n_inner or 4 * config.n_embd
        self.self_attn = SelfAttention(config, layer)
        self.linear1 = nn.Linear(config.n_embd, n_inner)
        self.activation = nn.ReLU()
        self.dropout = nn.Dropout(config.dropout)
        self.linear2 = nn.Linear(n_inner, config.n_embd)
        self.norm1 = nn.LayerNorm(config.n_embd)
        self.norm2 = nn.LayerNorm(config.n_embd)
        self.dropout1 = nn.Dropout(config.dropout)
        self.dropout2 = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, cache: KVCache | None) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        x = self.norm1(x + self.dropout1(self.self_attn(x, cache)))
        inner = self.linear2(self.dropout(self.activation(self.linear1(x))))
        x = self.norm2(x + self.dropout2(inner))
        return x


class Encoder(LanguageModel):
    """The whole model; its head is a matrix of its own."""

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        self.embedding = nn.Embedding(vocab_size, config.n_embd)
        self.layers = nn.ModuleList(EncoderLayer(config, layer) for layer in range(config.n_layer))
        self.lm_head = nn.Linear(config.n_embd, vocab_size)
        # Scaled by sqrt(C) below, embeddings then begin as large as the positions that are added to them.
        nn.init.normal_(self.embedding.weight, std=1 / math.sqrt(config.n_embd))

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:
        T = ids.shape[1]
        start = cache.length if cache is not None else 0
        positions = torch.arange(start, start + T, device=ids.device)
        x = self.embedding(ids) * math.sqrt(self.config.n_embd)  # (B, T, C)
        x = F.dropout(x + sinusoids(positions, self.config.n_embd), self.config.dropout, self.training)
        for layer in self.layers:
            x = layer(x, cache)
        if cache is not None:
            cache.advance(T)
        logits: Tensor = self.lm_head(x)
        return logits

    def new_cache(self, batch: int) -> KVCache:
        config, weight = self.config, self.embedding.weight
        head_size = config.n_embd // config.n_head
        return KVCache(config.n_layer, batch, config.n_head, config.block_size, head_size, weight.device)

    def token_embedding(self) -> Tensor:
        return self.embedding.weight

    def flops_per_token(self) -> int:
        return super().flops_per_token() + attention_flops(self.config)

    def blocks(self) -> Sequence[nn.Module]:
        return list(self.layers)

    def hidden_matrices(self) -> list[str]:
        return [name for name, weight in self.named_parameters() if name.startswith("layers.") and weight.dim() == 2]
