"""Checks `distance(weights)`."""

from tui_llm.lessons.course.exercises import Hint

WEIGHTS = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0.25, 0.25, 0.25, 0.25]]

#: What comes out by each mistake; 0.625 is right: (0 + 0.5 + 0.5 + 1.5) / 4.
PLANNED = {"unsolved": 0, "negative": -0.625, "sum": 2.5, "cells": 2.5 / 16, "place": 0.875}


def check(task):
    answer = task.distance([list(row) for row in WEIGHTS])
    if answer is None:
        raise Hint("no_return")
    answer = float(answer)
    for hint, made in PLANNED.items():
        if abs(answer - made) < 1e-6:
            raise Hint(hint, answer=round(answer, 3))
    if abs(answer - 0.625) > 1e-6:
        raise Hint("wrong", answer=round(answer, 3))
    longer = float(task.distance([[1, 0], [1, 0]]))
    if abs(longer - 0.5) > 1e-6:
        raise Hint("wrong", answer=longer)
