"""Checks one step of Oja's rule, `learn(weights, inputs, rate)`."""

from tui_llm.lessons.course.exercises import Hint

#: What comes of weights [2, 1], inputs [1, 0], rate 0.1, and the mistake that it shows; [1.4, 0.6] is right.
MISTAKES = [
    ([2.2, 1], "no_forgetting"),
    ([1.8, 0.8], "once"),
    ([3, 1.4], "grows"),
    ([-5.8, -3], "no_rate"),
    ([2, 0.9], "always"),
    ([1.2, 0.6], "only_forgets"),
    ([1.32, 0.6], "afterwards"),
    ([-0.6, -0.4], "only_change"),
]


def check(task):
    after = _learnt(task, [2, 1], [1, 0], 0.1)
    if after is None:
        raise Hint("no_return")
    if after == [2, 1]:
        raise Hint("unsolved")
    for shown, mistake in MISTAKES:
        if _same(after, shown):
            raise Hint(mistake, after=_told(after))
    other = _learnt(task, [0.5, -1, 1], [1, 1, -1], 0.2)
    if not _same(after, [1.4, 0.6]) or not _same(other, [-0.025, -0.85, 0.85]):
        raise Hint("wrong", after=_told(after), other=_told(other))


def _learnt(task, weights, inputs, rate):
    """The weights, as a list, after one example."""
    after = task.learn(list(weights), list(inputs), rate)
    return None if after is None else list(after)


def _same(one, other):
    return one is not None and len(one) == len(other) and all(abs(a - b) < 1e-9 for a, b in zip(one, other))


def _told(after):
    return [round(weight, 4) for weight in after] if after is not None else after
