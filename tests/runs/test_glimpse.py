"""The shape of a run's loss from a few looks into its metrics."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tui_llm.runs.glimpse import loss_glimpse
from tui_llm.runs.metrics import MetricsWriter


def _write(path: Path, losses: list[float | None], padding: str = "") -> None:
    with MetricsWriter(path) as writer:
        for step, loss in enumerate(losses, 1):
            writer.write({"kind": "train", "step": step, "loss": loss, "more": padding})
            if step % 10 == 0:
                writer.write({"kind": "sample", "step": step, "text": '"kind":"train" "loss":99'})


def test_a_short_run_is_seen_whole(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    _write(path, [3.0, None, 2.0, 1.0])
    assert loss_glimpse(path) == (3.0, 2.0, 1.0)
    assert loss_glimpse(path, points=2) == (3.0, 1.0)


@pytest.mark.parametrize("count", [300, 20_000])
def test_a_long_run_is_seen_from_its_first_loss_to_its_last(tmp_path: Path, count: int) -> None:
    path = tmp_path / "metrics.jsonl"
    _write(path, [float(count - step) for step in range(count)], padding="x" * 200)
    seen = loss_glimpse(path, points=10)
    assert len(seen) == 10
    assert seen[0] == count
    assert seen[-1] == 1.0
    gaps = [earlier - later for earlier, later in itertools.pairwise(seen)]
    assert max(gaps) < 1.5 * min(gaps)


def test_what_cannot_be_seen_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    assert loss_glimpse(path) == ()
    path.write_bytes(b"")
    assert loss_glimpse(path) == ()
    path.write_bytes(b'\xff\n[]\n{"kind":"train","loss":"x"}\n{"kind":"train","loss":2.0}\n{"kind":"train","lo')
    assert loss_glimpse(path) == (2.0,)
    assert loss_glimpse(tmp_path) == ()
