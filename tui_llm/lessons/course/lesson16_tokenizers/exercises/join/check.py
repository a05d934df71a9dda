"""Checks `join(tokens, left, right)`: every pair replaced, from the left, by one token."""

from tui_llm.lessons.course.exercises import Hint

#: Tokens, the pair, what comes out.
CASES = [
    (list("banana"), "a", "n", ["b", "an", "an", "a"]),
    (["b", "an", "an", "a"], "an", "a", ["b", "an", "ana"]),
    (list("aaaa"), "a", "a", ["aa", "aa"]),
    (list("aaa"), "a", "a", ["aa", "a"]),
    (list("xy"), "a", "n", ["x", "y"]),
    ([], "a", "n", []),
]


def check(task):
    answers = [task.join(list(tokens), left, right) for tokens, left, right, _ in CASES]
    banana = answers[0]
    if banana is None:
        raise Hint("no_return")
    if all(answer == case[0] for answer, case in zip(answers, CASES)):
        raise Hint("unsolved")
    if ("a", "n") in banana or ["a", "n"] in banana:
        raise Hint("nested", answer=banana)
    for answer, mistake in (
        (["b", "an", "n", "an", "n", "a"], "step"),
        (["b", "an", "a", "n", "a"], "only_first"),
        (["b", "an", "an"], "last_lost"),
        (["b", "na", "na", "a"], "order"),
    ):
        if banana == answer:
            raise Hint(mistake, answer=banana)
    if answers[1] == ["b", "an", "an", "a"]:
        raise Hint("at_end", answer=answers[1])
    for (tokens, left, right, wanted), answer in zip(CASES, answers):
        if answer != wanted:
            raise Hint("wrong", tokens=tokens, left=left, right=right, wanted=wanted, answer=answer)
