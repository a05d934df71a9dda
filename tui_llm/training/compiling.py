"""torch.compile with a clean way back. Imports torch, `models`."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from tui_llm.models.base import LanguageModel
from tui_llm.training.devices import Device

LossFunction = Callable[[Tensor, Tensor], Tensor]


class _BlockwiseLoss:
    """The loss with each of the model's equal blocks compiled, which happens once for all of them.

    One graph of the whole is hardly faster on a CPU, and takes as many times longer to compile as there are blocks.
    Outside of it (evaluating, generating, probing) the model is as it was.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._compiled = [(block, torch.compile(block.forward, dynamic=False)) for block in model.blocks()]

    def __call__(self, ids: Tensor, targets: Tensor) -> Tensor:
        """As `LanguageModel.loss`."""
        for block, forward in self._compiled:
            block.forward = forward
        try:
            return self._model.loss(ids, targets)
        finally:
            for block, _ in self._compiled:
                del block.forward


def compiled_loss(
    model: LanguageModel, wanted: bool | None, device: Device, batch_size: int
) -> tuple[LossFunction, str | None]:
    """The model's loss compiled, or as it is, and one sentence where compiling was tried and failed.

    `wanted` None compiles on CUDA alone. The graph is tried out, forward and backward, on a batch of zeros; what a
    compiler can stumble over (no C++ compiler, an unsupported GPU) thus shows before the first step.
    """
    if wanted is False or (wanted is None and device.torch_device.type != "cuda"):
        return model.loss, None
    by_blocks = device.torch_device.type == "cpu" and model.blocks()
    compiled: LossFunction = _BlockwiseLoss(model) if by_blocks else torch.compile(model.loss, dynamic=False)
    learnt_from_text = {name: buffer.clone() for name, buffer in model.named_buffers()}
    zeros = torch.zeros(batch_size, model.block_size, dtype=torch.int64, device=device.torch_device)
    try:
        with device.precision():
            loss = compiled(zeros, zeros)
        if loss.requires_grad:
            loss.backward()  # type: ignore[no-untyped-call]
    except Exception as error:  # compilers fail in ways of their own; the reason is told below
        if isinstance(error, torch.OutOfMemoryError):
            raise
        torch._dynamo.reset()
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return model.loss, f"torch.compile does not work here, training goes on without it: {reason}"
    finally:
        model.zero_grad(set_to_none=True)
        with torch.no_grad():  # the zeros taught counts and running averages, too
            for name, buffer in model.named_buffers():
                buffer.copy_(learnt_from_text[name])
    return compiled, None
