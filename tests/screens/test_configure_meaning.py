"""What a configuration means: figures, warnings, and how long a measurement holds."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tui_llm.config import to_request
from tui_llm.presets import resolve
from tui_llm.screens.configure_meaning import Meaning, figures, warnings


def meaning(request: dict[str, Any] | None = None, **changes: Any) -> Meaning:
    """What the worker might say of a small model on a text that suits it."""
    fields: dict[str, Any] = {
        "config": to_request(resolve({"preset": "gpt-mini", **(request or {})})),
        "device": "CPU, 2 threads",
        "parameters": 400_000,
        "parameters_embedding": 20_000,
        "memory_bytes": 50_000_000,
        "memory_free": 8_000_000_000,
        "vocab_size": 100,
        "train_tokens": 900_000,
        "tokens_per_parameter": 2.25,
        "tokens_per_step": 4096,
        "largest_block": 50_000,
        **changes,
    }
    return msgspec.convert(fields, Meaning)


def test_a_good_configuration_has_no_warnings() -> None:
    assert warnings(meaning()) == []


@pytest.mark.parametrize(
    ("request_", "changes", "told"),
    [
        ({}, {"tokens_per_parameter": 0.1}, "0.1 training tokens"),
        ({}, {"memory_bytes": 9_000_000_000}, "9 GB of memory"),
        ({}, {"largest_block": 100}, "a block of 128 tokens does not fit"),
        ({}, {"tokens_per_document": 30.2}, "on average 30"),
        ({}, {"vocab_size": 50_000}, "occurs 18 times"),
        ({}, {"epochs": 12.0}, "12 times without dropout"),
        ({"preset": "wavenet", "model": {"n_layer": 7}}, {}, "looks back on 128 tokens, but a block has 64"),
        ({"preset": "mlp", "model": {"context": 9, "block_size": 8}}, {}, "on 9 tokens, but a block has 8"),
        ({"training": {"epochs": 1.0}}, {"steps": 120}, "100 of 120 steps"),
    ],
)
def test_what_may_go_wrong_is_told_with_its_figure(
    request_: dict[str, Any], changes: dict[str, Any], told: str
) -> None:
    (warning,) = warnings(meaning(request_, **changes))
    assert told in warning


@pytest.mark.parametrize(
    ("request_", "changes"),
    [
        ({}, {"tokens_per_parameter": None, "train_tokens": None}),
        ({}, {"tokens_per_document": 500.0}),
        ({"model": {"dropout": 0.2}}, {"epochs": 12.0}),
        ({"training": {"max_steps": 50}}, {"steps": 50}),
        ({"training": {"epochs": 1.0}}, {"steps": 500}),
        ({"preset": "wavenet", "model": {"n_layer": 6}}, {}),
        ({"preset": "bigram"}, {"epochs": 12.0}),
        ({"preset": "bigram-counts"}, {"steps": 120}),
    ],
)
def test_what_is_well_or_not_known_is_not_warned_of(request_: dict[str, Any], changes: dict[str, Any]) -> None:
    assert warnings(meaning(request_, **changes)) == []


def test_a_block_that_does_not_fit_is_refused_unless_the_split_is_guessed() -> None:
    assert meaning(largest_block=100).refusal is not None
    assert meaning(largest_block=100, assumed=["smallest_split"]).refusal is None


def test_figures_that_rest_on_a_guess_say_so() -> None:
    told = dict(figures(meaning(assumed=["vocab_size"])))
    assert told["parameters"] == "~400k"
    assert dict(figures(meaning()))["parameters"] == "400k"


def test_a_measurement_holds_while_the_speed_is_the_same() -> None:
    measured = meaning(step_seconds=0.1)
    longer = meaning({"training": {"minutes": 10.0}}, seconds=600.0).measured_as(measured)
    assert longer.steps == 6000
    assert longer.epochs == pytest.approx(6000 * 4096 / 900_000)
    steps = meaning({"training": {"max_steps": 50, "lr": 1e-3}}, steps=50).measured_as(measured)
    assert steps.seconds == pytest.approx(5.0)


@pytest.mark.parametrize("minutes", [{}, {"training": {"minutes": 3.0}}])
def test_counting_ends_after_its_pass_whatever_the_minutes(minutes: dict[str, Any]) -> None:
    request = {"preset": "bigram-counts", **minutes}
    told = meaning(request, steps=200, epochs=1.0).measured_as(meaning(request, steps=200, step_seconds=0.1))
    assert (told.steps, told.epochs) == (200, 1.0)
    assert told.seconds == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("request_", "tokens"),
    [
        ({"preset": "bigram-counts"}, "1 token"),
        ({"preset": "bigram"}, "1 token"),
        ({"preset": "mlp", "model": {"context": 3}}, "3 tokens"),
        ({"preset": "wavenet", "model": {"n_layer": 3}}, "8 tokens"),
        ({"preset": "refranes"}, None),
        ({"preset": "gpt2"}, None),
    ],
)
def test_how_far_it_looks_back_is_told_unless_that_is_the_block(request_: dict[str, Any], tokens: str | None) -> None:
    assert dict(figures(meaning(request_))).get("looks back on") == tokens


@pytest.mark.parametrize("change", [{"model": {"n_layer": 3}}, {"training": {"batch_size": 8}}])
def test_a_measurement_of_another_model_does_not_hold(change: dict[str, Any]) -> None:
    assert meaning(change).measured_as(meaning(step_seconds=0.1)).step_seconds is None
