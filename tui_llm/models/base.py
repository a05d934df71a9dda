"""The protocol that every model keeps: ids in, logits out. Imports torch, `config`, `fused`.

Sizes: B sequences, T tokens in each, V tokens in the vocabulary, C channels (n_embd).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models import fused
from tui_llm.models.cache import KVCache


class LanguageModel(nn.Module, ABC):
    """A causal language model: the logits at position t depend on tokens 0..t alone."""

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__()
        self.config = config
        self.vocab_size = vocab_size
        self.block_size = config.block_size

    @abstractmethod
    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:
        """Logits for the token after each position.

        Args:
            ids: (B, T) int64, T at most `block_size`.
            cache: what earlier calls left; `ids` then continues them and the cache grows by T.

        Returns:
            (B, T, V) logits.
        """

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Mean cross-entropy in nats of `targets` (B, T) after `ids` (B, T), computed in float32."""
        logits = self(ids)
        return fused.cross_entropy(logits.flatten(0, 1), targets.flatten())

    def new_cache(self, batch: int) -> KVCache | None:  # noqa: ARG002 - for those that have one
        """An empty cache for generating `batch` sequences; None where the model gains nothing by one."""
        return None

    @abstractmethod
    def token_embedding(self) -> Tensor:
        """(V, C) what each token is turned into at the model's entrance."""

    def blocks(self) -> Sequence[nn.Module]:
        """The layers that are alike, and can be compiled once for all of them; none where there are no such."""
        return ()

    def hidden_matrices(self) -> list[str]:
        """Names of the 2-D parameters between embedding and head: those that Muon may orthogonalise."""
        return []

    @property
    def most_epochs(self) -> float | None:
        """Passes over the text after which there is nothing left to learn; None where there always is."""
        return None

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        weights: Tensor = next(iter(self.state_dict().values()))
        return weights.device

    def parameter_count(self) -> int:
        """How many numbers are learnt; tied weights count once."""
        return sum(parameter.numel() for parameter in self.parameters())

    def flops_per_token(self) -> int:
        """Operations of training on one token, forward and backward: six for each weight of a matrix that multiplies
        (Kaplan et al. 2020, section 2.1). Embeddings are looked up; a model adds what it does besides.
        """
        tables = {id(module.weight) for module in self.modules() if isinstance(module, nn.Embedding)}
        return 6 * sum(one.numel() for one in self.parameters() if one.dim() >= 2 and id(one) not in tables)


def init_linear(weight: Tensor, std: float) -> None:
    """Normal(0, std), cut at three deviations: GPT-2's initialisation without its rare outliers."""
    with torch.no_grad():
        nn.init.trunc_normal_(weight, std=std, a=-3 * std, b=3 * std)
