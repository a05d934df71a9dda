"""Slopes for lesson 7, without a picture: measured, by rule, handed back through a graph, and PyTorch's. Imports the
autograd engine; torch only to check it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tui_llm.lessons.value import Value, numerical_gradient, topological

CURVES: dict[str, Callable[[Value], Value]] = {"square": lambda x: x * x, "tanh": Value.tanh, "relu": Value.relu}

OPERATIONS: dict[str, Callable[..., Value]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "tanh": lambda a: a.tanh(),
    "exp": lambda a: a.exp(),
    "relu": lambda a: a.relu(),
}
ALONE = ("tanh", "exp", "relu")  # those with one input

#: Written for Values and for tensors alike.
EXPRESSIONS: dict[str, Callable[..., Any]] = {
    "neuron": lambda a, b, c: (a * b + c).tanh(),
    "softmax": lambda a, b, c: -(a.exp() / (a.exp() + b.exp() + c.exp())).log(),
    "tangle": lambda a, b, c: (a * b + b.log()).tanh() / b - a**2 * c,
}
LEAVES = (0.5, 2.0, -0.7)


def slope_between(curve: Callable[[Value], Value], x: float, h: float) -> float:
    """How steep the line is through the curve at x and at x + h."""
    return (curve(Value(x + h)).data - curve(Value(x)).data) / h


def derivative(curve: Callable[[Value], Value], x: float) -> float:
    """The slope at x, by the rules."""
    value = Value(x)
    curve(value).backward()
    return value.grad


class Neuron(NamedTuple):
    """o = tanh(w x + b), every value by its name."""

    w: Value
    x: Value
    b: Value
    p: Value
    s: Value
    o: Value


def neuron(w: float, x: float, b: float) -> Neuron:
    """The computation that the lesson draws."""
    leaves = Value(w), Value(x), Value(b)
    p = leaves[0] * leaves[1]
    s = p + leaves[2]
    made = Neuron(*leaves, p, s, s.tanh())
    for name, value in made._asdict().items():
        value.label = name
    return made


def handed_on(operation: str, gradient: float, at: tuple[float, ...]) -> list[float]:
    """What each input of an operation gets when `gradient` arrives at its result."""
    leaves = [Value(one) for one in at]
    (OPERATIONS[operation](*leaves) * gradient).backward()
    return [leaf.grad for leaf in leaves]


class HandOver(NamedTuple):
    """A value hands its inputs their shares: its gradient then, and that of x afterwards."""

    label: str
    gradient: float
    x: float


def hand_overs(at: float, *, hasty: bool) -> list[HandOver]:
    """L = s + 2 s with s = x²: who hands on what, in the right order, or each value as soon as something has come."""
    x = Value(at)
    s = x * x
    d = 2 * s
    result = s + d
    s.label, d.label, result.label = "s", "d", "L"
    told = []

    def hand(value: Value) -> None:
        for one, slope in zip(value.inputs, value.slopes, strict=True):
            one.grad += slope * value.grad
        if value.inputs:
            told.append(HandOver(value.label, value.grad, x.grad))

    def rush(value: Value) -> None:
        hand(value)
        for one in dict.fromkeys(value.inputs):
            rush(one)

    result.grad = 1.0
    if hasty:
        rush(result)
    else:
        for value in reversed(topological(result)):
            hand(value)
    return told


def evaluations(count: int) -> int:
    """How often a function of so many inputs is computed to measure its gradient."""
    calls = 0

    def first(*inputs: Value) -> Value:
        nonlocal calls
        calls += 1
        return inputs[0]

    numerical_gradient(first, [0.0] * count)
    return calls


class Checked(NamedTuple):
    """The gradient of one input, three times."""

    value: float
    torch: float
    measured: float


def checks(expression: str) -> list[Checked]:
    """The gradients of an expression by `Value`, by torch, and measured."""
    import torch

    function = EXPRESSIONS[expression]
    mine = [Value(one) for one in LEAVES]
    function(*mine).backward()
    theirs = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in LEAVES]
    gradients = torch.autograd.grad(function(*theirs), theirs)
    measured = numerical_gradient(function, LEAVES)
    return [Checked(one.grad, other.item(), seen) for one, other, seen in zip(mine, gradients, measured, strict=True)]
