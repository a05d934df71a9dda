"""Checks one level of the tree, `fuse(level, weights, bias)`."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

#: Eight places of two channels; the numbers are small, so that tanh tells them apart.
LEVEL = np.arange(1.0, 17.0).reshape(8, 2) / 20
WEIGHTS = np.eye(4)
BIAS = np.array([0.1, 0.0, -0.1, 0.2])


def check(task):
    try:
        answer = np.asarray(task.fuse(LEVEL.copy(), WEIGHTS.copy(), BIAS.copy()))
    except ValueError as error:
        raise Hint("narrow", what=_said(error)) from error
    if _is(answer, np.zeros((4, 4))):
        raise Hint("unsolved")
    if len(answer) == 7:
        raise Hint("overlap", rows=7, places=8)
    if _is(answer, np.concatenate((LEVEL[:4], LEVEL[4:]), axis=1)):
        raise Hint("halves", partner=5)
    if _is(answer, np.concatenate((LEVEL[1::2], LEVEL[::2]), axis=1)):
        raise Hint("swapped")
    if not _is(answer, LEVEL.reshape(4, 4)):
        raise Hint("wrong", wanted=", ".join(f"{value:g}" for value in LEVEL[:2].ravel()))


def _said(error):
    """What numpy says, without the signature that it puts before the sizes."""
    said, size, numbers = str(error).rpartition("(size ")
    return f"{size}{numbers}".strip("()") if size else numbers


def _is(answer, pairs):
    """Whether the answer is what these pairs give."""
    wanted = np.tanh(pairs @ WEIGHTS + BIAS)
    return answer.shape == wanted.shape and np.allclose(answer, wanted)
