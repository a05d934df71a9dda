"""Checks `multiply(a, b)` and `tanh(a)`: the result, and its slope by each input."""

import math

from tui_llm.lessons.course.exercises import Hint

A, B, X = 2, -3, 0.5


def check(task):
    product, by_factor = task.multiply(A, B)
    bent, by_input = task.tanh(X)
    if not math.isclose(product, A * B) or not math.isclose(bent, math.tanh(X)):
        raise Hint("result", product=product, bent=f"{bent:.4f}")
    for function, slopes in (("multiply", by_factor), ("tanh", by_input)):
        if isinstance(slopes, (int, float)):
            raise Hint("no_tuple", function=function, slopes=f"{slopes:.4g}")
    by_factor, by_input = tuple(by_factor), tuple(by_input)
    if by_factor == (0, 0) and by_input == (0,):
        raise Hint("unsolved")
    if len(by_factor) != 2 or len(by_input) != 1:
        raise Hint("one_slope", factors=len(by_factor), inputs=len(by_input))
    if by_factor == (A, B):
        raise Hint("own", slopes=by_factor)
    if by_factor == (1, 1):
        raise Hint("ones", slopes=by_factor)
    if by_factor != (B, A):
        raise Hint("wrong", slopes=by_factor)
    (slope,) = by_input
    shown = {"slope": f"{slope:.4f}", "wanted": f"{1 - math.tanh(X) ** 2:.4f}"}
    if slope == 0:
        raise Hint("tanh_left", **shown)
    if math.isclose(slope, 1 - X**2):
        raise Hint("of_input", **shown)
    if not math.isclose(slope, 1 - math.tanh(X) ** 2, rel_tol=1e-9):
        raise Hint("no_square", **shown)
