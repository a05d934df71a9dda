"""The quick way through a Transformer on CUDA, one token at a time: a captured graph, which the device runs without
waiting for Python. Imports torch and `models`.

Not compiled: for the tokens that a person asks for, a compiler would take longer than it saves.
"""

from __future__ import annotations

import torch
from torch import Tensor

from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache
from tui_llm.models.gpt import GPT
from tui_llm.models.modern import Modern

#: With fewer tokens to come, capturing a graph takes longer than it saves.
FEWEST_TOKENS = 32


class CudaDecoding:
    """Decides, for one model, whether to go on with a captured graph."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._possible = isinstance(model, GPT | Modern)

    def plain(self, ids: Tensor, cache: KVCache) -> Tensor:
        """PyTorch's (B, V) logits after `ids` (B, 1)."""
        logits: Tensor = self._model(ids, cache)[:, -1]
        return logits

    def prepare(self) -> None:
        """Nothing: a graph belongs to one generation's cache, and is captured in it."""

    def decoder(self, cache: KVCache, tokens: int) -> CudaDecoder | None:
        """What gives the sequences in `cache` their next logits, if it pays for `tokens` more; None is `plain`."""
        if not self._possible or tokens < FEWEST_TOKENS:
            return None
        try:
            return CudaDecoder(self._model, cache)
        except RuntimeError:
            # This device or driver captures no graphs, or has no memory left for one: `plain` says the same.
            self._possible = False
            return None


class CudaDecoder:
    """One token's forward pass, captured with the tensors of one cache, and run again for every token."""

    def __init__(self, model: LanguageModel, cache: KVCache) -> None:
        """Raises RuntimeError where the graph cannot be captured."""
        device = cache.keys.device
        self._ids = torch.zeros(cache.keys.shape[1], 1, dtype=torch.int64, device=device)
        # What the passes before the first real one write into the cache at this place, that one writes over.
        self._position = torch.full((1,), cache.length, device=device)
        self._graph = torch.cuda.CUDAGraph()
        with cache.fixed_shapes(self._position):
            aside = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
            aside.wait_stream(torch.cuda.current_stream(device))
            with torch.cuda.stream(aside):
                for _ in range(3):
                    model(self._ids, cache)
            torch.cuda.current_stream(device).wait_stream(aside)
            with torch.cuda.graph(self._graph):
                self._logits: Tensor = model(self._ids, cache)[:, -1]

    def __call__(self, ids: Tensor, cache: KVCache) -> Tensor:
        """(B, V) logits after `ids` (B, 1), which the cache then has; the next call writes over them."""
        self._ids.copy_(ids)
        self._position.fill_(cache.length)
        self._graph.replay()
        cache.advance(1)
        return self._logits
