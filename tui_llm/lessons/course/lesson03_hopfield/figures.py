"""What lesson 3 computes: letters recalled from noise, weights and energies, places of rest that were never stored, the
capacity, and the memory of 2020. Imports numpy, the network and the kit.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np

from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Matrix, Plot, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.lessons.hopfield import (
    Floats,
    Recall,
    at_rest,
    capacity,
    energy,
    flip,
    letters,
    recall,
    store,
)

FIVE, SIX = "AILOS", "AILOST"
LETTERS = letters(FIVE)
WEIGHTS = store(LETTERS)
UNITS = LETTERS.shape[1]
NAMES = tuple(FIVE.lower())


def picture(states: Floats, title: str = "") -> Matrix:
    """64 units as 8 rows of 8."""
    return Matrix(title=title, values=states.reshape(8, 8).tolist(), reach=1.5)


@cache
def way(letter: str, noise: int) -> Recall:
    """From a letter of which `noise` per cent of the units are turned over to where the net rests."""
    rng = np.random.default_rng(1)
    shown = flip(LETTERS[FIVE.index(letter.upper())], noise / 100, rng)
    return recall(WEIGHTS, shown[None], rng)


@figure(letter=Knob(NAMES, "a"), noise=Knob(span(0, 50, 5), 20))
def recalled(words: Words, letter: str, noise: int) -> Drawing:
    """What was stored, what the net is shown, and where it comes to rest."""
    states = way(letter, noise).states[:, 0]
    stored = LETTERS[FIVE.index(letter.upper())]
    parts = [(stored, "stored"), (states[0], "shown"), (states[-1], "rests")]
    return Beside(parts=[picture(one, words(name)) for one, name in parts])


@figure(sweep=Knob(span(0, 3, 1), 0), noise=Knob(span(10, 40, 10), 30))
def sweeps(words: Words, sweep: int, noise: int) -> Drawing:
    """The net after each sweep: how much of the A is there."""
    states = way("a", noise).states[:, 0]
    place = min(sweep, len(states) - 1)
    rows = [(str(one), str(int((state == LETTERS[0]).sum()))) for one, state in enumerate(states)]
    table = Table(columns=(words("sweep"), words("right")), rows=rows, marked=[place])
    return Beside(parts=[picture(states[place], words("after", count=place)), table])


# Storing.

SMALL = np.array(
    [
        [1.0, 1.0, 1.0, -1.0, -1.0, -1.0],
        [1.0, -1.0, 1.0, -1.0, 1.0, -1.0],
        [1.0, 1.0, -1.0, -1.0, 1.0, 1.0],
    ]
)


@choice
def agree_once() -> str:
    weight = store(np.array([[1.0, 1.0], [1.0, -1.0]]))[0, 1]
    return {2.0: "two", 0.0: "zero", 1.0: "one"}[float(weight)]


@figure(patterns=Knob((1, 2, 3), 2))
def weights(words: Words, patterns: int) -> Drawing:
    """The weights of a net of six units with so many patterns in it."""
    shown = SMALL[:patterns]
    numbers = [str(one) for one in range(1, 7)]
    stored = Matrix(title=words("patterns"), values=shown.tolist(), columns=numbers, reach=3, digits=0)
    made = Matrix(
        title=words("weights"), values=store(shown).tolist(), rows=numbers, columns=numbers, reach=3, digits=0
    )
    return Beside(parts=[stored, made])


# The energy.


@choice
def energy_does() -> str:
    """What the energy does at the visits on the way down from every letter."""
    changes = np.concatenate([np.diff(way(name, 30).energies, axis=0).ravel() for name in NAMES])
    if (changes > 0).any():
        return "wobbles"
    return "falls" if (changes < 0).all() else "never_rises"


@figure(letter=Knob(NAMES, "a"), noise=Knob(span(10, 50, 10), 30))
def downhill(words: Words, letter: str, noise: int) -> Drawing:
    """The energy at each visit to a unit."""
    energies = way(letter, noise).energies[:, 0]
    stored = float(energy(WEIGHTS, LETTERS[FIVE.index(letter.upper())]))
    visits = 4 * UNITS
    return Plot(
        x=words("visits"),
        y=words("energy"),
        curves=[
            Curve(words("stored"), [0, visits], [stored, stored]),
            Curve(words("net"), list(range(len(energies)))[: visits + 1], energies[: visits + 1].tolist()),
        ],
        x_range=(0, visits),
        y_range=(-2500, 500),
        height=9,
    )


@choice
def eighty() -> str:
    """Where the net comes to rest most often if 80 % of the units of an A are turned over."""
    letter, negative, elsewhere = fates(len(FIVE))[80]
    return max({"letter": letter, "negative": negative, "other": elsewhere}.items(), key=lambda one: one[1])[0]


@cache
def fates(count: int, trials: int = 20) -> dict[int, tuple[float, float, float]]:
    """With `count` letters stored, by the noise in per cent: the share of trials that end at the letter itself, at its
    negative, and elsewhere.
    """
    rng = np.random.default_rng(0)
    stored = LETTERS[:count]
    shown = np.repeat(stored, trials, axis=0)
    found = {}
    for noise in range(0, 101, 5):
        end = recall(store(stored), flip(shown, noise / 100, rng), rng).end
        letter, negative = ((end == sign * shown).all(axis=1).mean() for sign in (1, -1))
        found[noise] = float(letter), float(negative), float(1 - letter - negative)
    return found


@figure(count=Knob(span(2, 5, 1), 5))
def basins(words: Words, count: int) -> Drawing:
    """Where it ends, by how much is turned over."""
    found = fates(count)
    curves = [
        Curve(words(name), list(found), [shares[place] for shares in found.values()])
        for place, name in enumerate(("letter", "negative", "elsewhere"))
    ]
    return Plot(x=words("noise"), y=words("share"), curves=curves, x_range=(0, 100), y_range=(0, 1), height=8)


def signs(state: Floats) -> str:
    """A state as it is written: + + −."""
    return " ".join("+" if one > 0 else "−" for one in state)


@figure(pattern=Knob(("ppm", "pmp", "ppp"), "ppm"))
def landscape(words: Words, pattern: str) -> Drawing:
    """All eight states of a net of three units that has stored one pattern."""
    stored = np.array([[1.0 if one == "p" else -1.0 for one in pattern]])
    made = store(stored)
    states = np.array(list(itertools.product((1.0, -1.0), repeat=3)))
    ends = recall(made, states, np.random.default_rng(0)).end
    rows = [
        (signs(state), f"{float(energy(made, state)):g}".replace("-", "−"), signs(end))
        for state, end in zip(states, ends, strict=True)
    ]
    resting = np.flatnonzero(at_rest(made, states)).tolist()
    return Table(columns=(words("state"), words("energy"), words("falls")), rows=rows, marked=resting)


# What was never stored.

STARTS = 500


@cache
def from_nothing() -> tuple[list[float], Floats]:
    """The shares of 500 random starts that end at each letter or its negative, and the state that most of the others
    end at.
    """
    rng = np.random.default_rng(0)
    end = recall(WEIGHTS, rng.choice([-1.0, 1.0], size=(STARTS, UNITS)), rng).end
    at_letter = np.abs(end @ LETTERS.T) == UNITS
    others, counts = np.unique(end[~at_letter.any(axis=1)], axis=0, return_counts=True)
    return at_letter.mean(axis=0).tolist(), others[counts.argmax()]


@choice
def strangers() -> str:
    """How many random starts end at something that was never stored, nor is a negative."""
    share = 1 - sum(from_nothing()[0])
    return min({"none": 0.0, "quarter": 0.25, "half": 0.5, "most": 0.9}.items(), key=lambda one: abs(one[1] - share))[0]


@figure()
def rests(words: Words) -> Drawing:
    """Where random starts end, and the most frequent place that is no letter."""
    shares, stranger = from_nothing()
    bars = Bars(
        title=words("share"),
        labels=[*FIVE, words("other")],
        values=[*shares, 1 - sum(shares)],
        reach=0.4,
        marked=[len(shares)],
    )
    return Beside(parts=[bars, picture(stranger, words("stranger"))])


@number(tolerance=0)
def stay() -> float:
    return float(at_rest(store(letters(SIX)), letters(SIX)).sum())


@figure(stored=Knob(("five", "six"), "six"), letter=Knob(tuple(SIX.lower()), "i"))
def one_more(words: Words, stored: str, letter: str) -> Drawing:
    """Where each letter goes when the net is shown it without noise, with T stored or not."""
    shown = letters(SIX)
    end = recall(store(letters(FIVE if stored == "five" else SIX)), shown, np.random.default_rng(0)).end
    right = (end == shown).sum(axis=1)
    rows = [(name, str(count)) for name, count in zip(SIX, right.tolist(), strict=True)]
    table = Table(columns=(words("letter"), words("right")), rows=rows, marked=np.flatnonzero(right == UNITS).tolist())
    return Beside(parts=[table, picture(end[SIX.index(letter.upper())], words("rests"))])


# How much fits.

LOADS = (0.04, 0.08, 0.12, 0.14, 0.16, 0.18, 0.2, 0.24, 0.28)


def kept(units: int, loads: tuple[float, ...], nets: int) -> Floats:
    """The share of random patterns that are recalled from themselves at each of `loads`, (L,); the mean of `nets`."""
    rng = np.random.default_rng(0)
    shares: Floats = np.mean([capacity(units, list(loads), rng)[:, 1] for _ in range(nets)], axis=0)
    return shares


@cache
def limit(units: int) -> float:
    """The load at which the share of patterns that are recalled falls below 0.9."""
    loads = (0.1, 0.12, 0.14, 0.16, 0.18)
    shares = kept(units, loads, 8)
    place = int(np.argmax(shares < 0.9))
    before, after = shares[place - 1], shares[place]
    return float(loads[place - 1] + (before - 0.9) / (before - after) * (loads[place] - loads[place - 1]))


@number(tolerance=6)
def how_many() -> float:
    return float(round(200 * limit(200)))


@figure(units=Knob((50, 100, 200, 400), 200))
def breakdown(words: Words, units: int) -> Drawing:
    """The share of patterns that are recalled, by how many there are for each unit."""
    return Plot(
        x=words("load"),
        y=words("share"),
        curves=[
            Curve(words("kept"), LOADS, kept(units, LOADS, 600 // units).tolist()),
            Curve("0.14", [0.14, 0.14], [0, 1]),
        ],
        x_range=(0, 0.3),
        y_range=(0, 1),
        height=8,
    )


# The memory of 2020: the patterns are kept apart, and compared with the state.

SHARPNESS = 0.5


def attended(patterns: Floats, states: Floats) -> Floats:
    """One update (B, N) of the net of Ramsauer et al. (2020) with `patterns` (P, N), from `states` (B, N), as signs."""
    likeness = SHARPNESS * states @ patterns.T
    shares = np.exp(likeness - likeness.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    chosen: Floats = np.sign(shares @ patterns)
    return chosen


@cache
def compared(count: int) -> tuple[float, float]:
    """The share of `count` random patterns of 64 units that come back exactly from 10 % noise: 1982, and 2020."""
    rng = np.random.default_rng(0)
    patterns = rng.choice([-1.0, 1.0], size=(count, UNITS))
    shown = flip(patterns, 0.1, rng)
    ends = recall(store(patterns), shown, rng).end, attended(patterns, shown)
    old, new = (float((end == patterns).all(axis=1).mean()) for end in ends)
    return old, new


@figure(patterns=Knob((5, 10, 20, 50, 100, 200), 20))
def sharper(words: Words, patterns: int) -> Drawing:
    """Both memories with so many patterns."""
    return Bars(
        title=words("share"), labels=[words("hebb"), words("softmax")], values=list(compared(patterns)), reach=1.0
    )
