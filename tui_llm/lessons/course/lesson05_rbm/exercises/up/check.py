"""Checks `up(v, weights, biases)`."""

from math import exp, isclose

from tui_llm.lessons.course.exercises import Hint

#: The first has as many visible units as hidden ones, so that indices the wrong way round raise nothing.
CASES = [
    ([1, 0], [[2, 1], [-3, 1]], [-1, 1]),
    ([1, 0, 1], [[1, 2], [5, -1], [-2, 1]], [0.5, -3]),
    ([0, 1], [[1, 1, 1], [-1, 2, 0]], [0, 1, 2]),
]


def sigmoid(x):
    return 1 / (1 + exp(-x))


def check(task):
    for v, weights, biases in CASES:
        answer = task.up(list(v), [list(row) for row in weights], list(biases))
        sums = [sum(value * row[j] for value, row in zip(v, weights)) for j in range(len(biases))]
        wanted = [sigmoid(total + bias) for total, bias in zip(sums, biases)]
        shown = {"v": v, "weights": weights, "biases": biases, "biases_count": len(biases)}
        shown |= {"wanted": told(wanted), "answer": told(answer)}
        if not isinstance(answer, (list, tuple)) or len(answer) != len(biases):
            raise Hint("count", **shown)
        if all(one == 0.5 for one in answer):
            raise Hint("unsolved")
        if same(answer, [total + bias for total, bias in zip(sums, biases)]) or same(answer, sums):
            raise Hint("no_sigmoid", **shown)
        if same(answer, [sigmoid(total) for total in sums]):
            raise Hint("no_bias", **shown)
        if len(v) == len(biases) and same(answer, turned(v, weights, biases)):
            raise Hint("turned", **shown)
        if not same(answer, wanted):
            raise Hint("wrong", **shown)


def turned(v, weights, biases):
    """What comes out if the indices of the weights are taken the wrong way round."""
    return [sigmoid(sum(value * one for value, one in zip(v, row)) + bias) for row, bias in zip(weights, biases)]


def same(one, other):
    return all(isclose(a, b, abs_tol=1e-6) for a, b in zip(one, other))


def told(answer):
    """Numbers with three decimals."""
    if isinstance(answer, (list, tuple)):
        return "[" + ", ".join(map(told, answer)) + "]"
    return f"{answer:.3f}" if isinstance(answer, float) else str(answer)
