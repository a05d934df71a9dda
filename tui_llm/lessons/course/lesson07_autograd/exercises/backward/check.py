"""Checks `backward(order)` on a chain, and where a value is used twice."""

from types import SimpleNamespace

from tui_llm.lessons.course.exercises import Hint


def check(task):
    x, u, y = _chain()
    task.backward([x, u, y])
    shown = {"x": f"{x.grad:g}", "u": f"{u.grad:g}", "y": f"{y.grad:g}"}
    if y.grad != 1:
        raise Hint("no_start", **shown)
    if (x.grad, u.grad) == (0, 0):
        raise Hint("unsolved")
    if (x.grad, u.grad) == (0, 5):
        raise Hint("forward", **shown)
    if (x.grad, u.grad) == (2, 5):
        raise Hint("slope_alone", **shown)
    if (x.grad, u.grad) != (10, 5):
        raise Hint("wrong", **shown)
    a, b, p, q = _shared()
    task.backward([a, b, p, q])
    shown = {"a": f"{a.grad:g}", "b": f"{b.grad:g}"}
    if b.grad == 0:
        raise Hint("first_input", **shown)
    if a.grad != 4 or b.grad != 2:
        raise Hint("assigns", **shown)


def _value(data, inputs=(), slopes=()):
    return SimpleNamespace(data=data, grad=0.0, inputs=inputs, slopes=slopes)


def _chain():
    """u = 2 x, y = 5 u, at x = 1."""
    x = _value(1)
    u = _value(2, (x,), (2,))
    return x, u, _value(10, (u,), (5,))


def _shared():
    """p = a b, q = p + a, at a = 2 and b = 3."""
    a, b = _value(2), _value(3)
    p = _value(6, (a, b), (3, 2))
    return a, b, p, _value(8, (p, a), (1, 1))
