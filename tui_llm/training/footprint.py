"""How much memory a training takes, estimated without taking it. Imports torch, `config`, `models`, `training`.

The model is built on torch's meta device, where tensors have a shape and no memory, and one forward pass is recorded:
what autograd keeps for the backward pass is what the activations weigh. This is done with one layer and with two; every
further layer weighs what the second does.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import msgspec
import torch
from torch import Tensor, nn

from tui_llm.config import RunConfig
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.training.devices import Device

#: Weights, gradients and the optimizers' state are float32 numbers.
_NUMBER = 4

#: What activations under autocast weigh beside those in float32: products are halved, norms and softmax are not.
_MIXED = 0.65


@dataclass(frozen=True)
class Footprint:
    """A model's size in numbers, and the bytes of memory that training it takes.

    Of what torch allocated at most, on the CPU in both precisions, the estimate was between 96 and 120 %. Not in it:
    what torch itself takes, what the allocator leaves unused, and what compiled kernels save.
    """

    parameters: int
    parameters_embedding: int
    weights: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        """Bytes at the worst moment, the beginning of a backward pass."""
        return self.weights + self.gradients + self.optimizer + self.activations


def footprint(config: RunConfig, vocab_size: int, device: Device) -> Footprint:
    """What training `config` on `device` takes; computed in some hundredths of a second, whatever the size."""
    one, two = (_footprint(config, layers, vocab_size, device) for layers in (1, 2))

    def whole(name: str) -> int:
        first: int = getattr(one, name)
        second: int = getattr(two, name)
        return first + (config.model.n_layer - 1) * (second - first)

    return Footprint(**{part.name: whole(part.name) for part in fields(Footprint)})


def _footprint(config: RunConfig, layers: int, vocab_size: int, device: Device) -> Footprint:
    with torch.device("meta"):
        model = build_model(msgspec.structs.replace(config.model, n_layer=layers), vocab_size)
        ids = torch.zeros(config.training.batch_size, config.model.block_size, dtype=torch.int64)
    parameters = model.parameter_count()
    embeddings = (module for module in model.modules() if isinstance(module, nn.Embedding))
    return Footprint(
        parameters=parameters,
        parameters_embedding=sum(module.weight.numel() for module in embeddings),
        weights=_NUMBER * parameters,
        gradients=_NUMBER * parameters,
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
    kept = _kept_for_backward(model, ids, with_squares=not _attention_is_fused(model, device))
    share = 1.0 if device.dtype == torch.float32 else _MIXED
    # The loss is in float32: it keeps the logits once, and makes the gradient twice, after and before the softmax.
    return int(share * (kept - logits)) + 3 * logits


def _kept_for_backward(model: LanguageModel, ids: Tensor, *, with_squares: bool) -> int:
    """Bytes that autograd keeps after a forward pass in float32, with or without attention's (T, T) weights."""
    own = {parameter.untyped_storage()._cdata for parameter in model.parameters()}
    kept: dict[int, tuple[int, object]] = {}

    def keep(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        is_square = tensor.dim() == 4 and tensor.shape[-2:] == (model.block_size, model.block_size)
        if storage._cdata not in own and (with_squares or not is_square):
            kept[storage._cdata] = storage.nbytes(), storage  # held, so that no other storage gets its number
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        model.loss(ids, ids)
    return sum(size for size, _ in kept.values())


def _attention_is_fused(model: LanguageModel, device: Device) -> bool:
    """Whether attention on `device` keeps no (T, T) weights; see `models.attention`."""
    if device.torch_device.type == "cpu":
        return device.dtype == torch.float32 and model.config.dropout == 0.0
    return device.torch_device.type == "cuda"
