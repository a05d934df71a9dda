"""Checks one visit to a unit, `update(weights, states, unit)`."""

from tui_llm.lessons.course.exercises import Hint

#: Weights, states, unit, the answer; and the mistake that a wrong answer shows. The weights are those of no real net:
#: each case is made for one mistake.
CASES = [
    ([[0, -2], [-2, 0]], [1, 1], 0, -1, "unweighted"),
    ([[0, 3, 1], [3, 0, 1], [1, 1, 0]], [-1, 1, -1], 0, 1, "unweighted"),
    ([[0, -3, 2], [-3, 0, 1], [2, 1, 0]], [-1, -1, -1], 0, 1, "unseen"),
    ([[0, 2, 1], [2, 0, 3], [1, 3, 0]], [1, -1, -1], 2, -1, "unseen"),
    ([[0, 1, 1], [1, 0, 2], [1, 2, 0]], [1, 1, -1], 0, 1, "tie"),
    ([[0, 1, 1], [1, 0, 2], [1, 2, 0]], [-1, 1, -1], 0, -1, "tie"),
    ([[0, 2, 1], [2, 0, -1], [1, -1, 0]], [1, 1, 1], 2, 1, "tie"),
    ([[0, 2, 1], [2, 0, -3], [1, -3, 0]], [1, 1, 1], 2, -1, "wrong"),
    ([[0, 1, -1], [1, 0, 4], [-1, 4, 0]], [1, -1, 1], 1, 1, "wrong"),
]


def check(task):
    answers = [task.update([list(row) for row in weights], list(states), unit) for weights, states, unit, _, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    if all(answer == states[unit] for (_, states, unit, _, _), answer in zip(CASES, answers)):
        raise Hint("unsolved")
    if any(isinstance(answer, (list, tuple)) for answer in answers):
        raise Hint("whole", answer=answers[0])
    if _opposite(answers):
        raise Hint("against")
    for (weights, states, unit, wanted, mistake), answer in zip(CASES, answers):
        shown = {"row": weights[unit], "states": states, "unit": unit, "wanted": wanted, "answer": answer}
        if answer == 0:
            raise Hint("zero", **shown)
        if answer is not None and answer not in (1, -1):
            raise Hint("no_sign", **shown)
        if answer != wanted:
            raise Hint(mistake, **shown)


def _opposite(answers):
    """Whether every unit that is told something goes against it."""
    told = [place for place, case in enumerate(CASES) if case[4] != "tie"]
    return all(answers[place] == -CASES[place][3] for place in told)
