"""The autograd engine of lesson 7 against torch, against finite differences, and step by step."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.value import Value, as_value, graph, numerical_gradient, topological, tree

LEAVES = st.lists(st.floats(-2, 2), min_size=1, max_size=4)
OPERATIONS = ("+", "-", "*", "/", "neg", "square", "cube root", "exp", "log", "tanh", "relu", "1-", "2/", "mean")
PLAN = st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=12)


def possible(operation: str, a: float, b: float) -> bool:
    """Whether it is defined, and its derivatives so small that 1e-9 is a fair demand."""
    if operation == "/":
        return abs(b) > 0.2
    if operation in ("log", "cube root"):
        return a > 0.2
    if operation == "2/":
        return abs(a) > 0.2
    return operation != "exp" or a < 3


def apply(operation: str, a: Any, b: Any) -> Any:
    """On two Values or on two tensors: both are written alike."""
    return {
        "+": lambda: a + b,
        "-": lambda: a - b,
        "*": lambda: a * b,
        "/": lambda: a / b,
        "neg": lambda: -a,
        "square": lambda: a**2,
        "cube root": lambda: a ** (1 / 3),
        "exp": lambda: a.exp(),
        "log": lambda: a.log(),
        "tanh": lambda: a.tanh(),
        "relu": lambda: a.relu(),
        "1-": lambda: 1 - a,
        "2/": lambda: 2 / a,
        "mean": lambda: 0.5 * (a + b + 3),
    }[operation]()


@given(LEAVES, PLAN)
def test_gradients_are_torchs_within_a_billionth(leaves: list[float], plan: list[tuple[str, int, int]]) -> None:
    mine = [Value(x) for x in leaves]
    theirs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in leaves]
    for tensor in theirs:
        tensor.retain_grad()
    for operation, first, second in plan:
        a, b = first % len(mine), second % len(mine)
        if possible(operation, mine[a].data, mine[b].data) and abs(mine[a].data) + abs(mine[b].data) < 50:
            mine.append(apply(operation, mine[a], mine[b]))
            theirs.append(apply(operation, theirs[a], theirs[b]))
            theirs[-1].retain_grad()
    result, expected = sum(mine, start=Value(0.0)), torch.stack(theirs).sum()
    result.backward()
    expected.backward()  # type: ignore[no-untyped-call]
    assert result.data == pytest.approx(expected.item(), rel=1e-9, abs=1e-9)
    for value, tensor in zip(mine, theirs, strict=True):
        assert tensor.grad is not None
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-9, abs=1e-9)


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    x = Value(1.0)
    total = sum((x for _ in range(5_000)), start=Value(0.0))
    total.backward()
    assert (total.data, x.grad) == (5_000.0, 5_000.0)


def worked_example() -> tuple[Value, dict[str, Value]]:
    """L = tanh(a b + c) with a used once more, every node by name."""
    a, b, c = Value(2.0, label="a"), Value(-3.0, label="b"), Value(5.0, label="c")
    product = a * b
    total = product + c
    bent = total.tanh()
    result = bent * a
    return result, {"a": a, "b": b, "c": c, "product": product, "total": total, "bent": bent}


def test_gradients_flow_back_a_node_at_a_time() -> None:
    result, node = worked_example()
    steps = result.backward_steps()
    assert next(steps) is result
    assert node["bent"].grad == 2.0  # the factor beside it
    assert node["a"].grad == node["bent"].data  # its first share
    assert node["total"].grad == node["b"].grad == 0.0  # nothing has come so far yet
    assert next(steps) is node["bent"]
    slope = 2 * (1 - math.tanh(-1.0) ** 2)
    assert node["total"].grad == pytest.approx(slope)
    assert [one.operation or one.label for one in steps] == ["+", "c", "*", "b", "a"]
    assert node["b"].grad == pytest.approx(2 * slope)
    assert node["a"].grad == pytest.approx(math.tanh(-1.0) - 3 * slope)


def test_leaves_add_up_over_passes_and_nothing_else_does() -> None:
    result, node = worked_example()
    result.backward()
    once = {name: value.grad for name, value in node.items()}
    result.backward()
    for name, value in node.items():
        assert value.grad == pytest.approx(once[name] * (2 if name in "abc" else 1))


@given(LEAVES, PLAN)
def test_inputs_come_before_what_is_computed_from_them(leaves: list[float], plan: list[tuple[str, int, int]]) -> None:
    values = [Value(x) for x in leaves]
    for operation, first, second in plan:
        a, b = values[first % len(values)], values[second % len(values)]
        if possible(operation, a.data, b.data):
            values.append(apply(operation, a, b))
    order = topological(values[-1])
    place = {value: index for index, value in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is values[-1]
    assert all(place[one] < place[value] for value in order for one in value.inputs)
    found = graph(values[-1])
    assert found.nodes == order
    assert len(found.edges) == sum(len(value.inputs) for value in order)


def test_the_graphs_slopes_are_the_derivatives_of_single_operations() -> None:
    x, y = Value(3.0), Value(4.0)
    found = graph(x * y)
    assert [(found.nodes[start], found.nodes[end].operation, slope) for start, end, slope in found.edges] == [
        (x, "*", 4.0),
        (y, "*", 3.0),
    ]


def test_the_tree_unfolds_a_value_once() -> None:
    x = Value(3.0, label="x")
    square = x * x
    square.label = "s"
    result = square + square * 2
    result.backward()
    assert tree(result).splitlines() == [
        "(+) = 27   grad 1",
        "├─ s (*) = 9   grad 3",
        "│  ├─ x = 3   grad 18",
        "│  └─ x = 3   grad 18",
        "└─ (*) = 18   grad 1",
        "   ├─ s (*) = 9   grad 3 ...",
        "   └─ 2   grad 9",
    ]


@given(st.floats(-2, 2), st.floats(0.5, 2))
def test_moving_the_inputs_a_little_tells_nearly_the_same(x: float, y: float) -> None:
    def function(a: Value, b: Value) -> Value:
        return (a * b + b.log()).tanh() / b - a**2

    a, b = Value(x), Value(y)
    function(a, b).backward()
    assert numerical_gradient(function, [x, y]) == pytest.approx([a.grad, b.grad], abs=1e-7)


def test_too_small_a_step_is_worse_than_a_middling_one() -> None:
    def error(step: float) -> float:
        (slope,) = numerical_gradient(lambda x: x.exp(), [1.0], step)
        return abs(slope - math.e)

    assert error(1e-5) < error(1e-1)
    assert error(1e-5) < error(1e-13)


def test_what_has_no_answer_says_so() -> None:
    with pytest.raises(ValueError, match=r"domain|positive"):
        Value(-1.0).log()
    with pytest.raises(ValueError, match="domain"):
        Value(-2.0) ** 0.5
    with pytest.raises(ZeroDivisionError):
        Value(1.0) / 0


def test_powers_at_zero_have_the_slopes_of_calculus() -> None:
    for exponent, slope in ((0, 0.0), (1, 1.0), (2, 0.0)):
        x = as_value(0.0)
        (x**exponent).backward()
        assert x.grad == slope
