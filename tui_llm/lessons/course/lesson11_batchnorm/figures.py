"""What lesson 11 computes: where tanh is flat, signals and gradients through deep layers, what learns and what does
not, BatchNorm and its price. Imports numpy, the network and the kit.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from tui_llm.lessons.bigram import alphabet_of, encode
from tui_llm.lessons.course.drawings import Bars, Curve, Drawing, Plot, Points, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.mlp import windows
from tui_llm.lessons.saturation import (
    SATURATED,
    Array,
    Ids,
    LayerStatistics,
    batch_norm,
    forward_backward,
    new_stack,
    statistics,
    train,
)

#: Every layer has so many inputs and so many neurons, so that spread = gain / √100.
WIDTH, DEPTH, TOKENS = 100, 6, 27

SPREADS = (0.01, 0.03, 0.1, 0.17, 0.3, 1.0)
SMALL, RIGHT, LARGE = 0.01, 0.17, 1.0

#: Of the net that learns: context and numbers a character (together WIDTH inputs), steps, learning rate, batch.
CONTEXT, CHANNELS, STEPS, RATE, BATCH = 4, 25, 200, 0.3, 32

#: In which one and the same example is seen.
BATCHES = 20

#: Characters that it learns from at most.
_CHARACTERS = 20_000


@figure(total=Knob(span(-4, 4, 0.5), 0.5))
def flat(words: Words, total: float) -> Drawing:
    """tanh, its slope, and one sum on both."""
    x = np.linspace(-4, 4, 81)
    answer = np.tanh(total)
    slope = 1 - answer**2
    found = {"sum": _signed(total, "g"), "answer": _signed(answer, ".3f"), "slope": f"{slope:.3f}"}
    return Plot(
        title=words("found", share=f"{100 * slope:.1f}", **found),
        x=words("sum"),
        y="",
        curves=[
            Curve("tanh", x.tolist(), np.tanh(x).tolist()),
            Curve(words("slope"), x.tolist(), (1 - np.tanh(x) ** 2).tolist()),
        ],
        points=[Points("", "●", [total, total], [float(answer), float(slope)])],
        x_range=(-4, 4),
        y_range=(-1, 1),
    )


def _signed(value: float, how: str) -> str:
    return format(float(value), how).replace("-", "−")


def neuron_sums(inputs: int, spread: float) -> Array:
    """(20000,) sums of one neuron after another: `inputs` inputs of spread 1, weights of the given spread."""
    rng = np.random.default_rng(0)
    found: Array = (rng.normal(size=(100, inputs)) @ rng.normal(0.0, spread, (inputs, 200))).ravel()
    return found


@number(tolerance=0.6)
def sum_spread() -> float:
    return round(float(neuron_sums(WIDTH, 1.0).std()))


@figure(inputs=Knob((10, 30, 100, 300), 100), spread=Knob(SPREADS, 1.0))
def sums(words: Words, inputs: int, spread: float) -> Drawing:
    """Where the answers of neurons lie."""
    found = neuron_sums(inputs, spread)
    answers = np.tanh(found)
    edges = np.linspace(-1, 1, 8)
    share = np.histogram(answers, edges)[0] / len(answers)
    beyond = float((np.abs(answers) > SATURATED).mean())
    return Bars(
        title=words("found", spread=f"{found.std():.2f}", share=f"{100 * beyond:.0f}"),
        labels=[f"{_signed(round((low + high) / 2, 2) + 0.0, '.2f'):>5}" for low, high in pairwise(edges)],
        values=share.tolist(),
        reach=1.0,
    )


@lru_cache(maxsize=64)
def layers(spread: float, normalised: bool, depth: int = DEPTH) -> list[LayerStatistics]:
    """Each layer of a net with weights of this spread, at 300 examples of spread 1."""
    rng = np.random.default_rng(1)
    stack = new_stack(WIDTH, WIDTH, depth, TOKENS, spread * np.sqrt(WIDTH), normalised, rng)
    return statistics(forward_backward(stack, rng.normal(size=(300, WIDTH)), rng.integers(TOKENS, size=300)))


def _few(value: float) -> str:
    """A number with the digits that tell something."""
    return f"{value:.0e}".replace("e-0", "e-") if value < 0.0095 else f"{value:.{2 if value < 9.5 else 0}f}"


def relative_gradients(found: list[LayerStatistics]) -> list[float]:
    """The gradient's spread at each layer; that of the last one is taken for 1."""
    return [one.gradient_std / found[-1].gradient_std for one in found]


def _layer_table(words: Words, found: list[LayerStatistics], gradients: bool) -> Table:
    columns = [words("layer"), words("spread"), words("saturated")]
    rows = [[str(place), _few(one.std), f"{100 * one.saturated:.0f} %"] for place, one in enumerate(found, 1)]
    if gradients:
        columns.append(words("gradient"))
        rows = [[*row, _few(gradient)] for row, gradient in zip(rows, relative_gradients(found), strict=True)]
    broken = [place for place, one in enumerate(found) if one.saturated > 0.5 or one.std < 0.1]
    return Table(columns=columns, rows=rows, marked=broken)


@figure(spread=Knob(SPREADS, LARGE))
def signals(words: Words, spread: float) -> Drawing:
    """How the signal does, layer by layer."""
    return _layer_table(words, layers(spread, False), gradients=False)


def downwards_ratio(spread: float) -> float:
    """The gradient's spread at the first layer over that at the last."""
    return relative_gradients(layers(spread, False))[0]


@choice
def downwards() -> str:
    ratio = downwards_ratio(LARGE)
    return "grows" if ratio > 2 else "fades" if ratio < 0.5 else "stays"


@figure(spread=Knob(SPREADS, LARGE))
def gradients(words: Words, spread: float) -> Drawing:
    """The gradient in each layer, of the last one 1."""
    found = relative_gradients(layers(spread, False))
    rows = [(str(place), _few(one)) for place, one in enumerate(found, 1)]
    broken = [place for place, one in enumerate(found) if not 0.1 < one < 10]
    return Table(columns=(words("layer"), words("gradient")), rows=rows, marked=broken)


@figure(gain=Knob((0.5, 0.8, 1.0, 1.3, 1.67, 2.0, 3.0, 5.0), 1.0))
def steady(words: Words, gain: float) -> Drawing:
    """The spread of the signal through twelve layers."""
    found = layers(gain / np.sqrt(WIDTH), False, depth=12)
    places = list(range(1, 13))
    spreads = [one.std for one in found]
    return Plot(
        title=words("last", spread=f"{spreads[-1]:.2f}", share=f"{100 * found[-1].saturated:.0f}"),
        x=words("layer"),
        y=words("spread"),
        curves=[Curve("", places, spreads)],
        points=[Points("", "●", places, spreads)],
        x_range=(1, 12),
        y_range=(0, 1),
    )


def examples(text: str) -> tuple[Array, Ids, int]:
    """Contexts of the text as points of a table drawn by lot (N, context x channels), what came after, characters."""
    text = text[:_CHARACTERS] or " "
    text *= 1 + 100 // len(text)  # a text may be as short as a word
    alphabet = alphabet_of(text)
    contexts, targets = windows(encode(text, alphabet), CONTEXT)
    table = np.random.default_rng(0).normal(size=(len(alphabet), CHANNELS))
    return table[contexts].reshape(len(targets), -1), targets, len(alphabet)


@lru_cache(maxsize=32)
def learnt(text: str, spread: float, normalised: bool, depth: int = DEPTH) -> list[float]:
    """The loss of each step, from weights of this spread."""
    x, targets, characters = examples(text)
    rng = np.random.default_rng(2)
    stack = new_stack(WIDTH, WIDTH, depth, characters, spread * np.sqrt(WIDTH), normalised, rng)
    return train(stack, x, targets, STEPS, RATE, rng, BATCH)


def smooth(losses: list[float], over: int = 25) -> tuple[list[float], list[float]]:
    """Steps, and the mean loss of so many steps before each."""
    means = np.convolve(losses, np.full(over, 1 / over), "valid")
    return list(range(over, len(losses) + 1)), means.tolist()


@choice
def small_learns() -> str:
    # What it learns is asked of a text that everybody has: the sentence is as good as any.
    text = "the quick brown fox jumps over the lazy dog " * 20
    still, right = (float(np.mean(learnt(text, spread, False)[-50:])) for spread in (SMALL, RIGHT))
    even = np.log(examples(text)[2])
    if even - still < 0.5 * (even - right):
        return "hardly"
    return "slowly" if still > right + 0.1 else "same"


def _learning(words: Words, text: str, curves: list[tuple[str, list[float]]], lowest: float) -> Plot:
    even = float(np.log(examples(text)[2]))
    return Plot(
        x=words("steps"),
        y=words("loss"),
        curves=[
            Curve(words("even"), [0, STEPS], [even, even]),  # what lies on it is drawn above it
            *(Curve(name, *smooth(losses)) for name, losses in curves),
        ],
        x_range=(0, STEPS),
        y_range=(lowest - 0.1, even + 0.4),
    )


@figure(text=TEXT)
def learning(words: Words, text: str) -> Drawing:
    """Three first weights, one text."""
    curves = [(f"{spread:g}", learnt(text, spread, False)) for spread in (SMALL, RIGHT, LARGE)]
    return _learning(words, text, curves, min(min(smooth(losses)[1]) for _name, losses in curves))


@figure(
    mean=Knob((-5, -2, 0, 2, 5), 2),
    spread=Knob((0.1, 1.0, 10.0), 10.0),
    gamma=Knob((0.5, 1.0, 2.0), 1.0),
    beta=Knob((-1, 0, 1), 0),
)
def normed(words: Words, mean: float, spread: float, gamma: float, beta: float) -> Drawing:
    """The sums of one neuron in a batch of eight, before and after."""
    sums = mean + spread * np.random.default_rng(5).normal(size=(8, 1))
    after = batch_norm(sums, np.array([float(gamma)]), np.array([float(beta)]))[0]
    rows = [
        (str(place), _signed(a, ".2f"), _signed(b, ".2f"), _signed(np.tanh(b), ".2f"))
        for place, (a, b) in enumerate(zip(sums[:, 0], after[:, 0], strict=True), 1)
    ]
    return Table(columns=(words("example"), words("before"), words("after"), "tanh"), rows=rows)


@figure(spread=Knob(SPREADS, SMALL), norm=Knob(("without", "with"), "without"))
def repaired(words: Words, spread: float, norm: str) -> Drawing:
    """Signals and gradients, with BatchNorm and without."""
    return _layer_table(words, layers(spread, norm == "with"), gradients=True)


@figure(spread=Knob((SMALL, RIGHT, LARGE), SMALL), text=TEXT)
def relearning(words: Words, spread: float, text: str) -> Drawing:
    """The same first weights, with BatchNorm and without. All are trained at once: then the knob turns at once."""
    norms = {"without": False, "with": True}
    every = {(one, name): learnt(text, one, norm) for one in (SMALL, RIGHT, LARGE) for name, norm in norms.items()}
    lowest = min(min(smooth(losses)[1]) for losses in every.values())
    return _learning(words, text, [(words(name), every[spread, name]) for name in norms], lowest)


@number(tolerance=0.01)
def alone() -> float:
    return float(batch_norm(np.array([[4.0]]), np.ones(1), np.zeros(1))[0][0, 0])


def in_company(size: int) -> list[float]:
    """What BatchNorm makes of a sum of 1 in each of BATCHES batches of this size, the others drawn by lot."""
    rng = np.random.default_rng(4)
    found = []
    for _ in range(BATCHES):
        batch = np.vstack([[[1.0]], rng.normal(size=(size - 1, 1))])
        found.append(float(batch_norm(batch, np.ones(1), np.zeros(1))[0][0, 0]))
    return found


@figure(size=Knob((1, 2, 4, 16, 64, 256), 4))
def company(words: Words, size: int) -> Drawing:
    """One example in many batches."""
    return Plot(
        x=words("batch"),
        y=words("after"),
        points=[Points("", "●", list(range(1, BATCHES + 1)), in_company(size))],
        x_range=(0, BATCHES),
        y_range=(-1, 2),
    )
