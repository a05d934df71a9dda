"""Checks `nearest(picture, examples)`."""

from tui_llm.lessons.course.exercises import Hint

CASES = [
    ([0, 1, 0], [[1, 1, 1], [0, 1, 1], [1, 0, 1]], 1),
    ([1, 0], [[0.5, 0.5], [3, 3], [0.9, 0.2]], 2),
    ([1, 1], [[1, 0.5], [4, 4], [5, -3]], 0),
    ([0, 1], [[5, 0], [0, 0.5]], 1),
    ([0, 0], [[3, -3], [0.5, -0.5], [2, -2], [-2, -2]], 1),
]


def squares(picture, examples):
    return [sum((a - b) ** 2 for a, b in zip(picture, example)) for example in examples]


def signed(picture, examples):
    return [sum(a - b for a, b in zip(picture, example)) for example in examples]


def check(task):
    answers = [task.nearest(list(picture), [list(one) for one in examples]) for picture, examples, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("unsolved")
    picture, examples, wanted = next((case for case, one in zip(CASES, answers) if one != case[2]), CASES[0])
    answer = answers[[case[0] for case in CASES].index(picture)]
    shown = {"picture": picture, "examples": examples, "wanted": wanted, "answer": answer}
    if answers == [wanted for _, _, wanted in CASES]:
        return
    if answers == [min(squares(picture, examples)) for picture, examples, _ in CASES]:
        raise Hint("distance", **shown)
    if answers == [wanted + 1 for _, _, wanted in CASES]:
        raise Hint("from_one", **shown)
    for name, kind, chosen in (("farthest", squares, max), ("signed", signed, min)):
        found = [kind(picture, examples) for picture, examples, _ in CASES]
        if answers == [one.index(chosen(one)) for one in found]:
            raise Hint(name, **shown)
    raise Hint("wrong", **shown)
