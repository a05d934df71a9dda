"""Checks `rms_norm(x, gain)`."""

from tui_llm.lessons.course.exercises import Hint

#: Channels, gains, the answer; and the mistake that a wrong answer shows.
CASES = [
    ([3, -3], [1, 1], [1, -1], "wrong"),
    ([2, 6, 6, 2], [1, 1, 1, 1], [0.4472, 1.3416, 1.3416, 0.4472], "wrong"),
    ([3, -3], [2, 5], [2, -5], "no_gain"),
]


def close(answer, wanted):
    return len(answer) == len(wanted) and all(abs(a - w) < 1e-3 for a, w in zip(answer, wanted))


def check(task):
    answers = []
    for x, gain, _, _ in CASES:
        answer = task.rms_norm(list(x), list(gain))
        if answer is None:
            raise Hint("no_return")
        answers.append([round(float(value), 3) for value in answer])
    if all(answer == x for answer, (x, *_) in zip(answers, CASES)):
        raise Hint("unsolved")
    x, _, wanted, _ = CASES[1]
    planned = {
        "no_root": [value / 20 for value in x],
        "sum": [value / 80**0.5 for value in x],
        "mean": [(value - 4) / 2 for value in x],
        "mean_size": [value / 4 for value in x],
    }
    for hint, made in planned.items():
        if close(answers[1], made):
            raise Hint(hint, x=x, wanted=[round(value, 2) for value in wanted], answer=answers[1])
    for (x, gain, wanted, hint), answer in zip(CASES, answers):
        if not close(answer, wanted):
            raise Hint(hint, x=x, gain=gain, wanted=[round(value, 2) for value in wanted], answer=answer)
