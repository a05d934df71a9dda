"""From logits to the next token: temperature, top-k, top-p, repetition penalty, and a draw. Imports torch alone."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from tui_llm.errors import InputError


@dataclass(frozen=True)
class Sampling:
    """How the next token is drawn. The defaults are llama.cpp's.

    temperature: divides the logits; 0 takes the likeliest token always.
    top_k: only the k likeliest tokens may come; None or 0 cuts nothing.
    top_p: only the smallest set of likeliest tokens that together reach p may come (Holtzman et al. 2020).
    repetition_penalty: makes tokens that were already there less likely (Keskar et al. 2019); 1 changes nothing.
    """

    temperature: float = 0.8
    top_k: int | None = 40
    top_p: float | None = 0.95
    repetition_penalty: float = 1.0

    def __post_init__(self) -> None:
        for wrong, what, hint in (
            (
                not 0.0 <= self.temperature < float("inf"),
                "temperature",
                "0 or more; 0 takes the likeliest token always",
            ),
            (self.top_k is not None and self.top_k < 0, "top-k", "1 or more, or 0 to cut nothing"),
            (self.top_p is not None and not 0.0 < self.top_p <= 1.0, "top-p", "above 0 and at most 1"),
            (not 0.0 < self.repetition_penalty < float("inf"), "repetition-penalty", "above 0; 1 changes nothing"),
        ):
            if wrong:
                value = getattr(self, what.replace("-", "_"))
                raise InputError(f"--{what} cannot be {value}.", f"it is {hint}.")


def distribution(logits: Tensor, seen: Tensor, sampling: Sampling) -> Tensor:
    """The probabilities from which the next token is drawn.

    Args:
        logits: (B, V) as the model gives them.
        seen: (B, V) booleans, true for tokens that the sequence already has.

    Returns:
        (B, V) float32; every row sums to 1.
    """
    logits = logits.float()
    if sampling.repetition_penalty != 1.0:
        penalised = torch.where(logits > 0, logits / sampling.repetition_penalty, logits * sampling.repetition_penalty)
        logits = torch.where(seen, penalised, logits)
    if sampling.temperature == 0.0:
        return torch.zeros_like(logits).scatter_(1, logits.argmax(dim=1, keepdim=True), 1.0)
    probabilities = (logits / sampling.temperature).softmax(dim=1)
    if sampling.top_k and sampling.top_k < logits.shape[1]:
        kept = probabilities.topk(sampling.top_k, dim=1)
        probabilities = torch.zeros_like(probabilities).scatter_(1, kept.indices, kept.values)
    if sampling.top_p is not None and sampling.top_p < 1.0:
        values, order = probabilities.sort(dim=1, descending=True)
        # A token stays while those before it have not reached p: the likeliest one always does.
        before = values.cumsum(dim=1) - values
        whole = values.sum(dim=1, keepdim=True)
        values = values.masked_fill(before >= sampling.top_p * whole, 0.0)
        probabilities = torch.zeros_like(probabilities).scatter_(1, order, values)
    return probabilities / probabilities.sum(dim=1, keepdim=True)


def draw(probabilities: Tensor, uniform: Tensor) -> Tensor:
    """One token id a row, (B,) int64, by inverting the cumulative distribution at `uniform` (B,), each in [0, 1).

    Unlike `torch.multinomial`, a row's draw depends on its own number alone: the same seed gives the same text
    whatever else is in the batch.
    """
    cumulative = probabilities.double().cumsum(dim=1)
    points = uniform.double()[:, None] * cumulative[:, -1:]
    ids = torch.searchsorted(cumulative, points, right=True).squeeze(1)
    # A rounding error may point behind the last token that has any probability.
    last = probabilities.shape[1] - 1 - (probabilities.flip(1) > 0).int().argmax(dim=1)
    return torch.minimum(ids, last)
