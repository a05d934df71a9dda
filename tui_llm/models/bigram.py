"""The two bigrams: what follows a token, told by that token alone. Imports torch, `config`, `models`.

`BigramCounts` counts pairs; `Bigram` learns the same table by gradient. Shannon (1948) wrote text with such tables.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache


class BigramCounts(LanguageModel):
    """P(b | a) = (count(a, b) + k) / (count(a) + k V): maximum likelihood with add-k smoothing (Lidstone 1920).

    It has nothing to learn by gradient. In training mode, its loss counts the pairs that it is shown; one pass over
    the text is all that it can learn.
    """

    counts: Tensor

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        self.register_buffer("counts", torch.zeros(vocab_size, vocab_size, dtype=torch.int64))

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:  # noqa: ARG002 - nothing to keep
        # Row `a` of the table, (B, T, V). Softmax divides it by its sum, count(a) + k V.
        return (self.counts[ids] + self.config.smoothing).log()

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """As every model's, by what was counted before; then, in training mode, count the pairs of this batch."""
        loss = super().loss(ids, targets)
        if self.training:
            pairs = (ids.flatten(), targets.flatten())
            self.counts.index_put_(pairs, torch.ones_like(pairs[0]), accumulate=True)
        return loss

    def token_embedding(self) -> Tensor:
        return (self.counts + self.config.smoothing).log()

    def parameter_count(self) -> int:
        return self.counts.numel()  # learnt from the text, if not by gradient

    @property
    def most_epochs(self) -> float | None:
        return 1.0


class Bigram(LanguageModel):
    """The same table as weights: logits = one_hot(ids) @ table, which is the row of each token."""

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        self.table = nn.Embedding(vocab_size, vocab_size)
        nn.init.zeros_(self.table.weight)  # every token is equally likely to begin with

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:  # noqa: ARG002 - nothing to keep
        logits: Tensor = self.table(ids)  # (B, T, V)
        return logits

    def token_embedding(self) -> Tensor:
        return self.table.weight
