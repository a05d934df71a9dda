"""Causal convolutions that fuse the context two by two, after WaveNet (van den Oord et al. 2016).
Imports torch, `config`, `models`.

Layer i joins what stands 2^i places apart: pairs, then pairs of pairs. After n layers a position has seen 2^n tokens,
through a tree whose inner nodes neighbouring positions share: that is what dilation saves.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache
from tui_llm.models.tanh import TanhLayer, init_output


class CausalFusion(nn.Module):
    """A convolution of two taps, `dilation` places apart, then norm and tanh.

    It answers only where both taps are there, so a sequence loses its first `dilation` places.
    """

    def __init__(self, width: int, hidden: int, dilation: int, config: ModelConfig) -> None:
        super().__init__()
        self.dilation = dilation
        self.fuse = TanhLayer(2 * width, hidden, config)

    def forward(self, x: Tensor) -> Tensor:
        """(B, S, width) to (B, S - dilation, hidden)."""
        earlier, later = x[:, : -self.dilation], x[:, self.dilation :]
        fused: Tensor = self.fuse(torch.cat((earlier, later), dim=-1))
        return fused


class WaveNet(LanguageModel):
    """Each position looks back on 2^n_layer tokens, itself among them.

    Before the first token of a sequence stand blanks, which have an embedding of their own: row V of `wte`.
    """

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        hidden = config.n_inner or 4 * config.n_embd
        widths = [config.n_embd] + [hidden] * (config.n_layer - 1)
        self.wte = nn.Embedding(vocab_size + 1, config.n_embd)
        self.h = nn.ModuleList(CausalFusion(width, hidden, 2**layer, config) for layer, width in enumerate(widths))
        self.lm_head = nn.Linear(hidden, vocab_size)
        nn.init.normal_(self.wte.weight)
        init_output(self.lm_head)

    @property
    def receptive_field(self) -> int:
        """Tokens that a prediction looks back on."""
        return int(2**self.config.n_layer)

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:  # noqa: ARG002 - nothing worth keeping
        blanks = (self.receptive_field - 1, 0)
        x = self.wte(F.pad(ids, blanks, value=self.vocab_size))  # (B, T + 2^n - 1, C)
        for fusion in self.h:
            x = fusion(x)  # 2^i places fewer
        logits: Tensor = self.lm_head(x)  # (B, T, V)
        return logits

    def token_embedding(self) -> Tensor:
        return self.wte.weight[: self.vocab_size]

    def hidden_matrices(self) -> list[str]:
        return [name for name, parameter in self.named_parameters() if name.startswith("h.") and parameter.dim() == 2]
