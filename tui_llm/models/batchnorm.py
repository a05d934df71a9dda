"""Batch normalisation over every axis but the last. Imports torch alone."""

from __future__ import annotations

from torch import Tensor, nn


class BatchNorm(nn.BatchNorm1d):
    """Each channel with mean 0 and variance 1 over a batch, then scaled and shifted (Ioffe & Szegedy 2015).

    Channels are last, as everywhere here: (B, C) and (B, T, C) alike are normalised over all their axes but C. Torch's
    own takes (B, C, T); given (B, T, C) it would normalise each place by itself, and fail for another T. Outside
    training, running averages of mean and variance stand for the batch's: a prediction then does not depend on what
    else is in the batch.
    """

    def __init__(self, channels: int) -> None:
        super().__init__(channels)
        self.register_buffer("num_batches_tracked", None)  # for averages over all batches; these fade

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., C)."""
        return super().forward(x.flatten(0, -2)).view_as(x)
