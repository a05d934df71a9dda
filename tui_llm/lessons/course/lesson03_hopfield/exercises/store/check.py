"""Checks storing by Hebb's rule, `store(patterns)`."""

from tui_llm.lessons.course.exercises import Hint

PATTERNS = [[1, 1, -1, 1], [1, 1, 1, -1], [1, -1, 1, -1]]


def check(task):
    weights = _stored(task, PATTERNS)
    right = _right(PATTERNS)
    if weights is None:
        raise Hint("no_return")
    if not any(any(row) for row in weights):
        raise Hint("unsolved")
    mistakes = {
        "itself": [[right[i][j] if i != j else len(PATTERNS) for j in range(4)] for i in range(4)],
        "one_way": [[right[i][j] if i < j else 0 for j in range(4)] for i in range(4)],
        "last": _right(PATTERNS[-1:]),
        "first": _right(PATTERNS[:1]),
        "counts": [[(right[i][j] + 3) / 2 if i != j else 0 for j in range(4)] for i in range(4)],
        "averaged": [[weight / 3 for weight in row] for row in right],
        "against": [[-weight for weight in row] for row in right],
    }
    for name, shown in mistakes.items():
        if _same(weights, shown):
            raise Hint(name, row=_told(weights), wanted=_told(right))
    more = [[1, -1, 1, 1, -1], [-1, -1, 1, 1, 1]]
    for patterns in (PATTERNS, more):
        found = _stored(task, patterns)
        if not _same(found, _right(patterns)):
            raise Hint("wrong", patterns=patterns, row=_told(found), wanted=_told(_right(patterns)))


def _stored(task, patterns):
    """The weights as lists, of a copy of the patterns."""
    weights = task.store([list(pattern) for pattern in patterns])
    return None if weights is None else [[float(weight) for weight in row] for row in weights]


def _told(weights):
    """Row 0 as it is written: whole numbers without a point."""
    return [int(one) if one == int(one) else round(one, 2) for one in (weights or [[]])[0]]


def _right(patterns):
    units = range(len(patterns[0]))
    return [[float(sum(p[i] * p[j] for p in patterns)) if i != j else 0.0 for j in units] for i in units]


def _same(one, other):
    if one is None or [len(row) for row in one] != [len(row) for row in other]:
        return False
    return all(abs(a - b) < 1e-9 for left, right in zip(one, other) for a, b in zip(left, right))
