"""The whole distribution behind a shortlist of tokens."""

from __future__ import annotations

import torch
from torch import Tensor

from tui_llm.generation.sampling import Sampling, penalised, shortlist


def distribution(logits: Tensor, seen: Tensor, sampling: Sampling) -> Tensor:
    """The probabilities (B, V) from which the next token is drawn, for logits (B, V) and what was `seen` (B, V)."""
    candidates, probabilities = shortlist(penalised(logits.float(), seen, sampling), sampling)
    whole = torch.zeros(logits.shape).scatter_(1, candidates, probabilities)
    return whole / whole.sum(dim=1, keepdim=True)
