"""The bigrams of lesson 9: counted by hand, learnt by gradient, and both arrive at the same loss."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.bigram import (
    alphabet_of,
    count_gradient,
    count_pairs,
    decode,
    encode,
    example_gradient,
    generate,
    mean_loss,
    softmax,
    train,
    transition_probabilities,
)

TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")


@given(st.text(min_size=1))
def test_a_text_comes_back(text: str) -> None:
    alphabet = alphabet_of(text)
    assert decode(encode(text, alphabet), alphabet) == text
    assert sorted(alphabet) == list(alphabet)


def test_a_character_that_the_alphabet_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        encode("ñ", "abc")


@given(st.text("abcd", min_size=2, max_size=60), st.sampled_from([0.0, 0.5, 1.0]))
def test_counts_and_probabilities_are_those_of_ten_lines(text: str, smoothing: float) -> None:
    pairs, firsts = Counter(pairwise(text)), Counter(text[:-1])
    counts = count_pairs(encode(text, "abcd"), 4)
    table = transition_probabilities(counts, smoothing)
    for i, a in enumerate("abcd"):
        for j, b in enumerate("abcd"):
            assert counts[i, j] == pairs[a, b]
            total = firsts[a] + 4 * smoothing
            assert table[i, j] == pytest.approx((pairs[a, b] + smoothing) / total if total else 0.25)
    expected = np.mean([-log(table["abcd".index(a), "abcd".index(b)]) for a, b in pairwise(text)])
    assert mean_loss(table, encode(text, "abcd")) == pytest.approx(expected)


def test_what_was_never_seen_costs_everything_without_smoothing() -> None:
    counts = count_pairs(encode("abab", "ab"), 2)
    assert mean_loss(transition_probabilities(counts, 0.0), encode("aab", "ab")) == np.inf
    assert mean_loss(transition_probabilities(counts, 1.0), encode("aab", "ab")) < np.inf


def test_counted_probabilities_are_the_likeliest_of_all() -> None:
    ids = encode(TEXT, alphabet_of(TEXT))
    V = int(ids.max()) + 1
    best = transition_probabilities(count_pairs(ids, V), 0.0)
    least = mean_loss(best, ids)
    assert least < mean_loss(transition_probabilities(count_pairs(ids, V), 0.1), ids) < log(V)
    rng = np.random.default_rng(0)
    for _ in range(20):
        other = softmax(np.log(best + 1e-12) + rng.normal(0, 0.1, best.shape))
        assert mean_loss(other, ids) > least


@given(st.lists(st.integers(0, 4), min_size=2, max_size=40), st.integers(0, 1000))
def test_the_gradient_by_examples_by_counts_and_by_torch(tokens: list[int], seed: int) -> None:
    ids = np.array(tokens, dtype=np.int64)
    weights = np.random.default_rng(seed).normal(size=(5, 5))
    loss, gradient = example_gradient(weights, ids)
    short_loss, short = count_gradient(weights, count_pairs(ids, 5))
    table = torch.tensor(weights, requires_grad=True)
    expected = F.cross_entropy(table[torch.tensor(ids[:-1])], torch.tensor(ids[1:]))
    (theirs,) = torch.autograd.grad(expected, table)
    assert loss == pytest.approx(short_loss, abs=1e-9) == pytest.approx(expected.item(), abs=1e-9)
    np.testing.assert_allclose(gradient, short, atol=1e-9)
    np.testing.assert_allclose(gradient, theirs.numpy(), atol=1e-9)


def test_the_network_approaches_the_counted_loss_and_never_passes_it() -> None:
    ids = encode(TEXT, alphabet_of(TEXT))
    V = int(ids.max()) + 1
    counts = count_pairs(ids, V)
    least = mean_loss(transition_probabilities(counts, 0.0), ids)
    weights, losses = train(counts, 1000, 50.0)
    assert losses[0] == pytest.approx(log(V))  # all zeros: every token is equally likely
    assert mean_loss(softmax(weights), ids) < losses[-1] < losses[0]
    assert least < losses[-1] < least + 0.05
    frequent = counts.sum(axis=1).argmax()
    np.testing.assert_allclose(softmax(weights)[frequent], transition_probabilities(counts, 0.0)[frequent], atol=0.01)


def test_generated_text_follows_the_table() -> None:
    table = np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]])
    ids = generate(table, 0, 3000, np.random.default_rng(0))
    pairs = count_pairs(np.concatenate(([0], ids)), 3)
    assert (pairs[table == 0] == 0).all()
    assert pairs[1, 0] / pairs[1].sum() == pytest.approx(0.5, abs=0.05)
    again = generate(table, 0, 3000, np.random.default_rng(0))
    assert (again == ids).all()


def test_softmax_does_not_overflow_and_ignores_a_shift() -> None:
    np.testing.assert_allclose(softmax(np.array([1000.0, 1000.0])), [0.5, 0.5])
    np.testing.assert_allclose(softmax(np.array([1.0, 2.0])), softmax(np.array([-7.0, -6.0])))
