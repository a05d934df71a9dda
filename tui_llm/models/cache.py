"""The key/value cache of attention: what generation need not compute again. Imports torch alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class KVCache:
    """Keys and values of every layer in fixed tensors, filled from the left.

    Attributes:
        keys, values: (layers, B, H, block_size, D).
        length: tokens of whole forward passes; a model calls `advance` once, after its last layer.
    """

    def __init__(
        self, layers: int, batch: int, heads: int, block_size: int, head_size: int, device: torch.device
    ) -> None:
        shape = (layers, batch, heads, block_size, head_size)
        self.keys = torch.zeros(shape, device=device)
        self.values = torch.zeros(shape, device=device)
        self.block_size = block_size
        self.length = 0
        self._position: Tensor | None = None

    @contextmanager
    def fixed_shapes(self, position: Tensor) -> Iterator[None]:
        """Within it, forward passes of one token have the same shapes at every length, as CUDA graphs need it.

        `position` (1,) int64, on the device, says in place of `length` where the token comes; nothing is counted.
        """
        self._position = position
        try:
            yield
        finally:
            self._position = None

    @property
    def mask(self) -> Tensor | None:
        """(1, block_size) booleans, true where a token may look; None where `update` gives no more than that."""
        if self._position is None:
            return None
        return torch.arange(self.block_size, device=self._position.device)[None] <= self._position

    def places(self, tokens: int) -> Tensor:
        """(tokens,) positions, from 0, of the tokens that come next."""
        if self._position is not None:
            return self._position
        return torch.arange(self.length, self.length + tokens, device=self.keys.device)

    def update(self, layer: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Append (B, H, T, D) keys and values of one layer; give all of them so far, (B, H, length + T, D)."""
        if self._position is not None:
            self.keys[layer].index_copy_(2, self._position, keys)
            self.values[layer].index_copy_(2, self._position, values)
            return self.keys[layer], self.values[layer]
        end = self.length + keys.shape[2]
        self.keys[layer, :, :, self.length : end] = keys
        self.values[layer, :, :, self.length : end] = values
        held = self.keys[layer, :, :, :end], self.values[layer, :, :, :end]
        return held[0].to(keys.dtype), held[1].to(values.dtype)

    def advance(self, tokens: int) -> None:
        """Count `tokens` more as seen, after every layer has stored them."""
        if self._position is None:
            self.length += tokens

    def clear(self) -> None:
        """Forget everything, keep the memory."""
        self.length = 0
