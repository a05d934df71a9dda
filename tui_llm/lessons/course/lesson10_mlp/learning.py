"""What lesson 10 trains on a prepared text: Bengio's network, for its losses, its points, its learning rate, and by
heart; and the table of counts that it is compared with. Imports numpy and the networks.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tui_llm.lessons import bigram, mlp
from tui_llm.lessons.bigram import Array, Ids
from tui_llm.lessons.course.lesson09_bigrams.texts import alphabet_of
from tui_llm.lessons.mlp import Parameters, Record

#: The network of the lesson.
CONTEXT, EMBEDDING, HIDDEN, RATE = 5, 8, 64, 0.5
STEPS, FEW_STEPS = 1000, 400

#: Examples by which losses are told on the way: enough for a curve.
LOOK = 2000


class Parts(NamedTuple):
    """A text's alphabet, and its three parts as ids."""

    alphabet: str
    train: Ids
    validation: Ids
    test: Ids

    @property
    def vocabulary(self) -> int:
        return len(self.alphabet)

    def windows(self, context: int) -> tuple[tuple[Ids, Ids], tuple[Ids, Ids]]:
        """Contexts and targets to learn from, and of the validation part."""
        return mlp.windows(self.train, context), mlp.windows(self.validation, context)


@lru_cache(maxsize=4)
def parts_of(text: str) -> Parts:
    """A prepared text, split."""
    alphabet = alphabet_of(text)
    train, validation, test = (bigram.encode(part, alphabet) for part in mlp.split(text, np.random.default_rng(0)))
    return Parts(alphabet, train, validation, test)


def trained(text: str, context: int) -> tuple[Parameters, list[Record]]:
    """The network that has learnt a prepared text, and its losses on the way."""
    return _run(text, context, STEPS, RATE)


def tried(text: str, rate: float) -> list[Record]:
    """Its losses in a first few steps at some rate."""
    return _run(text, CONTEXT, FEW_STEPS, rate)[1]


@lru_cache(maxsize=32)
def _run(text: str, context: int, steps: int, rate: float) -> tuple[Parameters, list[Record]]:
    parts, rng = parts_of(text), np.random.default_rng(0)
    p = mlp.initial(parts.vocabulary, context, EMBEDDING, HIDDEN, rng)
    with np.errstate(all="ignore"):  # at a rate too high it may leave the numbers
        return p, _train(p, *parts.windows(context), steps, rate, rng)


def _train(
    p: Parameters,
    data: tuple[Ids, Ids],
    validation: tuple[Ids, Ids],
    steps: int,
    rate: float,
    rng: np.random.Generator,
    batch: int = 64,
) -> list[Record]:
    """Let `p` learn; its losses at the start, and ten times on the way."""
    start = Record(0, mlp.mean_loss(p, *mlp.thinned(*data, LOOK)), mlp.mean_loss(p, *mlp.thinned(*validation, LOOK)))
    return [start, *mlp.train(p, data, validation, steps, rate, rng, batch, steps // 10, LOOK)]


def counting(parts: Parts, ids: Ids) -> float:
    """The loss of lesson 9's pairs on `ids`, smoothed as is best for the validation part."""
    counts = bigram.count_pairs(parts.train, parts.vocabulary)
    tables = [bigram.transition_probabilities(counts, k) for k in (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)]
    best = min(tables, key=lambda one: bigram.mean_loss(one, parts.validation))
    return bigram.mean_loss(best, ids)


def new_contexts(parts: Parts, context: int) -> tuple[int, float]:
    """How many different contexts the training part has, and the share of the validation part's not among them."""
    train, validation = (
        np.lib.stride_tricks.sliding_window_view(ids, context) for ids in (parts.train, parts.validation)
    )
    known = {one.tobytes() for one in np.ascontiguousarray(train)}
    new = sum(one.tobytes() not in known for one in np.ascontiguousarray(validation))
    return len(known), new / len(validation)


def searched(text: str) -> tuple[list[float], list[float]]:
    """The learning-rate search on a prepared text: logarithms of the rates, and losses."""
    parts, rng = parts_of(text), np.random.default_rng(0)
    p = mlp.initial(parts.vocabulary, CONTEXT, EMBEDDING, HIDDEN, rng)
    with np.errstate(all="ignore"):
        rates, losses = mlp.range_test(p, parts.windows(CONTEXT)[0], 1e-3, 100.0, 300, rng)
    return np.log10(rates).tolist(), losses.tolist()


#: Steps after which the points in a plane are looked at.
MOMENTS = (0, 10, 30, 100, 300, 1000)


@lru_cache(maxsize=4)
def flat(text: str) -> dict[int, Array]:
    """The points (V, 2) of a network with two dimensions, at some moments of its training."""
    parts, rng = parts_of(text), np.random.default_rng(0)
    p = mlp.initial(parts.vocabulary, 4, 2, 100, rng)
    data, _ = parts.windows(4)
    found = {0: p["C"].copy()}
    for before, after in pairwise(MOMENTS):
        for _ in range(after - before):
            mlp.learn(p, *data, RATE, 64, rng)
        found[after] = p["C"].copy()
    return found


def vowels_apart(text: str, steps: int) -> tuple[float, float]:
    """The mean distance of two vowels, and that of a vowel and a consonant."""
    parts, points = parts_of(text), flat(text)[steps]
    vowels, consonants = (
        points[[parts.alphabet.index(one) for one in letters]] for letters in ("aeiou", "bcdfghlmnprstv")
    )
    among = np.linalg.norm(vowels[:, None] - vowels[None], axis=-1).sum() / 20
    across = np.linalg.norm(vowels[:, None] - consonants[None], axis=-1).mean()
    return float(among), float(across)


@lru_cache(maxsize=16)
def fitted(text: str, characters: int, hidden: int) -> list[Record]:
    """Both losses of a network that learns from a short beginning of the training part."""
    parts, rng = parts_of(text), np.random.default_rng(0)
    p = mlp.initial(parts.vocabulary, CONTEXT, EMBEDDING, hidden, rng)
    _, validation = parts.windows(CONTEXT)
    data = mlp.windows(parts.train[:characters], CONTEXT)
    return _train(p, data, validation, 1000, RATE, rng, batch=32)


def final(text: str) -> dict[str, tuple[float, float, float]]:
    """Losses of each model on the training, validation and test part of a prepared text."""
    parts = parts_of(text)
    three = (parts.train, parts.validation, parts.test)
    p = trained(text, CONTEXT)[0]
    even = math.log(parts.vocabulary)
    return {
        "even": (even, even, even),
        "pairs": (counting(parts, three[0]), counting(parts, three[1]), counting(parts, three[2])),
        "network": (_cost(p, three[0]), _cost(p, three[1]), _cost(p, three[2])),
    }


def _cost(p: Parameters, ids: Ids) -> float:
    return mlp.mean_loss(p, *mlp.thinned(*mlp.windows(ids, CONTEXT), most=8000))
