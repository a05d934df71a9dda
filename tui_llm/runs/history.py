"""The one true history of a run that was killed and resumed. May import the standard library and `runs.metrics`.

After a kill, a run resumes from its last checkpoint, at step S, and does the steps after S again. Its worker writes
`{"kind": "event", "event": "resumed", "step": S}`; what was recorded before about later steps then no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui_llm.runs.metrics import Record, read_metrics

#: Events and readings of the system happened all the same; these are done again.
_REPEATED = frozenset({"train", "eval", "sample"})


def read_history(path: Path) -> list[Record]:
    """The records of `metrics.jsonl` at `path` without those that a resumption took back."""
    history: list[Record] = []
    extend_history(history, read_metrics(path))
    return history


def extend_history(history: list[Record], records: Iterable[Record]) -> None:
    """Append `records` to `history`, in place; each resumption among them first takes back what it repeats."""
    for record in records:
        if record["kind"] == "event" and record.get("event") == "resumed" and isinstance(record.get("step"), int):
            step = record["step"]
            history[:] = [kept for earlier in history if (kept := _up_to(earlier, step)) is not None]
        history.append(record)


def _up_to(record: Record, step: int) -> Record | None:
    """What of `record` tells of no step after `step`."""
    last = record.get("step")
    if record["kind"] not in _REPEATED or not isinstance(last, int) or last <= step:
        return record
    losses = record.get("losses")
    if not isinstance(losses, list) or len(losses) <= last - step:
        return None
    keep = len(losses) - (last - step)
    cut = {key: value[:keep] if _one_each(value, losses) else value for key, value in record.items()}
    return {**cut, "step": step}


def _one_each(value: object, losses: list[object]) -> bool:
    """Whether `value` is a list beside `losses`, with an entry for each step."""
    return isinstance(value, list) and len(value) == len(losses)
