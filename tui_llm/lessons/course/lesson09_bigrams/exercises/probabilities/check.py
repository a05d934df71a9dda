"""Checks `probabilities(text, character)`."""

from tui_llm.lessons.course.exercises import Hint

#: What comes for "a" in "abracadabra" with each mistake, by its hint.
MISTAKES = {
    "counts": {"b": 2, "c": 1, "d": 1},
    "last": {"b": 0.4, "c": 0.2, "d": 0.2},
    "all_pairs": {"b": 0.2, "c": 0.1, "d": 0.1},
    "before": {"r": 0.5, "c": 0.25, "d": 0.25},
    "once": {"b": 1 / 3, "c": 1 / 3, "d": 1 / 3},
}

CASES = [
    ("abracadabra", "a", {"b": 0.5, "c": 0.25, "d": 0.25}),
    ("abracadabra", "r", {"a": 1.0}),
    ("banana", "a", {"n": 1.0}),
    ("aab", "a", {"a": 0.5, "b": 0.5}),
]


def check(task):
    answers = [task.probabilities(text, character) for text, character, _ in CASES]
    if all(answer is None for answer in answers):
        raise Hint("no_return")
    if all(answer == {} for answer in answers):
        raise Hint("unsolved")
    for name, mistaken in MISTAKES.items():
        if _same(answers[0], mistaken):
            raise Hint(name, answer=_told(answers[0]))
    for (text, character, wanted), answer in zip(CASES, answers):
        if not _same(answer, wanted):
            raise Hint("wrong", text=text, character=character, wanted=_told(wanted), answer=_told(answer))


def _same(answer, wanted):
    if not isinstance(answer, dict) or set(answer) != set(wanted):
        return False
    return all(abs(answer[name] - share) < 1e-6 for name, share in wanted.items())


def _told(answer):
    if not isinstance(answer, dict):
        return repr(answer)
    return ", ".join(f"{name!r}: {share:.3g}" for name, share in answer.items())
