"""Checks `average(x)`: the mean of each row and all rows above it."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

#: Each input, and what the planned mistakes make of it, is told apart by its values.
INPUTS = [np.array([[2.0], [4.0], [0.0], [2.0]]), np.array([[1.0, 0.0], [3.0, 4.0], [5.0, -1.0]])]


def check(task):
    for x in INPUTS:
        answer = np.asarray(task.average(x.copy()))
        T = len(x)
        ones, lower, upper = np.ones((T, T)), np.tril(np.ones((T, T))), np.triu(np.ones((T, T)))
        mistakes = {
            "unsolved": ones,
            "everyone": ones / T,
            "sums": lower,
            "columns": lower / lower.sum(axis=0),
            "upward": upper / upper.sum(axis=1, keepdims=True),
            "by_all": lower / T,
        }
        wanted = lower / lower.sum(axis=1, keepdims=True) @ x
        shown = {"given": _told(x), "answer": _told(answer), "wanted": _told(wanted)}
        for name, weights in mistakes.items():
            if _is(answer, weights @ x):
                raise Hint(name, **shown)
        if not _is(answer, wanted):
            raise Hint("wrong", **shown)


def _is(answer, wanted):
    return answer.shape == wanted.shape and np.allclose(answer, wanted)


def _told(rows):
    return ", ".join(f"{value:.3g}" for value in np.ravel(rows))
