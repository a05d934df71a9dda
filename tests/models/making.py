"""Small models of every kind, and ids for them."""

from __future__ import annotations

import torch
from torch import Tensor

from tui_llm.config import ModelConfig
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel

V = 61
SMALL = {"n_layer": 2, "n_head": 4, "n_embd": 32, "block_size": 16}


def make(name: str, **changes: object) -> LanguageModel:
    """A model in which nothing stands at its neutral start any more, so that forgetting one part of it shows."""
    torch.manual_seed(0)
    settings = {**SMALL, "name": name, **changes}
    model = build_model(ModelConfig(**settings), V)  # type: ignore[arg-type]
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
        for key, buffer in model.named_buffers():
            if key not in model.state_dict():
                continue  # a table, not learnt
            if buffer.is_floating_point():
                buffer.add_(torch.rand_like(buffer))
            else:
                assert key == "counts"
                buffer.copy_(torch.randint_like(buffer, 20))
    return model.eval()


def random_ids(batch: int = 3, length: int = 16) -> Tensor:
    """(batch, length) ids below V."""
    return torch.randint(V, (batch, length), generator=torch.Generator().manual_seed(1))
