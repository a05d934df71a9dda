"""Checks `attend(q, k, v)`: causal attention of one head."""

import numpy as np

from tui_llm.lessons.attention import attention
from tui_llm.lessons.bigram import softmax
from tui_llm.lessons.course.exercises import Hint

T, D = 5, 4
Q, K, V = np.random.default_rng(3).normal(size=(3, T, D))
FUTURE = np.triu(np.ones((T, T), dtype=bool), 1)


def check(task):
    answer = np.asarray(task.attend(Q.copy(), K.copy(), V.copy()))
    scores = Q @ K.T
    scaled = scores / np.sqrt(D)
    mistakes = {
        "unsolved": V,
        "no_weights": np.where(FUTURE, 0, scaled) @ V,
        "sees_future": softmax(scaled) @ V,
        "zeros": softmax(np.where(FUTURE, 0, scaled)) @ V,
        "after": np.where(FUTURE, 0, softmax(scaled)) @ V,
        "keys": _causal(scaled) @ K,
        "turned": _causal(scaled.T) @ V,
        "unscaled": _causal(scores) @ V,
        "divided": _causal(scores / D) @ V,
    }
    for name, made in mistakes.items():
        if answer.shape == made.shape and np.allclose(answer, made):
            raise Hint(name, positions=T, size=D)
    wanted = attention(Q, K, V)[0]
    if answer.shape != wanted.shape or not np.allclose(answer, wanted):
        told = ", ".join(f"{value:.2f}" for value in wanted[1])
        raise Hint("wrong", wanted=told, answer=", ".join(f"{value:.2f}" for value in np.ravel(answer[1])))


def _causal(scores):
    return softmax(np.where(FUTURE, -np.inf, scores))
