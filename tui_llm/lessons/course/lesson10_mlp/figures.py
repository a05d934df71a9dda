"""What lesson 10 computes: Bengio's network on the learner's text, its embeddings, its learning rate, and how it learns
by heart. Imports numpy, the networks, the kit, and lesson 9's ways with texts.
"""

from __future__ import annotations

import math

import numpy as np

from tui_llm.lessons import bigram, mlp
from tui_llm.lessons.course.drawings import Curve, Drawing, Lines, Plot, Points, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, span
from tui_llm.lessons.course.lesson09_bigrams.texts import at_least, mark, some_stories, wrapped
from tui_llm.lessons.course.lesson10_mlp.learning import (
    CONTEXT,
    MOMENTS,
    STEPS,
    counting,
    final,
    fitted,
    flat,
    new_contexts,
    parts_of,
    searched,
    trained,
    tried,
    vowels_apart,
)
from tui_llm.lessons.course.lesson10_mlp.letters import kinds_of
from tui_llm.lessons.mlp import Record

#: Characters without which there is nothing to hold back.
LEAST = 500

#: Of a figure: it has the text as it is counted here, and one that is long enough.
_enough = at_least(LEAST, "short")


@figure(context=Knob(span(1, 8, 1), 1), text=TEXT)
@_enough
def contexts(words: Words, context: int, text: str) -> Drawing:
    """How soon a table of counts is empty."""
    parts = parts_of(text)
    known, new = new_contexts(parts, context)
    rows = [
        (words("possible"), _grouped(parts.vocabulary**context)),
        (words("known"), _grouped(known)),
        (words("new"), f"{new:.0%}"),
    ]
    return Table(columns=(words("alphabet", count=parts.vocabulary), ""), rows=rows, marked=[2])


def _grouped(count: int) -> str:
    """A number with spaces between its thousands."""
    return f"{count:,}".replace(",", " ")


def sizes(vocabulary: int, context: int, embedding: int, hidden: int) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter."""
    p = mlp.initial(vocabulary, context, embedding, hidden, np.random.default_rng(0))
    return {name: weights.shape for name, weights in p.items()}


def size(context: int) -> int:
    """The parameters of a network of two dimensions and 64 hidden neurons, for 27 characters."""
    return sum(math.prod(shape) for shape in sizes(27, context, 2, 64).values())


@choice
def longer() -> str:
    growth = size(6) / size(3)
    return "little" if growth < 1.25 else "double" if growth < 3 else "cube"


@figure(context=Knob(span(1, 8, 1), 3), embedding=Knob((2, 4, 8, 16), 2), hidden=Knob((16, 64, 256), 64))
def layers(words: Words, context: int, embedding: int, hidden: int) -> Drawing:
    """The network, layer by layer, for an alphabet of 27."""
    shapes = sizes(27, context, embedding, hidden)
    counts = {name: math.prod(shape) for name, shape in shapes.items()}
    rows = [
        (f"C    {words('points')}", _shape(shapes["C"]), _grouped(counts["C"])),
        (f"W1   {words('hidden')}", f"{_shape(shapes['W1'])} + {hidden}", _grouped(counts["W1"] + counts["b1"])),
        (f"W2   {words('output')}", f"{_shape(shapes['W2'])} + 27", _grouped(counts["W2"] + counts["b2"])),
        (words("all"), "", _grouped(sum(counts.values()))),
        (words("table"), _shape((27**context, 27)), _grouped(27 ** (context + 1))),
    ]
    return Table(columns=(words("layer"), words("shape"), words("parameters")), rows=rows, marked=[3])


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(_grouped, shape))


@figure(text=TEXT)
@_enough
def split(words: Words, text: str) -> Drawing:
    """The three parts of the text."""
    parts = parts_of(text)
    rows = [
        (words(name), _grouped(len(ids)), f"{len(ids) / len(text):.1%}")
        for name, ids in (("train", parts.train), ("validation", parts.validation), ("test", parts.test))
    ]
    return Table(columns=(words("part"), words("characters"), ""), rows=rows)


@figure(context=Knob((1, 2, 3, 5, 8), 3), text=TEXT)
@_enough
def curves(words: Words, context: int, text: str) -> Drawing:
    """Both losses while it learns, and what counting pairs costs."""
    parts = parts_of(text)
    pairs = counting(parts, parts.validation)
    level = Curve(words("pairs"), [0, STEPS], [pairs, pairs])
    return _losses(words, trained(text, context)[1], (0.7 * pairs, 1.3 * pairs + 0.1), level)


def _losses(words: Words, records: list[Record], y_range: tuple[float, float], *more: Curve, title: str = "") -> Plot:
    """Both losses over the steps."""
    steps = [record.step for record in records]
    return Plot(
        title=title,
        x=words("steps"),
        y=words("loss"),
        curves=[
            Curve(words("train"), steps, [record.train for record in records]),
            Curve(words("validation"), steps, [record.validation for record in records]),
            *more,
        ],
        x_range=(0, steps[-1]),
        y_range=y_range,
        height=8,
    )


@choice
def rates() -> str:
    _, losses = searched(some_stories())
    least = int(np.nanargmin(losses))
    if least > len(losses) - 15:
        return "faster"
    return "valley" if losses[0] - losses[least] > 0.5 and not losses[-1] < losses[0] else "level"


@figure(text=TEXT)
@_enough
def search(words: Words, text: str) -> Drawing:
    """The loss while the learning rate rises from step to step."""
    places, losses = searched(text)
    even = math.log(parts_of(text).vocabulary)
    return Plot(
        x=words("rate"),
        y=words("loss"),
        curves=[Curve("", places, losses)],
        x_range=(-3, 2),
        y_range=(math.floor(0.5 * even), math.ceil(1.3 * even + 0.1)),
        height=8,
    )


@figure(rate=Knob((0.001, 0.01, 0.1, 0.5, 2, 10), 0.01), text=TEXT)
@_enough
def rate(words: Words, rate: float, text: str) -> Drawing:
    """The first 400 steps at one learning rate."""
    even, records = math.log(parts_of(text).vocabulary), tried(text, rate)
    last = {"train": _told(records[-1].train), "validation": _told(records[-1].validation)}
    title = words("state", count=records[-1].step, **last)
    return _losses(words, records, (math.floor(0.4 * even), math.ceil(1.4 * even + 0.1)), title=title)


def _told(loss: float) -> str:
    return f"{loss:.2f}" if math.isfinite(loss) else "∞"


@choice
def vowels() -> str:
    among, across = vowels_apart(some_stories(), MOMENTS[-1])
    return "together" if among < 0.8 * across else "anywhere"


#: What is told apart by colours.
KINDS = ("vowel", "letter", "capital", "sign")


@figure(steps=Knob(MOMENTS, MOMENTS[-1]), text=TEXT)
@_enough
def points(words: Words, steps: int, text: str) -> Drawing:
    """Where the 40 most frequent characters lie."""
    places = flat(text)[steps]
    alphabet = parts_of(text).alphabet[:40]
    low, high = places[: len(alphabet)].min(axis=0) - 0.1, places[: len(alphabet)].max(axis=0) + 0.1
    shown = []
    for turn, place in enumerate(kinds_of(alphabet)):
        if place is None:
            shown.append(Points("", ".", [], []))  # so that each kind keeps its colour
        else:
            label = words(KINDS[turn]) if turn < len(KINDS) else ""  # each kind's first one is in the legend
            shown.append(Points(label, mark(alphabet[place]), places[place, :1].tolist(), places[place, 1:].tolist()))
    (left, low), (right, high) = low.tolist(), high.tolist()
    return Plot(x="", y="", points=shown, x_range=(left, right), y_range=(low, high), height=10)


@choice
def overfits() -> str:
    records = fitted(some_stories(), 1000, 64)
    best = min(record.validation for record in records)
    if records[-1].train > 0.7 * records[0].train:
        return "both"
    return "rises" if records[-1].validation > best + 0.5 else "stays"


@figure(characters=Knob((300, 1000, 3000, 10000, 100000), 1000), hidden=Knob((4, 16, 64), 64), text=TEXT)
@_enough
def overfitting(words: Words, characters: int, hidden: int, text: str) -> Drawing:
    """The two losses part when there is little to learn from."""
    return _losses(words, fitted(text, characters, hidden), (0.0, 6.0))


@figure(model=Knob(("pairs", "network"), "network"), throw=Knob(span(1, 9, 1), 1), text=TEXT)
@_enough
def written(words: Words, model: str, throw: int, text: str) -> Drawing:  # noqa: ARG001 - every figure takes them
    """What the pairs write, and what the network does."""
    parts, rng = parts_of(text), np.random.default_rng(throw)
    start = parts.train[:CONTEXT]
    if model == "network":
        ids = mlp.generate(trained(text, CONTEXT)[0], start, 5 * 72, rng)
    else:
        counts = bigram.count_pairs(parts.train, parts.vocabulary)
        ids = bigram.generate(bigram.transition_probabilities(counts, 0.0), int(start[-1]), 5 * 72, rng)
    return Lines(lines=wrapped(bigram.decode(np.concatenate([start, ids]), parts.alphabet), 5))


@figure(text=TEXT)
@_enough
def result(words: Words, text: str) -> Drawing:
    """All models on all parts."""
    found = final(text)
    rows = [(words(name), *(f"{loss:.2f}" for loss in found[name])) for name in ("even", "pairs", "network")]
    return Table(columns=(words("model"), words("train"), words("validation"), words("test")), rows=rows, marked=[2])
