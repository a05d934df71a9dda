"""Checks `backward(d_logits, hidden, joined, W1, W2)`, one gradient after another."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

RNG = np.random.default_rng(0)
JOINED, W1, W2 = RNG.normal(size=(5, 6)), RNG.normal(size=(6, 4)), RNG.normal(size=(4, 3))
HIDDEN, D_LOGITS = np.tanh(JOINED @ W1), RNG.normal(size=(5, 3))


def check(task):
    given = [one.copy() for one in (D_LOGITS, HIDDEN, JOINED, W1, W2)]
    found = [np.asarray(one, dtype=float) for one in task.backward(*given)]
    if all(not one.any() for one in found):
        raise Hint("unsolved")
    d_w2, d_b2, d_w1, d_b1, d_joined = found
    _compare("w2", d_w2, HIDDEN.T @ D_LOGITS)
    _compare("b2", d_b2, D_LOGITS.sum(axis=0))
    d_hidden = D_LOGITS @ W2.T
    d_scaled = d_hidden * (1 - HIDDEN**2)
    for name, mistake in (("slope", d_hidden), ("no_square", d_hidden * (1 - HIDDEN))):
        if _same(d_b1, mistake.sum(axis=0)) and _same(d_w1, JOINED.T @ mistake):
            raise Hint(name)
    _compare("b1", d_b1, d_scaled.sum(axis=0))
    _compare("w1", d_w1, JOINED.T @ d_scaled)
    _compare("joined", d_joined, d_scaled @ W1.T)


def _compare(name, found, right):
    if found.shape != right.shape:
        raise Hint(name, how=f"{found.shape} ≠ {right.shape}")
    if not _same(found, right):
        worst = np.abs(found - right).argmax()
        raise Hint(name, how=f"{found.flat[worst]:.4f} ≠ {right.flat[worst]:.4f}")


def _same(a, b):
    return a.shape == b.shape and np.allclose(a, b, atol=1e-6)
