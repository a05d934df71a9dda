"""Checks `layer(x, weights, biases)`: tanh neurons side by side."""

import math

from tui_llm.lessons.course.exercises import Hint

X = [1.0, -2.0, 0.5]
WEIGHTS = [[0.5, 0.25, 1.0], [-0.5, 0.1, 0.2]]
BIASES = [0.2, -0.4]


def check(task):
    found = list(task.layer(list(X), [list(row) for row in WEIGHTS], list(BIASES)))
    if not found:
        raise Hint("unsolved")
    if len(found) != len(BIASES):
        raise Hint("one_neuron", count=len(found), neurons=len(BIASES))
    totals = [sum(weight * one for weight, one in zip(row, X)) for row in WEIGHTS]
    mistakes = {
        "no_bias": [math.tanh(total) for total in totals],
        "no_tanh": [total + bias for total, bias in zip(totals, BIASES)],
        "bias_outside": [math.tanh(total) + bias for total, bias in zip(totals, BIASES)],
        "first_bias": [math.tanh(total + BIASES[0]) for total in totals],
        "each_bent": [
            sum(math.tanh(weight * one) for weight, one in zip(row, X)) + bias for row, bias in zip(WEIGHTS, BIASES)
        ],
    }
    wanted = [math.tanh(total + bias) for total, bias in zip(totals, BIASES)]
    shown = {"answer": _told(found), "wanted": _told(wanted)}
    if _close(found, wanted):
        return
    for name, answer in mistakes.items():
        if _close(found, answer):
            raise Hint(name, **shown)
    raise Hint("wrong", **shown)


def _close(found, wanted):
    return all(math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) for one, other in zip(found, wanted))


def _told(numbers):
    return ", ".join(f"{number:.3f}" for number in numbers)
