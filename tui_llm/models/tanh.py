"""The hidden layer of `mlp` and `wavenet`: linear, batch normalisation, tanh; and how its weights begin.
Imports torch, `config`, `models`.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.config import ModelConfig
from tui_llm.models.batchnorm import BatchNorm

#: What keeps the spread of activations through layers of tanh, which squeezes them (He et al. 2015; torch's
#: `calculate_gain`). Without it they shrink towards zero from layer to layer.
TANH_GAIN = 5 / 3


class TanhLayer(nn.Module):
    """tanh(norm(W x)), with a bias in place of the norm where the configuration wants none."""

    def __init__(self, width: int, hidden: int, config: ModelConfig) -> None:
        super().__init__()
        self.dropout = config.dropout
        self.linear = nn.Linear(width, hidden, bias=not config.batch_norm)
        self.norm = BatchNorm(hidden) if config.batch_norm else nn.Identity()
        self.tanh = nn.Tanh()
        gain = TANH_GAIN if config.init_gain else 1.0
        nn.init.normal_(self.linear.weight, std=gain / math.sqrt(width))
        if not config.batch_norm:
            nn.init.zeros_(self.linear.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, width) to (B, T, hidden)."""
        return F.dropout(self.tanh(self.norm(self.linear(x))), self.dropout, self.training)


def init_output(linear: nn.Linear) -> None:
    """Let the first predictions be nearly even, so that learning does not begin by unlearning a guess."""
    nn.init.normal_(linear.weight, std=0.1 / math.sqrt(linear.in_features))
    with torch.no_grad():
        linear.bias.zero_()
