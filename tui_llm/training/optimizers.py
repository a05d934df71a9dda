"""The optimizers: AdamW for all, or Muon for the hidden matrices beside it. Imports torch, `config`, `models`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW, Optimizer

from tui_llm.config import TrainingConfig
from tui_llm.models.base import LanguageModel
from tui_llm.training.muon import Muon

#: Muon's Nesterov momentum and iterations: better and cheaper in runs of minutes than its authors' 0.95 and 5
#: (docs/decisions/optimizers.md).
MUON_MOMENTUM = 0.85
MUON_ITERATIONS = 3


#: Methods that torch shields from its compiler; torch/_compile.py keeps the shielded one under this name.
SHIELDED = ("add_param_group", "zero_grad", "state_dict", "load_state_dict")
SHIELD = "__dynamo_disable"


class UnshieldedAdamW(AdamW):
    """AdamW, without loading torch's compiler, a second or more of every run, for shields against it alone: nothing
    here compiles an optimizer. Where another torch shields otherwise, it loads it, as `AdamW` does.
    """

    def __init__(self, groups: list[dict[str, Any]], **settings: Any) -> None:
        for name in SHIELDED:
            method = getattr(Optimizer, name)
            vars(inspect.unwrap(method)).setdefault(SHIELD, inspect.unwrap(method))
        super().__init__(groups, **settings)

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]  # noqa: ARG002 - torch's signature
        """Update every parameter that has a gradient."""
        inspect.unwrap(AdamW.step)(self)


class Optimizers:
    """One face for the one or two optimizers of a model; their state is flat, named tensors."""

    def __init__(self, model: LanguageModel, config: TrainingConfig) -> None:
        self._parameters = dict(model.named_parameters())
        self._clip = config.grad_clip or float("inf")
        hidden = set(model.hidden_matrices()) if config.optimizer == "muon" else set()
        rest = {name: parameter for name, parameter in self._parameters.items() if name not in hidden}
        self._all: list[Optimizer] = [_adamw(rest, config)] if rest else []
        if hidden:
            matrices = [parameter for name, parameter in self._parameters.items() if name in hidden]
            muon = Muon(matrices, config.lr, config.weight_decay, MUON_MOMENTUM, MUON_ITERATIONS)
            self._all.append(muon)

    def step(self, lr: float) -> Tensor:
        """Clip the gradients, update every parameter at rate `lr`, drop the gradients.

        Returns:
            the norm of the whole gradient before clipping, a scalar tensor that has not been waited for.
        """
        norm = self._clip_gradients()
        for optimizer in self._all:
            for group in optimizer.param_groups:
                group["lr"] = lr
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return norm

    def _clip_gradients(self) -> Tensor:
        """As `torch.nn.utils.clip_grad_norm_`, which multiplies by 1 where there is nothing to clip. On a CPU, to look
        costs nothing.
        """
        gradients = [parameter.grad for parameter in self._parameters.values() if parameter.grad is not None]
        norm = torch.nn.utils.get_total_norm(gradients)
        if norm.device.type != "cpu" or not norm + 1e-6 <= self._clip:
            torch.nn.utils.clip_grads_with_norm_(self._parameters.values(), self._clip, norm)
        return norm

    def state(self) -> dict[str, Tensor]:
        """Every tensor of the state, named `<parameter>/<what>`: `wte.weight/exp_avg`."""
        named = {}
        for name, parameter in self._parameters.items():
            for optimizer in self._all:
                for what, value in optimizer.state.get(parameter, {}).items():
                    named[f"{name}/{what}"] = torch.as_tensor(value)
        return named

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Take over what `state()` gave, on whatever device the parameters are."""
        for optimizer in self._all:
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    optimizer.state[parameter].clear()
        owner = {
            id(parameter): optimizer
            for optimizer in self._all
            for group in optimizer.param_groups
            for parameter in group["params"]
        }
        for key, value in state.items():
            name, _, what = key.rpartition("/")
            parameter = self._parameters[name]
            # AdamW counts its steps in a tensor that stays on the CPU unless the kernel is a fused one on a GPU.
            device = parameter.device
            owner[id(parameter)].state[parameter][what] = value.to(device, copy=True)


def _adamw(parameters: Mapping[str, torch.nn.Parameter], config: TrainingConfig) -> UnshieldedAdamW:
    """AdamW with decay for matrices alone, as in nanoGPT; fused where the device has such a kernel."""
    decayed = [parameter for parameter in parameters.values() if parameter.dim() >= 2]
    others = [parameter for parameter in parameters.values() if parameter.dim() < 2]
    groups = [
        {"params": group, "weight_decay": decay}
        for group, decay in ((decayed, config.weight_decay), (others, 0.0))
        if group
    ]
    fused = all(parameter.device.type in {"cuda", "cpu", "mps"} for parameter in parameters.values())
    return UnshieldedAdamW(groups, lr=config.lr, betas=(config.beta1, config.beta2), fused=fused)
