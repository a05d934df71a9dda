"""Checks `stop(losses, patience)`: the place of the loss to keep."""

from tui_llm.lessons.course.exercises import Hint

#: Losses, patience, the answer; and the mistakes that other answers show.
CASES = [
    ([3.0, 2.5, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.1], 3, 2, {2.2: "value", 5: "where", 8: "never"}),
    ([3.0, 2.5, 2.6, 2.4, 2.5, 2.6, 2.7], 3, 3, {1: "bump"}),
    ([3.0, 2.5, 2.6, 2.7, 2.0], 2, 1, {4: "late"}),
    ([3.0, 2.5, 2.6, 2.0], 2, 3, {1: "early"}),
    ([3.0, 2.0, 2.6, 2.5, 2.4, 1.9], 3, 1, {3: "before", 4: "before", 5: "before"}),
    ([3.0, 3.1, 2.5, 2.6, 2.0], 2, 4, {2: "not_reset"}),
    ([3.0, 2.0, 1.0], 2, 2, {}),
]


def check(task):
    answers = [task.stop(list(losses), patience) for losses, patience, _, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    if all(answer == 0 for answer in answers):
        raise Hint("unsolved")
    for (losses, patience, wanted, mistakes), answer in zip(CASES, answers):
        if answer != wanted:
            shown = {"losses": losses, "patience": patience, "wanted": wanted, "answer": answer}
            raise Hint(mistakes.get(answer, "wrong"), **shown)
