"""What a configuration means before it is trained, as far as that is known: choices made, sizes, the run's length.
May import all but the faces; `probe.py` tells it to the app.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import psutil
import torch

from tui_llm.config import ModelConfig, Request, RunConfig, merge, to_request
from tui_llm.errors import InputError
from tui_llm.models import build_model
from tui_llm.models.shapes import shapes_alone
from tui_llm.presets import choose_tokenizer, resolve
from tui_llm.runs.home import corpora_folder
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.splitting import SPLITS
from tui_llm.text.tokenizers import default_vocab_size
from tui_llm.training import auto
from tui_llm.training.budget import Budget
from tui_llm.training.devices import Device, choose_device, dtype_name
from tui_llm.training.footprint import Footprint
from tui_llm.workers.service import Asked, Fields

#: Where nobody knows: bytes that a token of each kind takes, about, and tokens of a vocabulary of characters.
_BYTES_PER_TOKEN = {"char": 1.0, "sentencepiece": 3.0, "bpe": 3.0}
_CHARACTERS = 350

#: A split for validation or test has about so much of what the training has.
_SMALLEST_SHARE = 0.05 / 0.9


class Describe(Asked, frozen=True):
    """What to describe: a `request` (see `config`) and what is known of its text; a prepared `corpus` (below corpora/)
    tells everything. What is not known is assumed where it can be.
    """

    request: Request
    corpus: str | None = None
    vocab_size: int | None = None
    train_tokens: int | None = None
    smallest_split: int | None = None
    train_bytes: int | None = None


@dataclass(frozen=True)
class _Text:
    """What is known of a text, or assumed."""

    vocab_size: int
    train_tokens: int | None
    smallest_split: int | None
    documents: int | None = None
    assumed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """A configuration with all its choices made."""

    config: RunConfig
    text: _Text
    device: Device
    explanation: str | None

    @property
    def tokens_per_step(self) -> int:
        training = self.config.training
        return training.batch_size * training.gradient_accumulation_steps * self.config.model.block_size


def plan_of(asked: Describe) -> Plan:
    """The configuration that a training would settle on.

    Raises:
        InputError: there is none, or `auto` has no text to choose for.
    """
    request = asked.request
    config = resolve(request)
    device = choose_device(config.system)
    if config.preset == "auto" and "tokenizer" not in request.get("data", {}) and asked.train_bytes is not None:
        request = merge(request, {"data": {"tokenizer": choose_tokenizer(asked.train_bytes)}})
        config = resolve(request)
    corpus = asked.corpus or config.data.corpus
    text = _text_of_corpus(corpus) if corpus is not None else _text(asked, config)
    if config.preset != "auto" or not auto.is_open(request):
        return Plan(config, text, device, None)
    if text.train_tokens is None or text.smallest_split is None:
        raise InputError("auto chooses for a text, and there is none yet.", "choose a text, or another preset.")
    facts = auto.Facts(
        train_tokens=text.train_tokens,
        smallest_split=text.smallest_split,
        vocab_size=text.vocab_size,
        seconds=auto.seconds_of(config.training),
        rates=_rates(device, config.system.dtype),
        device=device.torch_device.type,
    )
    chosen = auto.choose_for(request, facts, device)
    config = resolve(request, chosen)
    return Plan(config, text, choose_device(config.system), auto.explain(facts, chosen, request))


@cache
def _rates(device: Device, asked: str) -> dict[str, float]:
    return auto.matrix_rates(device, asked)


def _text_of_corpus(corpus: str) -> _Text:
    stats = PreparedCorpus(corpora_folder() / corpus).stats
    tokens = {split: stats.splits[split].tokens for split in SPLITS}
    return _Text(stats.vocab_size, tokens["train"], min(tokens.values()), stats.splits["train"].documents)


def _text(asked: Describe, config: RunConfig) -> _Text:
    """The text as far as it is known; the rest from its size in bytes."""
    assumed = []
    vocab_size, tokens, smallest = asked.vocab_size or config.data.vocab_size, asked.train_tokens, asked.smallest_split
    kind = config.data.tokenizer
    if vocab_size is None:
        vocab_size = _CHARACTERS if kind == "char" else default_vocab_size(asked.train_bytes or 1_000_000)
        assumed.append("vocab_size")
    if tokens is None and asked.train_bytes is not None:
        tokens = max(1, int(asked.train_bytes / _BYTES_PER_TOKEN[kind]))
        assumed.append("train_tokens")
    if smallest is None and tokens is not None:
        smallest = max(2, int(tokens * _SMALLEST_SHARE))
        assumed.append("smallest_split")
    return _Text(vocab_size, tokens, smallest, assumed=assumed)


def told(plan: Plan, size: Footprint) -> Fields:
    text, tokens = plan.text, plan.text.train_tokens
    return {
        "config": to_request(plan.config),
        "explanation": plan.explanation,
        "device": plan.device.name,
        "dtype": dtype_name(plan.device.dtype),
        "parameters": size.parameters,
        "parameters_embedding": size.parameters_embedding,
        "memory_bytes": size.total,
        "memory": {name: getattr(size, name) for name in ("weights", "gradients", "optimizer", "activations")},
        "memory_free": memory_free(plan.device),
        "vocab_size": text.vocab_size,
        "train_tokens": tokens,
        "assumed": text.assumed,
        "tokens_per_parameter": tokens / size.parameters if tokens is not None else None,
        "tokens_per_document": tokens / max(text.documents, 1) if tokens is not None and text.documents else None,
        "tokens_per_step": plan.tokens_per_step,
        "largest_block": text.smallest_split - 1 if text.smallest_split is not None else None,
    }


def expected(plan: Plan, step_seconds: float | None) -> Fields:
    """How long the run will be, as far as that is known: steps, tokens, epochs, seconds."""
    training, tokens = plan.config.training, plan.text.train_tokens
    most_epochs = _most_epochs(plan.config.model)
    minutes = training.minutes if most_epochs is None else None
    epochs = training.epochs if most_epochs is None else min(most_epochs, training.epochs or most_epochs)
    steps: float | None = training.max_steps
    if epochs is not None and tokens is not None:
        windows = max(1, tokens // plan.config.model.block_size - 1)
        steps = Budget(training, windows, most_epochs).max_steps
    if minutes is not None and step_seconds is not None:
        steps = minutes * 60.0 / step_seconds
    seen = steps * plan.tokens_per_step if steps is not None else None
    seconds = minutes * 60.0 if minutes is not None else None
    if seconds is None and steps is not None and step_seconds is not None:
        seconds = steps * step_seconds
    return {
        "steps": int(steps) if steps is not None else None,
        "tokens": int(seen) if seen is not None else None,
        "epochs": seen / tokens if seen is not None and tokens else epochs,
        "seconds": seconds,
    }


def _most_epochs(config: ModelConfig) -> float | None:
    """Passes over the text after which such a model has learnt what it can; None where there is no end."""
    with shapes_alone():  # a shape and no memory
        return build_model(ModelConfig(name=config.name), vocab_size=2).most_epochs


def memory_free(device: Device) -> int | None:
    """Bytes that `device` has free, where it tells."""
    if device.torch_device.type == "cuda":
        return torch.cuda.mem_get_info(device.torch_device)[0]
    return psutil.virtual_memory().available if device.torch_device.type == "cpu" else None


def check_memory(size: Footprint, device: Device) -> None:
    """Refuse what would take the memory of the whole machine, trainings that run on it included."""
    free = memory_free(device)
    if device.torch_device.type == "cpu" and free is not None and size.total > free:
        raise InputError(
            f"this would take about {size.total / 1e9:,.1f} GB of memory; {free / 1e9:,.1f} GB are free.",
            "make the batch, the block or the model smaller.",
        )
