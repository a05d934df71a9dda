"""Checks `top_p(probabilities, p)`: the fewest tokens, the likeliest first, that together reach p."""

from tui_llm.lessons.course.exercises import Hint

FOUR = [0.05, 0.4, 0.3, 0.25]
CASES = [
    (FOUR, 0.55, [0, 4 / 7, 3 / 7, 0]),
    (FOUR, 0.9, [0, 0.4 / 0.95, 0.3 / 0.95, 0.25 / 0.95]),
    (FOUR, 0.1, [0, 1, 0, 0]),
]


def check(task):
    try:
        first = task.top_p(list(FOUR), 0.55)
    except ZeroDivisionError:
        raise Hint("each") from None
    if first is None:
        raise Hint("no_return")
    first = list(first)
    told = _told(first)
    if len(first) < len(FOUR):
        raise Hint("moved", answer=told)
    for mistake, answer in (
        ("unsolved", FOUR),
        ("not_one", [0, 0.4, 0.3, 0]),
        ("short", [0, 1, 0, 0]),
        ("unsorted", [0.05 / 0.75, 0.4 / 0.75, 0.3 / 0.75, 0]),
        ("least", [0.05 / 0.6, 0, 0.5, 0.25 / 0.6]),
    ):
        if _near(first, answer):
            raise Hint(mistake, answer=told)
    exact = list(task.top_p([0.25, 0.5, 0.25], 0.5))
    if _near(exact, [1 / 3, 2 / 3, 0]):
        raise Hint("over", answer=_told(exact))
    for probabilities, p, wanted in CASES:
        answer = list(task.top_p(list(probabilities), p))
        if not _near(answer, wanted):
            raise Hint("wrong", probabilities=probabilities, p=p, wanted=_told(wanted), answer=_told(answer))


def _near(one, other):
    return len(one) == len(other) and all(abs(a - b) < 1e-6 for a, b in zip(one, other))


def _told(numbers):
    return ", ".join(f"{one:.2f}" for one in numbers)
