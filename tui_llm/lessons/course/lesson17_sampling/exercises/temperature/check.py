"""Checks `with_temperature(logits, temperature)`: softmax of the logits divided by the temperature."""

from math import exp

from tui_llm.lessons.course.exercises import Hint

LOGITS = [2.0, 1.0, 0.0]
CASES = [(LOGITS, 0.5), (LOGITS, 2.0), (LOGITS, 1.0), ([0.0, -1.0], 0.25), ([3.0], 1.5)]


def check(task):
    cold = task.with_temperature(list(LOGITS), 0.5)
    if cold is None:
        raise Hint("no_return")
    cold = list(cold)
    for mistake, answer in (
        ("unsolved", _softmax(LOGITS)),
        ("times", _softmax([logit * 0.5 for logit in LOGITS])),
        ("afterwards", [chance / 0.5 for chance in _softmax(LOGITS)]),
        ("logits", [logit / 0.5 for logit in LOGITS]),
        ("undivided", [exp(logit / 0.5) for logit in LOGITS]),
    ):
        if _near(cold, answer):
            raise Hint(mistake, answer=_told(cold))
    if abs(sum(cold) - 1) > 1e-6:
        raise Hint("old_total", answer=_told(cold), total=f"{sum(cold):.2f}")
    for logits, temperature in CASES:
        answer = list(task.with_temperature(list(logits), temperature))
        wanted = _softmax([logit / temperature for logit in logits])
        if not _near(answer, wanted):
            shown = {"logits": logits, "temperature": temperature, "wanted": _told(wanted), "answer": _told(answer)}
            raise Hint("wrong", **shown)


def _softmax(logits):
    powers = [exp(logit) for logit in logits]
    return [power / sum(powers) for power in powers]


def _near(one, other):
    return len(one) == len(other) and all(abs(a - b) < 1e-6 for a, b in zip(one, other))


def _told(numbers):
    return ", ".join(f"{one:.3f}" for one in numbers)
