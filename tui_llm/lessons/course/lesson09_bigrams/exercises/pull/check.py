"""Checks `gradient(probabilities, target)`: of the loss with respect to the logits."""

from tui_llm.lessons.course.exercises import Hint

PROBABILITIES = [0.2, 0.3, 0.5]

#: What comes of `PROBABILITIES` and target 2 with each mistake, by its hint.
MISTAKES = {
    "as_they_are": [0.2, 0.3, 0.5],
    "sign": [-0.2, -0.3, 0.5],
    "every_one": [-0.8, -0.7, -0.5],
    "only_target": [0, 0, -0.5],
    "place": [-1.8, -1.7, -1.5],
}

CASES = [
    (PROBABILITIES, 2, [0.2, 0.3, -0.5]),
    ([0.25, 0.25, 0.25, 0.25], 0, [-0.75, 0.25, 0.25, 0.25]),
    ([0.1, 0.9], 1, [0.1, -0.1]),
]


def check(task):
    answers = [task.gradient(list(probabilities), target) for probabilities, target, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    answers = [list(answer) for answer in answers]
    if not any(any(answer) for answer in answers):
        raise Hint("unsolved")
    for name, mistaken in MISTAKES.items():
        if _same(answers[0], mistaken):
            raise Hint(name, answer=_told(answers[0]))
    for (probabilities, target, wanted), answer in zip(CASES, answers):
        if not _same(answer, wanted):
            raise Hint("wrong", probabilities=probabilities, target=target, wanted=_told(wanted), answer=_told(answer))


def _same(answer, wanted):
    return len(answer) == len(wanted) and all(abs(one - other) < 1e-6 for one, other in zip(answer, wanted))


def _told(answer):
    return "[" + ", ".join(f"{one:.3g}" for one in answer) + "]"
