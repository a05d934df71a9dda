"""What lesson 6 computes: noisy letters, a stack of RBMs trained layer by layer, what each layer is good for, dreams.
Imports numpy, the networks and the kit.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Lines, Matrix, Plot, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number
from tui_llm.lessons.deep_belief import DeepBelief, noisy_letters, one_label_each, spread, train_stack
from tui_llm.lessons.hopfield import letters

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NAMES = "AILOST"
CLEAN = (letters(NAMES) + 1) / 2  # (6, 64)
COPIES = 50
SIZES = [40, 20]
EPOCHS = 60
NOISE = (0.1, 0.15, 0.2, 0.25, 0.3)
START = 0.25
SWEEPS = (0, 1, 5, 50)
DREAMS = 200
LETTER = tuple(NAMES.lower())


@cache
def trained(noise: float, epochs: int = EPOCHS) -> tuple[DeepBelief, list[list[float]]]:
    """A stack that has seen 50 noisy copies of each letter, without names, and each layer's reconstruction errors."""
    rng = np.random.default_rng(0)
    data, _ = noisy_letters(NAMES, COPIES, noise, rng)
    return train_stack(data, SIZES, epochs, rng)


@cache
def new(noise: float) -> tuple[Floats, Ints]:
    """300 other noisy letters, (300, 64), which no stack has seen, and which letter each is."""
    return noisy_letters(NAMES, COPIES, noise, np.random.default_rng(1000))


@cache
def by_pixels(noise: float) -> float:
    """The share of new letters that get their right name from one label each, by their pixels."""
    return one_label_each(*new(noise), np.random.default_rng(0))


@cache
def named(noise: float, epochs: int = EPOCHS) -> list[float]:
    """The same share by pixels, layer 1, layer 2."""
    data, labels = new(noise)
    _, *layers = trained(noise, epochs)[0].up(data)
    return [by_pixels(noise), *(one_label_each(layer, labels, np.random.default_rng(0)) for layer in layers)]


def _square(pixels: Floats, title: str = "") -> Matrix:
    """A picture of 64 pixels."""
    return Matrix(title=title, values=pixels.reshape(8, 8).tolist(), reach=1)


def _copies(letter: str, noise: float) -> Floats:
    """The new pictures of one letter, (50, 64)."""
    data, labels = new(noise)
    found: Floats = data[labels == LETTER.index(letter)]
    return found


@figure(letter=Knob(LETTER, "a"), noise=Knob(NOISE, START))
def noisy(words: Words, letter: str, noise: float) -> Drawing:
    """A letter, and three noisy copies."""
    copies = _copies(letter, noise)
    shown = [_square(one, words("copy", number=place)) for place, one in enumerate(copies[:3], 1)]
    return Beside(parts=[_square(CLEAN[LETTER.index(letter)], words("letter")), *shown])


@number(tolerance=8)
def from_pixels() -> float:
    return 100 * by_pixels(START)


@figure()
def pixels(words: Words) -> Drawing:
    """The share of right names by pixels, for every noise."""
    return Plot(
        x=words("noise"),
        y=words("right"),
        curves=[Curve("", [100 * noise for noise in NOISE], [100 * by_pixels(noise) for noise in NOISE])],
        y_range=(0, 100),
    )


@figure(noise=Knob(NOISE, START))
def learning(words: Words, noise: float) -> Drawing:
    """The reconstruction error of each machine of its own input, one after the other."""
    first, second = trained(noise)[1]
    later = list(range(EPOCHS, 2 * EPOCHS + 1))
    return Plot(
        x=words("epochs"),
        y=words("error"),
        curves=[
            Curve(words("layer", number=1), list(range(EPOCHS + 1)), first),
            Curve(words("layer", number=2), later, second),
        ],
        x_range=(0, 2 * EPOCHS),
        y_range=(0, 0.26),
    )


@choice
def which_layer() -> str:
    shares = named(START)
    return ("pixels", "first", "second")[shares.index(max(shares))]


def _levels(words: Words) -> list[str]:
    return [words("pixels"), words("first"), words("second")]


@figure(noise=Knob(NOISE, START))
def levels(words: Words, noise: float) -> Drawing:
    """The share of right names at each level."""
    return Bars(labels=_levels(words), values=[100 * share for share in named(noise)], reach=100, digits=0)


def apart(one: Floats, other: Floats) -> list[float]:
    """The mean difference of the units at each level for two pictures, (64,) each."""
    ups = trained(START)[0].up(np.stack([one, other]))
    return [float(np.abs(level[0] - level[1]).mean()) for level in ups]


@figure(one=Knob(LETTER, "a"), other=Knob(LETTER, "a"))
def inside(words: Words, one: str, other: str) -> list[Drawing]:
    """Two pictures at every level, side by side."""
    pair = np.stack([_copies(one, START)[0], _copies(other, START)[1]])
    parts: list[Drawing] = []
    ups = trained(START)[0].up(pair)
    for place in (0, 1):
        shapes = ((8, 8), (8, 5), (5, 4))
        for level, shape, title in zip(ups, shapes, ("0", "1", "2"), strict=True):
            parts.append(Matrix(title=title, values=level[place].reshape(shape).tolist(), reach=1))
    values = [f"{100 * value:.0f}" for value in apart(pair[0], pair[1])]
    return [
        Beside(parts=parts),
        Lines(lines=[words("apart", pixels=values[0], first=values[1], second=values[2])]),
    ]


@figure(noise=Knob(NOISE, START))
def spreads(words: Words, noise: float) -> Drawing:
    """How far pictures of one letter lie apart, over how far the letters do."""
    data, labels = new(noise)
    ups = trained(noise)[0].up(data)
    rows = [
        (label, str(level.shape[1]), f"{spread(level, labels):.3f}")
        for label, level in zip(_levels(words), ups, strict=True)
    ]
    return Table(columns=("", words("units"), words("spread")), rows=rows)


@choice
def blank() -> str:
    shares = named(START, 0)
    if shares[2] > shares[0] + 0.02:
        return "better"
    return "worse" if shares[2] < shares[0] - 0.02 else "same"


@figure(epochs=Knob((0, 5, 20, 60), 0))
def depth(words: Words, epochs: int) -> Drawing:
    """The share of right names at each level after so many epochs of each layer."""
    return Bars(labels=_levels(words), values=[100 * share for share in named(START, epochs)], reach=100, digits=0)


def wrong_pixels(noise: float) -> tuple[float, float]:
    """The share of wrong pixels in the new letters, and after all the way up and down."""
    data, labels = new(noise)
    back = trained(noise)[0].reconstruct(data) > 0.5
    return float((data != CLEAN[labels]).mean()), float((back != CLEAN[labels]).mean())


@figure(letter=Knob(LETTER, "s"), noise=Knob(NOISE, START))
def clean(words: Words, letter: str, noise: float) -> list[Drawing]:
    """A new noisy letter, and what comes back from the top."""
    v = _copies(letter, noise)[:1]
    back = trained(noise)[0].reconstruct(v)[0]
    before, after = (f"{100 * share:.1f}" for share in wrong_pixels(noise))
    titled = (words("seen"), words("back"), words("letter"))
    pictures = (v[0], back, CLEAN[LETTER.index(letter)])
    return [
        Beside(parts=[_square(one, title) for one, title in zip(pictures, titled, strict=True)]),
        Lines(lines=[words("wrong", before=before, after=after)]),
    ]


@cache
def dreamt(sweeps: int) -> tuple[Floats, float, int]:
    """Dreams (200, 64) of the stack that saw a fifth of the pixels wrong; the mean share of pixels in which they differ
    from the nearest letter, and how many of the six letters are dreamt.
    """
    dreams = trained(0.2)[0].dream(DREAMS, sweeps, np.random.default_rng(0))
    far = np.abs((dreams > 0.5)[:, None] - CLEAN).mean(axis=2)
    return dreams, float(far.min(axis=1).mean()), len(set(far.argmin(axis=1).tolist()))


@figure(sweeps=Knob(SWEEPS, 0))
def dreams(words: Words, sweeps: int) -> list[Drawing]:
    """Four of the dreams."""
    pictures, far, kinds = dreamt(sweeps)
    chosen = [_square(one) for one in pictures[:4]]
    return [Beside(parts=chosen), Lines(lines=[words("far", percent=f"{100 * far:.1f}", count=kinds)])]
