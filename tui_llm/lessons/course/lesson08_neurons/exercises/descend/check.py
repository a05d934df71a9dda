"""Checks one step of gradient descent, `descend(weight, bias, xs, labels, rate)`, on the sum of squared errors."""

import math

from tui_llm.lessons.course.exercises import Hint

WEIGHT, BIAS, RATE = 0.5, 0.25, 0.1
XS, LABELS = [1.0, 2.0, -3.0], [1.0, -1.0, 1.0]


def check(task):
    found = task.descend(WEIGHT, BIAS, list(XS), list(LABELS), RATE)
    errors = [WEIGHT * x + BIAS - label for x, label in zip(XS, LABELS)]
    d_weight = sum(2 * error * x for error, x in zip(errors, XS))
    d_bias = sum(2 * error for error in errors)
    wanted = (WEIGHT - RATE * d_weight, BIAS - RATE * d_bias)
    shown = {"after": _told(found), "wanted": _told(wanted), "weight": f"{d_weight:g}", "bias": f"{d_bias:g}"}
    if _close(found, wanted):
        return
    last = 2 * errors[-1]
    mistakes = {
        "unsolved": (WEIGHT, BIAS),
        "uphill": (WEIGHT + RATE * d_weight, BIAS + RATE * d_bias),
        "no_two": (WEIGHT - RATE * d_weight / 2, BIAS - RATE * d_bias / 2),
        "mean": (WEIGHT - RATE * d_weight / 3, BIAS - RATE * d_bias / 3),
        "bias_stays": (wanted[0], BIAS),
        "no_input": (WEIGHT - RATE * d_bias, wanted[1]),
        "last_only": (WEIGHT - RATE * last * XS[-1], BIAS - RATE * last),
        "no_rate": (WEIGHT - d_weight, BIAS - d_bias),
        "inside": _one_by_one(),
    }
    for name, answer in mistakes.items():
        if _close(found, answer):
            raise Hint(name, **shown)
    raise Hint("wrong", **shown)


def _one_by_one():
    """What comes out if the weight moves after each point."""
    weight, bias = WEIGHT, BIAS
    for x, label in zip(XS, LABELS):
        error = weight * x + bias - label
        weight, bias = weight - RATE * 2 * error * x, bias - RATE * 2 * error
    return weight, bias


def _close(found, wanted):
    return all(math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) for one, other in zip(found, wanted))


def _told(numbers):
    return ", ".join(f"{number:.3f}" for number in numbers)
