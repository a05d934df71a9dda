"""Checks `batch_norm(x, gamma, beta)`."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

X = np.array([[1.0, 10.0, 0.0], [3.0, 30.0, 4.0], [5.0, 80.0, -1.0], [-1.0, 0.0, 9.0]])
GAMMA, BETA = np.array([1.0, 2.0, 0.5]), np.array([0.0, 1.0, -1.0])


def check(task):
    found = task.batch_norm(X.copy(), GAMMA.copy(), BETA.copy())
    if found is None:
        raise Hint("no_return")
    found = np.asarray(found, dtype=float)
    if same(found, X):
        raise Hint("unsolved")
    centred, normal = X - X.mean(axis=0), _normal(X, 0)
    mistakes = {
        "across": _normal(X, 1) * GAMMA + BETA,
        "all_at_once": _normal(X, None) * GAMMA + BETA,
        "no_root": centred / X.var(axis=0) * GAMMA + BETA,
        "not_centred": X / X.std(axis=0) * GAMMA + BETA,
        "not_scaled": centred * GAMMA + BETA,
        "no_gamma": normal + BETA,
        "no_beta": normal * GAMMA,
    }
    shown = {"found": _column(found), "wanted": _column(normal * GAMMA + BETA)}
    for name, mistake in mistakes.items():
        if same(found, mistake):
            raise Hint(name, **shown)
    if not same(found, normal * GAMMA + BETA):
        raise Hint("wrong", **shown)
    with np.errstate(all="ignore"):
        silent = np.asarray(task.batch_norm(np.full((4, 1), 3.0), np.ones(1), np.zeros(1)))
    if not same(silent, np.zeros((4, 1))):
        raise Hint("no_epsilon", found=_column(silent))


def same(a, b):
    return a.shape == b.shape and np.allclose(a, b, atol=1e-3)


def _normal(x, axis):
    return (x - x.mean(axis=axis, keepdims=True)) / x.std(axis=axis, keepdims=True)


def _column(found):
    """The first example, or all there is."""
    first = np.atleast_1d(np.atleast_1d(found)[0])
    return f"[{', '.join(f'{value:.2f}' for value in first)}]"
