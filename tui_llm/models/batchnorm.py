"""Batch normalisation over every axis but the last. Imports torch alone."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class BatchNorm(nn.Module):
    """Each channel with mean 0 and variance 1 over a batch, then scaled and shifted (Ioffe & Szegedy 2015).

    Channels are last, as everywhere here: (B, C) and (B, T, C) alike are normalised over all their axes but C.
    (torch's BatchNorm1d takes (B, C, T), and given (B, T, C) it would normalise each place by itself.) Outside
    training, running averages of mean and variance stand for the batch's: a prediction then does not depend on what
    else is in the batch.
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., C), in float32."""
        x = x.float()
        if self.training:
            axes = tuple(range(x.dim() - 1))
            variance, mean = torch.var_mean(x, dim=axes, correction=0)  # (C,), (C,)
            self._remember(mean.detach(), variance.detach(), x.numel() // x.shape[-1])
        else:
            mean, variance = self.running_mean, self.running_var
        return (x - mean) * torch.rsqrt(variance + self.eps) * self.weight + self.bias

    @torch.no_grad()
    def _remember(self, mean: Tensor, variance: Tensor, rows: int) -> None:
        """Move the running averages towards this batch; the variance without the bias of a sample, as torch does."""
        unbiased = variance * (rows / max(rows - 1, 1))
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(unbiased, self.momentum)
