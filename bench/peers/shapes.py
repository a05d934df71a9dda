"""The sizes of the models that are measured. Imports the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A model's size and its batch.

    `vocab_size` is that of the peers: 65 are the characters of tiny Shakespeare. Ours has 257 more on the same text,
    for the bytes of characters that it does not know.
    """

    n_layer: int
    n_head: int
    n_embd: int
    block_size: int
    batch_size: int
    vocab_size: int

    @property
    def tokens_per_step(self) -> int:
        """Tokens in one optimizer step."""
        return self.batch_size * self.block_size


#: a and b are nanoGPT's settings for characters, on a CPU and on a GPU; 124m is GPT-2's smallest.
SHAPES = {
    "tiny": Shape(2, 2, 32, 32, 4, 322),
    "a": Shape(4, 4, 128, 64, 12, 65),
    "b": Shape(6, 6, 384, 256, 64, 65),
    "124m": Shape(12, 12, 768, 1024, 32, 50257),
}
