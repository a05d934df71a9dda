"""Lightning's litgpt: its GPT, by its defaults in the manner of Pythia (pip install litgpt)."""

from __future__ import annotations

import argparse

from litgpt.config import Config
from litgpt.model import GPT
from litgpt.utils import chunked_cross_entropy
from torch import Tensor

from peers.measuring import call, tell, training_rate
from peers.shapes import Shape


def train(arguments: argparse.Namespace) -> None:
    """Tokens a second of a plain training loop around its model and its loss."""
    shape: Shape = arguments.shape
    config = Config(
        block_size=shape.block_size,
        vocab_size=shape.vocab_size,
        padded_vocab_size=shape.vocab_size,
        n_layer=shape.n_layer,
        n_head=shape.n_head,
        n_embd=shape.n_embd,
    )
    model = GPT(config).train()
    model.apply(model._init_weights)

    def loss_of(ids: Tensor, targets: Tensor) -> Tensor:
        loss: Tensor = chunked_cross_entropy(model(ids), targets, chunk_size=0)
        return loss

    parameters = list(model.parameters())
    rate = training_rate(parameters, loss_of, arguments)
    tell(tokens_per_second=rate, parameters=sum(parameter.numel() for parameter in parameters))


if __name__ == "__main__":
    call({"train": train})
