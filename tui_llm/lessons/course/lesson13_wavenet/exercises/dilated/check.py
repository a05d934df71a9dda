"""Checks a dilated level, `dilated(level, weights, bias, distance)`, and three of them on each other."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint
from tui_llm.lessons.wavenet import initial, shared

S, DISTANCE = 10, 2
LEVEL = np.random.default_rng(0).normal(size=(S, 3))
WEIGHTS = np.random.default_rng(1).normal(size=(6, 4)) / 3
BIAS = np.array([0.1, 0.0, -0.1, 0.2])


def check(task):
    answer = np.asarray(task.dilated(LEVEL.copy(), WEIGHTS.copy(), BIAS.copy(), DISTANCE))
    if _is(answer, LEVEL, LEVEL):
        raise Hint("unsolved")
    if _is(answer, LEVEL[DISTANCE:], LEVEL[:-DISTANCE]):
        raise Hint("swapped")
    if _is(answer, LEVEL[:-1], LEVEL[1:]):
        raise Hint("neighbours")
    if len(answer) == S:
        raise Hint("wraps", rows=S, places=S)
    if not _is(answer, LEVEL[:-DISTANCE], LEVEL[DISTANCE:]) or not _as_the_tree(task):
        raise Hint("wrong", places=S, distance=DISTANCE, wanted=S - DISTANCE, partner=1 + DISTANCE, rows=len(answer))


def _is(answer, earlier, later):
    wanted = np.tanh(np.concatenate((earlier, later), axis=1) @ WEIGHTS + BIAS)
    return answer.shape == wanted.shape and np.allclose(answer, wanted)


def _as_the_tree(task):
    """Whether levels with distances 1, 2 and 4 give what the lesson's network gives."""
    p = initial(7, 3, 5, 3, np.random.default_rng(2))
    ids = np.arange(20) % 7
    level = p["C"][ids]
    for layer in range(3):
        level = np.asarray(task.dilated(level, p[f"W{layer}"], p[f"b{layer}"], 2**layer))
    wanted = shared(p, ids)
    return len(level) == len(wanted) and np.allclose(level @ p["W"] + p["b"], wanted)
