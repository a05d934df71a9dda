"""What lesson 9 computes: pairs of characters counted, text drawn from them, their loss, and a network that learns the
same table. Imports numpy, the network and the kit.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tui_llm.lessons import bigram
from tui_llm.lessons.bigram import Array, Ids
from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Lines, Matrix, Plot, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.course.lesson09_bigrams.texts import (
    alphabet_of,
    at_least,
    shown,
    some_stories,
    wrapped,
)

#: Characters without which there is nothing to count.
LEAST = 20

WORD = "abracadabra"
RANK = Knob(span(1, 12, 1), 2)
STEPS = 200

#: Of a figure: it has the text as it is counted here, and one that is long enough.
_enough = at_least(LEAST, "short")


class Counted(NamedTuple):
    """A text as ids, the most frequent character first, and its pairs (V, V)."""

    text: str
    alphabet: str
    ids: Ids
    counts: Array

    @property
    def vocabulary(self) -> int:
        return len(self.alphabet)


@lru_cache(maxsize=4)
def counted(text: str) -> Counted:
    """The pairs of a prepared text."""
    alphabet = alphabet_of(text)
    ids = bigram.encode(text, alphabet)
    return Counted(text, alphabet, ids, bigram.count_pairs(ids, len(alphabet)))


def least_loss(seen: Counted) -> float:
    """What a text costs by its own pairs: nothing that looks one character back can do better."""
    return bigram.mean_loss(bigram.transition_probabilities(seen.counts, 0.0), seen.ids)


@figure(rank=RANK, text=TEXT)
@_enough
def pairs(words: Words, rank: int, text: str) -> Drawing:
    """What follows one of the most frequent characters."""
    seen = counted(text)
    row = min(rank, seen.vocabulary) - 1
    after = seen.counts[row]
    places = np.argsort(-after, kind="stable")[:8]
    places = places[after[places] > 0]
    title = words("after", character=shown(seen.alphabet[row]), count=int(after.sum()))
    return Bars(
        title=title,
        labels=[shown(seen.alphabet[place]) for place in places],
        values=after[places].tolist(),
        digits=0,
    )


@figure(what=Knob(("counts", "shares"), "counts"), text=TEXT)
@_enough
def table(words: Words, what: str, text: str) -> Drawing:
    """The corner of the table where the most frequent characters stand."""
    seen = counted(text)
    values = seen.counts if what == "counts" else bigram.transition_probabilities(seen.counts, 0.0)
    signs = [shown(character) for character in seen.alphabet]
    return Matrix(
        title=words("size", count=seen.vocabulary, cells=seen.vocabulary**2),
        values=values[:8, :24].tolist(),
        rows=signs[:8],
        columns=signs[:24],
    )


@number(tolerance=0.005)
def share() -> float:
    seen = counted(WORD)
    shares = bigram.transition_probabilities(seen.counts, 0.0)
    return float(shares[seen.alphabet.index("a"), seen.alphabet.index("b")])


@figure()
def abracadabra(words: Words) -> Drawing:
    """All pairs of one word."""
    seen = counted(WORD)
    order = [seen.alphabet.index(character) for character in sorted(seen.alphabet)]
    rows = [
        (seen.alphabet[a], *(f"{seen.counts[a, b]:.0f}" for b in order), f"{seen.counts[a].sum():.0f}") for a in order
    ]
    columns = (words("first"), *(f"→ {seen.alphabet[b]}" for b in order), words("sum"))
    return Table(columns=columns, rows=rows, marked=[0])


@figure(look=Knob(("even", "single", "pair"), "even"), throw=Knob(span(1, 9, 1), 1), text=TEXT)
@_enough
def written(words: Words, look: str, throw: int, text: str) -> Drawing:  # noqa: ARG001 - every figure takes them
    """Text drawn by lot: from all characters alike, from how frequent they are, from pairs."""
    seen = counted(text)
    if look == "pair":
        chances = bigram.transition_probabilities(seen.counts, 0.0)
    else:
        single = np.bincount(seen.ids) / len(seen.ids)
        chances = np.tile(single if look == "single" else np.full_like(single, 1 / len(single)), (len(single), 1))
    start = max(0, seen.alphabet.find("\n"))
    ids = bigram.generate(chances, start, 5 * 72, np.random.default_rng(throw))
    return Lines(lines=wrapped(bigram.decode(ids, seen.alphabet), 5))


@figure(length=Knob(span(1, 8, 1), 4), text=TEXT)
@_enough
def surprise(words: Words, length: int, text: str) -> Drawing | list[Drawing]:
    """The likelihood of the first pairs of the text: multiplied, and as a mean of logarithms."""
    seen = counted(text)
    shares = bigram.transition_probabilities(seen.counts, 0.0)
    before, after = seen.ids[:length], seen.ids[1 : length + 1]
    found = shares[before, after]
    rows = [
        (f"{shown(seen.alphabet[a])} → {shown(seen.alphabet[b])}", f"{chance:.4f}", f"{abs(math.log(chance)):.2f}")
        for a, b, chance in zip(before, after, found, strict=True)
    ]
    sums = [
        words("product", value=np.format_float_positional(found.prod(), 2, fractional=False, trim="-")),
        words("mean", value=f"{abs(np.log(found).mean()):.2f}"),
    ]
    return [Table(columns=(words("pair"), "P", "−ln P"), rows=rows), Lines(lines=sums)]


@number(tolerance=0.05)
def even_loss() -> float:
    return bigram.mean_loss(np.full((27, 27), 1 / 27), np.arange(27))


def losses_of(seen: Counted) -> dict[str, float]:
    """Nats a character, for someone who knows nothing, how frequent each character is, and the pairs."""
    single = np.bincount(seen.ids) / len(seen.ids)
    return {
        "even": math.log(seen.vocabulary),
        "single": float(-np.log(single[seen.ids[1:]]).mean()),
        "pair": least_loss(seen),
    }


@figure(text=TEXT)
@_enough
def losses(words: Words, text: str) -> Drawing:
    """What knowing more is worth."""
    rows = [(words(name), f"{loss:.2f}", f"{math.exp(loss):.1f}") for name, loss in losses_of(counted(text)).items()]
    return Table(columns=(words("knows"), words("loss"), words("choices")), rows=rows)


SMOOTHINGS = (0.0, 0.01, 0.1, 1.0, 10.0)


def smoothed(text: str) -> list[tuple[float, float, float]]:
    """For each smoothing, the loss on the first nine tenths, which are counted, and on the last."""
    seen = counted(text)
    cut = len(seen.ids) * 9 // 10
    first, last = seen.ids[:cut], seen.ids[cut:]
    counts = bigram.count_pairs(first, seen.vocabulary)
    tables = [(k, bigram.transition_probabilities(counts, k)) for k in SMOOTHINGS]
    return [(k, bigram.mean_loss(one, first), bigram.mean_loss(one, last)) for k, one in tables]


@choice
def unseen() -> str:
    ids = bigram.encode("ab" * 500, "abq")
    shares = bigram.transition_probabilities(bigram.count_pairs(ids, 3), 0.0)
    with_q = bigram.encode("ab" * 500 + "q", "abq")
    before, after = bigram.mean_loss(shares, ids), bigram.mean_loss(shares, with_q)
    return "infinite" if math.isinf(after) else "same" if after == before else "little"


@figure(text=TEXT)
@_enough
def smoothing(words: Words, text: str) -> Drawing:
    """What a constant added to every count does to what was counted, and to what was not."""
    found = smoothed(text)
    rows = [(f"{k:g}", _loss(first), _loss(last)) for k, first, last in found]
    best = min(range(len(found)), key=lambda place: found[place][2])
    return Table(columns=("k", words("counted"), words("new")), rows=rows, marked=[best])


def _loss(value: float) -> str:
    return "∞" if math.isinf(value) else f"{value:.3f}"


@figure(character=Knob(("a", "b", "c", "d", "r"), "b"))
def one_hot(words: Words, character: str) -> list[Drawing]:
    """A one-hot input picks out a row of the weights, and a softmax makes probabilities of it."""
    alphabet = "abcdr"
    weights = np.random.default_rng(0).normal(size=(5, 5)).round(1)
    row = alphabet.index(character)
    rows = [
        (one, str(int(place == row)), *(f"{weight:.1f}".replace("-", "−") for weight in weights[place]))
        for place, one in enumerate(alphabet)
    ]
    layer = Table(columns=("", words("input"), *(f"→ {one}" for one in alphabet)), rows=rows, marked=[row])
    logits = weights[row]
    steps = [
        (words("logits"), *(f"{value:.1f}".replace("-", "−") for value in logits)),
        (words("powers"), *(f"{value:.2f}" for value in np.exp(logits))),
        (words("softmax"), *(f"{value:.2f}" for value in bigram.softmax(logits))),
    ]
    return [layer, Table(columns=("", *alphabet), rows=steps, marked=[2])]


@lru_cache(maxsize=16)
def learnt(text: str, steps: int, rate: float) -> tuple[Array, list[float]]:
    """The network's weights and losses on a prepared text."""
    with np.errstate(all="ignore"):  # at a rate too high it may leave the numbers
        return bigram.train(counted(text).counts, steps, rate)


@choice
def reach() -> str:
    seen = counted(some_stories())
    least = least_loss(seen)
    first, last = (learnt(seen.text, steps, 50.0)[1][-1] - least for steps in (200, 2000))
    if last < 0:
        return "below"
    return "toward" if last < 0.01 < first else "above"


@figure(rate=Knob((1, 10, 50, 500), 10), text=TEXT)
@_enough
def descent(words: Words, rate: int, text: str) -> Drawing:
    """The network's loss, step by step, and that of counting."""
    seen = counted(text)
    least, highest = least_loss(seen), math.log(seen.vocabulary)
    return Plot(
        x=words("steps"),
        y=words("loss"),
        curves=[
            Curve(words("network"), list(range(STEPS)), learnt(text, STEPS, float(rate))[1]),
            Curve(words("counting"), [0, STEPS], [least, least]),
        ],
        x_range=(0, STEPS),
        y_range=(math.floor(least), math.ceil(highest + 0.1)),
        height=8,
    )


@figure(steps=Knob((1, 10, 100, 1000), 1), rank=RANK, text=TEXT)
@_enough
def same(words: Words, steps: int, rank: int, text: str) -> Drawing:
    """One row of the table, counted and learnt."""
    seen = counted(text)
    row = min(rank, seen.vocabulary) - 1
    shares = bigram.transition_probabilities(seen.counts, 0.0)[row]
    found = bigram.softmax(learnt(text, steps, 50.0)[0][row])
    places = np.argsort(-shares, kind="stable")[:7]
    labels = [f"{shown(seen.alphabet[row])} → {shown(seen.alphabet[place])}" for place in places]
    reach = float(max(shares.max(), found[places].max()))
    parts = [
        Bars(title=words(name), labels=labels, values=values[places].tolist(), reach=reach)
        for name, values in (("counted", shares), ("network", found))
    ]
    return Beside(parts=parts)
