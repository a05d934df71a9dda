"""The learning-rate range test: which rate suits a model on a text, told by a few steps at rates that rise.
Imports numpy, msgspec, `config`, `models`, `training`.

Smith 2017 ("Cyclical Learning Rates for Training Neural Networks", section 3.3), in the form that fastai gave it: one
optimizer step at each rate, rates that rise exponentially, and the smoothed loss read as a curve over their logarithm.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import msgspec
import numpy as np

from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.errors import InputError, RunFailedError
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.models.shapes import shapes_alone
from tui_llm.training.batches import Batches
from tui_llm.training.devices import Device, seed_step
from tui_llm.training.optimizers import Optimizers

#: The first and the last rate. Nothing learns at the first and hardly anything at the last, with either optimizer; a
#: bigram, whose table begins at zero, still does at 1.
LOWEST_RATE = 1e-6
HIGHEST_RATE = 10.0

#: Steps of a test, unless more or fewer are asked for: fourteen to each power of ten.
STEPS = 100

#: Fewer steps are no curve.
LEAST_STEPS = 10

#: How much of the average of the losses before is kept at each of so many steps; with more or fewer, as much over the
#: same stretch of rates. More makes the curve lag further behind the rate; with less, a bad batch makes a peak in it.
SMOOTHING = 0.95

#: The test ends where the smoothed loss is so many times its lowest.
DIVERGED = 4.0


class Point(NamedTuple):
    """One step: its rate, the loss of its batch before the weights moved, in nats, and the smoothed loss with that."""

    lr: float
    loss: float
    smoothed: float


class LrCurve(msgspec.Struct, frozen=True):
    """The result of a test. Rates are None where the loss never fell.

    `suggestion` is the rate at which the smoothed loss has fallen half its way, from the first to the lowest: the
    middle of the fall. `steepest` is where it falls fastest with the logarithm of the rate (fastai's "steep"), `lowest`
    where it is lowest, of which fastai suggests a tenth. Of the three rules the middle came nearest to the best rate,
    and depends least on the seed and the number of steps: docs/decisions/find-lr.md has the figures.

    `diverged_at` is the rate that ended the test early.
    """

    points: list[Point]
    suggestion: float | None
    steepest: float | None
    lowest: float | None
    diverged_at: float | None


def check_test(config: ModelConfig, steps: int) -> None:
    """Refuse a test that could tell nothing.

    Raises:
        InputError: the model has no rate to find, or `steps` are too few.
    """
    with shapes_alone():  # a shape and no memory
        learns = any(True for _ in build_model(config, vocab_size=2).parameters())
    if not learns:
        raise InputError(
            f"the model {config.name} learns without a learning rate.",
            "take a model that learns by gradient; tui-llm presets lists them.",
        )
    if steps < LEAST_STEPS:
        raise InputError(f"{steps} steps are too few for a curve.", f"take {LEAST_STEPS} or more.")


class RangeTest:
    """A test under way. It changes the weights of its model, which is of no use afterwards."""

    def __init__(
        self, model: LanguageModel, batches: Batches, config: TrainingConfig, device: Device, steps: int = STEPS
    ) -> None:
        """Everything in `config` but the rate and its schedule is heeded, the seed too."""
        assert steps >= LEAST_STEPS
        self.steps = steps
        self.points: list[Point] = []
        self.diverged_at: float | None = None
        self._model, self._batches, self._config, self._device = model.train(), batches, config, device
        self._optimizers = Optimizers(model, config)
        self._kept = SMOOTHING ** (STEPS / steps)
        self._average = 0.0
        self._lowest = math.inf

    @property
    def share(self) -> float:
        """The share of its steps that is taken."""
        return len(self.points) / self.steps

    def step(self) -> bool:
        """Take one step at the next rate; False, and no step, if the test is over."""
        taken = len(self.points)
        if taken == self.steps or self.diverged_at is not None:
            return False
        rate = LOWEST_RATE * (HIGHEST_RATE / LOWEST_RATE) ** (taken / (self.steps - 1))
        loss = self._learn(taken, rate)
        if not math.isfinite(loss):
            self.diverged_at = rate
            return True
        self._average = self._kept * self._average + (1.0 - self._kept) * loss
        smoothed = self._average / (1.0 - self._kept ** (taken + 1))  # as if it had not begun with a zero
        self.points.append(Point(rate, loss, smoothed))
        self._lowest = min(self._lowest, smoothed)
        if smoothed > DIVERGED * self._lowest:
            self.diverged_at = rate
        return True

    def _learn(self, number: int, rate: float) -> float:
        """Optimizer step `number` as the trainer takes it, at `rate`; its loss, which was waited for."""
        seed_step(self._config.seed, number, self._device.torch_device)
        accumulate = self._config.gradient_accumulation_steps
        total = 0.0
        for micro_step in range(accumulate):
            ids, targets = (
                part.to(self._device.torch_device) for part in self._batches[number * accumulate + micro_step]
            )
            with self._device.precision():
                loss = self._model.loss(ids, targets) / accumulate
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.item()
        self._optimizers.step(rate)
        return total

    def curve(self) -> LrCurve:
        """The curve so far, and what it suggests.

        Raises:
            RunFailedError: not even the first loss is a finite number.
        """
        if not self.points:
            raise RunFailedError(
                "the loss of the fresh model is not a finite number.", "give --dtype float32, or a smaller model."
            )
        smoothed = np.array([point.smoothed for point in self.points])
        lowest = int(smoothed.argmin())
        if lowest == 0:
            return LrCurve(self.points, None, None, None, self.diverged_at)
        middle = int((smoothed <= (smoothed[0] + smoothed[lowest]) / 2).argmax())  # the first
        # The rates are evenly spaced in their logarithm: the differences of neighbours tell the slope.
        steepest = int(np.gradient(smoothed)[: lowest + 1].argmin())
        suggested, falling, bottom = (self.points[number].lr for number in (middle, steepest, lowest))
        return LrCurve(self.points, suggested, falling, bottom, self.diverged_at)
