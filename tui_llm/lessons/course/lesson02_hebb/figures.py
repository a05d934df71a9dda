"""What lesson 2 computes: Hebb's rule on a bell and food, on letters, as a memory of capitals, and on a neuron that
nobody teaches, with Oja's forgetting. Imports numpy, the network and the kit.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Plot, Points, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.hebb import (
    Floats,
    alignment,
    associate,
    cloud,
    crosstalk,
    first_component,
    learn,
    recall,
    wire,
)

# The bell and the food: two inputs, one neuron that fires from a sum of 1 on.

BORN = np.array([[1.0, 0.0]])  # what the weights of food and bell are at first, (1, 2)
FOOD, BELL, BOTH = np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([1.0, 1.0])
RATES = (0.1, 0.2, 0.5, 1.0)
TRIALS = 12


def fires(weights: Floats, x: Floats) -> bool:
    """Whether the sum reaches 1, whatever is lost in the last digits."""
    return bool(np.round(weights @ x, 9)[0] >= 1)


def trained(rate: float, together: int, alone: int = 0) -> list[Floats]:
    """The weights at first, then each time that food and bell came `together`, then each time the bell came `alone`."""
    path = [BORN]
    for x in [BOTH] * together + [BELL] * alone:
        path.append(wire(path[-1], x, np.array([float(fires(path[-1], x))]), rate))
    return path


@figure(together=Knob(span(0, 10, 1), 0), rate=Knob(RATES, 0.2))
def bell(words: Words, together: int, rate: float) -> Drawing:
    """What the neuron does after bell and food came together so often."""
    weights = trained(rate, together)[-1]
    shown = [(words("food"), FOOD), (words("bell"), BELL), (words("both"), BOTH)]
    rows = [(name, f"{(weights @ x)[0]:.1f}", str(int(fires(weights, x)))) for name, x in shown]
    marked = [place for place, (_name, x) in enumerate(shown) if fires(weights, x)]
    answers = Table(columns=(words("comes"), words("sum"), words("output")), rows=rows, marked=marked)
    now = [(words("food"), f"{weights[0, 0]:.1f}"), (words("bell"), f"{weights[0, 1]:.1f}")]
    return Beside(parts=[answers, Table(columns=("", words("weight")), rows=now)])


def grown(x: float, y: float, rate: float = 1.0) -> float:
    """By how much one weight grows."""
    return float(wire(np.zeros((1, 1)), np.array([x]), np.array([y]), rate)[0, 0])


@choice
def bell_alone() -> str:
    """What becomes of the bell's weight if it rings before anything is learnt."""
    before, after = trained(0.2, 0, alone=1)
    change = after[0, 1] - before[0, 1]
    return "rises" if change > 0 else "falls" if change < 0 else "stays"


@figure(rate=Knob(RATES, 0.2))
def rule(words: Words, rate: float) -> Drawing:
    """Hebb's rule in its four cases."""
    cases = [(x, y, grown(x, y, rate)) for x in (0, 1) for y in (0, 1)]
    rows = [(str(x), str(y), f"{change:g}") for x, y, change in cases]
    marked = [place for place, case in enumerate(cases) if case[2]]
    return Table(columns=(words("before"), words("after"), "Δw"), rows=rows, marked=marked)


@number(tolerance=0)
def how_often() -> float:
    path = trained(0.3, TRIALS)
    return next(count for count, weights in enumerate(path) if fires(weights, BELL))


@figure(together=Knob(span(0, 10, 1), 4), rate=Knob((0.1, 0.2, 0.3, 0.5, 1.0), 0.3))
def conditioning(words: Words, together: int, rate: float) -> Drawing:
    """The bell's weight: first together with food, then the bell alone."""
    path = [float(weights[0, 1]) for weights in trained(rate, together, TRIALS - together)]
    times = list(range(TRIALS + 1))
    return Plot(
        x=words("times"),
        y=words("weight"),
        curves=[
            Curve(words("together"), times[: together + 1], path[: together + 1]),
            Curve(words("alone"), times[together:], path[together:]),
            Curve(words("threshold"), [0, TRIALS], [1, 1]),
        ],
        x_range=(0, TRIALS),
        y_range=(0, 4),
        height=9,
    )


# Letters of a text that stand next to each other.


@cache
def wired(text: str) -> tuple[list[str], Floats]:
    """The letters of `text`, the most frequent first, and Hebb's weights (V, V): row j, column i is i before j.

    Every letter has a unit of its own, so that one pair adds 1 to one weight: what `wire` does pair by pair is a count.
    """
    codes = np.frombuffer(" ".join(text.lower().split()).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
    weights = np.zeros((len(kinds), len(kinds)))
    np.add.at(weights, (place[1:], place[:-1]), 1.0)
    order = np.argsort(-counts, kind="stable")
    return [chr(code) for code in kinds[order]], weights[np.ix_(order, order)]


@figure(text=TEXT, letter=Knob(span(1, 24, 1), 2))
def letters(words: Words, text: str, letter: int) -> Drawing:
    """Which letters a letter is wired to most."""
    kinds, weights = wired(text)
    here = min(letter, len(kinds)) - 1
    key = np.eye(len(kinds))[here]
    strengths = recall(weights, key)
    names = [words("space") if kind == " " else kind for kind in kinds]
    best = np.argsort(-strengths, kind="stable")[:6]
    return Bars(
        title=words("title", letter=names[here]),
        labels=[names[place] for place in best],
        values=strengths[best].tolist(),
        digits=0,
    )


# A memory: countries are keys, capitals are answers.

CAPITALS = ("Lima", "Oslo", "Rome", "Madrid", "Lisbon", "Vienna")
COUNTRIES = ("peru", "norway", "italy", "spain", "portugal", "austria")
KEY, LETTERS, BITS = 200, 6, 5
PAIRS = (6, 20, 40, 80, 160)
_SPACE = 26  # the number after those of a to z


def spelt(word: str) -> Floats:
    """A word of at most 6 letters a to z as signs, (30,): five for each letter, its number in the alphabet in bits."""
    codes = [_SPACE if letter == " " else ord(letter) - ord("a") for letter in word.lower().ljust(LETTERS)]
    return np.array([1.0 if code >> bit & 1 else -1.0 for code in codes for bit in range(BITS)])


def read(signs: Floats) -> str:
    """The word that `signs` (30,) spell; · for what is no letter."""
    codes = ((signs.reshape(LETTERS, BITS) > 0) << np.arange(BITS)).sum(axis=1)
    return "".join(" " if code == _SPACE else chr(97 + code) if code < 26 else "·" for code in codes).rstrip().title()


@cache
def remembered(capitals: tuple[str, ...], pairs: int, noise: int) -> tuple[list[str], list[float]]:
    """What is recalled for each country, and the share of its signs that are right, with `pairs` stored in all, from
    keys of which `noise` per cent of the signs are turned over.
    """
    rng = np.random.default_rng(0)
    keys = rng.choice([-1.0, 1.0], size=(max(PAIRS), KEY))[:pairs]
    others = rng.choice([-1.0, 1.0], size=(max(PAIRS), LETTERS * BITS))[len(capitals) : pairs]
    answers = np.stack([spelt(word) for word in capitals])
    weights = associate(keys, np.concatenate([answers, others]))
    turned = np.stack([rng.permutation(KEY) for _ in capitals]) < noise * KEY // 100
    found = recall(weights, np.where(turned, -keys[: len(capitals)], keys[: len(capitals)]))
    return [read(signs) for signs in found], (np.sign(found) == answers).mean(axis=1).tolist()


@figure(pairs=Knob(PAIRS, 6), noise=Knob(span(0, 50, 10), 0))
def capitals(words: Words, pairs: int, noise: int) -> Drawing:
    """Six capitals out of a memory that holds more, by keys that may be damaged."""
    known = [tuple(words(name).split(": ")) for name in COUNTRIES]
    found, right = remembered(tuple(capital for _country, capital in known), pairs, noise)
    rows = [
        (country, word, f"{share:.0%}") for (country, _capital), word, share in zip(known, found, right, strict=True)
    ]
    marked = [place for place, (_country, capital) in enumerate(known) if found[place] == capital]
    return Table(columns=(words("country"), words("recalled"), words("right")), rows=rows, marked=marked)


def mixed(angle: float) -> Floats:
    """How much of the two answers comes out for the first of two keys with so many degrees between them, (2,)."""
    turned = math.radians(angle)
    mix: Floats = crosstalk(np.array([[1.0, 0.0], [math.cos(turned), math.sin(turned)]]))[0]
    return mix


@choice
def sixty() -> str:
    shares = {(1.0, 0.0): "alone", (1.0, 0.5): "half", (1.0, 1.0): "both"}
    first, second = np.round(mixed(60), 9).tolist()
    return shares[first, second]


@figure(angle=Knob(span(0, 90, 15), 60))
def mixing(words: Words, angle: int) -> Drawing:
    """What comes out for the first of two keys."""
    return Bars(labels=[words("first"), words("second")], values=mixed(angle).tolist(), reach=1.0)


# A neuron that nobody teaches.

START = np.array([0.1, 0.0])
RATE = 0.05
EXAMPLES = 500


@cache
def seen(angle: int) -> Floats:
    """Points in a cloud that is three times as long as wide, (500, 2)."""
    return cloud(EXAMPLES, math.radians(angle), (1.5, 0.5), np.random.default_rng(0))


@cache
def path(angle: int, rate: float, forgetting: bool) -> Floats:
    """The weights before the first point and after each, (501, 2)."""
    return learn(seen(angle), rate, START, forgetting)


@choice
def how_long() -> str:
    """What the length of the weights does under Hebb's rule: its growth in four quarters tells."""
    lengths = np.linalg.norm(path(30, RATE, forgetting=False), axis=1)[::125]
    steps = np.diff(lengths)
    if steps[-1] < 0.01 * lengths[-1]:
        return "rests"
    return "faster" if (np.diff(steps) > 0).all() else "slower"


@figure(rate=Knob((0.01, 0.02, 0.05, 0.1), 0.05))
def growth(words: Words, rate: float) -> Drawing:
    """The length of the weights under Hebb's rule, in powers of ten."""
    lengths = np.log10(np.linalg.norm(path(30, rate, forgetting=False), axis=1)[:201])
    return Plot(
        x=words("examples"),
        y=words("length"),
        curves=[Curve("", list(range(len(lengths))), lengths.tolist())],
        x_range=(0, 200),
        y_range=(-2, 15),
        height=8,
    )


def spread(data: Floats, degrees: float) -> float:
    """The variance of `data` (P, 2) along the direction of so many degrees."""
    turned = math.radians(degrees)
    return float(((data @ [math.cos(turned), math.sin(turned)]) ** 2).mean())


def direction(weights: Floats) -> float:
    """In degrees from 0 to 180: to and fro along a line is the same."""
    return math.degrees(math.atan2(weights[1], weights[0])) % 180


@choice
def where() -> str:
    found = path(30, RATE, forgetting=True)[-1]
    angles = {"long": 30.0, "wide": 120.0, "between": 75.0}
    return min(angles, key=lambda name: abs(angles[name] - direction(found)))


@figure(examples=Knob((0, 5, 10, 20, 30, 50, 100, 200, 500), 50), angle=Knob(span(0, 150, 30), 30))
def cloud_and_weights(words: Words, examples: int, angle: int) -> Drawing:
    """The cloud, and the weights as a line from 0, under both rules."""
    both = [path(angle, RATE, forgetting)[examples] for forgetting in (False, True)]
    rows = [
        (words("length"), *(_length(w) for w in both)),
        (words("direction"), *(f"{direction(w):.0f}°" for w in both)),
    ]
    plots = [_cloud(words, angle, w, rule) for w, rule in zip(both, ("Hebb", "Oja"), strict=True)]
    return Beside(parts=[*plots, Table(columns=(words("after", count=examples), "Hebb", "Oja"), rows=rows)])


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _length(w: Floats) -> str:
    length = float(np.linalg.norm(w))
    if length < 1000:
        return f"{length:.2f}" if length < 10 else f"{length:.0f}"
    return "10" + f"{math.log10(length):.0f}".translate(_RAISED)


def _cloud(words: Words, angle: int, w: Floats, title: str) -> Plot:
    """The cloud in dots, and over it the weights as a line from 0."""
    x, y = (_apart(seen(angle)[:100, place]) for place in (0, 1))
    end = w * min(1.0, 10 / float(np.linalg.norm(w)))  # beyond the picture it is all the same
    return Plot(
        title=title,
        x=words("first"),
        y=words("second"),
        curves=[Curve("", x, y), Curve(words("weights"), [0.0, float(end[0])], [0.0, float(end[1])])],
        x_range=(-5, 5),
        y_range=(-3, 3),
        height=8,
    )


def _apart(values: Floats) -> list[float | None]:
    """So that a curve joins none of them to the next: dots."""
    return [place for value in values.tolist() for place in (value, None)]


@figure(angle=Knob(span(0, 150, 30), 30))
def component(words: Words, angle: int) -> Drawing:
    """The variance in every direction, and where Oja's neuron ended."""
    data, w = seen(angle), path(angle, RATE, forgetting=True)[-1]
    degrees = span(0, 180, 3)
    return Plot(
        title=words("cosine", cosine=f"{float(alignment(w, first_component(data))):.3f}"),
        x=words("direction"),
        y=words("variance"),
        curves=[Curve("", degrees, [spread(data, one) for one in degrees])],
        points=[Points(words("neuron"), "●", [direction(w)], [spread(data, direction(w))])],
        x_range=(0, 180),
        y_range=(0, 3),
        height=9,
    )
