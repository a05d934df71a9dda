"""Checks `probability(weights, states, bias, temperature)`."""

from math import exp, isclose

from tui_llm.lessons.course.exercises import Hint

CASES = [
    ([2, -1, 0.5], [1, 0, 1], -0.5, 2),
    ([2, -1], [1, 0], -2, 1),
    ([1, 1, 1, -3], [1, 1, 0, 1], 0.5, 0.5),
]


def sigmoid(x):
    return 1 / (1 + exp(-x))


def mistaken(total, bias, temperature):
    """What each planned mistake answers."""
    return {
        "no_bias": sigmoid(total / temperature),
        "no_temperature": sigmoid(total + bias),
        "times": sigmoid((total + bias) * temperature),
        "half_divided": (sigmoid(total + bias / temperature), sigmoid(total / temperature + bias)),
    }


def check(task):
    answers = [task.probability(list(weights), list(states), bias, heat) for weights, states, bias, heat in CASES]
    if all(answer == 0.5 for answer in answers):
        raise Hint("unsolved")
    for (weights, states, bias, temperature), answer in zip(CASES, answers):
        total = sum(weight * state for weight, state in zip(weights, states))
        wanted = sigmoid((total + bias) / temperature)
        if isinstance(answer, (int, float)) and isclose(answer, wanted, abs_tol=1e-6):
            continue
        shown = {"weights": weights, "states": states, "bias": bias, "temperature": temperature}
        shown |= {"wanted": f"{wanted:.3f}", "answer": f"{answer:.3f}" if isinstance(answer, float) else answer}
        if isinstance(answer, (int, float)):
            if not 0 <= answer <= 1 or isclose(answer, (total + bias) / temperature):
                raise Hint("no_sigmoid", **shown)
            for name, values in mistaken(total, bias, temperature).items():
                values = values if isinstance(values, tuple) else (values,)
                if any(isclose(answer, value, abs_tol=1e-6) for value in values):
                    raise Hint(name, **shown)
        raise Hint("wrong", **shown)
