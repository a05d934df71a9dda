"""Checks `best_pair(words)`: the pair of tokens that stands together most often, within the words."""

from tui_llm.lessons.course.exercises import Hint

ONE = [list("nana"), list("xyxyxy"), list("qr")]  # x y three times; n a, the first pair, twice
BORDERS = [list("1a"), list("b2"), list("3a"), list("b4"), list("5a"), list("b6"), list("cd"), list("cd")]
TOKENS = [["th", "e"], ["b", "a", "th", "e"], ["e", "a"], ["a", "b"]]


def check(task):
    first = _answer(task, ONE)
    borders = _answer(task, BORDERS)
    if first is None:
        raise Hint("no_return")
    if first == ("n", "a") and borders == ("1", "a"):
        raise Hint("unsolved")
    for answer, mistake in ((3, "number"), (("y", "x"), "alphabet"), (("a", "n"), "rarest"), (("n", "a"), "by_word")):
        if first == answer:
            raise Hint(mistake, answer=_told(answer))
    if isinstance(first, str):
        raise Hint("single", answer=first)
    if borders == ("a", "b"):
        raise Hint("borders")
    for words, wanted in ((ONE, ("x", "y")), (BORDERS, ("c", "d")), (TOKENS, ("th", "e"))):
        answer = _answer(task, words)
        if answer != wanted:
            raise Hint("wrong", wanted=_told(wanted), answer=_told(answer))


def _answer(task, words):
    answer = task.best_pair([list(tokens) for tokens in words])
    return tuple(answer) if isinstance(answer, list) else answer


def _told(answer):
    return " ".join(map(str, answer)) if isinstance(answer, tuple) else answer
