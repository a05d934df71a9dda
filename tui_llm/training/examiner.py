"""The evaluations during a run: how large they are, when they are due, what is written down of them.
Imports torch, `models`, `text`, `training`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from tui_llm.config import TrainingConfig
from tui_llm.models.base import LanguageModel
from tui_llm.text.store import TokenStore
from tui_llm.training.budget import Budget
from tui_llm.training.devices import Device
from tui_llm.training.evaluation import FINAL_EVALUATION, Evaluation, evaluate
from tui_llm.training.recorder import Recorder

#: Evaluations in a run whose eval_interval is not set, the first (before training) not counted.
EVALUATIONS = 10

#: In a budget of time, an evaluation may take this share of it, and the sample after it that one.
EVALUATION_SHARE = 0.004
SAMPLE_SHARE = 0.002

#: A sample takes no longer, in seconds.
SAMPLE_SECONDS = 3.0

#: Seconds for what else the end takes: the best checkpoint is read, the process ends.
END_SECONDS = 0.3


class Examiner:
    """Evaluates a model on the val split, always on the same tokens, and has it write a sample."""

    def __init__(
        self,
        model: LanguageModel,
        val: TokenStore,
        byte_lengths: np.ndarray,
        device: Device,
        config: TrainingConfig,
        recorder: Recorder,
        write_sample: Callable[[float], str],
    ) -> None:
        """`byte_lengths` are the (V,) UTF-8 bytes that each token stands for; `write_sample` has so many seconds."""
        self._model, self._val, self._byte_lengths, self._device = model, val, byte_lengths, device
        self._config = config
        self._recorder = recorder
        self._write_sample = write_sample
        self.eval_tokens = config.eval_tokens
        self.eval_seconds = 0.0
        self._sample_seconds = 0.0
        minutes = config.minutes
        self._sample_limit = min(SAMPLE_SECONDS, SAMPLE_SHARE * 60.0 * minutes) if minutes else SAMPLE_SECONDS
        self.result: Evaluation | None = None
        self.step = -1

    def fit(self, budget: Budget) -> None:
        """In a budget of time, make an evaluation so small that it takes no more than its share."""
        if budget.seconds is None:
            return
        probe = min(self._config.batch_size * self._model.block_size, self.eval_tokens)
        for _ in range(2):  # the first time pays for what is paid once
            began = time.monotonic()
            measured = self._evaluate(probe)
            seconds = time.monotonic() - began
        fits = int(measured.tokens / seconds * EVALUATION_SHARE * budget.seconds)
        self.eval_tokens = max(probe, min(self.eval_tokens, fits))

    def due(self, budget: Budget, step: int, elapsed: float) -> int:
        """How many evaluations (after the first) are due by now."""
        if self._config.eval_interval is not None:
            return step // self._config.eval_interval
        if budget.max_steps is not None:
            return step // math.ceil(budget.max_steps / EVALUATIONS)
        return int(budget.progress(step, elapsed) * EVALUATIONS)

    def seconds_after_the_last_step(self) -> float:
        """About how long the last evaluation and sample, and the final scores on val and test, will take."""
        larger = min(FINAL_EVALUATION, max(1.0, len(self._val) / self.eval_tokens))
        return (1.0 + 2.0 * larger) * self.eval_seconds + self._sample_seconds + END_SECONDS

    def final_tokens(self, seconds_left: float | None) -> int:
        """How many tokens of each of val and test the final scores take; fewer where too little time is left."""
        if seconds_left is None:
            return FINAL_EVALUATION * self.eval_tokens
        share = (seconds_left - END_SECONDS) / (2.0 * self.eval_seconds)
        return int(self.eval_tokens * min(FINAL_EVALUATION, max(1.0, share)))

    def examine(self, step: int, tokens: int, elapsed: float) -> None:
        """Evaluate, record it, and record a text that the model writes."""
        began = time.monotonic()
        result = self._evaluate(self.eval_tokens)
        self.eval_seconds = time.monotonic() - began
        self.result, self.step = result, step
        place = {"step": step, "tokens": tokens, "elapsed": elapsed}
        self._recorder.record(
            "eval",
            {
                **place,
                "split": "val",
                "loss": result.loss,
                "perplexity": result.perplexity,
                "bits_per_byte": result.bits_per_byte,
                "eval_tokens": result.tokens,
            },
        )
        self._recorder.update(step=step, val_loss=result.loss, val_bits_per_byte=result.bits_per_byte)
        began = time.monotonic()
        self._recorder.record("sample", {**place, "text": self._write_sample(self._sample_limit)})
        self._sample_seconds = time.monotonic() - began
        self._model.train()

    def _evaluate(self, limit: int) -> Evaluation:
        return evaluate(self._model, self._val, self._byte_lengths, self._device, self._config.batch_size, limit)
