"""Sampling against definitions written out in numpy, and draws against the probabilities they come from."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.generation.whole import distribution
from tui_llm.errors import InputError
from tui_llm.generation.sampling import Sampling, draw, shortlist

LOGITS = st.lists(st.floats(-8, 8, width=32), min_size=2, max_size=12)
NOTHING_SEEN = torch.zeros(1, 1, dtype=torch.bool)


def sampled(logits: list[float], **settings: object) -> np.ndarray:
    options = Sampling(**{"temperature": 1.0, "top_k": None, "top_p": None, **settings})  # type: ignore[arg-type]
    return distribution(torch.tensor([logits]), NOTHING_SEEN, options)[0].numpy()


def softmax(logits: list[float]) -> np.ndarray:
    powers = np.exp(np.array(logits) - max(logits))
    shares: np.ndarray = powers / powers.sum()
    return shares


@given(LOGITS, st.floats(0.1, 5))
def test_temperature_divides_the_logits(logits: list[float], temperature: float) -> None:
    expected = softmax([value / temperature for value in logits])
    np.testing.assert_allclose(sampled(logits, temperature=temperature), expected, atol=1e-5)


@given(LOGITS)
def test_temperature_zero_takes_the_likeliest(logits: list[float]) -> None:
    probabilities = sampled(logits, temperature=0.0)
    assert probabilities.sum() == 1.0
    assert logits[int(probabilities.argmax())] == max(logits)


@given(LOGITS, st.integers(1, 12))
def test_top_k_keeps_k_tokens_in_proportion(logits: list[float], k: int) -> None:
    probabilities, whole = sampled(logits, top_k=k), softmax(logits)
    kept = probabilities > 0
    assert kept.sum() == min(k, len(logits))
    assert whole[kept].min() >= (whole[~kept].max() if (~kept).any() else 0.0) - 1e-6
    np.testing.assert_allclose(probabilities[kept], whole[kept] / whole[kept].sum(), atol=1e-5)


@given(LOGITS, st.floats(0.05, 0.99))
def test_top_p_keeps_the_fewest_tokens_that_reach_p(logits: list[float], p: float) -> None:
    probabilities, whole = sampled(logits, top_p=p), softmax(logits)
    kept = probabilities > 0
    assert whole[kept].sum() >= p - 1e-5
    assert whole[kept].sum() - whole[kept].min() < p + 1e-5
    np.testing.assert_allclose(probabilities[kept], whole[kept] / whole[kept].sum(), atol=1e-5)


@given(LOGITS)
def test_the_repetition_penalty_lowers_what_was_seen_alone(logits: list[float]) -> None:
    seen = torch.zeros(1, len(logits), dtype=torch.bool)
    seen[0, 0] = True
    punished = distribution(torch.tensor([logits]), seen, Sampling(1.0, None, None, 2.0))[0].numpy()
    first = logits[0] / 2 if logits[0] > 0 else logits[0] * 2
    np.testing.assert_allclose(punished, softmax([first, *logits[1:]]), atol=1e-5)


@given(LOGITS, st.floats(0, 1, exclude_max=True, width=32))
def test_a_draw_inverts_the_cumulative_distribution(logits: list[float], uniform: float) -> None:
    probabilities = sampled(logits, top_k=3)
    drawn = int(draw(torch.from_numpy(probabilities)[None], torch.tensor([uniform]))[0])
    assert probabilities[drawn] > 0
    below = float(probabilities[:drawn].astype(np.float64).sum())
    assert below - 1e-5 <= uniform <= below + probabilities[drawn] + 1e-5


def test_draws_come_as_often_as_their_probabilities_say() -> None:
    probabilities = torch.tensor([[0.5, 0.0, 0.3, 0.2]]).expand(20_000, -1)
    uniform = torch.rand(20_000, generator=torch.Generator().manual_seed(0))
    shares = np.bincount(draw(probabilities, uniform).numpy(), minlength=4) / 20_000
    np.testing.assert_allclose(shares, [0.5, 0.0, 0.3, 0.2], atol=0.015)


@pytest.mark.parametrize(
    "wrong",
    [
        {"temperature": -1.0},
        {"temperature": math.nan},
        {"top_k": -1},
        {"top_p": 0.0},
        {"top_p": 1.5},
        {"repetition_penalty": 0.0},
    ],
)
def test_settings_out_of_bounds_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Sampling(**wrong)  # type: ignore[arg-type]


@given(
    # Which of equals is among the k likeliest depends on k.
    st.lists(st.floats(-8, 8, width=32), min_size=2, max_size=12, unique=True),
    st.floats(0, 1, exclude_max=True, width=32),
    st.sampled_from([None, 1, 3, 8]),
    st.sampled_from([0.5, 1.0]),
)
def test_a_shortlist_draws_what_the_whole_distribution_draws(
    logits: list[float], uniform: float, top_k: int | None, top_p: float
) -> None:
    settings = Sampling(0.7, top_k, top_p)
    whole = distribution(torch.tensor([logits]), NOTHING_SEEN, settings)
    for known in (None, torch.tensor([logits]).topk(len(logits))):
        ids, probabilities = shortlist(torch.tensor([logits]), settings, known)
        np.testing.assert_allclose(whole.gather(1, ids), probabilities / probabilities.sum(), atol=1e-6)
        assert (ids.diff() > 0).all()
        drawn = int(ids[0, int(draw(probabilities, torch.tensor([uniform]))[0])])
        below = float(whole[0, :drawn].double().sum())
        assert below - 1e-5 <= uniform <= below + float(whole[0, drawn]) + 1e-5
