"""Checks `change(data, dreams, i, j, rate)`."""

from math import isclose

from tui_llm.lessons.course.exercises import Hint

CASES = [
    ([[1, 1], [0, 0]], [[1, 0], [1, 1], [1, 1], [0, 0], [0, 1]], 0, 1, 1),
    ([[1, 0], [1, 1]], [[1, 1], [1, 1], [0, 1], [1, 1]], 0, 1, 1),
    ([[1, 1, 0], [1, 0, 1], [1, 0, 1], [0, 1, 1]], [[1, 1, 1], [0, 0, 0], [0, 0, 0], [0, 1, 0]], 0, 2, 0.1),
    ([[0, 1, 1], [1, 1, 1]], [[0, 0, 1], [1, 1, 0]], 2, 1, 0.5),
]


def mistaken(data, dreams, i, j, rate):
    """What each planned mistake answers."""

    def count(states):
        return sum(state[i] * state[j] for state in states)

    def equal(states):
        return sum(state[i] == state[j] for state in states) / len(states)

    awake, asleep = count(data) / len(data), count(dreams) / len(dreams)
    return {
        "counts": rate * (count(data) - count(dreams)),
        "away": rate * (asleep - awake),
        "no_dreams": rate * awake,
        "agree": rate * (equal(data) - equal(dreams)),
        "no_rate": awake - asleep,
    }


def check(task):
    answers = [
        task.change([list(state) for state in data], [list(state) for state in dreams], i, j, rate)
        for data, dreams, i, j, rate in CASES
    ]
    if all(answer == 0 for answer in answers):
        raise Hint("unsolved")
    for (data, dreams, i, j, rate), answer in zip(CASES, answers):
        awake, asleep = (sum(s[i] * s[j] for s in states) / len(states) for states in (data, dreams))
        wanted = rate * (awake - asleep)
        if isinstance(answer, (int, float)) and isclose(answer, wanted, abs_tol=1e-9):
            continue
        shown = {"data": data, "dreams": dreams, "i": i, "j": j, "rate": rate}
        shown |= {"wanted": f"{wanted:.3g}", "answer": f"{answer:.3g}" if isinstance(answer, float) else answer}
        if isinstance(answer, (int, float)):
            for name, value in mistaken(data, dreams, i, j, rate).items():
                if isclose(answer, value, abs_tol=1e-9):
                    raise Hint(name, **shown)
        raise Hint("wrong", **shown)
