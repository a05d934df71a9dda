"""Batch normalisation over every axis but the last. Imports torch alone."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class BatchNorm(nn.Module):
    """Each channel with mean 0 and variance 1 over a batch, then scaled and shifted (Ioffe & Szegedy 2015).

    Channels are last, as everywhere here: (B, C) and (B, T, C) alike are normalised over all their axes but C. (Torch's
    BatchNorm1d takes (B, C, T); given (B, T, C), it would normalise each place by itself.) Outside training, running
    averages of mean and variance stand for the batch's: a prediction then does not depend on what else is in the batch.
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., C)."""
        rows = x.flatten(0, -2)
        normal = F.batch_norm(rows, self.running_mean, self.running_var, self.weight, self.bias, self.training)
        return normal.view_as(x)
