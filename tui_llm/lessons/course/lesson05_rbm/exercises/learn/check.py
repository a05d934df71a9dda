"""Checks one step of contrastive divergence, `learn(weights, v, up, down, rate)`."""

from math import isclose

from tui_llm.lessons.course.exercises import Hint

V, DREAM = [1, 0, 1], [1, 1, 0]
H, AFTER = [1, 0], [1, 1]
RATE = 0.5


def up(v):
    return list(H) if list(v) == V else list(AFTER)


def down(h):
    return list(DREAM) if list(h) == H else list(V)


def outer(v, h, rate=RATE):
    return [[rate * a * b for b in h] for a in v]


def less(one, other):
    return [[a - b for a, b in zip(*rows)] for rows in zip(one, other)]


def check(task):
    zero = [[0, 0] for _ in V]
    answer = task.learn([list(row) for row in zero], list(V), up, down, RATE)
    if same(answer, zero):
        raise Hint("unsolved")
    wanted = less(outer(V, H), outer(DREAM, AFTER))
    shown = {"wanted": wanted, "answer": answer}
    mistaken = {
        "no_dream": outer(V, H),
        "away": less(outer(DREAM, AFTER), outer(V, H)),
        "old_hidden": less(outer(V, H), outer(DREAM, H)),
        "old_visible": less(outer(V, H), outer(V, AFTER)),
        "no_rate": less(outer(V, H, 1), outer(DREAM, AFTER, 1)),
    }
    if not same(answer, wanted):
        for name, matrix in mistaken.items():
            if same(answer, matrix):
                raise Hint(name, **shown)
        raise Hint("wrong", **shown)
    ones = [[1, 1] for _ in V]
    answer = task.learn([list(row) for row in ones], list(V), up, down, RATE)
    moved = [[1 + change for change in row] for row in wanted]
    if not same(answer, moved):
        raise Hint("changes_alone", wanted=moved, answer=answer)


def same(one, other):
    """Whether both are the same matrix."""
    if not isinstance(one, (list, tuple)) or [len(row) for row in one] != [len(row) for row in other]:
        return False
    return all(isclose(a, b, abs_tol=1e-9) for rows in zip(one, other) for a, b in zip(*rows))
