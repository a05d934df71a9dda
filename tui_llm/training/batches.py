"""Which tokens make batch n: computed from (seed, n), never remembered, so that resuming is exact.
Imports numpy, torch and `text.store`.

An epoch cuts the token stream into windows of block_size + 1 (neighbours share one token), beginning at an offset of
its own, and takes them in an order of its own: every token is seen once an epoch, and never twice in the same window.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from tui_llm.text.store import TokenStore


class Batches:
    """Random access to the training batches of a token store."""

    def __init__(self, store: TokenStore, block_size: int, batch_size: int, seed: int) -> None:
        """`store` must hold at least block_size + 1 tokens."""
        self.store = store
        self.block_size = block_size
        self.batch_size = batch_size
        self.seed = seed
        self.windows_per_epoch = max(1, len(store) // block_size - 1)
        # What the windows of an epoch leave over is where its offset can lie.
        spare = len(store) - 1 - self.windows_per_epoch * block_size
        self._offsets = min(spare + 1, block_size)
        self._epoch = -1
        self._offset = 0
        self._order = np.empty(0, dtype=np.int64)

    def __getitem__(self, n: int) -> tuple[Tensor, Tensor]:
        """Batch `n` of the run: ids and targets, each (B, T) int64 on the CPU."""
        first = n * self.batch_size
        starts = np.array([self._start(first + row) for row in range(self.batch_size)], dtype=np.int64)
        rows = torch.from_numpy(self.store.windows(starts, self.block_size + 1))
        return rows[:, :-1], rows[:, 1:]

    def _start(self, window: int) -> int:
        """Where the run's window number `window`, counted over all epochs, begins in the token stream."""
        epoch, place = divmod(window, self.windows_per_epoch)
        if epoch != self._epoch:
            draw = np.random.default_rng([self.seed, epoch])
            self._epoch = epoch
            self._offset = int(draw.integers(self._offsets))
            self._order = draw.permutation(np.arange(self.windows_per_epoch, dtype=np.int64))
        return self._offset + int(self._order[place]) * self.block_size
