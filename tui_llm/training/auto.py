"""What the preset `auto` chooses: size, batch and rates for this text, this machine, this time.
Imports torch, `config`, `presets`.

The rule and its measurements: docs/decisions/auto.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import torch

from tui_llm.config import Request, RunConfig, TrainingConfig, merge
from tui_llm.presets import DEFAULT_MINUTES, resolve
from tui_llm.training.devices import Device, dtype_name, free_memory
from tui_llm.training.footprint import at_most, footprint
from tui_llm.training.utilisation import matrix_rate

#: (layers, heads, width), by rising cost.
LADDER = ((3, 3, 96), (4, 4, 128), (5, 5, 160), (6, 6, 192), (6, 4, 256), (6, 6, 384), (8, 8, 512), (12, 12, 768))

#: The share of the measured matrix rate that a whole training step reaches.
EFFICIENCY = {"cpu": 0.28, "mps": 0.22, "cuda": 0.35}

#: A size is worth its time if it can see so many tokens for each of its parameters. (Far below the 20 at which
#: Hoffmann et al. 2022 found large models best trained: with Muon and minutes, width pays sooner.)
TOKENS_PER_PARAMETER = 2.0

#: A model with more parameters than this share of its training tokens learns them by heart before the time is up.
PARAMETERS_PER_TEXT_TOKEN = 4.0

#: What `choose` settles, unless the request does.
CHOICES = {
    "model": ("n_layer", "n_head", "n_embd", "block_size", "dropout"),
    "training": ("batch_size", "lr", "warmup_steps"),
    "system": ("dtype", "compile"),
}

#: Of the memory that is free, a training may take this share: its footprint is an estimate.
MEMORY_SHARE = 0.7


@dataclass(frozen=True)
class Facts:
    """What the choice is made from."""

    train_tokens: int
    smallest_split: int
    """Tokens of the shortest of train, val and test."""
    vocab_size: int
    seconds: float
    rates: Mapping[str, float]
    """Floating-point operations a second that matrix products reach on this device, in each precision."""
    device: str

    @property
    def dtype(self) -> str:
        """The quickest precision."""
        return max(self.rates, key=lambda dtype: self.rates[dtype])

    @property
    def flops(self) -> float:
        """What the quickest precision reaches."""
        return self.rates[self.dtype]


def is_open(request: Request) -> bool:
    """Whether `request` leaves anything to choose; the `run.toml` of a run that has begun does not."""
    return any(name not in request.get(section, {}) for section, names in CHOICES.items() for name in names)


def seconds_of(training: TrainingConfig) -> float:
    """The time to choose for; that of a run without a budget where one in steps or epochs says nothing of it."""
    return 60.0 * (training.minutes or DEFAULT_MINUTES)


def matrix_rates(device: Device, asked: str) -> dict[str, float]:
    """Measure operations a second of matrix products of a common size, in the precision `asked`, or in all for "auto".

    Takes about 0.3 s a precision. One that the device lacks the units for is slow, and so is not chosen.
    """
    tried = (torch.float32, torch.bfloat16) if asked == "auto" and device.dtype != torch.float32 else (device.dtype,)
    return {dtype_name(dtype): matrix_rate(device.torch_device, dtype) for dtype in tried}


def explain(facts: Facts, chosen: Request, request: Request) -> str:
    """Three lines that say what `auto` chose and why, the request's own settings included."""
    model = {**chosen["model"], **request.get("model", {})}
    training = {**chosen["training"], **request.get("training", {})}
    system = {**chosen["system"], **request.get("system", {})}
    rates = ", ".join(f"{rate / 1e9:,.0f} GFLOP/s in {dtype}" for dtype, rate in facts.rates.items())
    compiled = "compiled" if system["compile"] else "not compiled"
    return "\n".join(
        (
            f"auto: {facts.train_tokens:,} training tokens from a vocabulary of {facts.vocab_size:,}; this device "
            f"multiplies matrices at {rates}.",
            f"auto: {model['n_layer']} layers, {model['n_head']} heads, {model['n_embd']} wide, block "
            f"{model['block_size']}: what {facts.seconds / 60:g} minutes can feed.",
            f"auto: batches of {training['batch_size']}, rate {training['lr']:g}, dropout {model['dropout']:g}, "
            f"{compiled}.",
        )
    )


def choose_for(request: Request, facts: Facts, device: Device) -> Request:
    """What `choose` says, with a batch that fits into the memory, unless `request` has one."""
    chosen = choose(facts)
    if "batch_size" in request.get("training", {}):
        return chosen
    return merge(chosen, fit_memory(resolve(request, chosen), facts.vocab_size, device))


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
            "dropout": 0.0 if epochs < 8 else 0.1 if epochs < 20 else 0.2,
        },
        "training": {"batch_size": batch_size, "lr": 5e-3 if width <= 256 else 3e-3, "warmup_steps": 20},
        # On CPUs it makes a step of float32 no quicker, and one of bfloat16 no quicker than `models.fused` does.
        "system": {"dtype": facts.dtype, "compile": facts.device == "cuda"},
    }
    return settings


def fit_memory(config: RunConfig, vocab_size: int, device: Device) -> Request:
    """A smaller batch, its gradients accumulated over as many more, where the one of `config` would not fit."""
    batch, accumulate = config.training.batch_size, config.training.gradient_accumulation_steps
    room = MEMORY_SHARE * free_memory(device)
    while batch > 1:
        training = msgspec.structs.replace(config.training, batch_size=batch)
        tried = msgspec.structs.replace(config, training=training)
        if at_most(tried, vocab_size) <= room or footprint(tried, vocab_size, device).total <= room:
            break
        batch, accumulate = (batch + 1) // 2, accumulate * 2
    return {"training": {"batch_size": batch, "gradient_accumulation_steps": accumulate}}


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
