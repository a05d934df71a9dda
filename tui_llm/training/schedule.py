"""Learning-rate schedules as pure functions of progress. Imports `config` alone."""

from __future__ import annotations

import math

from tui_llm.config import TrainingConfig


def learning_rate(config: TrainingConfig, step: int, progress: float) -> float:
    """The rate of optimizer step `step` (from 0), `progress` (0 to 1) into the budget.

    Linear warm-up over `warmup_steps`, or a tenth of the budget where that is less, then

    - cosine: half a cosine down to `min_lr_ratio` (Loshchilov & Hutter 2017);
    - wsd: stable, then linear down over the last `decay_fraction` (Hu et al. 2024);
    - constant: as it is.
    """
    progress = min(max(progress, 0.0), 1.0)
    warmup = config.warmup_steps
    if config.max_steps is not None:
        warmup = min(warmup, math.ceil(config.max_steps / 10))
    rise = min((step + 1) / (warmup + 1), 1.0)
    if config.max_steps is None:
        rise = max(rise, min(10.0 * progress, 1.0))
    return config.lr * rise * (config.min_lr_ratio + (1.0 - config.min_lr_ratio) * _height(config, progress))


def _height(config: TrainingConfig, progress: float) -> float:
    """1 at the schedule's top, 0 at its end."""
    if config.schedule == "cosine":
        return 0.5 * (1.0 + math.cos(math.pi * progress))
    if config.schedule == "wsd":
        return min((1.0 - progress) / config.decay_fraction, 1.0)
    return 1.0
