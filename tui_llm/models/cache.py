"""The key/value cache of attention: what generation need not compute again. Imports torch alone."""

from __future__ import annotations

import torch
from torch import Tensor


class KVCache:
    """Keys and values of every layer in fixed tensors, filled from the left.

    `length` counts the tokens of whole forward passes; a model calls `advance` once, after its last layer.
    """

    def __init__(
        self, layers: int, batch: int, heads: int, block_size: int, head_size: int, device: torch.device
    ) -> None:
        shape = (layers, batch, heads, block_size, head_size)
        self._keys = torch.zeros(shape, device=device)
        self._values = torch.zeros(shape, device=device)
        self.block_size = block_size
        self.length = 0

    def update(self, layer: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Append (B, H, T, D) keys and values of one layer; give all of them so far, (B, H, length + T, D)."""
        end = self.length + keys.shape[2]
        self._keys[layer, :, :, self.length : end] = keys
        self._values[layer, :, :, self.length : end] = values
        held = self._keys[layer, :, :, :end], self._values[layer, :, :, :end]
        return held[0].to(keys.dtype), held[1].to(values.dtype)

    def advance(self, tokens: int) -> None:
        """Count `tokens` more as seen, after every layer has stored them."""
        self.length += tokens

    def clear(self) -> None:
        """Forget everything, keep the memory."""
        self.length = 0
