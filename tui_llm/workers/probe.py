"""The worker that says what a configuration means before it is trained: `python -m tui_llm.workers.probe`, asked over
pipes (`service.py`). May import all but the faces; writes nothing.

    describe  {request, corpus, vocab_size, train_tokens, smallest_split, train_bytes}
    probe     {the same, seconds}   "progress"

"done" tells of both the same things, of a probe also what was measured: see `Prober`.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cache

import psutil
import torch

from tui_llm.config import Request, RunConfig, merge, to_request
from tui_llm.errors import InputError
from tui_llm.models import build_model
from tui_llm.presets import choose_tokenizer, resolve
from tui_llm.runs.home import corpora_folder
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.splitting import SPLITS
from tui_llm.text.tokenizers import default_vocab_size
from tui_llm.training import auto
from tui_llm.training.budget import Budget
from tui_llm.training.compiling import LossFunction, compiled_loss
from tui_llm.training.devices import Device, choose_device, seed_step
from tui_llm.training.footprint import Footprint, footprint
from tui_llm.training.optimizers import Optimizers
from tui_llm.workers.service import Asked, Fields, Job, Operation, Slices, serve

#: Where nobody knows: bytes that a token of each kind takes, about, and tokens of a vocabulary of characters.
_BYTES_PER_TOKEN = {"char": 1.0, "sentencepiece": 3.0, "bpe": 3.0}
_CHARACTERS = 350

#: A split for validation or test has about so much of what the training has.
_SMALLEST_SHARE = 0.05 / 0.9

#: Seconds of steps between two moments at which a probe waits for the device.
_CHUNK = 0.2


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


class Probe(Describe, frozen=True):
    """What to measure, and for about how long."""

    seconds: float = 3.0


@dataclass(frozen=True)
class _Text:
    """What is known of a text, or assumed."""

    vocab_size: int
    train_tokens: int | None
    smallest_split: int | None
    documents: int | None = None
    assumed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Plan:
    """A configuration with all its choices made."""

    config: RunConfig
    text: _Text
    device: Device
    explanation: str | None

    @property
    def tokens_per_step(self) -> int:
        training = self.config.training
        return training.batch_size * training.gradient_accumulation_steps * self.config.model.block_size


class Prober:
    """The operations."""

    def describe(self, asked: Describe, _job: Job) -> Slices:
        """Tell what a configuration means. Sizes are in bytes; `memory_bytes` is an estimate for the training, of which
        `memory` tells the parts; `assumed` names what was not known of the text.
        """
        yield
        plan = _plan(asked)
        return _told(plan, footprint(plan.config, plan.text.vocab_size, plan.device)) | _expected(plan, None)

    def probe(self, asked: Probe, job: Job) -> Slices:
        """Train for some seconds on random tokens, and tell how fast that was, too."""
        yield
        plan = _plan(asked)
        size = footprint(plan.config, plan.text.vocab_size, plan.device)
        _check_memory(size, plan.device)
        is_cuda = plan.device.torch_device.type == "cuda"
        if is_cuda:
            torch.cuda.reset_peak_memory_stats(plan.device.torch_device)
        try:
            step_seconds = yield from _measure(plan, asked.seconds, job)
        finally:
            if is_cuda:  # a training may want it
                torch.cuda.empty_cache()
        measured = {
            "step_seconds": step_seconds,
            "tokens_per_second": plan.tokens_per_step / step_seconds,
            "memory_measured": _memory_used(plan.device),
        }
        return _told(plan, size) | measured | _expected(plan, step_seconds)


def _plan(asked: Describe) -> _Plan:
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
        return _Plan(config, text, device, None)
    if text.train_tokens is None or text.smallest_split is None:
        raise InputError("auto chooses for a text, and there is none yet.", "choose a text, or another preset.")
    facts = auto.Facts(
        train_tokens=text.train_tokens,
        smallest_split=text.smallest_split,
        vocab_size=text.vocab_size,
        seconds=auto.seconds_of(config.training),
        flops=_rate(device),
        device=device.torch_device.type,
    )
    chosen = auto.choose(facts)
    return _Plan(resolve(request, chosen), text, device, auto.explain(facts, chosen, request))


@cache
def _rate(device: Device) -> float:
    return auto.matrix_rate(device)


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


def _told(plan: _Plan, size: Footprint) -> Fields:
    text, tokens = plan.text, plan.text.train_tokens
    return {
        "config": to_request(plan.config),
        "explanation": plan.explanation,
        "device": plan.device.name,
        "dtype": str(plan.device.dtype).removeprefix("torch."),
        "parameters": size.parameters,
        "parameters_embedding": size.parameters_embedding,
        "memory_bytes": size.total,
        "memory": {name: getattr(size, name) for name in ("weights", "gradients", "optimizer", "activations")},
        "memory_free": _memory_free(plan.device),
        "vocab_size": text.vocab_size,
        "train_tokens": tokens,
        "assumed": text.assumed,
        "tokens_per_parameter": tokens / size.parameters if tokens is not None else None,
        "tokens_per_document": tokens / max(text.documents, 1) if tokens is not None and text.documents else None,
        "tokens_per_step": plan.tokens_per_step,
        "largest_block": text.smallest_split - 1 if text.smallest_split is not None else None,
    }


def _expected(plan: _Plan, step_seconds: float | None) -> Fields:
    """How long the run will be, as far as that is known: steps, tokens, epochs, seconds."""
    training, tokens = plan.config.training, plan.text.train_tokens
    steps: float | None = training.max_steps
    if training.epochs is not None and tokens is not None:
        windows = max(1, tokens // plan.config.model.block_size - 1)
        steps = Budget(training, windows).max_steps
    if training.minutes is not None and step_seconds is not None:
        steps = training.minutes * 60.0 / step_seconds
    seen = steps * plan.tokens_per_step if steps is not None else None
    seconds = training.minutes * 60.0 if training.minutes is not None else None
    if seconds is None and steps is not None and step_seconds is not None:
        seconds = steps * step_seconds
    return {
        "steps": int(steps) if steps is not None else None,
        "tokens": int(seen) if seen is not None else None,
        "epochs": seen / tokens if seen is not None and tokens else training.epochs,
        "seconds": seconds,
    }


def _measure(plan: _Plan, seconds: float, job: Job) -> Generator[None, None, float]:
    """Seconds of a step of the training, measured for about `seconds` after the first steps."""
    job.progress("building", 0.0)
    training, device = plan.config.training, plan.device
    torch.manual_seed(training.seed)
    model = build_model(plan.config.model, plan.text.vocab_size).to(device.torch_device).train()
    yield
    job.progress("compiling", 0.0)  # or not, as the configuration says
    loss_of, _ = compiled_loss(model, plan.config.system.compile, device, training.batch_size)
    step = _Step(plan, loss_of, Optimizers(model, training))
    for _ in range(2):  # the first ones pay for what is paid once
        step.take(1)
        yield
    began = time.perf_counter()
    steps, chunk, elapsed = 0, 1, 0.0
    while elapsed < seconds:
        job.progress("measuring", elapsed / seconds)
        step.take(chunk)
        steps, elapsed = steps + chunk, time.perf_counter() - began
        chunk = max(1, int(_CHUNK * steps / elapsed))
        yield
    return elapsed / steps


class _Step:
    """Optimizer steps as `training.loop.Trainer` takes them, on random tokens."""

    def __init__(self, plan: _Plan, loss_of: LossFunction, optimizers: Optimizers) -> None:
        self._plan, self._loss_of, self._optimizers = plan, loss_of, optimizers
        self._number = 0

    def take(self, count: int) -> None:
        """Take `count` steps, and wait for the device after the last."""
        for _ in range(count):
            norm = self._take_one()
        norm.item()

    def _take_one(self) -> torch.Tensor:
        training, device = self._plan.config.training, self._plan.device
        seed_step(training.seed, self._number)
        self._number += 1
        shape = training.batch_size, self._plan.config.model.block_size + 1
        for _ in range(training.gradient_accumulation_steps):
            rows = torch.randint(self._plan.text.vocab_size, shape).to(device.torch_device)
            with device.precision():
                loss = self._loss_of(rows[:, :-1], rows[:, 1:]) / training.gradient_accumulation_steps
            loss.backward()  # type: ignore[no-untyped-call]
        return self._optimizers.step(training.lr)


def _memory_free(device: Device) -> int | None:
    """Bytes that `device` has free, where it tells."""
    if device.torch_device.type == "cuda":
        return torch.cuda.mem_get_info(device.torch_device)[0]
    return psutil.virtual_memory().available if device.torch_device.type == "cpu" else None


def _memory_used(device: Device) -> int | None:
    """Bytes that the steps took at most, where the device tells."""
    return torch.cuda.max_memory_allocated(device.torch_device) if device.torch_device.type == "cuda" else None


def _check_memory(size: Footprint, device: Device) -> None:
    """Refuse what would take the memory of the whole machine, trainings that run on it included."""
    free = _memory_free(device)
    if device.torch_device.type == "cpu" and free is not None and size.total > free:
        raise InputError(
            f"this would take about {size.total / 1e9:,.1f} GB of memory; {free / 1e9:,.1f} GB are free.",
            "make the batch, the block or the model smaller.",
        )


def main() -> None:
    """Answer until the input ends."""
    prober = Prober()
    serve(
        {
            "describe": Operation(Describe, prober.describe, "describing the configuration"),
            "probe": Operation(Probe, prober.probe, "these steps"),
        }
    )


if __name__ == "__main__":
    main()
