"""Checks `neuron(inputs, weights, threshold)`."""

from tui_llm.lessons.course.exercises import Hint

#: Inputs, weights, threshold, the answer; and the mistake that a wrong answer shows.
CASES = [
    ([1, 1], [1, 1], 1.5, 1, "wrong"),
    ([1, 0], [1, 1], 1.5, 0, "wrong"),
    ([1, 0], [0.5, 2], 1, 0, "unweighted"),
    ([0, 1], [0.5, 2], 1, 1, "unweighted"),
    ([1, 1], [1, 1], 2, 1, "greater"),
    ([0], [-1], 0, 1, "greater"),
    ([1, 1, 1], [1, 1, 1], 3, 1, "only_two"),
    ([1, 0, 1, 1, 0], [1, 1, 1, 1, 1], 4, 0, "only_two"),
]


def check(task):
    answers = [task.neuron(list(inputs), list(weights), threshold) for inputs, weights, threshold, _, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    if all(answer == 0 for answer in answers):
        raise Hint("unsolved")
    for (inputs, weights, threshold, wanted, mistake), answer in zip(CASES, answers):
        shown = {"inputs": inputs, "weights": weights, "threshold": threshold, "wanted": wanted, "answer": answer}
        if answer not in (0, 1):
            raise Hint("no_threshold", **shown)
        if answer != wanted:
            raise Hint(mistake, **shown)
