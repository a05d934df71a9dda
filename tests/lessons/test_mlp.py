"""Bengio's network of lesson 10: its gradients are torch's, it learns, it overfits what is small, its rates show."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons import mlp
from tui_llm.lessons.bigram import alphabet_of, count_pairs, encode, transition_probabilities
from tui_llm.lessons.bigram import mean_loss as bigram_loss

TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")
ALPHABET = alphabet_of(TEXT)
V = len(ALPHABET)


@given(st.text(min_size=20, max_size=400), st.integers(0, 99))
def test_the_three_parts_are_the_text_in_other_order(text: str, seed: int) -> None:
    parts = mlp.split(text, np.random.default_rng(seed))
    assert sorted("".join(parts)) == sorted(text)
    assert len(parts[0]) == pytest.approx(0.8 * len(text), abs=20)
    assert parts == mlp.split(text, np.random.default_rng(seed))


def test_the_parts_are_alike_even_if_the_text_is_sorted() -> None:
    parts = mlp.split("".join(letter * 100_000 for letter in "abcdefghij"), np.random.default_rng(0))
    for part in parts:
        assert all(0.02 < part.count(letter) / len(part) < 0.2 for letter in "abcdefghij")


def test_windows_are_what_came_before_each_token() -> None:
    contexts, targets = mlp.windows(np.arange(6), 3)
    assert contexts.tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    assert targets.tolist() == [3, 4, 5]


def test_gradients_are_torchs_within_a_billionth() -> None:
    rng = np.random.default_rng(0)
    p = mlp.initial(7, 3, 4, 9, rng)
    p["b1"] += rng.normal(size=9)
    p["b2"] += rng.normal(size=7)
    contexts, targets = rng.integers(7, size=(11, 3)), rng.integers(7, size=11)
    loss, found = mlp.gradients(p, contexts, targets)
    t = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    hidden = torch.tanh(t["C"][torch.tensor(contexts)].flatten(1) @ t["W1"] + t["b1"])
    expected = F.cross_entropy(hidden @ t["W2"] + t["b2"], torch.tensor(targets))
    expected.backward()  # type: ignore[no-untyped-call]
    assert loss == pytest.approx(expected.item(), abs=1e-9)
    assert mlp.mean_loss(p, contexts, targets) == pytest.approx(loss)
    for name, tensor in t.items():
        assert tensor.grad is not None
        np.testing.assert_allclose(found[name], tensor.grad.numpy(), atol=1e-9)


def test_it_beats_the_bigram_on_text_it_has_not_seen() -> None:
    rng = np.random.default_rng(0)
    train, validation, _ = (encode(part, ALPHABET) for part in mlp.split(TEXT, rng))
    p = mlp.initial(V, 3, 8, 64, rng)
    data, held = mlp.windows(train, 3), mlp.windows(validation, 3)
    assert mlp.mean_loss(p, *held) == pytest.approx(log(V), abs=0.05)  # first guesses are nearly even
    records = list(mlp.train(p, data, held, 1500, 0.3, rng, every=500))
    assert [record.step for record in records] == [500, 1000, 1500]
    bigram = min(
        bigram_loss(transition_probabilities(count_pairs(train, V), k), validation) for k in (0.03, 0.1, 0.3, 1.0)
    )
    assert records[-1].validation < bigram - 0.05
    assert records[-1].train < records[-1].validation


def test_a_tiny_text_is_learnt_by_heart() -> None:
    rng = np.random.default_rng(0)
    tiny, held = encode(TEXT[:600], ALPHABET), encode(TEXT[8000:12000], ALPHABET)
    p = mlp.initial(V, 4, 8, 100, rng)
    records = list(mlp.train(p, mlp.windows(tiny, 4), mlp.windows(held, 4), 1500, 0.3, rng, batch=32, every=100))
    assert records[-1].train < 0.3
    best = min(record.validation for record in records)
    assert best < log(V)
    assert records[-1].validation > best + 1.0


def test_vowels_come_to_lie_together() -> None:
    rng = np.random.default_rng(0)
    p = mlp.initial(V, 4, 2, 100, rng)
    contexts, targets = mlp.windows(encode(TEXT, ALPHABET), 4)
    for _ in range(1500):
        mlp.learn(p, contexts, targets, 0.3, 64, rng)
    vowels, consonants = "aeiou", "bcdlmnprstvj"
    points = p["C"][encode(vowels + consonants, ALPHABET)]
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    nearest = np.argsort(apart, axis=1)[:, 1:4]  # of each letter three others
    assert (nearest[:5] < 5).mean() > 0.45  # by chance 4/16
    assert (nearest[5:] >= 5).mean() > 0.9  # by chance 11/16


def test_the_range_test_has_a_valley_and_leaves_the_parameters_alone() -> None:
    rng = np.random.default_rng(0)
    p = mlp.initial(V, 3, 8, 64, rng)
    before = {name: weights.copy() for name, weights in p.items()}
    rates, losses = mlp.range_test(p, mlp.windows(encode(TEXT, ALPHABET), 3), 1e-3, 100.0, 300, rng)
    assert rates[[0, -1]] == pytest.approx([1e-3, 100.0])
    valley = int(np.nanargmin(losses))
    assert 0.05 < rates[valley] < 10
    assert losses[0] > losses[valley] + 0.5
    assert not losses[-1] < losses[valley] + 0.5  # it may have left the numbers altogether
    assert all((p[name] == before[name]).all() for name in p)


def test_a_common_token_is_drawn_as_often_as_foretold() -> None:
    rng = np.random.default_rng(0)
    p = mlp.initial(3, 2, 2, 4, rng)
    for name in ("W2", "W1"):
        p[name] *= 0
    p["b2"] = np.log([0.7, 0.2, 0.1])
    ids = mlp.generate(p, np.array([0, 0]), 2000, rng)
    np.testing.assert_allclose(np.bincount(ids) / 2000, [0.7, 0.2, 0.1], atol=0.04)


def test_the_plane_keeps_the_most_of_the_distances() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(30, 2))
    turned = flat @ np.linalg.qr(rng.normal(size=(5, 5)))[0][:2]  # a plane, somehow in five dimensions
    seen = mlp.plane(turned)

    def distances(points: np.ndarray) -> np.ndarray:
        apart: np.ndarray = np.linalg.norm(points[:, None] - points[None], axis=-1)
        return apart

    np.testing.assert_allclose(distances(seen), distances(flat), atol=1e-9)
    assert seen[:, 0].std() >= seen[:, 1].std()
