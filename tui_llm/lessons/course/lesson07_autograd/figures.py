"""What lesson 7 computes: slopes measured and by rule, the chain rule, gradients that flow back through a graph.
Imports the autograd engine, `slopes` and the kit.
"""

from __future__ import annotations

from itertools import islice

from tui_llm.lessons.course.drawings import Curve, Drawing, Lines, Plot, Points, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.lessons.course.lesson07_autograd.slopes import (
    ALONE,
    CURVES,
    EXPRESSIONS,
    LEAVES,
    OPERATIONS,
    Neuron,
    checks,
    derivative,
    evaluations,
    hand_overs,
    handed_on,
    neuron,
    slope_between,
)
from tui_llm.lessons.value import Value, numerical_gradient

HEIGHTS = {"square": (-2.0, 10.0), "tanh": (-1.5, 1.5), "relu": (-1.0, 3.0)}

#: Distances, from far too large to far too small; at the last one 3 + h is 3.
DISTANCES = (1.0, 1e-2, 1e-4, 1e-8, 1e-12, 1e-16)

#: Without 0, by which nothing can be divided.
NUMBERS = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
HALVES = span(-2, 2, 0.5)

#: The weights of a small network, as many as are measured in the question.
WEIGHTS = 300


def _n(number: float, digits: int = 2) -> str:
    """A number as it is written, with a true minus, and none before a zero."""
    text = f"{number:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


@figure(
    curve=Knob(tuple(CURVES), "square"),
    x=Knob(span(-2, 2, 0.5), 1.0),
    h=Knob((0.01, 0.1, 0.5, 1.0, 2.0), 2.0),
)
def tangent(words: Words, curve: str, x: float, h: float) -> Drawing:
    """A curve, two points of it, and the line through both."""
    function = CURVES[curve]
    xs = span(-3, 3, 0.1)
    here, steep = function(Value(x)).data, slope_between(function, x, h)
    return Plot(
        title=words("slope", slope=_n(steep)),
        x="x",
        y="y",
        curves=[
            Curve(words(curve), xs, [function(Value(one)).data for one in xs]),
            Curve(words("line"), [-3.0, 3.0], [here + steep * (end - x) for end in (-3, 3)]),
        ],
        points=[Points("", "●", [x, x + h], [here, function(Value(x + h)).data])],
        x_range=(-3, 3),
        y_range=HEIGHTS[curve],
    )


@choice
def tiny() -> str:
    slope, right = slope_between(CURVES["square"], 3.0, DISTANCES[-1]), derivative(CURVES["square"], 3.0)
    if slope == right:
        return "exact"
    return "zero" if slope == 0 else "near"


@figure()
def distances(words: Words) -> Drawing:
    """The measured slope of x² at 3, for ever smaller distances."""
    rows = [(f"{h:g}", f"{slope_between(CURVES['square'], 3.0, h):.6f}") for h in DISTANCES]
    return Table(columns=("h", words("slope")), rows=rows, marked=[len(rows) - 1])


@figure(operation=Knob(tuple(OPERATIONS), "mul"), a=Knob(NUMBERS, 2.0), b=Knob(NUMBERS, -1.5))
def local(words: Words, operation: str, a: float, b: float) -> Drawing:
    """One operation: its slopes by the rule, and measured."""
    at = (a,) if operation in ALONE else (a, b)
    function = OPERATIONS[operation]
    result = function(*map(Value, at))
    measured = numerical_gradient(function, at)
    rows = [
        (name, _n(one), _n(slope, 4), _n(seen, 4))
        for name, one, slope, seen in zip("ab", at, result.slopes, measured, strict=False)
    ]
    return Table(
        title=f"{words(operation)} = {_n(result.data, 4)}",
        columns=(words("input"), words("value"), words("rule"), words("measured")),
        rows=rows,
    )


def _gears(x: Value) -> tuple[Value, Value]:
    """u = 3 x, and z = u²."""
    u = 3 * x
    return u, u**2


@number(tolerance=1e-6)
def product() -> float:
    return derivative(lambda x: _gears(x)[1], 1.0)


@figure(x=Knob(HALVES, 1.0))
def chain(words: Words, x: float) -> Drawing:
    """Two steps, their slopes, and the slope of both together."""
    u, z = _gears(Value(x))
    (measured,) = numerical_gradient(lambda one: _gears(one)[1], [x])
    (second,) = z.slopes
    rows = [
        (words("first"), _n(u.data), _n(3.0)),
        (words("second"), _n(z.data), _n(second)),
        (words("both"), "", f"{_n(3.0)} · {_n(second)} = {_n(3 * second)}"),
        (words("measured"), "", _n(measured)),
    ]
    return Table(columns=(f"x = {_n(x)}", words("value"), words("slope")), rows=rows, marked=[2])


@figure(w=Knob(HALVES, 2.0), x=Knob(HALVES, -1.5), b=Knob(HALVES, 2.0))
def memory(words: Words, w: float, x: float, b: float) -> Drawing:
    """What every value of a neuron remembers."""
    rows = [
        (
            value.label,
            _n(value.data),
            value.operation or "–",
            ", ".join(one.label for one in value.inputs) or "–",
            ", ".join(_n(slope) for slope in value.slopes) or "–",
        )
        for value in neuron(w, x, b)
    ]
    return Table(columns=("", "data", "operation", "inputs", "slopes"), rows=rows, title=words("title"))


@figure(step=Knob(span(0, 3, 1), 0), w=Knob(HALVES, 2.0), x=Knob(HALVES, -1.5), b=Knob(HALVES, 2.0))
def flow(words: Words, step: int, w: float, x: float, b: float) -> list[Drawing]:
    """The graph, with the gradients that have arrived after so many of its three operations have handed on theirs."""
    made = neuron(w, x, b)
    handed = list(islice((value for value in made.o.backward_steps() if value.inputs), int(step)))
    arrived = {one for value in handed for one in (value, *value.inputs)}
    said = words("forward")
    for value in handed[-1:]:
        shares = [
            f"{one.label} ← {_n(slope)} · {_n(value.grad)} = {_n(slope * value.grad)}"
            for one, slope in zip(value.inputs, value.slopes, strict=True)
        ]
        said = f"{value.label}:  " + "   ".join(shares)
    return [Lines(lines=_graph(made, arrived)), Lines(lines=[said], marked=[0])]


def _graph(made: Neuron, arrived: set[Value]) -> list[str]:
    """Inputs on the left, the result on the right; below each value its gradient."""

    def cell(name: str, value: Value) -> tuple[str, str]:
        gradient = _n(value.grad) if value in arrived else "?"
        above = f"{name} = {_n(value.data):>5} "
        return above, f"[{gradient:>5}]".rjust(len(above))

    names = ("w", "x", "b", "p = w·x", "s = p + b", "o = tanh s")
    (w, dw), (x, dx), (b, db), (p, dp), (s, ds), (o, do) = map(cell, names, made)
    return [
        f"{w}─┐",
        f"{dw} ├─ {p}─┐",
        f"{x}─┘  {dp} ├─ {s}── {o}".rstrip(),
        f"{dx}    {' ' * len(p)} │  {ds}   {do}",
        f"{b}────{'─' * len(p)}─┘",
        db,
    ]


@choice
def plus() -> str:
    shares = handed_on("add", 0.6, (3.0, -2.0))
    return {(0.3, 0.3): "half", (0.6, 0.6): "whole", (1.8, -1.2): "other"}[shares[0], shares[1]]


@figure(gradient=Knob(span(-1, 1, 0.2), 0.6))
def gates(words: Words, gradient: float) -> Drawing:
    """What operations do with the gradient that arrives."""
    plan = [("add", (3.0, -2.0)), ("mul", (3.0, -2.0)), ("relu", (3.0,)), ("relu", (-2.0,)), ("tanh", (3.0,))]
    rows = [
        (
            words(name),
            ", ".join(_n(one, 0) for one in at),
            ", ".join(_n(one, 3) for one in handed_on(name, gradient, at)),
        )
        for name, at in plan
    ]
    return Table(columns=(words("operation"), words("inputs"), words("get")), rows=rows)


def _twice(a: Value) -> Value:
    return a * a + a


@number(tolerance=1e-6)
def used_twice() -> float:
    return derivative(_twice, 3.0)


@figure(a=Knob(span(-3, 3, 1), 3))
def shares(words: Words, a: float) -> Drawing:
    """The shares that come to a value by each way, and their sum."""
    value = Value(a)
    square = value * value
    (square + value).backward()
    (measured,) = numerical_gradient(_twice, [a])
    rows = [
        (words("left"), _n(square.grad * square.slopes[0])),
        (words("right"), _n(square.grad * square.slopes[1])),
        (words("direct"), _n(1.0)),
        (words("sum"), _n(value.grad)),
        (words("measured"), _n(measured)),
    ]
    return Table(columns=(f"y = a·a + a,  a = {_n(a, 0)}", words("share")), rows=rows, marked=[3])


@figure(way=Knob(("hasty", "patient"), "hasty"), x=Knob(span(-3, 3, 1), 3))
def order(words: Words, way: str, x: float) -> list[Drawing]:
    """The graph with two ways, and the gradient of x as it grows, in one order or the other."""
    told = hand_overs(x, hasty=way == "hasty")
    right = derivative(lambda one: one * one + 2 * (one * one), x)
    rows = [(step.label, _n(step.gradient), _n(step.x)) for step in told]
    columns = (words("who"), words("gradient"), words("total"))
    return [
        Lines(lines=["x ── s = x·x ─┬─ d = 2·s ─┬─ L = s + d", "              └───────────┘"]),
        Table(title=words("truth", slope=_n(right)), columns=columns, rows=rows, marked=[len(rows) - 1]),
    ]


@number(tolerance=0)
def cost() -> float:
    return evaluations(WEIGHTS)


@figure(expression=Knob(tuple(EXPRESSIONS), "neuron"))
def against_torch(words: Words, expression: str) -> list[Drawing]:
    """Three ways to the same gradients."""
    found = checks(expression)
    rows = [
        (f"{name} = {_n(at, 1)}", _n(one.value, 12), _n(one.torch, 12), _n(one.measured, 12))
        for name, at, one in zip("abc", LEAVES, found, strict=True)
    ]
    columns = (words("input"), "Value", "PyTorch", words("measured"))
    largest = max(abs(one.value - one.torch) for one in found)
    return [Table(columns=columns, rows=rows), Lines(lines=[words("apart", largest=f"{largest:.1g}")])]
