"""When a run ends, and how far it is: a number of steps, or a time. Imports `config` alone."""

from __future__ import annotations

import math
import sys
import time

from tui_llm.config import TrainingConfig


class Clock:
    """Seconds of training: it stands still while the run is paused, and goes on from where a resumed run stood."""

    def __init__(self, elapsed: float = 0.0) -> None:
        self._before = elapsed
        self._since: float | None = time.monotonic()

    def elapsed(self) -> float:
        """Seconds of training so far."""
        return self._before + (time.monotonic() - self._since if self._since is not None else 0.0)

    def pause(self) -> None:
        """Stand still."""
        self._before, self._since = self.elapsed(), None

    def go_on(self) -> None:
        """Run again."""
        self._since = time.monotonic()


class Budget:
    """The end of a run. A budget in seconds keeps `reserve` back for the last evaluation and the last checkpoint."""

    #: The final work never takes more than this share of the time, however slow the first measure of it was.
    MOST_RESERVED = 0.25

    def __init__(self, config: TrainingConfig, windows_per_epoch: int, most_epochs: float | None = None) -> None:
        """`most_epochs` end the run in any case."""

        def steps(epochs: float) -> int:
            windows_per_step = config.batch_size * config.gradient_accumulation_steps
            return max(1, math.ceil(epochs * windows_per_epoch / windows_per_step))

        self.seconds = config.minutes * 60.0 if config.minutes is not None else None
        self.max_steps = steps(config.epochs) if config.epochs is not None else config.max_steps
        if most_epochs is not None:
            self.seconds, self.max_steps = None, min(steps(most_epochs), self.max_steps or sys.maxsize)
        self._reserve = 0.0

    def keep_back(self, seconds: float) -> None:
        """Reserve `seconds` for what follows the last step."""
        if self.seconds is not None:
            self._reserve = min(seconds, self.MOST_RESERVED * self.seconds)

    def progress(self, step: int, elapsed: float) -> float:
        """The share of the budget that is used after `step` steps and `elapsed` seconds; 1 or more is the end."""
        if self.max_steps is not None:
            return step / self.max_steps
        assert self.seconds is not None
        return elapsed / (self.seconds - self._reserve)

    def seconds_left(self, elapsed: float) -> float | None:
        """Seconds of a budget of time that are left after `elapsed` seconds, the reserve's included; else None."""
        return None if self.seconds is None else self.seconds - elapsed

    def time_left(self, step: int, elapsed: float, steps_per_second: float | None) -> float | None:
        """Seconds until the run ends; None while nobody can know."""
        if self.seconds is not None:
            return max(self.seconds - elapsed, 0.0)
        if not steps_per_second or self.max_steps is None:
            return None
        return (self.max_steps - step) / steps_per_second
