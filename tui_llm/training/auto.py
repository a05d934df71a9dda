"""What the preset `auto` chooses: size, batch and rates for this text, this machine, this time.
Imports torch, `config`, `presets`.

The rule and its measurements: docs/decisions/auto.md.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import torch

from tui_llm.config import Request, TrainingConfig
from tui_llm.presets import DEFAULT_MINUTES
from tui_llm.training.devices import Device

#: (layers, heads, width), by rising cost.
LADDER = ((3, 3, 96), (4, 4, 128), (6, 6, 192), (6, 4, 256), (6, 6, 384), (8, 8, 512), (12, 12, 768))

#: The share of the measured matrix rate that a whole training step reaches.
EFFICIENCY = {"cpu": 0.22, "mps": 0.22, "cuda": 0.35}

#: A size is worth its time if it can see so many tokens for each of its parameters. (Far below the 20 at which
#: Hoffmann et al. 2022 found large models best trained: with Muon and minutes, width pays sooner.)
TOKENS_PER_PARAMETER = 1.0

#: A model with more parameters than this share of its training tokens learns them by heart before the time is up.
PARAMETERS_PER_TEXT_TOKEN = 4.0

#: What `choose` settles, unless the request does.
CHOICES = {
    "model": ("n_layer", "n_head", "n_embd", "block_size", "dropout"),
    "training": ("batch_size", "lr", "warmup_steps"),
}


@dataclass(frozen=True)
class Facts:
    """What the choice is made from."""

    train_tokens: int
    smallest_split: int
    """Tokens of the shortest of train, val and test."""
    vocab_size: int
    seconds: float
    flops: float
    """Floating-point operations a second that large matrix products reach on this device."""
    device: str


def is_open(request: Request) -> bool:
    """Whether `request` leaves anything to choose; the `run.toml` of a run that has begun does not."""
    return any(name not in request.get(section, {}) for section, names in CHOICES.items() for name in names)


def seconds_of(training: TrainingConfig) -> float:
    """The time to choose for; that of a run without a budget where one in steps or epochs says nothing of it."""
    return 60.0 * (training.minutes or DEFAULT_MINUTES)


def matrix_rate(device: Device) -> float:
    """Measure operations a second of matrix products of a common size, in the device's precision; takes about 0.3 s."""
    size = 4096 if device.torch_device.type == "cuda" else 768
    left = torch.randn(size, size, device=device.torch_device, dtype=device.dtype)
    best = 0.0
    ends = time.monotonic() + 0.3
    while time.monotonic() < ends:
        began = time.perf_counter()
        product = left @ left
        product[0, 0].item()  # waits for the device
        best = max(best, 2.0 * size**3 / (time.perf_counter() - began))
    return best


def explain(facts: Facts, chosen: Request, request: Request) -> str:
    """Three lines that say what `auto` chose and why, the request's own settings included."""
    model = {**chosen["model"], **request.get("model", {})}
    training = {**chosen["training"], **request.get("training", {})}
    return "\n".join(
        (
            f"auto: {facts.train_tokens:,} training tokens from a vocabulary of {facts.vocab_size:,}; this device "
            f"multiplies matrices at {facts.flops / 1e9:,.0f} GFLOP/s.",
            f"auto: {model['n_layer']} layers, {model['n_head']} heads, {model['n_embd']} wide, block "
            f"{model['block_size']}: what {facts.seconds / 60:g} minutes can feed.",
            f"auto: batches of {training['batch_size']}, rate {training['lr']:g}, dropout {model['dropout']:g}.",
        )
    )


def choose(facts: Facts) -> Request:
    """The settings of a run, as a request to lay over the preset's own."""
    layers, heads, width = _size(facts)
    block_size = min(256 if facts.seconds > 600 or facts.device == "cuda" else 128, facts.smallest_split - 1)
    batch_size = max(8, (2048 if facts.device == "cpu" else 16_384) // max(block_size, 1))
    seen = _tokens_in_time(facts, layers, width)
    epochs = seen / facts.train_tokens
    settings: dict[str, Any] = {
        "model": {
            "n_layer": layers,
            "n_head": heads,
            "n_embd": width,
            "block_size": block_size,
            "dropout": 0.0 if epochs < 4 else 0.1 if epochs < 20 else 0.2,
        },
        "training": {"batch_size": batch_size, "lr": 5e-3 if width <= 256 else 3e-3, "warmup_steps": 20},
    }
    return settings


def _parameters(layers: int, width: int) -> int:
    return 12 * layers * width * width


def _tokens_in_time(facts: Facts, layers: int, width: int) -> float:
    """Tokens that the device can train on in the time: six operations a token and parameter, head included."""
    operations = 6.0 * (_parameters(layers, width) + facts.vocab_size * width)
    return facts.flops * EFFICIENCY[facts.device] * facts.seconds / operations


def _size(facts: Facts) -> tuple[int, int, int]:
    """The largest size that the time can feed and the text can fill."""
    chosen = LADDER[0]
    for layers, heads, width in LADDER:
        parameters = _parameters(layers, width)
        fed = _tokens_in_time(facts, layers, width) >= TOKENS_PER_PARAMETER * parameters
        filled = parameters <= PARAMETERS_PER_TEXT_TOKEN * facts.train_tokens
        if fed and filled:
            chosen = (layers, heads, width)
    return chosen
