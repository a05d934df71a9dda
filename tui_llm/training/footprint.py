"""How much memory a training takes, estimated without taking it. Imports torch, `config`, `models`, `training`.

The model is built on torch's meta device, where tensors have a shape and no memory, and one forward pass is recorded:
what autograd keeps for the backward pass is what the activations weigh. This is done with one layer and with two; every
further layer weighs what the second does, if all see as many places.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import msgspec
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from tui_llm.config import MODEL_FIELDS, RunConfig
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.training.devices import Device

#: Gradients, the optimizers' state and logits are float32 numbers.
_NUMBER = 4

#: What activations under autocast weigh beside those in float32: products are halved; softmax and the norms of
#: Transformers are not; tanh and batch normalisation take what they are given.
_MIXED, _MIXED_TANH = 0.65, 0.5

#: The same of `modern` where `models.fused` keeps less: on CPUs, by the precision.
_FUSED = {torch.float32: 0.8, torch.bfloat16: 0.45}


@dataclass(frozen=True)
class Footprint:
    """A model's size in numbers, and the bytes of memory that training it takes.

    Of what torch allocated at most, on the CPU in both precisions, the estimate was between 95 and 130 % over all
    models. Not in it: what torch itself takes, what the allocator leaves unused, and what compiled kernels save.
    """

    parameters: int
    parameters_embedding: int
    weights: int
    """With what is not learnt by gradient: a bigram's counts, running averages."""
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        """Bytes at the worst moment, early in a backward pass."""
        return self.weights + self.gradients + self.optimizer + self.activations


def footprint(config: RunConfig, vocab_size: int, device: Device) -> Footprint:
    """What training `config` on `device` takes; computed in some hundredths of a second, whatever the size.

    Raises:
        InputError: there is no such model for so many tokens.
    """
    layers = config.model.n_layer
    if config.model.name == "wavenet":  # each layer lengthens the sequence that all before it see
        return _footprint(config, layers, vocab_size, device)
    one, two = (_footprint(config, few, vocab_size, device) for few in (1, 2))

    def whole(name: str) -> int:
        first: int = getattr(one, name)
        second: int = getattr(two, name)
        return first + (layers - 1) * (second - first)

    return Footprint(**{part.name: whole(part.name) for part in fields(Footprint)})


def at_most(config: RunConfig, vocab_size: int) -> float:
    """Bytes that training a Transformer surely does not exceed, at once; infinite for other models.

    `footprint` takes a second where nothing has loaded torch's compiler yet: the meta device asks it. Who only wants to
    know that there is plenty of memory asks here.
    """
    model = config.model
    if model.name not in ("gpt", "modern", "encoder"):
        return math.inf
    tokens = config.training.batch_size * model.block_size
    width = max(model.n_embd, (model.n_inner or 0) / 4)
    numbers_per_token = model.n_layer * (60 * width + 6 * model.n_head * model.block_size) + 8 * vocab_size
    parameters = 18 * model.n_layer * width**2 + (2 * vocab_size + model.block_size) * width
    return _NUMBER * (tokens * numbers_per_token + 4 * parameters)


def _footprint(config: RunConfig, layers: int, vocab_size: int, device: Device) -> Footprint:
    with torch.device("meta"):
        model = build_model(msgspec.structs.replace(config.model, n_layer=layers), vocab_size)
        ids = torch.zeros(config.training.batch_size, config.model.block_size, dtype=torch.int64)
    embeddings = (module for module in model.modules() if isinstance(module, nn.Embedding))
    held = chain(model.parameters(), model.buffers())
    return Footprint(
        parameters=model.parameter_count(),
        parameters_embedding=sum(module.weight.numel() for module in embeddings),
        weights=sum(tensor.numel() * tensor.element_size() for tensor in held),
        gradients=_NUMBER * sum(parameter.numel() for parameter in model.parameters()),
        optimizer=_NUMBER * _optimizer_numbers(model, config.training.optimizer),
        activations=_activations(model, ids, device),
    )


def _optimizer_numbers(model: LanguageModel, optimizer: str) -> int:
    """AdamW remembers two numbers for each parameter, Muon one."""
    muon = set(model.hidden_matrices()) if optimizer == "muon" else set()
    return sum(weight.numel() * (1 if name in muon else 2) for name, weight in model.named_parameters())


def _activations(model: LanguageModel, ids: Tensor, device: Device) -> int:
    """Bytes that one forward pass leaves for the backward pass, and those of the first gradients there."""
    logits = _NUMBER * ids.numel() * model.vocab_size
    kept = _kept_for_backward(model, ids, fused=_attention_is_fused(model, device))
    if not kept:  # nothing learns by gradient: a count is 8 bytes, then a number, and its logarithm another
        return 4 * logits
    mixed = _MIXED_TANH if "batch_norm" in MODEL_FIELDS[model.config.name] else _MIXED
    share = 1.0 if device.dtype == torch.float32 else mixed
    if model.config.name == "modern" and device.torch_device.type == "cpu" and sys.platform == "linux":
        share = _FUSED.get(device.dtype, share)
    # The loss is in float32 and keeps the logits once. What comes back through a layer is there before the layer and
    # after it: the softmax has the widest, or one of the layers.
    return int(share * (sum(kept) - logits)) + logits + 2 * max(logits, int(share * max(kept)))


def _kept_for_backward(model: LanguageModel, ids: Tensor, *, fused: bool) -> Sequence[int]:
    """Bytes of each storage that autograd keeps after a forward pass in float32, with attention fused or not."""
    own = {parameter.untyped_storage()._cdata for parameter in model.parameters()}
    kept: dict[int, tuple[int, object]] = {}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage._cdata not in own:
            kept[storage._cdata] = storage.nbytes(), storage  # held, so that no other storage gets its number
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor), _Fused() if fused else nullcontext():
        model.loss(ids, ids)
    return [size for size, _ in kept.values()]


class _Fused(TorchFunctionMode):
    """Within it, attention keeps what a fused kernel keeps: the meta device has none."""

    def __torch_function__(
        self, func: Callable[..., Any], _types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if func is F.scaled_dot_product_attention:
            return _FusedAttention.apply(*args[:3])  # type: ignore[no-untyped-call]
        return func(*args, **(kwargs or {}))


class _FusedAttention(torch.autograd.Function):
    """Keeps queries, keys, values and the answer, which has the shape of the queries."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        answer = torch.empty_like(q)
        ctx.save_for_backward(q, k, v, answer)
        return answer


def _attention_is_fused(model: LanguageModel, device: Device) -> bool:
    """Whether attention on `device` keeps no (T, T) weights; see `models.attention`."""
    if device.torch_device.type == "cpu":
        return device.dtype == torch.float32 and model.config.dropout == 0.0
    return device.torch_device.type == "cuda"
