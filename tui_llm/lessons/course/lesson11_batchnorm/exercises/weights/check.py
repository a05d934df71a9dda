"""Checks `weights(inputs, outputs, gain, rng)`."""

import numpy as np

from tui_llm.lessons.course.exercises import Hint

INPUTS, OUTPUTS, GAIN = 400, 100, 2.0


def check(task):
    made = np.asarray(task.weights(INPUTS, OUTPUTS, GAIN, np.random.default_rng(0)), dtype=float)
    if made.shape != (INPUTS, OUTPUTS):
        raise Hint("turned", shape=made.shape, wanted=(INPUTS, OUTPUTS))
    spread, wanted = float(made.std()), GAIN / INPUTS**0.5
    mistakes = {
        "unsolved": 1.0,
        "fixed": GAIN,
        "no_root": GAIN / INPUTS,
        "outputs": GAIN / OUTPUTS**0.5,
        "times": GAIN * INPUTS**0.5,
        "no_gain": 1 / INPUTS**0.5,
    }
    shown = {"spread": f"{spread:.3g}", "wanted": f"{wanted:.3g}"}
    for name, found in mistakes.items():
        if abs(spread / found - 1) < 0.05:
            raise Hint(name, **shown)
    if abs(spread / wanted - 1) > 0.05 or abs(made.mean()) > 0.1 * wanted:
        raise Hint("wrong", **shown)
