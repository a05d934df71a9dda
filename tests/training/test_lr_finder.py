"""The learning-rate range test: rates that rise, a smoothed loss, an end where it diverges, and what it suggests."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from tests.training.conftest import MakeStore
from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.errors import InputError, RunFailedError
from tui_llm.models import MODELS, build_model
from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache
from tui_llm.training.batches import Batches
from tui_llm.training.devices import Device
from tui_llm.training.lr_finder import DIVERGED, HIGHEST_RATE, LOWEST_RATE, Point, RangeTest, check_test
from tui_llm.training.optimizers import Optimizers

CPU = Device(torch.device("cpu"), torch.float32)
V = 13


class Quadratic(LanguageModel):
    """The loss is (w - 3)^2 + 0.1 in one weight, whatever the tokens are."""

    def __init__(self) -> None:
        super().__init__(ModelConfig(block_size=4), V)
        self.w = nn.Parameter(torch.zeros(1))

    def forward(self, ids: Tensor, cache: KVCache | None = None) -> Tensor:
        raise NotImplementedError

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        return ((self.w - 3.0) ** 2 + 0.1).sum()

    def token_embedding(self) -> Tensor:
        raise NotImplementedError


class Scripted(Quadratic):
    """The losses that it is given, one after the other."""

    def __init__(self, losses: list[float]) -> None:
        super().__init__()
        self._losses = iter(losses)

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        return 0.0 * self.w.sum() + next(self._losses)


@pytest.fixture
def batches(make_store: MakeStore) -> Batches:
    """Batches of 4 blocks of 4 tokens, of a text in which each token tells the next."""
    return batches_of(make_store, seed=1)


def batches_of(make_store: MakeStore, seed: int) -> Batches:
    return Batches(make_store(np.arange(2_000) * 5 % V, V), block_size=4, batch_size=4, seed=seed)


def config(**settings: int) -> TrainingConfig:
    return TrainingConfig(**{"max_steps": 1, "batch_size": 4, "seed": 1, **settings})  # type: ignore[arg-type]


def small(name: str, dropout: float = 0.0) -> LanguageModel:
    torch.manual_seed(0)
    sizes = {"n_layer": 1, "n_head": 2, "n_embd": 8, "block_size": 4, "context": 2, "dropout": dropout}
    return build_model(ModelConfig(name=name, **sizes), V)  # type: ignore[arg-type]


def taken(test: RangeTest) -> RangeTest:
    """The test after its last step."""
    while test.step():
        pass
    return test


def test_rates_rise_by_one_factor_from_the_lowest_to_the_highest(batches: Batches) -> None:
    points = taken(RangeTest(Scripted([1.0] * 40), batches, config(), CPU, steps=40)).points
    rates = [point.lr for point in points]
    assert rates[0] == pytest.approx(LOWEST_RATE)
    assert rates[-1] == pytest.approx(HIGHEST_RATE)
    assert np.diff(np.log(rates)) == pytest.approx(np.log(HIGHEST_RATE / LOWEST_RATE) / 39)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(losses=st.lists(st.floats(0.01, 20.0), min_size=10, max_size=60))
def test_a_curve_is_read_as_it_says(batches: Batches, losses: list[float]) -> None:
    test = RangeTest(Scripted(losses), batches, config(), CPU, steps=len(losses))
    curve = taken(test).curve()
    smoothed = [point.smoothed for point in curve.points]
    for number, point in enumerate(curve.points):
        # The average of all losses so far; with 100 steps, each weighs 0.95 times what the next one does.
        weights = 0.95 ** (100 / len(losses) * np.arange(number, -1, -1))
        assert point.loss == pytest.approx(losses[number])
        assert point.smoothed == pytest.approx(np.average(losses[: number + 1], weights=weights))
    ended = [value > DIVERGED * min(smoothed[: number + 1]) for number, value in enumerate(smoothed)]
    assert not any(ended[:-1])
    assert curve.diverged_at == (curve.points[-1].lr if ended[-1] else None)
    assert len(smoothed) == len(losses) or ended[-1]
    if min(smoothed) == smoothed[0]:
        assert (curve.suggestion, curve.steepest, curve.lowest) == (None, None, None)
    else:
        assert curve.steepest is not None
        assert curve.lowest is not None
        rates = [point.lr for point in curve.points]
        assert smoothed[rates.index(curve.lowest)] == min(smoothed)
        assert curve.steepest <= curve.lowest
        half = (smoothed[0] + min(smoothed)) / 2
        assert curve.suggestion == next(point.lr for point in curve.points if point.smoothed <= half)


def test_steepest_and_suggestion_lie_in_the_fall(batches: Batches) -> None:
    # A fall like tanh about step 50 of 100; the average of what was before follows it some steps behind.
    losses = [3.0 - 2.0 * math.tanh((step - 50) / 5) for step in range(100)]
    curve = taken(RangeTest(Scripted(losses), batches, config(), CPU, steps=100)).curve()
    rates = [point.lr for point in curve.points]
    assert curve.steepest is not None
    assert curve.suggestion is not None
    assert rates[50] <= curve.steepest <= rates[60]
    assert rates[50] <= curve.suggestion <= rates[70]
    assert curve.lowest == rates[-1]


def test_a_loss_that_is_no_number_ends_the_test_and_is_no_point(batches: Batches) -> None:
    test = taken(RangeTest(Scripted([2.0, 1.5, 1.0, math.nan, 1.0]), batches, config(), CPU, steps=20))
    curve = test.curve()
    assert [point.loss for point in curve.points] == [2.0, 1.5, 1.0]
    assert curve.diverged_at == pytest.approx(LOWEST_RATE * (HIGHEST_RATE / LOWEST_RATE) ** (3 / 19))
    assert not test.step()
    with pytest.raises(RunFailedError, match="not a finite number"):
        taken(RangeTest(Scripted([math.inf]), batches, config(), CPU, steps=20)).curve()


def test_the_suggestion_lies_where_a_quadratic_is_learnt(batches: Batches) -> None:
    curve = taken(RangeTest(Quadratic(), batches, config(), CPU)).curve()
    assert curve.suggestion is not None

    def loss_after(steps: int, rate: float) -> float:
        model = Quadratic()
        optimizers = Optimizers(model, config(weight_decay=0))
        for step in range(steps):
            model.loss(*batches[step]).backward()  # type: ignore[no-untyped-call]
            optimizers.step(rate)
        return model.loss(*batches[0]).item()

    # It moves by about the rate at each step, and has three to go: a hundredth of the rate does not arrive.
    assert loss_after(100, curve.suggestion) < 1.0
    assert loss_after(100, curve.suggestion / 100) > 5.0


@pytest.mark.parametrize("name", [name for name in MODELS if name != "bigram-counts"])
def test_every_model_that_learns_has_a_rate(batches: Batches, name: str) -> None:
    curve = taken(RangeTest(small(name), batches, config(), CPU)).curve()
    assert curve.suggestion is not None
    assert 1e-4 < curve.suggestion < 5.0
    assert min(point.smoothed for point in curve.points) < 0.9 * curve.points[0].smoothed


def test_the_same_seed_gives_the_same_points(make_store: MakeStore) -> None:
    def points(seed: int) -> list[Point]:
        test = RangeTest(small("gpt", dropout=0.2), batches_of(make_store, seed), config(seed=seed), CPU, steps=30)
        return taken(test).points

    first, again, other = points(1), points(1), points(2)
    assert first == again
    assert [point.loss for point in first] != [point.loss for point in other]


def test_a_step_is_the_trainers(batches: Batches) -> None:
    accumulate = config(gradient_accumulation_steps=2)
    test = RangeTest(small("gpt"), batches, accumulate, CPU, steps=10)
    for _ in range(3):
        test.step()
    model = small("gpt")
    optimizers = Optimizers(model, accumulate)
    for number, point in enumerate(test.points):
        both = [model.loss(*batches[2 * number + half]) for half in range(2)]
        loss = torch.stack(both).mean()
        assert point.loss == pytest.approx(loss.item(), rel=1e-5)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizers.step(point.lr)


def test_what_could_tell_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="bigram-counts learns without a learning rate"):
        check_test(ModelConfig(name="bigram-counts"), 100)
    with pytest.raises(InputError, match="9 steps are too few"):
        check_test(ModelConfig(), 9)
    for name, steps in itertools.product([name for name in MODELS if name != "bigram-counts"], (10, 1000)):
        check_test(ModelConfig(name=name), steps)  # type: ignore[arg-type]
