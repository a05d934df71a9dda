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


def penalised(logits: Tensor, seen: Tensor | None, sampling: Sampling) -> Tensor:
    """(B, V) logits, those of tokens in `seen` (B, V) made less likely; `seen` is not looked at without a penalty."""
    if sampling.repetition_penalty == 1.0 or seen is None:
        return logits
    lower = torch.where(logits > 0, logits / sampling.repetition_penalty, logits * sampling.repetition_penalty)
    return torch.where(seen, lower, logits)


def shortlist(
    logits: Tensor, sampling: Sampling, likeliest: tuple[Tensor, Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """The tokens that may come, and how likely each is: what is cut first need not be computed.

    Args:
        logits: (B, V), penalised.
        likeliest: what `logits.topk` gives for at least `sampling.top_k`, if it is known already.

    Returns:
        (B, K) ids in ascending order, K at most V, and (B, K) probabilities, some of which may be 0; their sum may be
        less than 1.
    """
    if sampling.temperature == 0.0:
        ids = logits.argmax(dim=1, keepdim=True)
        return ids, torch.ones_like(ids, dtype=logits.dtype)
    k = min(sampling.top_k or logits.shape[1], logits.shape[1])
    if k == logits.shape[1] and (sampling.top_p is None or sampling.top_p == 1.0):
        ids = torch.arange(k, device=logits.device).expand_as(logits)
        return ids, (logits / sampling.temperature).softmax(dim=1)
    values, ids = likeliest if likeliest is not None else logits.topk(k, dim=1)
    values, ids = values[:, :k], ids[:, :k]
    probabilities = (values / sampling.temperature).softmax(dim=1)
    if sampling.top_p is not None and sampling.top_p < 1.0:
        # A token stays while those before it have not reached p: the likeliest one always does.
        before = probabilities.cumsum(dim=1) - probabilities
        probabilities = probabilities.masked_fill_(before >= sampling.top_p, 0.0)
    ids, order = ids.sort(dim=1)
    return ids, probabilities.gather(1, order)


def draw(probabilities: Tensor, uniform: Tensor) -> Tensor:
    """One place a row, (B,) int64, by inverting the cumulative distribution at `uniform` (B,), each in [0, 1).

    Unlike `torch.multinomial`, a row's draw depends on its own number alone: the same seed gives the same text
    whatever else is in the batch.
    """
    cumulative = probabilities.double().cumsum(dim=1)
    whole = cumulative[:, -1:].contiguous()
    places = torch.searchsorted(cumulative, whole * uniform[:, None], right=True)
    # A rounding error may point behind the last token that has any probability.
    return torch.minimum(places, torch.searchsorted(cumulative, whole)).squeeze(1)
