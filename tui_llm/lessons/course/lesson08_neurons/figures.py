"""What lesson 8 computes: two moons and who parts them, the sum of squared errors, gradient descent, and the same with
arrays and in PyTorch. Imports numpy, the network and the kit.
"""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import numpy as np

from tui_llm.lessons.course.drawings import Curve, Drawing, Plot, Points, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.lessons.course.lesson08_neurons.learning import (
    COUNT,
    HIDDEN,
    LABELS,
    POINTS,
    graph_size,
    right_ones,
    three_ways,
    trained,
    valley,
    walk,
)
from tui_llm.lessons.neurons import MLP, Activation, Array, Network, Step, activate, total_loss
from tui_llm.lessons.value import Value

#: What is seen of the plane: so far to the left and the right, and up and down.
ACROSS, UP = 2.0, 1.2

WEIGHT = span(-2, 2, 0.25)
WIDTHS = (0, 2, 4, 8)
STEPS = (0, 10, 30, 100, 300, 1000)

#: Rates in the valley, in multiples of the best, and steps there.
TIMES = (0.1, 0.5, 1.0, 1.5, 2.0, 3.0)
VALLEY_STEPS = 40


def _n(number: float, digits: int = 2) -> str:
    """A number as it is written, with a true minus, and none before a zero."""
    text = f"{number:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def _moons(words: Words, network: Network, title: str) -> Plot:
    """The points, and behind them where the network says upper moon."""
    upper, lower = POINTS[LABELS > 0], POINTS[LABELS < 0]
    return Plot(
        title=title,
        x="x₁",
        y="x₂",
        points=[
            Points(words("lower"), "○", lower[:, 0].tolist(), lower[:, 1].tolist()),
            Points(words("upper"), "●", upper[:, 0].tolist(), upper[:, 1].tolist()),  # the colour of what is shaded
        ],
        x_range=(-ACROSS, ACROSS),
        y_range=(-UP, UP),
        region=np.where(network.regions(48, ACROSS, UP) > 0, 1.0, 0.0).tolist(),
    )


@figure(weight1=Knob(WEIGHT, 1.0), weight2=Knob(WEIGHT, 0.25), bias=Knob(WEIGHT, 0.0))
def by_hand(words: Words, weight1: float, weight2: float, bias: float) -> Drawing:
    """One neuron, its weights turned by the learner."""
    network = Network([np.array([[weight1], [weight2]])], [np.array([bias])], "linear")
    return _moons(words, network, words("right", count=right_ones(network), all=COUNT))


def bent(kind: str, total: Array) -> Array:
    """The step of lesson 1, or an activation."""
    return np.where(total >= 0, 1.0, 0.0) if kind == "step" else activate(total, cast(Activation, kind))


def bent_slope(kind: str, total: Array) -> Array:
    """Its slope, measured."""
    h = 1e-6
    return (bent(kind, total + h) - bent(kind, total - h)) / (2 * h)


@choice
def through_step() -> str:
    slopes = bent_slope("step", np.array([-1.5, -0.2, 0.3, 2.0]))
    return "none" if (slopes == 0).all() else "one" if (slopes == 1).all() else "more"


@figure(activation=Knob(("step", "tanh", "relu"), "step"))
def activations(words: Words, activation: str) -> Drawing:
    """An activation and its slope."""
    totals = np.linspace(-2.5, 2.5, 122)  # none of them is 0, where a step has no slope
    xs = totals.tolist()
    return Plot(
        x=words("sum"),
        y="",
        curves=[
            Curve(words(activation), xs, bent(activation, totals).tolist()),
            Curve(words("slope"), xs, bent_slope(activation, totals).tolist()),
        ],
        x_range=(-2.5, 2.5),
        y_range=(-1.25, 2.5),
    )


def sizes(hidden: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Inputs, neurons and parameters of each layer."""
    made = MLP(hidden, "tanh", np.random.default_rng(0))
    return [
        (len(layer[0].weights), len(layer), sum(len(neuron.weights) + 1 for neuron in layer)) for layer in made.layers
    ]


@number(tolerance=0)
def parameters() -> float:
    return len(MLP([HIDDEN, HIDDEN], "tanh", np.random.default_rng(0)).parameters())


@figure(first=Knob(span(1, 16, 1), HIDDEN), second=Knob(span(1, 16, 1), HIDDEN))
def shape(words: Words, first: int, second: int) -> Drawing:
    """The layers of a network, and its parameters."""
    names = (words("hidden", number=1), words("hidden", number=2), words("answer"))
    rows = [
        (name, str(neurons), f"{neurons} · ({inputs} + 1)", str(count))
        for name, (inputs, neurons, count) in zip(names, sizes((first, second)), strict=True)
    ]
    total = str(sum(int(row[-1]) for row in rows))
    rows.append((words("together"), "", "", total))
    columns = (words("layer"), words("neurons"), words("reckoned"), words("parameters"))
    return Table(columns=columns, rows=rows, marked=[3])


def squares(errors: tuple[float, ...]) -> float:
    """The sum of squares of answers that are wrong by so much."""
    return total_loss([Value(error) for error in errors], [0.0] * len(errors), "squares").data


@choice
def weighs_more() -> str:
    one, three = squares((2.0,)), squares((1.0, 1.0, 1.0))
    return "one" if one > three else "three" if three > one else "same"


#: Points whose errors are listed.
LISTED = 6


@figure(steps=Knob(STEPS[:-1], 0))
def errors(words: Words, steps: int) -> Drawing:
    """The errors at some points, and the sum over all."""
    network, history = trained(HIDDEN, "tanh", int(steps))
    scores = network.scores(POINTS[:LISTED])
    rows = [
        (f"({_n(x, 1)}, {_n(y, 1)})", _n(label, 0), _n(score), _n(score - label), _n((score - label) ** 2))
        for (x, y), label, score in zip(POINTS.tolist(), LABELS.tolist(), scores.tolist(), strict=False)
    ]
    rows.append((words("all", count=COUNT), "", "", "", _n(history[-1].loss)))
    columns = (words("point"), words("label"), words("score"), words("error"), words("squared"))
    return Table(columns=columns, rows=rows, marked=[LISTED])


@choice
def too_large() -> str:
    reached = [valley(weight) for weight in walk(3.0, 10)]
    if all(after > before for before, after in pairwise(reached)):
        return "flies"
    return "faster" if reached[1] < valley(walk(1.0, 1)[-1]) else "circles"


@figure(times=Knob(TIMES, 0.1), steps=Knob(span(0, 10, 1), 3))
def descent(words: Words, times: float, steps: int) -> Drawing:
    """The valley, and where each step stands."""
    line = np.linspace(-3, 6, 80).tolist()
    weights = walk(times, int(steps))
    found = [valley(weight) for weight in weights]
    return Plot(
        x=words("weight"),
        y=words("after", count=int(steps), error=_n(found[-1], 1)),
        curves=[Curve("", line, [valley(weight) for weight in line])],
        points=[
            Points(words("before"), "○", weights[:-1], found[:-1]),
            Points(words("now"), "●", weights[-1:], found[-1:]),
        ],
        x_range=(-3, 6),
        y_range=(0, 500),
    )


def _learnt(words: Words, network: Network, history: list[Step]) -> Plot:
    """The moons as a trained network sees them."""
    return _moons(words, network, words("state", error=_n(history[-1].loss, 1), count=right_ones(network), all=COUNT))


@figure(neurons=Knob(WIDTHS, HIDDEN), steps=Knob(STEPS, 0))
def training(words: Words, neurons: int, steps: int) -> Drawing:
    """The moons, and what a network says of the plane, as it learns."""
    return _learnt(words, *trained(int(neurons), "tanh", int(steps)))


@choice
def without_bend() -> str:
    lone, straight, curved = (
        trained(width, kind, STEPS[-1])[1][-1] for width, kind in ((0, "linear"), (HIDDEN, "linear"), (HIDDEN, "tanh"))
    )
    if straight.accuracy <= lone.accuracy and straight.loss > lone.loss - 0.01:
        return "alone"
    return "all" if straight.accuracy >= curved.accuracy else "between"


@figure(activation=Knob(("linear", "tanh", "relu"), "linear"), steps=Knob(STEPS, STEPS[-1]))
def straight(words: Words, activation: str, steps: int) -> Drawing:
    """The same network with other activations."""
    return _learnt(words, *trained(HIDDEN, cast(Activation, activation), int(steps)))


@choice
def forgotten() -> str:
    reached = [valley(weight) for weight in walk(0.1, VALLEY_STEPS, zeroed=False)]
    late = reached[VALLEY_STEPS // 2 :]
    if max(late) > 2 * min(late):
        return "swings"
    return "same" if abs(late[-1] - valley(walk(0.1, VALLEY_STEPS)[-1])) < 1 else "slower"


@figure(times=Knob((0.02, 0.1, 0.5), 0.1))
def piling(words: Words, times: float) -> Drawing:
    """The error in the valley, with gradients set to 0 before each step, and not."""
    steps = list(range(VALLEY_STEPS + 1))
    return Plot(
        x=words("steps"),
        y=words("error"),
        curves=[
            Curve(words("zeroed"), steps, [valley(weight) for weight in walk(times, VALLEY_STEPS)]),
            Curve(words("kept"), steps, [valley(weight) for weight in walk(times, VALLEY_STEPS, zeroed=False)]),
        ],
        x_range=(0, VALLEY_STEPS),
        y_range=(0, 160),
    )


@choice
def how_large() -> str:
    size = graph_size(COUNT)
    return "hundreds" if size < 1_000 else "thousands" if size < 10_000 else "tens"


@figure(points=Knob((1, 10, 100), COUNT))
def graph_sizes(words: Words, points: int) -> Drawing:
    """Numbers one at a time, against matrices."""
    layers = len(sizes((HIDDEN, HIDDEN)))
    rows = [
        (words("values"), f"{graph_size(int(points)):,}".replace(",", " ")),
        (words("products"), str(layers)),
        (words("biases"), str(layers)),
        (words("bends"), str(layers - 1)),
    ]
    return Table(columns=("", words("count")), rows=rows, marked=[0])


@figure()
def same(words: Words) -> Drawing:
    """The same six errors, three times."""
    rows = [(str(step), *(_n(loss, 9) for loss in losses)) for step, losses in enumerate(three_ways())]
    return Table(columns=(words("step"), "Value", "numpy", "PyTorch"), rows=rows)
