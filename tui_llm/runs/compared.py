"""What a comparison of runs shows of each, read from their folders. May import the standard library, numpy, `config`
and `runs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.reader import RunReader
from tui_llm.runs.records import EvalRecord
from tui_llm.runs.snapshot import RunSnapshot
from tui_llm.runs.status import ACTIVE

Floats = npt.NDArray[np.float64]

#: What the evaluations may be shown over.
Along = Literal["step", "time", "tokens"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Compared:
    """A run beside others: its validation curve, and its figures; what is not known is None."""

    name: str
    path: Path
    state: str
    active: bool
    preset: str | None
    model: str | None
    tokenizer: str | None
    """Its kind. Known, as the size of its vocabulary and the text are, once the text is prepared."""
    vocab_size: int | None
    text: str | None
    """The folder of the prepared text, below corpora/: a name and a key of the content, `<name>-<key>`."""
    parameters: int | None
    tokens: int | None
    """Trained on."""
    elapsed: float | None
    """Seconds of training."""
    tokens_per_second: float | None
    best: float | None
    """Bits per byte on the validation part, the lowest that was measured during the training."""
    best_step: int | None
    val_bits_per_byte: float | None
    """The final score, on more of the validation part, of a run that has finished."""
    test_bits_per_byte: float | None
    perplexity: float | None
    """Of the final score on the validation part, else of the best evaluation. It is a token's: only models with the
    same tokenizer compare by it."""
    steps: Floats
    tokens_at: Floats
    elapsed_at: Floats
    bits_per_byte: Floats
    """The validation curve: of each evaluation during the training."""
    read_share: float
    """How much of its metrics has been read."""

    @property
    def score(self) -> float | None:
        """Bits per byte on the validation part: the final score, else the best so far."""
        return self.best if self.val_bits_per_byte is None else self.val_bits_per_byte

    def along(self, axis: Along) -> Floats:
        """Where the evaluations stand on `axis`: steps, seconds of training, or tokens trained on."""
        return {"step": self.steps, "time": self.elapsed_at, "tokens": self.tokens_at}[axis]


class CompareWatch:
    """Follows some runs. Not for two threads at once."""

    def __init__(self, runs: Sequence[RunDirectory]) -> None:
        self._readers = [RunReader(run) for run in runs]
        self._last: dict[int, Compared] = {}

    def poll(self, budget_seconds: float | None) -> list[Compared] | None:
        """All of them, or nothing if none has changed; of long files only so much is read as the seconds allow."""
        changed = False
        for place, reader in enumerate(self._readers):
            share = None if budget_seconds is None else budget_seconds / len(self._readers)
            snapshot = reader.poll(share)
            if snapshot is not None:
                self._last[place] = compared(snapshot)
                changed = True
        return [self._last[place] for place in sorted(self._last)] if changed else None


def best_first(runs: Iterable[Compared]) -> list[Compared]:
    """By their scores on the validation part, the lowest first; runs without one last."""
    return sorted(runs, key=lambda run: float("inf") if run.score is None else run.score)


def by_text(runs: Iterable[Compared]) -> dict[str, list[str]]:
    """The names of the runs that were trained on each text; a text is told by its content, not by its name."""
    texts: dict[str, tuple[str, list[str]]] = {}
    for run in runs:
        if run.text is not None:
            name, _, key = run.text.rpartition("-")
            texts.setdefault(key, (name, []))[1].append(run.name)
    named = [name for name, _ in texts.values()]
    return {name if named.count(name) == 1 else f"{name}-{key}": trained for key, (name, trained) in texts.items()}


def share_tokenizer(runs: Iterable[Compared]) -> bool:
    """Whether no two of the runs are known to have different tokenizers."""
    return len({(run.tokenizer, run.vocab_size) for run in runs if run.text is not None}) <= 1


def compared(snapshot: RunSnapshot) -> Compared:
    """What is compared of a run."""
    status, config = snapshot.status, snapshot.config
    measured = [record for record in snapshot.evaluations if record.bits_per_byte is not None]
    evaluations = [record for record in measured if record.split == "val" and not record.final]
    finals = {record.split: record for record in measured if record.final}
    steps = np.array([record.step for record in evaluations], dtype=np.float64)
    bits = np.array([record.bits_per_byte for record in evaluations], dtype=np.float64)
    best = evaluations[int(np.argmin(bits))] if evaluations else None
    scored = finals.get("val", best)
    settled = None if config is None or config.data.corpus is None else config.data
    loss = snapshot.curves.loss
    return Compared(
        name=snapshot.name,
        path=snapshot.path,
        state=snapshot.state,
        active=snapshot.state in ACTIVE,
        preset=config.preset if config else status.preset if status else None,
        model=config.model.name if config else status.model if status else None,
        tokenizer=settled.tokenizer if settled else None,
        vocab_size=settled.vocab_size if settled else None,
        text=Path(settled.corpus).parts[0] if settled and settled.corpus else None,
        parameters=status.parameters if status else None,
        tokens=status.tokens if status else None,
        elapsed=status.elapsed if status else None,
        tokens_per_second=status.tokens_per_second if status else None,
        best=_bits(best),
        best_step=best.step if best else None,
        val_bits_per_byte=_bits(finals.get("val")),
        test_bits_per_byte=_bits(finals.get("test")),
        perplexity=scored.perplexity if scored else None,
        steps=steps,
        tokens_at=_at([record.tokens for record in evaluations], steps, loss.step, loss.tokens),
        elapsed_at=_at([record.elapsed for record in evaluations], steps, loss.step, loss.elapsed),
        bits_per_byte=bits,
        read_share=snapshot.read_share,
    )


def _bits(record: EvalRecord | None) -> float | None:
    return record.bits_per_byte if record else None


def _at(told: Sequence[float | None], steps: Floats, known_steps: Floats, known: Floats) -> Floats:
    """What evaluations tell of an axis; where they do not, it is taken from between the training's records."""
    values = np.array(told, dtype=np.float64)  # None becomes nan
    lacking = np.isnan(values)
    if lacking.any():
        values[lacking] = np.interp(steps[lacking], np.append(0.0, known_steps), np.append(0.0, known))
    return values
