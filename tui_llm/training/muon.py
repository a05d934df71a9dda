"""Muon: momentum whose direction is made orthogonal, for the hidden matrices. Imports torch alone.

Jordan et al. 2024 (kellerjordan.github.io/posts/muon); the iteration's coefficients are those of Amsel et al. 2025
("The Polar Express"), the size of the update that of Liu et al. 2025, so that AdamW's rate and decay serve both.
`torch.optim.Muon` does the same, a matrix at a time; here all matrices of one shape go through one batched product, and
three iterations take the place of five. docs/decisions/optimizers.md has the measurements.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

#: (a, b, c) of X ← aX + b(XXᵀ)X + c(XXᵀ)²X, an iteration each.
POLAR_EXPRESS = (
    (8.156554524902461, -22.48329292557795, 15.878769915207462),
    (4.042929935166739, -2.808917465908714, 0.5000178451051316),
    (3.8916678022926607, -2.772484153217685, 0.5060648178503393),
    (3.285753657755655, -2.3681294933425376, 0.46449024233003106),
    (2.3465413258596377, -1.7097828382687081, 0.42323551169305323),
)

#: The iterations' singular values start a little below 1, against rounding in bfloat16.
_SAFETY = 1.02


class Muon(Optimizer):
    """Muon with Nesterov momentum and decoupled weight decay, over 2-D parameters only."""

    def __init__(
        self, params: Iterable[Tensor], lr: float, weight_decay: float, momentum: float, iterations: int
    ) -> None:
        """`iterations` of POLAR_EXPRESS are made, from its first."""
        settings = {"lr": lr, "weight_decay": weight_decay, "momentum": momentum, "iterations": iterations}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]  # noqa: ARG002 - torch's signature
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            shapes: dict[torch.Size, list[Tensor]] = {}
            for parameter in group["params"]:
                if parameter.grad is not None:
                    shapes.setdefault(parameter.shape, []).append(parameter)
            for parameters in shapes.values():
                self._update(parameters, group)

    def _update(self, parameters: list[Tensor], group: dict[str, Any]) -> None:
        """Update `parameters`, all of one shape."""
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        momenta = [self._momentum(parameter) for parameter in parameters]
        torch._foreach_lerp_(momenta, gradients, 1.0 - group["momentum"])
        ahead = torch._foreach_lerp(gradients, momenta, group["momentum"])
        directions = orthogonalised(torch.stack(list(ahead)), group["iterations"])
        # An orthogonal matrix of this shape has root mean square 1/√max(rows, columns); AdamW's updates have about 0.2.
        size = 0.2 * math.sqrt(max(parameters[0].shape))
        torch._foreach_mul_(parameters, 1.0 - group["lr"] * group["weight_decay"])
        torch._foreach_add_(parameters, directions.to(parameters[0].dtype).unbind(), alpha=-group["lr"] * size)

    def _momentum(self, parameter: Tensor) -> Tensor:
        state = self.state[parameter]
        if "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(parameter)
        buffer: Tensor = state["momentum_buffer"]
        return buffer


def orthogonalised(matrices: Tensor, iterations: int) -> Tensor:
    """For each of `matrices` (N, R, C) about U Vᵀ of its singular value decomposition U S Vᵀ, in bfloat16."""
    x = matrices.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) * _SAFETY + 1e-6)
    for a, b, c in POLAR_EXPRESS[:iterations]:
        square = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x.mT if tall else x
