"""Numbers that remember how they were computed, and so know their derivatives: an autograd engine for scalars.

A `Value` keeps what it was computed from (`inputs`) and how fast it changes with each of them (`slopes`: the derivative
of that one operation, as a number). The chain rule does the rest: walking back from the result, every value hands each
of its inputs its own gradient times the slope between them. That is reverse-mode differentiation (Linnainmaa 1970, in a
thesis on rounding errors), which Rumelhart, Hinton & Williams made known as the way networks learn (1986, "Learning
representations by back-propagating errors"). PyTorch does the same with whole tensors. Imports the standard library
alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Value:
    """A number in a computation. After `result.backward()`, its `grad` is d result / d this number."""

    __slots__ = ("data", "grad", "inputs", "label", "operation", "slopes")

    def __init__(
        self,
        data: float,
        inputs: tuple[Value, ...] = (),
        slopes: tuple[float, ...] = (),
        operation: str = "",
        label: str = "",
    ) -> None:
        """A learner gives `data` and perhaps a `label`; operations fill in the rest."""
        self.data = float(data)
        self.grad = 0.0
        self.inputs = inputs
        self.slopes = slopes
        self.operation = operation
        self.label = label

    # Each operation says two things: the result, and its derivative with respect to each input.

    def __add__(self, other: Value | float) -> Value:
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __sub__(self, other: Value | float) -> Value:
        other = as_value(other)
        return Value(self.data - other.data, (self, other), (1.0, -1.0), "-")

    def __mul__(self, other: Value | float) -> Value:
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")

    def __truediv__(self, other: Value | float) -> Value:
        other = as_value(other)
        quotient = self.data / other.data
        return Value(quotient, (self, other), (1.0 / other.data, -quotient / other.data), "/")

    def __pow__(self, exponent: float) -> Value:
        """x ** n for a constant n. Raises ValueError where the power is no real number, as (-2) ** 0.5."""
        slope = exponent * math.pow(self.data, exponent - 1) if exponent != 0 else 0.0
        return Value(math.pow(self.data, exponent), (self,), (slope,), f"**{exponent:g}")

    def __neg__(self) -> Value:
        return Value(-self.data, (self,), (-1.0,), "neg")

    def exp(self) -> Value:
        power = math.exp(self.data)
        return Value(power, (self,), (power,), "exp")

    def log(self) -> Value:
        """The natural logarithm. Raises ValueError unless the number is above 0."""
        return Value(math.log(self.data), (self,), (1.0 / self.data,), "log")

    def tanh(self) -> Value:
        squashed = math.tanh(self.data)
        return Value(squashed, (self,), (1.0 - squashed**2,), "tanh")

    def relu(self) -> Value:
        return Value(max(0.0, self.data), (self,), (1.0 if self.data > 0 else 0.0,), "relu")

    # 2 + x, 2 * x and their like, where the number on the left is a plain one.

    def __radd__(self, other: float) -> Value:
        return as_value(other) + self

    def __rsub__(self, other: float) -> Value:
        return as_value(other) - self

    def __rmul__(self, other: float) -> Value:
        return as_value(other) * self

    def __rtruediv__(self, other: float) -> Value:
        return as_value(other) / self

    def __repr__(self) -> str:
        return f"Value({self.data:.4f}, grad={self.grad:.4f})"

    def backward(self) -> None:
        """Add d self / d value to the `grad` of every value that went into this one."""
        for _ in self.backward_steps():
            pass

    def backward_steps(self) -> Iterator[Value]:
        """Go back one value at a time: each is yielded when its gradient is whole and its inputs have their share.

        Values that others were computed from in between begin at 0. The first ones, the leaves, keep what earlier
        passes left and add to it, as PyTorch's do: whoever trains sets them to 0 before each step.
        """
        order = topological(self)
        for value in order:
            if value.inputs:
                value.grad = 0.0
        self.grad = 1.0  # d self / d self
        for value in reversed(order):
            for one, slope in zip(value.inputs, value.slopes, strict=True):
                one.grad += slope * value.grad  # the chain rule; a sum, since a value may be used in several places
            yield value


def as_value(number: Value | float) -> Value:
    """`number` itself if it is a Value, else a new leaf."""
    return number if isinstance(number, Value) else Value(number)


def topological(root: Value) -> list[Value]:
    """Every value that `root` depends on, once, inputs before what was computed from them; `root` comes last."""
    order: list[Value] = []
    seen: set[Value] = set()
    to_do = [(root, False)]  # a list, not recursion: a sum over a data set is thousands of additions deep
    while to_do:
        value, inputs_done = to_do.pop()
        if inputs_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            to_do.append((value, True))
            to_do.extend((one, False) for one in reversed(value.inputs))
    return order


class Graph(NamedTuple):
    """A computation, to be drawn: `edges` are (place of an input, place of its result, slope between them)."""

    nodes: list[Value]
    edges: list[tuple[int, int, float]]


def graph(root: Value) -> Graph:
    """The nodes behind `root`, inputs first, and what flows where."""
    nodes = topological(root)
    place = {value: index for index, value in enumerate(nodes)}
    edges = [
        (place[one], place[value], slope)
        for value in nodes
        for one, slope in zip(value.inputs, value.slopes, strict=True)
    ]
    return Graph(nodes, edges)


def tree(root: Value) -> str:
    """The computation as text, a line a value, inputs indented below their result; for graphs that fit a screen.

    What was shown already is not unfolded again: a value used twice has `...` the second time.
    """
    lines: list[str] = []
    seen: set[Value] = set()

    def draw(value: Value, before: str, below: str) -> None:
        name = " ".join(part for part in (value.label, value.operation and f"({value.operation})") if part)
        repeated = " ..." if value in seen and value.inputs else ""
        named = f"{name} = " if name else ""
        lines.append(f"{before}{named}{value.data:.4g}   grad {value.grad:.4g}{repeated}")
        if value not in seen:
            seen.add(value)
            for number, one in enumerate(value.inputs, start=1):
                last = number == len(value.inputs)
                draw(one, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))

    draw(root, "", "")
    return "\n".join(lines)


def numerical_gradient(function: Callable[..., Value], at: Sequence[float], step: float = 1e-5) -> list[float]:
    """The gradient of `function` at the point `at` by moving each input a little: (f(x + h) - f(x - h)) / 2h.

    It needs no calculus, two evaluations for every input, and is never exact: a check, not a way to learn.
    """

    def moved(place: int, distance: float) -> float:
        return function(*(Value(x + distance * (place == index)) for index, x in enumerate(at))).data

    return [(moved(place, step) - moved(place, -step)) / (2 * step) for place in range(len(at))]
