"""Checks one step of Rosenblatt's rule, `learn(weights, threshold, inputs, target)`."""

from tui_llm.lessons.course.exercises import Hint


def check(task):
    should_fire = _step(task, [0, 0], 1, [1, 0], 1)
    should_rest = _step(task, [1, 1], 1, [1, 0], 0)
    right = _step(task, [1, 1], 1, [1, 0], 1)
    if should_fire == ([0, 0], 1) and should_rest == ([1, 1], 1):
        raise Hint("unsolved")
    if right != ([1, 1], 1):
        raise Hint("unasked", after=_told(right))
    weights, threshold = should_fire
    if weights == [0, 0]:
        raise Hint("weights_stay", after=_told(should_fire))
    if weights == [-1, 0]:
        raise Hint("away", after=_told(should_fire))
    if weights[1] != 0:
        raise Hint("every_weight", after=_told(should_fire))
    if threshold == 1:
        raise Hint("threshold_stays", after=_told(should_fire))
    if threshold == 2:
        raise Hint("threshold_up", after=_told(should_fire))
    if should_fire != ([1, 0], 0) or should_rest != ([0, 1], 2):
        raise Hint("wrong", after=_told(should_fire), other=_told(should_rest))


def _step(task, weights, threshold, inputs, target):
    """The weights, as a list, and the threshold after one example."""
    weights, threshold = task.learn(list(weights), threshold, list(inputs), target)
    return list(weights), threshold


def _told(after):
    return f"{after[0]}, {after[1]}"
