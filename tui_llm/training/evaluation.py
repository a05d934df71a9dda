"""How good a model is on text that it has not seen: nats a token, perplexity, bits per byte.
Imports numpy, torch, `models` and `text`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from tui_llm.models.base import LanguageModel
from tui_llm.text.store import TokenStore
from tui_llm.training.devices import Device

#: An evaluation takes so many tokens at a time, or so many logits, unless a training batch has more: with few, the
#: device would wait for Python.
TOKENS_AT_ONCE, LOGITS_AT_ONCE = 8192, 2**24

#: The final scores take so many times the tokens of an evaluation during training, where there are as many.
FINAL_EVALUATION = 4


@dataclass(frozen=True)
class Evaluation:
    """The result of one evaluation.

    `loss` is nats a token, `perplexity` its exponential. `bits_per_byte` is the whole loss in bits over the UTF-8
    bytes that the tokens stand for (an end of text stands for none), so models with different tokenizers compare.
    """

    loss: float
    perplexity: float
    bits_per_byte: float
    tokens: int
    bytes: int


def window_starts(tokens: int, block_size: int, limit: int) -> np.ndarray:
    """Starts of windows that predict each of `tokens` - 1 tokens once; evenly spaced ones where `limit` is less."""
    starts = np.arange(0, tokens - 1, block_size)
    keep = max(1, math.ceil(limit / block_size))
    if len(starts) <= keep:
        return starts
    return starts[np.linspace(0, len(starts) - 1, keep).astype(np.int64)]


@torch.inference_mode()
def evaluate(
    model: LanguageModel,
    store: TokenStore,
    byte_lengths: np.ndarray,
    device: Device,
    batch_size: int,
    limit: int,
) -> Evaluation:
    """Evaluate `model` on at most `limit` tokens of `store`, in windows of its block size, each with no context
    before it (what nanoGPT measures, too).

    Args:
        byte_lengths: (V,) UTF-8 bytes that each token stands for.
    """
    was_training = model.training
    model.eval()
    starts = window_starts(len(store), model.block_size, limit)
    batch_size = max(batch_size, min(TOKENS_AT_ONCE, LOGITS_AT_ONCE // model.vocab_size) // model.block_size)
    # The last window is shorter where the text ends; it goes by itself.
    whole = starts[starts + model.block_size < len(store)]
    groups = [whole[at : at + batch_size] for at in range(0, len(whole), batch_size)]
    groups += [starts[len(whole) :]] if len(whole) < len(starts) else []
    nats, tokens, stood_for = 0.0, 0, 0
    for group in groups:
        length = min(model.block_size, len(store) - 1 - int(group[-1]))
        rows = torch.from_numpy(store.windows(group, length + 1)).to(device.torch_device)
        with device.precision():
            logits = model(rows[:, :-1])
        nats += F.cross_entropy(logits.float().flatten(0, 1), rows[:, 1:].flatten(), reduction="sum").item()
        tokens += rows[:, 1:].numel()
        stood_for += int(byte_lengths[rows[:, 1:].cpu().numpy()].sum())
    model.train(was_training)
    loss = nats / tokens
    return Evaluation(
        loss=loss,
        perplexity=math.exp(min(loss, 700.0)),
        bits_per_byte=nats / math.log(2) / max(stood_for, 1),
        tokens=tokens,
        bytes=stood_for,
    )
