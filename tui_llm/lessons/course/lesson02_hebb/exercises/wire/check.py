"""Checks Hebb's rule for many inputs and outputs, `wire(weights, x, y, rate)`."""

from tui_llm.lessons.course.exercises import Hint

WEIGHTS, X, Y, RATE = [[1, 2], [3, 4]], [1, 0], [0, 1], 0.5

#: What comes out of WEIGHTS, and the mistake that it shows; [[1, 2], [3.5, 4]] is right.
MISTAKES = [
    ([[0, 0], [0.5, 0]], "replaced"),
    ([[1, 2.5], [3, 4]], "transposed"),
    ([[1.5, 2], [3.5, 4]], "only_x"),
    ([[1, 2], [3.5, 4.5]], "only_y"),
    ([[1, 2], [4, 4]], "no_rate"),
    ([[1.5, 2], [4, 4.5]], "added"),
    ([[1, 2], [2.5, 4]], "shrinks"),
]


def check(task):
    after = _wired(task, WEIGHTS, X, Y, RATE)
    if after is None:
        raise Hint("no_return")
    if after == WEIGHTS:
        raise Hint("unsolved")
    for shown, mistake in MISTAKES:
        if _same(after, shown):
            raise Hint(mistake, after=after)
    if not _same(after, [[1, 2], [3.5, 4]]):
        raise Hint("wrong", weights=WEIGHTS, x=X, y=Y, rate=RATE, wanted=[[1, 2], [3.5, 4]], after=after)
    wide = _wired(task, [[0, 0, 0], [1, 1, 1]], [1, -1, 2], [3, -1], 1)
    wanted = [[3, -3, 6], [0, 2, -1]]
    if not _same(wide, wanted):
        shown = {"weights": [[0, 0, 0], [1, 1, 1]], "x": [1, -1, 2], "y": [3, -1], "rate": 1}
        raise Hint("wrong", wanted=wanted, after=wide, **shown)


def _wired(task, weights, x, y, rate):
    """The weights as lists, of copies of what is given."""
    after = task.wire([list(row) for row in weights], list(x), list(y), rate)
    return None if after is None else [list(row) for row in after]


def _same(one, other):
    if one is None or [len(row) for row in one] != [len(row) for row in other]:
        return False
    return all(abs(a - b) < 1e-9 for left, right in zip(one, other) for a, b in zip(left, right))
