"""Probes: what flows through a model's layers and back, and how far a step moves its parameters, at some hundred steps
of a run. Imports torch, `models`, `runs`.

The figures are those with which Glorot & Bengio (2010) showed why deep networks would not learn, and Karpathy's
makemore, part 3, that a network is well. `runs.probes` says what each one means.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import msgspec
import torch
from torch import Tensor, nn

from tui_llm.models.base import LanguageModel
from tui_llm.models.batchnorm import BatchNorm
from tui_llm.runs.probes import Histogram, LayerProbe, ParameterProbe, ProbeRecord

#: Probed steps in a run; fewer in a run that is so short that they would stand closer than `CLOSEST` steps.
PROBES = 100
CLOSEST = 5

#: But so many at least, in a run that has as many steps.
FEWEST = 10

#: Bins of a histogram.
BINS = 48

#: A tanh beyond this passes on less than 6 % of the gradient.
SATURATED = 0.97

#: The layers that are looked at: those that compute, not those that are made of others.
LAYERS = (
    *(nn.Embedding, nn.Linear, BatchNorm, nn.LayerNorm, nn.RMSNorm),
    *(nn.Tanh, nn.ReLU, nn.GELU, nn.SiLU),
)
#: These are above zero where what goes in (first, into SwiGLU's) is.
_RECTIFIERS = (nn.ReLU, nn.GELU, nn.SiLU)

#: Values that are handled at once, so that no second copy of a large activation is ever made.
_CHUNK = 1 << 22

#: What is beyond counts as not finite: its square, summed up, would not be in float32.
_LARGEST = 1e15


def can_probe(model: LanguageModel) -> bool:
    """Whether there is anything to see in `model`: it learns by gradient."""
    return next(model.parameters(), None) is not None


class Prober:
    """Says which steps of a run are probed: a function of step and progress, so that a resumed run goes on alike."""

    def __init__(self, model: LanguageModel, max_steps: int | None) -> None:
        """`max_steps` are those of the budget; None where it is one of time."""
        self._model = model
        self._interval: int | None = None
        if max_steps is not None:
            self._interval = max(math.ceil(max_steps / PROBES), min(CLOSEST, max(1, max_steps // FEWEST)))
        self._last: tuple[int, float] | None = None

    def probe(self, step: int, progress: float) -> Probe | None:
        """A probe for what follows `step` steps, at the share `progress` of the budget; None where none is due."""
        if not can_probe(self._model) or not self._due(step, progress):
            return None
        self._last = (step, progress)
        return Probe(self._model, step)

    def _due(self, step: int, progress: float) -> bool:
        if step == 0:
            return True
        if self._interval is not None:
            return step % self._interval == 0
        if self._last is None:  # resumed by another process
            self._last = (step, progress)
        last_step, last_progress = self._last
        # At the pace so far, the run will have too few steps for probes that stand so far apart.
        if progress / step * FEWEST * CLOSEST > 1.0:
            return _mark_between(last_progress, progress, FEWEST)
        return step - last_step >= CLOSEST and _mark_between(last_progress, progress, PROBES)


def _mark_between(before: float, now: float, marks: int) -> bool:
    """Whether one of so many evenly spaced marks lies between two shares of a budget."""
    return int(now * marks) > int(before * marks)


class Probe:
    """Looks into one step: call `loss`, go backward, then `before_update`, step, and `after_update`.

    It changes nothing: the step is to the bit what it is without a probe. But it waits for the device.
    """

    def __init__(self, model: LanguageModel, step: int) -> None:
        """`model` has taken `step` steps."""
        self._model, self._step = model, step
        self._layers: dict[str, LayerProbe] = {}
        self._before: dict[str, Tensor] = {}
        self._gradients: dict[str, float] = {}

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """The model's loss, never compiled, since no hook sees into a compiled graph; the layers are looked at.

        Of a layer that is called several times, the first call is.
        """
        hooks = [
            module.register_forward_hook(partial(self._see_output, name))
            for name, module in self._model.named_modules()
            if isinstance(module, LAYERS)
        ]
        try:
            return self._model.loss(ids, targets)
        finally:
            for hook in hooks:
                hook.remove()

    def _see_output(self, name: str, module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if name in self._layers:
            return
        seen = output.detach()
        moments = _moments(seen)
        self._layers[name] = LayerProbe(
            name=name,
            kind=type(module).__name__,
            mean=moments.mean,
            std=moments.std,
            saturated=_share(seen.abs() > SATURATED) if isinstance(module, nn.Tanh) else None,
            dead=1.0 - _share((inputs[0] > 0.0).flatten(0, -2).any(0)) if isinstance(module, _RECTIFIERS) else None,
            activation=_histogram(seen, moments),
            gradient=None,
            gradient_std=None,
        )
        if output.requires_grad:
            output.register_hook(partial(self._see_gradient, name))  # type: ignore[no-untyped-call]

    def _see_gradient(self, name: str, gradient: Tensor) -> None:
        seen = gradient.detach()
        moments = _moments(seen)
        self._layers[name] = msgspec.structs.replace(
            self._layers[name], gradient=_histogram(seen, moments), gradient_std=moments.std
        )

    def before_update(self) -> None:
        """Keep the parameters and what is to be told of their gradients, which are whole now and not yet clipped."""
        for name, parameter in self._model.named_parameters():
            self._before[name] = parameter.detach().clone()
            self._gradients[name] = 0.0 if parameter.grad is None else _moments(parameter.grad).std

    def after_update(self) -> ProbeRecord:
        """All that was seen, once the step has been taken."""
        parameters = []
        for name, parameter in self._model.named_parameters():
            before = self._before.pop(name)
            values = _moments(before)
            change = _moments(before.sub_(parameter.detach()))
            parameters.append(
                ParameterProbe(
                    name=name,
                    shape=list(parameter.shape),
                    std=values.std,
                    gradient_std=self._gradients[name],
                    update_ratio=change.std / values.std if values.std else None,
                )
            )
        return ProbeRecord(self._step, list(self._layers.values()), parameters)


class _Moments(NamedTuple):
    """Of the finite ones among some values; all zero where there are none."""

    size: int
    mean: float
    std: float
    low: float
    high: float


def _moments(values: Tensor) -> _Moments:
    """Mean, standard deviation (of a sample, as torch's) and range of the finite ones among `values` (any shape)."""
    parts = []
    for chunk in _chunks(values):
        mean = chunk.mean()
        low, high = chunk.aminmax()
        told = torch.stack((mean, (chunk - mean).square().mean(), low, high)).tolist()
        parts.append((chunk.numel(), *told))
    if not parts:
        return _Moments(0, 0.0, 0.0, 0.0, 0.0)
    low, high = min(part[3] for part in parts), max(part[4] for part in parts)
    size = sum(part[0] for part in parts)
    if low == high:
        return _Moments(size, low, 0.0, low, high)
    mean = sum(part[0] * part[1] for part in parts) / size
    # Chan, Golub & LeVeque (1979): the chunks' variances, and how far their means lie apart.
    squares = sum(part[0] * (part[2] + (part[1] - mean) ** 2) for part in parts)
    return _Moments(size, mean, math.sqrt(squares / (size - 1)), low, high)


def _histogram(values: Tensor, moments: _Moments) -> Histogram:
    """The finite ones among `values` in equal bins over their range; one value alone stands in the middle."""
    low, high = moments.low, moments.high
    if low == high:
        room = 0.5 * max(1.0, abs(low))
        low, high = low - room, high + room
    counts = torch.zeros(BINS, dtype=torch.int64, device=values.device)
    for chunk in _chunks(values):
        bins = ((chunk - low) / (high - low) * BINS).int().clamp_(0, BINS - 1)
        counts += torch.bincount(bins, minlength=BINS)
    return Histogram(low, high, counts.tolist())


def _chunks(values: Tensor) -> Iterator[Tensor]:
    """The finite ones among `values`, in float32, some at a time: (N,), N at least 1."""
    for part in torch.split(values.flatten(), _CHUNK):
        chunk = part.float()
        low, high = chunk.aminmax()
        if not bool((low >= -_LARGEST) & (high <= _LARGEST)):  # so also where one is not a number
            chunk = chunk[chunk.abs() <= _LARGEST]
        if chunk.numel():
            yield chunk


def _share(flags: Tensor) -> float:
    """How large a part of `flags` is true."""
    return int(flags.count_nonzero()) / flags.numel()
