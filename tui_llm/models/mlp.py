"""The neural language model of Bengio et al. (2003): embeddings of the last tokens, hidden tanh layers, a softmax.
Imports torch, `config`, `models`.
"""

from __future__ import annotations

import itertools

import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache
from tui_llm.models.tanh import TanhLayer, init_output


class MLP(LanguageModel):
    """Each position looks back on `context` tokens, itself among them, and on nothing else.

    Before the first token of a sequence stand blanks, which have an embedding of their own: row V of `wte`.
    """

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__(config, vocab_size)
        hidden = config.n_inner or 4 * config.n_embd
        widths = [config.context * config.n_embd] + [hidden] * config.n_layer
        self.wte = nn.Embedding(vocab_size + 1, config.n_embd)
        self.h = nn.ModuleList(TanhLayer(before, after, config) for before, after in itertools.pairwise(widths))
        self.lm_head = nn.Linear(hidden, vocab_size)
        nn.init.normal_(self.wte.weight)
        init_output(self.lm_head)

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:  # noqa: ARG002 - nothing worth keeping
        blanks = (self.config.context - 1, 0)
        windows = F.pad(ids, blanks, value=self.vocab_size).unfold(1, self.config.context, 1)  # (B, T, context)
        x = self.wte(windows).flatten(2)  # (B, T, context C)
        for layer in self.h:
            x = layer(x)  # (B, T, hidden)
        logits: Tensor = self.lm_head(x)
        return logits

    def token_embedding(self) -> Tensor:
        return self.wte.weight[: self.vocab_size]

    def hidden_matrices(self) -> list[str]:
        return [name for name, parameter in self.named_parameters() if name.startswith("h.") and parameter.dim() == 2]
