"""What lesson 14 computes: averages of the past, queries and keys, heads, what residual connections are for, LayerNorm,
dropout, the block. Imports numpy, the network and the kit.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_llm.lessons.attention import (
    Array,
    attention,
    average_loop,
    average_matrix,
    block,
    dropout,
    entropy,
    feed_forward,
    initial,
    layer_norm,
    masked_softmax,
    multi_head,
)
from tui_llm.lessons.bigram import softmax
from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Lines, Matrix, Pieces, Plot, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span

#: Six positions of two channels, whose averages are whole numbers.
X = np.array([[2, 0], [4, 0], [0, 6], [2, 2], [7, -3], [-3, 1]], dtype=np.float64)

VOWELS = "aeiouáéíóúâêôãõàü"

#: Four keys: right, up, left, down.
KEYS = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], dtype=np.float64)

BLOCKS = 12


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


@figure(position=Knob(span(1, 6, 1), 3))
def running(words: Words, position: int) -> list[Drawing]:
    """The first positions' averages, and how the last of them is reckoned."""
    out = average_loop(X[None])[0]
    names = [f"{place}" for place in range(1, 7)]
    seen = X[:position, 0]
    total = " + ".join(f"{value:g}" for value in seen).replace("+ -", "− ")
    parts = [
        Matrix(title=words("input"), values=X.tolist(), rows=names, digits=0, reach=8),
        Matrix(title=words("average"), values=out[:position].tolist(), rows=names[:position], digits=0, reach=8),
    ]
    reckoned = f"{words('first')}: ({total}) / {position} = {out[position - 1, 0]:g}"
    return [Beside(parts=parts), Lines(lines=[reckoned])]


def averaging(positions: int) -> Array:
    """(T, T) what each position takes from whom: the average of a one at each place."""
    weights: Array = average_matrix(np.eye(positions)[None])[0]
    return weights


@number(tolerance=0.001)
def fourth_row() -> float:
    return float(averaging(6)[3, 0])


@figure(positions=Knob(span(2, 8, 1), 6))
def triangle(words: Words, positions: int) -> Drawing:
    """The matrix that averages."""
    names = [f"{place}" for place in range(1, positions + 1)]
    return Matrix(
        title=words("weights"), values=averaging(positions).tolist(), rows=names, columns=names, digits=2, reach=1
    )


def weights_with(future: float | str, positions: int = 4) -> Array:
    """(T, T) weights when the past has the score 0 and the future this one; a text is minus infinity."""
    zeros = np.zeros((positions, positions))
    if isinstance(future, str):
        return masked_softmax(zeros)
    return softmax(np.where(np.tril(np.ones_like(zeros)) > 0, zeros, future))


@choice
def future_zero() -> str:
    weights = weights_with(0)
    if weights[0, 1] == 0:
        return "nothing"
    return "same" if weights[0, 1] == weights[0, 0] else "less"


@figure(future=Knob((0, -1, -2, -4, "never"), 0))
def masked(words: Words, future: float | str) -> Drawing:
    """What softmax makes of the scores."""
    weights = weights_with(future)
    sign = words(future) if isinstance(future, str) else f"{future:g}".replace("-", "−")
    scores = ["  ".join(f"{'0' if key <= query else sign:>2}" for key in range(4)) for query in range(4)]
    parts: list[Drawing] = [
        Lines(title=words("scores"), lines=scores),
        Matrix(title=words("weights"), values=weights.tolist(), digits=2, reach=1),
    ]
    return Beside(parts=parts)


@figure(angle=Knob(span(0, 315, 45), 0), length=Knob((0, 1, 2, 4), 1))
def fit(words: Words, angle: int, length: int) -> list[Drawing]:
    """How a query fits four keys, and the weights that this gives."""
    query = length * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    weights = attention(np.tile(query, (4, 1)), KEYS, KEYS, scaled=False)[1][-1]
    labels = [
        f"{sign} ({key[0]:>2g}, {key[1]:>2g}) · q = {key @ query + 0.0:>4.1f}"
        for sign, key in zip("→↑←↓", KEYS, strict=True)
    ]
    asked = f"q = ({query[0] + 0.0:.1f}, {query[1] + 0.0:.1f})"
    bars = Bars(
        title=words("weights"), labels=[one.replace("-", "−") for one in labels], values=weights.tolist(), reach=1
    )
    return [Lines(lines=[asked.replace("-", "−")]), bars]


def kinds(sentence: str) -> Array:
    """(T, 3) a one for what each character is: a vowel, another letter, or neither."""
    kind = [0 if one.lower() in VOWELS else 1 if one.isalpha() else 2 for one in sentence]
    return np.eye(3)[kind]


def gathered(sentence: str, sought: int, strength: float) -> tuple[Array, Array]:
    """(T,) where the last position looks when it seeks one kind, and (3,) what it gathers, the kind being the value."""
    keys = kinds(sentence)
    queries = np.tile(strength * np.eye(3)[sought], (len(keys), 1))
    found, weights = attention(queries, keys, keys, scaled=False)
    return weights[-1], found[-1]


@choice
def asks_nothing() -> str:
    weights, _ = gathered("the cat sat", 0, 0)
    return "average" if np.allclose(weights, weights[0]) else "last" if weights[-1] > 0.5 else "nothing"


@figure(seeks=Knob(("vowel", "consonant", "blank"), "vowel"), strength=Knob((0, 1, 2, 4, 8), 4))
def lookup(words: Words, seeks: str, strength: int) -> list[Drawing]:
    """Where the end of a sentence looks, and what it gathers there."""
    names = ("vowel", "consonant", "blank")
    sentence = words("sentence")
    weights, found = gathered(sentence, names.index(seeks), strength)
    return [
        Pieces(pieces=list(sentence), weights=(weights / weights.max() * 0.8).tolist()),
        Bars(labels=[words(name) for name in names], values=found.tolist(), reach=1),
    ]


@cache
def products(size: int) -> Array:
    """(20000,) products of two vectors of so many standard normal numbers."""
    q, k = _rng().normal(size=(2, 20_000, size))
    found: Array = (q * k).sum(axis=1)
    return found


@number(tolerance=0.5)
def spread() -> float:
    return float(products(64).std())


@figure(size=Knob((4, 16, 64, 256), 64), scaled=Knob(("plain", "divided"), "plain"))
def sharpness(words: Words, size: int, scaled: str) -> Drawing:
    """The last position's weights for drawn queries and keys."""
    q, k = _rng().normal(size=(2, 5, size))
    weights = attention(q, k, k, scaled=scaled == "divided")[1][-1]
    return Bars(
        title=words("entropy", bits=f"{float(entropy(weights)):.2f}", even=f"{np.log2(5):.2f}"),
        labels=[f"k{place}" for place in range(1, 6)],
        values=weights.tolist(),
        reach=1,
    )


@choice
def more_heads() -> str:
    """`initial` is not told how many heads there will be: the same weights serve any number."""
    p, x = initial(8, _rng()), _rng().normal(size=(1, 6, 8))
    return "same" if all(multi_head(x, p, heads)[0].shape == x.shape for heads in (1, 4)) else "more"


def seen_by(heads: int) -> Array:
    """(H, 6, 6) where each head looks, with drawn weights; the inputs are made larger, so that it is seen."""
    rng = _rng()
    p, x = initial(8, rng), rng.normal(size=(1, 6, 8))
    weights: Array = multi_head(2 * x, p, heads)[1][0]
    return weights


@figure(heads=Knob((1, 2, 4), 4))
def heads(words: Words, heads: int) -> Drawing:
    """The weights of each head over six positions."""
    parts = [
        Matrix(title=words("head", number=place), values=one.tolist(), rows=list("123456"), reach=1)
        for place, one in enumerate(seen_by(heads), 1)
    ]
    return Beside(parts=parts)


def likeness(x: Array) -> float:
    """The mean cosine between two different positions of `x` (1, T, C): 1 if all point the same way."""
    units = x[0] / np.linalg.norm(x[0], axis=1, keepdims=True)
    cosines = units @ units.T
    return float(cosines[~np.eye(len(cosines), dtype=bool)].mean())


@cache
def likenesses(positions: int) -> tuple[list[float], list[float]]:
    """How alike positions are before and after each of 12 blocks: with what was there added, and without."""
    rng = _rng()
    kept = lost = rng.normal(size=(1, positions, 32))
    found = ([likeness(kept)], [likeness(lost)])
    for _ in range(BLOCKS):
        p = initial(32, rng)
        kept = block(kept, p, 4)
        lost = multi_head(layer_norm(lost, p["norm1"]), p, 4)[0]
        lost = feed_forward(layer_norm(lost, p["norm2"]), p)
        found[0].append(likeness(kept))
        found[1].append(likeness(lost))
    return found


@choice
def without_stream() -> str:
    before, after = likenesses(16)[1][0], likenesses(16)[1][-1]
    return "alike" if after > 0.95 else "apart" if after < before else "kept"


@figure(positions=Knob((4, 8, 16), 16))
def depth(words: Words, positions: int) -> Drawing:
    """How alike positions become, block after block."""
    kept, lost = likenesses(positions)
    xs = list(range(BLOCKS + 1))
    return Plot(
        x=words("blocks"),
        y=words("likeness"),
        curves=[Curve(words("without"), xs, lost), Curve(words("with"), xs, kept)],
        x_range=(0, BLOCKS),
        y_range=(-0.1, 1.0),
    )


CHANNELS = np.array([1.0, -2.0, 0.0, 3.0, 1.0, -1.0])


def normal(scale: float, shift: float) -> Array:
    """(6,) what LayerNorm makes of six channels, multiplied and shifted."""
    return layer_norm(scale * CHANNELS + shift, np.ones(6))


@choice
def after_norm() -> str:
    before, after = normal(1, 0), normal(10, 5)
    if np.allclose(before, after, atol=1e-3):
        return "same"
    return "larger" if np.abs(after).max() > np.abs(before).max() else "zero"


@figure(scale=Knob((0.5, 1, 2, 5, 10), 1), shift=Knob((-5, 0, 5), 0))
def norm(words: Words, scale: float, shift: float) -> Drawing:
    """The channels of one position before LayerNorm and after it."""
    return Matrix(
        values=[(scale * CHANNELS + shift).tolist(), normal(scale, shift).tolist()],
        rows=[words("before"), words("after")],
        digits=1,
        reach=10,
    )


@number(tolerance=0.01)
def kept_one() -> float:
    return float(dropout(np.ones(100), 0.25, _rng()).max())


@figure(rate=Knob((0.0, 0.1, 0.25, 0.5, 0.75), 0.25))
def dropped(words: Words, rate: float) -> Drawing:
    """Fifty ones after dropout."""
    ones = dropout(np.ones((5, 10)), rate, _rng())
    return Matrix(
        title=words("mean", mean=f"{ones.mean():.2f}", zeros=int((ones == 0).sum())),
        values=ones.tolist(),
        digits=2,
        reach=4,
    )


def weights_of(channels: int) -> dict[str, int]:
    """How many weights each part of a block has."""
    sizes = {name: value.size for name, value in initial(channels, _rng()).items()}
    return {
        "norms": sizes["norm1"] + sizes["norm2"],
        "attention": sum(sizes[name] for name in ("wq", "wk", "wv", "wo")),
        "forward": sizes["widen"] + sizes["narrow"],
    }


@figure(channels=Knob((32, 64, 128, 256), 128))
def parts(words: Words, channels: int) -> Drawing:
    """The weights of a block, part by part."""
    found = weights_of(channels)
    total = sum(found.values())
    rows = [(words(name), f"{count}", f"{100 * count / total:.1f} %") for name, count in found.items()]
    return Table(
        columns=("", words("weights"), ""), rows=[*rows, (words("together"), f"{total}", "")], marked=[len(rows)]
    )
