"""Checks `cross_entropy_backward(probabilities, targets)`."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

PROBABILITIES = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5], [0.4, 0.4, 0.2]])
TARGETS = np.array([1, 1, 0, 0])


def check(task):
    found = task.cross_entropy_backward(PROBABILITIES.copy(), TARGETS.copy())
    if found is None:
        raise Hint("no_return")
    found = np.asarray(found, dtype=float)
    came = np.eye(3)[TARGETS]
    right = (PROBABILITIES - came) / 4
    columns = PROBABILITIES.copy()
    columns[:, TARGETS] -= 1
    mistakes = {
        "unsolved": PROBABILITIES,
        "no_target": PROBABILITIES / 4,
        "no_mean": PROBABILITIES - came,
        "turned": -right,
        "added": (PROBABILITIES + came) / 4,
        "columns": columns / 4,
        "tokens": (PROBABILITIES - came) / 3,
    }
    shown = {"found": _first(found), "wanted": _first(right)}
    for name, mistake in mistakes.items():
        if _same(found, mistake):
            raise Hint(name, **shown)
    if not _same(found, right):
        raise Hint("wrong", **shown)


def _same(a, b):
    return a.shape == b.shape and np.allclose(a, b, atol=1e-6)


def _first(found):
    first = np.atleast_1d(np.atleast_1d(found)[0])
    return f"[{', '.join(f'{value:.3f}' for value in first)}]"
