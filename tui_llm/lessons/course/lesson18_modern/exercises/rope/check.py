"""Checks `rope(x, position, frequencies)`."""

from math import cos, sin

from tui_llm.lessons.course.exercises import Hint

X, FREQUENCIES = [1, 0, 0, 2], [1, 0.5]


def turned(x, angles, back=1, apart=2):
    """`x` turned by `angles`, a pair each: channels i and i + `apart`."""
    found = list(x)
    firsts = [0, 1] if apart == 2 else [0, 2]
    for first, angle in zip(firsts, angles):
        a, b = x[first], x[first + apart]
        found[first] = a * cos(angle) - back * b * sin(angle)
        found[first + apart] = b * cos(angle) + back * a * sin(angle)
    return found


def overwritten(x, angles):
    """As it comes out if the second channel is made of the first one's new value."""
    found = list(x)
    for i, angle in enumerate(angles):
        found[i] = found[i] * cos(angle) - found[i + 2] * sin(angle)
        found[i + 2] = found[i + 2] * cos(angle) + found[i] * sin(angle)
    return found


def check(task):
    answer = task.rope(list(X), 3, list(FREQUENCIES))
    if answer is None:
        raise Hint("no_return")
    answer = [round(float(value), 3) for value in answer]
    wanted = turned(X, [3, 1.5])
    shown = {"wanted": [round(value, 3) for value in wanted], "answer": answer}
    planned = {
        "unsolved": X,
        "backwards": turned(X, [3, 1.5], back=-1),
        "neighbours": turned(X, [3, 1.5], apart=1),
        "one_frequency": turned(X, [3, 3]),
        "no_position": turned(X, [1, 0.5]),
        "overwritten": overwritten(X, [3, 1.5]),
    }
    for hint, made in planned.items():
        if max(abs(a - m) for a, m in zip(answer, made)) < 2e-3:
            raise Hint(hint, **shown)
    if len(answer) != 4 or max(abs(a - w) for a, w in zip(answer, wanted)) > 2e-3:
        raise Hint("wrong", **shown)
    longer = task.rope([1, 2, 3, 4, 5, 6], 0, [1, 0.5, 0.25])
    if [round(float(value), 3) for value in longer] != [1, 2, 3, 4, 5, 6]:
        raise Hint("wrong", wanted=[1, 2, 3, 4, 5, 6], answer=list(longer))
