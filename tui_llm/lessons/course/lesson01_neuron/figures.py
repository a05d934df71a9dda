"""What lesson 1 computes: gates, the line that a neuron draws, why none draws XOR, Rosenblatt's rule. Imports numpy,
the network and the kit.
"""

from __future__ import annotations

import itertools

import numpy as np

from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Plot, Points, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.lessons.neuron import AND, NAND, NOT, OR, Neuron, all_inputs, contradiction, inequalities, perceptron, xor

CASES = all_inputs(2)  # (4, 2): 00, 01, 10, 11
GATES = {"and": AND, "or": OR, "nand": NAND}
TARGETS = {name: gate(CASES) for name, gate in GATES.items()} | {"xor": xor(CASES), "xnor": 1 - xor(CASES)}

WEIGHT = span(-2, 2, 0.5)
PASSES = 12


def _sum(weights: tuple[float, ...], inputs: tuple[int, ...]) -> str:
    """The sum as it is reckoned: `1·1 + 1·0 = 1`."""
    parts = " + ".join(f"{weight:g}·{value}" for weight, value in zip(weights, inputs, strict=True))
    return f"{parts} = {np.dot(weights, inputs):g}".replace("-", "−").replace("+ −", "− ")


def _cases(words: Words, neuron: Neuron) -> Table:
    """What a neuron answers in all four cases; those in which it fires are marked."""
    outputs = neuron(CASES)
    rows = [
        (str(a), str(b), _sum(neuron.weights, (a, b)), str(output))
        for (a, b), output in zip(CASES.tolist(), outputs, strict=True)
    ]
    columns = (words("first"), words("second"), words("sum"), words("output"))
    return Table(columns=columns, rows=rows, marked=np.flatnonzero(outputs).tolist())


@figure(weight1=Knob(WEIGHT, 1.0), weight2=Knob(WEIGHT, 1.0), threshold=Knob(WEIGHT, 1.5))
def cases(words: Words, weight1: float, weight2: float, threshold: float) -> Drawing:
    """The four cases of any neuron with two inputs."""
    return _cases(words, Neuron((weight1, weight2), threshold))


@figure(threshold=Knob(span(0, 3, 1), 1))
def gate(words: Words, threshold: float) -> Drawing:
    """The four cases with both weights 1."""
    return _cases(words, Neuron((1, 1), threshold))


@choice
def which_gate() -> str:
    return next(name for name, outputs in TARGETS.items() if (Neuron((1, 1), 1)(CASES) == outputs).all())


@choice
def negative() -> str:
    answers = {(0, 1): "same", (1, 0): "opposite", (0, 0): "never"}
    first, second = NOT([[0], [1]])
    return answers[int(first), int(second)]


def _plane(words: Words, neuron: Neuron, wanted: np.ndarray) -> Plot:
    """The corners of the square, the neuron's line, and the side on which it fires coloured."""
    low, high = -0.5, 1.5
    x, y = np.meshgrid(np.linspace(low, high, 48), np.linspace(high, low, 24))
    fires = neuron(np.stack([x, y], axis=-1))
    fire, rest = CASES[wanted == 1], CASES[wanted == 0]
    return Plot(
        title=words("right", count=int((neuron(CASES) == wanted).sum())),
        x=words("first"),
        y=words("second"),
        points=[
            Points(words("fire"), "●", fire[:, 0].tolist(), fire[:, 1].tolist()),
            Points(words("rest"), "○", rest[:, 0].tolist(), rest[:, 1].tolist()),
        ],
        x_range=(low, high),
        y_range=(low, high),
        region=np.where(fires == 1, 1.0, 0.0).tolist(),
    )


@figure(
    target=Knob(("and", "or", "nand", "xor"), "and"),
    weight1=Knob(WEIGHT, 1.0),
    weight2=Knob(WEIGHT, 0.0),
    threshold=Knob(WEIGHT, 0.5),
)
def plane(words: Words, target: str, weight1: float, weight2: float, threshold: float) -> Drawing:
    """A neuron as a line."""
    return _plane(words, Neuron((weight1, weight2), threshold), TARGETS[target])


def separable() -> list[tuple[tuple[int, ...], bool]]:
    """Each of the 16 functions of two inputs, and whether a neuron computes it."""
    return [(outputs, contradiction(outputs) is None) for outputs in itertools.product((0, 1), repeat=4)]


@number(tolerance=0)
def how_many() -> float:
    return sum(possible for _, possible in separable())


@figure()
def functions(words: Words) -> Drawing:
    """All 16; those that no neuron computes are marked."""
    names = {tuple(outputs.tolist()): words(name) for name, outputs in TARGETS.items()}
    rows = [
        (" ".join(map(str, outputs)), names.get(outputs, ""), words("yes") if possible else words("no"))
        for outputs, possible in separable()
    ]
    columns = ("00 01 10 11", "", words("neuron"))
    halves = [
        Table(columns=columns, rows=half, marked=[place for place, row in enumerate(half) if row[2] == words("no")])
        for half in (rows[:8], rows[8:])
    ]
    return Beside(parts=halves)


@figure(target=Knob(("and", "or", "nand", "xor", "xnor"), "and"))
def proof(words: Words, target: str) -> list[Drawing]:
    """What each case demands of the weights, and whether it can be."""
    outputs = TARGETS[target]
    demands = inequalities(outputs)
    rows = [(f"{a} {b}", str(out), why) for (a, b), out, why in zip(CASES, outputs, demands, strict=True)]
    table = Table(columns=(words("inputs"), words("wanted"), words("demand")), rows=rows)
    found = contradiction(outputs)
    if found is None:
        solution = GATES[target]
        weights = "w₁ = {:g}, w₂ = {:g}, θ = {:g}".format(*solution.weights, solution.threshold).replace("-", "−")
        return [table, Lines(lines=[words("possible", weights=weights)])]
    sums = [words("fires", sum=found[0]), words("rests", sum=found[1]), words("impossible")]
    return [table, Lines(lines=sums, marked=[2])]


@choice
def which_pair() -> str:
    pairs = {"or_nand": (OR, NAND), "or_and": (OR, AND), "nand_nand": (NAND, NAND)}
    return next(
        name
        for name, (one, other) in pairs.items()
        if (AND(np.stack([one(CASES), other(CASES)], axis=-1)) == xor(CASES)).all()
    )


@figure(case=Knob(("00", "01", "10", "11"), "01"))
def net(words: Words, case: str) -> Drawing:
    """XOR by three neurons, with all that they reckon."""
    a, b = int(case[0]), int(case[1])
    either, not_both = int(OR([a, b])), int(NAND([a, b]))
    wide = max(len(words("or")), len(words("nand")))
    steps = [
        _step(f"{words('or'):<{wide}}", OR, (a, b)),
        _step(f"{words('nand'):<{wide}}", NAND, (a, b)),
        _step(words("and"), AND, (either, not_both)),
    ]
    inputs = [f"{words('first')}: {a}", f"{words('second')}: {b}"]
    left, middle = (max(map(len, column)) for column in (inputs, steps[:2]))
    return Lines(
        lines=[
            f"{inputs[0]:<{left}} ─┬─ {steps[0]:<{middle}} ─┐",
            f"{inputs[1]:<{left}} ─┴─ {steps[1]:<{middle}} ─┤",
            f"{'':<{left}}     {'':<{middle}}  └─ {steps[2]}",
        ]
    )


def _step(name: str, neuron: Neuron, inputs: tuple[int, int]) -> str:
    """What one neuron reckons: `OR  1 ≥ 1 → 1`."""
    total = np.dot(neuron.weights, inputs)
    sign, output = ("≥", 1) if total >= neuron.threshold else ("<", 0)
    return f"{name}  {total:g} {sign} {neuron.threshold:g} → {output}".replace("-", "−")


@figure(target=Knob(("and", "or", "nand", "xor"), "and"), passes=Knob(span(0, PASSES, 1), 0))
def rule(words: Words, target: str, passes: int) -> Drawing:
    """The line as Rosenblatt's rule moves it, pass after pass."""
    learning = perceptron(CASES, TARGETS[target], PASSES)
    place = min(int(passes), len(learning.mistakes))
    neuron = learning.neurons[place]
    rows = [
        (words("weights"), "{:g}, {:g}".format(*neuron.weights).replace("-", "−")),
        (words("threshold"), f"{neuron.threshold:g}".replace("-", "−")),
        (words("mistakes"), str(learning.mistakes[place - 1]) if place else "–"),
    ]
    state = Table(columns=(words("after", count=place), ""), rows=rows)
    return Beside(parts=[state, _plane(words, neuron, TARGETS[target])])


@choice
def on_xor() -> str:
    learning = perceptron(CASES, TARGETS["xor"], 100)
    if learning.learnt:
        return "learns"
    return "cycles" if learning.cycle is not None else "settles"


@figure(target=Knob(("and", "or", "nand", "xor"), "xor"))
def mistakes(words: Words, target: str) -> Drawing:
    """Mistakes in each pass over the four cases."""
    made = perceptron(CASES, TARGETS[target], PASSES).mistakes
    return Plot(
        x=words("passes"),
        y=words("mistakes"),
        curves=[Curve("", list(range(1, len(made) + 1)), [float(count) for count in made])],
        points=[Points("", "●", list(range(1, len(made) + 1)), [float(count) for count in made])],
        x_range=(0, PASSES),
        y_range=(0, 4),
        height=7,
    )
