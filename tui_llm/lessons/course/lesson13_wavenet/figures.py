"""What lesson 13 computes: the tree over a text, its pairs and weights, what it learns and writes, which nodes trees
share. Imports numpy, the networks and the kit.
"""

from __future__ import annotations

import itertools
import textwrap
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np

from tui_llm.lessons import mlp
from tui_llm.lessons.bigram import alphabet_of, decode, encode, softmax
from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Matrix, Plot, Points, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.wavenet import Array, Parameters, forward, influence, initial, nodes, receptive_field, train
from tui_llm.text.stories import stories

EMBEDDING, HIDDEN = 8, 48
STEPS, RATE, BATCH = 1000, 0.4, 32

#: Layers of the trees that learn.
TREES = (1, 2, 3, 4)

#: Steps after which a text is written.
SNAPSHOTS = (0, 100, STEPS)

#: A text is repeated until it has so many characters.
_LEAST = 1000


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _shown(character: str) -> str:
    """A character as it is seen alone; blanks as a line."""
    return "_" if character.isspace() else character if character.isprintable() else "?"


def _four_columns(character: str) -> str:
    """A character and the blanks behind it."""
    wide = 2 if _is_wide(character) else 1 - bool(unicodedata.combining(character))
    return _shown(character) + " " * (4 - wide)


def _is_wide(character: str) -> bool:
    """Whether a character takes two columns, as in Chinese."""
    return unicodedata.east_asian_width(character) in "WF"


@figure(layers=Knob(span(1, 4, 1), 3), text=TEXT)
def tree(words: Words, layers: int, text: str) -> Drawing:
    """The tree over the beginning of the text; beside each level, how many places it has."""
    places = 2**layers
    start = _long_enough(text)[: places + 1]
    centres = [4 * place + 1 for place in range(places)]
    width = 4 * places + 2

    def line(signs: dict[int, str], count: str) -> str:
        return "".join(signs.get(column, " ") for column in range(width)) + count

    lines = [f" {''.join(map(_four_columns, start[:places]))} {places}"]
    while len(centres) > 1:
        signs: dict[int, str] = {}
        joined = []
        for left, right in zip(centres[::2], centres[1::2], strict=True):
            middle = (left + right) // 2
            signs |= dict.fromkeys(range(left + 1, right), "─") | {left: "└", right: "┘", middle: "┬"}
            joined.append(middle)
        centres = joined
        lines.append(line(signs, f"{len(centres)}"))
    return Lines(lines=[*lines, " " * centres[0] + words("next", character=_shown(start[places]))])


def field_of(layers: int) -> int:
    """Tokens that a tree of so many layers sees."""
    return receptive_field(initial(2, 1, 1, layers, _rng()))


@number(tolerance=0)
def layers_for_1024() -> float:
    return next(layers for layers in itertools.count(1) if field_of(layers) >= 1024)


@figure(layers=Knob(span(1, 10, 1), 10))
def field(words: Words, layers: int) -> Drawing:
    """How the context grows with the layers."""
    xs = list(range(1, layers + 1))
    fields = [float(field_of(count)) for count in xs]
    return Plot(
        title=words("sees", layers=layers, count=field_of(layers)),
        x=words("layers"),
        y=words("characters"),
        curves=[Curve("", xs, fields)],
        points=[Points("", "●", xs, fields)],
        x_range=(0, 10),
        y_range=(1, 1024),
        y_log=True,
    )


@figure(channels=Knob(span(1, 3, 1), 2))
def pairs(words: Words, channels: int) -> Drawing:
    """The numbers of four places, read as two pairs, and as one pair of pairs."""
    numbers = np.arange(1, 4 * channels + 1)
    parts: list[Drawing] = [
        Matrix(
            title=words("shape", places=places, numbers=numbers.size // places),
            values=numbers.reshape(places, -1).tolist(),
            digits=0,
        )
        for places in (4, 2, 1)
    ]
    return Beside(parts=parts)


def weights_of_tree(layers: int, hidden: int) -> int:
    """Weights of all fusing layers."""
    p = initial(2, EMBEDDING, hidden, layers, _rng())
    return sum(p[f"W{layer}"].size for layer in range(layers))


def weights_at_once(context: int, hidden: int) -> int:
    """Weights of one layer that takes the whole context."""
    return mlp.initial(2, context, EMBEDDING, hidden, _rng())["W1"].size


@choice
def doubled() -> str:
    grown = [weights_of_tree(layers, HIDDEN) for layers in (3, 4, 5)]
    steps = np.diff(grown)
    if not steps.any():
        return "none"
    return "one_matrix" if steps[0] == steps[1] == 2 * HIDDEN * HIDDEN else "twice"


@figure(hidden=Knob((16, 32, 48), 48))
def weights(words: Words, hidden: int) -> Drawing:
    """Weights of one layer for everything, and of the tree, as the context grows."""
    layers = range(1, 9)
    contexts = [2**count for count in layers]
    return Plot(
        x=words("context"),
        y=words("weights"),
        curves=[
            Curve(words("at_once"), contexts, [float(weights_at_once(context, hidden)) for context in contexts]),
            Curve(words("tree"), contexts, [float(weights_of_tree(count, hidden)) for count in layers]),
        ],
        x_range=(0, 256),
        y_range=(0, 100_000),
        height=8,
    )


class Learnt(NamedTuple):
    """A tree that was trained on a text."""

    alphabet: str
    start: str
    """The context that the text begins with."""
    losses: list[float]
    snapshots: dict[int, Parameters]
    """Its weights after so many steps."""
    felt: Array
    """(T,) how strongly the loss feels each place."""


def _long_enough(text: str) -> str:
    return text if len(text) >= _LEAST else (text + "\n") * (_LEAST // (len(text) + 1) + 1)


@cache
def learnt(text: str, layers: int) -> Learnt:
    """A tree of so many layers, trained on a text for `STEPS` steps."""
    text = _long_enough(text)
    alphabet, rng = alphabet_of(text), _rng()
    contexts, targets = mlp.windows(encode(text, alphabet), 2**layers)
    p = initial(len(alphabet), EMBEDDING, HIDDEN, layers, rng)
    losses: list[float] = []
    snapshots: dict[int, Parameters] = {}
    for step in SNAPSHOTS:
        losses += train(p, (contexts, targets), step - len(losses), RATE, rng, BATCH)
        snapshots[step] = {name: value.copy() for name, value in p.items()}
    distance = -(-len(targets) // 2000)
    felt = influence(p, contexts[::distance], targets[::distance])
    return Learnt(alphabet, text[: 2**layers], losses, snapshots, felt)


@cache
def example() -> str:
    """Stories for questions, which have no text of the learner's."""
    return "\n".join(itertools.islice(stories("en"), 100))


@figure(text=TEXT)
def learning(words: Words, text: str) -> Drawing:
    """The loss while trees learn the learner's text, each point the mean of fifty steps."""
    curves = []
    for layers in TREES:
        means = np.array(learnt(text, layers).losses).reshape(-1, 50).mean(axis=1)
        steps = [50.0 * (place + 1) for place in range(len(means))]
        curves.append(Curve(f"{2**layers}: {means[-4:].mean():.2f}", steps, means.tolist()))
    return Plot(x=words("steps"), y=words("loss"), curves=curves, x_range=(0, STEPS))


@figure(steps=Knob(SNAPSHOTS, 0), text=TEXT)
def writes(words: Words, steps: int, text: str) -> Drawing:
    """What a tree over eight characters writes after so many steps."""
    found, rng = learnt(text, 3), _rng()
    p, ids = found.snapshots[steps], list(encode(found.start, found.alphabet))
    for _ in range(300):
        logits = forward(p, np.array([ids[-8:]]))[-1]
        ids.append(rng.choice(len(found.alphabet), p=softmax(logits)[0]))
    written = "".join(sign if sign.isspace() else _shown(sign) for sign in decode(np.array(ids[8:]), found.alphabet))
    wide = any(map(_is_wide, written))
    return Lines(title=words("after", steps=steps), lines=textwrap.wrap(" ".join(written.split()), 35 if wide else 70))


@choice
def felt_most() -> str:
    felt = learnt(example(), 3).felt
    if felt.max() < 1.5 * felt.min():
        return "alike"
    return "first" if felt[0] > felt[-1] else "last"


@figure(layers=Knob(TREES, 3), text=TEXT)
def felt(words: Words, layers: int, text: str) -> Drawing:
    """How strongly the loss feels each place of the context."""
    strengths = learnt(text, layers).felt
    back = list(range(len(strengths), 0, -1))
    places = [-float(place) for place in back]
    return Plot(
        x=words("place"),
        y=words("strength"),
        curves=[Curve("", places, strengths.tolist())],
        points=[Points("", "●", places, strengths.tolist())],
        x_range=(-16, 0),
        y_range=(0, max(float(learnt(text, count).felt.max()) for count in TREES) or 1.0),
        height=8,
    )


Node = tuple[int, int]


def nodes_of(place: int, layers: int) -> set[Node]:
    """The fusions of the tree that ends at `place`: their level, and the last place that each one sees."""
    return {
        (level, place - 2**level * count) for level in range(1, layers + 1) for count in range(2 ** (layers - level))
    }


def already(moved: int, layers: int = 3) -> int:
    """How many fusions two trees have in common that stand so many places apart."""
    return len(nodes_of(0, layers) & nodes_of(moved, layers))


@number(tolerance=0)
def moved_by_one() -> float:
    return already(1)


@figure(moved=Knob(span(1, 4, 1), 1))
def sharing(words: Words, moved: int) -> Drawing:
    """Both trees of three layers, node by node, each at the last place that it sees."""
    old, new = nodes_of(8, 3), nodes_of(8 + moved, 3)
    places = range(1, 13)
    rows = {}
    for level in (3, 2, 1):
        rows[words("level", number=level)] = [
            "◆" if node in old & new else "●" if node in new else "○" if node in old else "·"
            for node in ((level, place) for place in places)
        ]
    rows[words("place")] = [str(place) for place in places]
    wide = max(map(len, rows))
    lines = [f"{name:<{wide}} " + "".join(f"{sign:>3}" for sign in signs) for name, signs in rows.items()]
    return Lines(title=words("already", count=already(moved)), lines=lines)


@figure(layers=Knob(span(1, 10, 1), 3), positions=Knob((10, 100, 1000), 1000))
def counts(words: Words, layers: int, positions: int) -> Drawing:
    """Fusions for predictions in a row, with a tree for each, and with each node once."""
    rows = [
        (words(name), f"{count}", f"{count / positions:.1f}")
        for name, count in zip(("trees", "once"), nodes(layers, positions), strict=True)
    ]
    return Table(columns=("", words("fusions"), words("each")), rows=rows)
