"""What somebody who watches a run is told at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_llm.errors import from_os_error
from tui_llm.runs.alerts import Pace, event_alerts, loss_alerts, room_alerts, state_alerts
from tui_llm.runs.checkpoints import CheckpointInfo
from tui_llm.runs.curves import CurveStore
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.records import EvalRecord, EventRecord, TrainRecord
from tui_llm.runs.status import Status


def _curves(losses: np.ndarray) -> CurveStore:
    store = CurveStore()
    store.append(
        [
            TrainRecord(step=step, tokens=step, elapsed=step / 2, losses=[None if np.isnan(loss) else float(loss)])
            for step, loss in enumerate(losses, 1)
        ]
    )
    return store


def _falling(count: int = 3000, noise: float = 0.15) -> np.ndarray:
    """A loss as a small model with a small batch has it."""
    steps = np.arange(count)
    return np.asarray(1.5 + 4.0 * np.exp(-steps / 200) + noise * np.random.default_rng(1).standard_normal(count))


@pytest.mark.parametrize("noise", [0.0, 0.02, 0.15, 0.4])
def test_a_loss_that_only_falls_and_jitters_gives_no_alert(noise: float) -> None:
    assert loss_alerts(_curves(_falling(noise=noise)).freeze()) == []
    assert loss_alerts(_curves(_falling(30_000, noise)).freeze()) == []


def test_a_spike_is_one_alert_at_its_top() -> None:
    losses = _falling()
    losses[1999:2004] += [2.0, 6.0, 4.0, 3.0, 2.0]
    (alert,) = loss_alerts(_curves(losses).freeze())
    assert (alert.kind, alert.step) == ("loss_spike", 2001)
    assert alert.fields["loss"] == pytest.approx(losses[2000])
    assert alert.fields["usual"] == pytest.approx(1.5, abs=0.3)


def test_a_spike_shows_through_a_long_history() -> None:
    losses = _falling(40_000)
    losses[20_000] += 10.0
    (alert,) = loss_alerts(_curves(losses).freeze())
    assert alert.kind == "loss_spike"
    assert alert.step is not None
    assert abs(alert.step - 20_001) < 32


def test_spikes_come_the_newest_first() -> None:
    losses = _falling()
    losses[[1000, 2000]] += 5.0
    assert [alert.step for alert in loss_alerts(_curves(losses).freeze())] == [2001, 1001]


def test_a_loss_that_is_not_finite_is_told_of_until_it_is_taken_back() -> None:
    losses = _falling(100)
    losses[-1] = np.nan
    store = _curves(losses)
    (alert,) = loss_alerts(store.freeze())
    assert (alert.kind, alert.step) == ("non_finite_loss", 100)
    store.cut(99)
    assert loss_alerts(store.freeze()) == []


def _beat(pace: Pace, until: int, gap: float = 0.5) -> float:
    """Records from the first to the last, `gap` seconds apart; the moment of the last."""
    now = 0.0
    for step in range(1, until + 1):
        now = gap * step
        pace.take([TrainRecord(time=1000.0 + now, step=step, tokens=step, elapsed=now)])
    return 1000.0 + now


def _at(moment: float, **changes: object) -> Status:
    return Status(**{"state": "running", "heartbeat": moment, **changes})  # type: ignore[arg-type]


def test_a_run_stalls_that_beats_but_takes_no_step() -> None:
    pace = Pace()
    last = _beat(pace, 100)
    assert pace.stall(_at(last + 30)) is None
    alert = pace.stall(_at(last + 90))
    assert alert is not None
    assert alert.kind == "stalled"
    assert alert.fields == {"seconds": 90.0, "usual": 0.5}
    assert pace.stall(_at(last + 90, state="paused")) is None
    pace.take([EventRecord(time=last + 90, event="request", request="continue", step=100)])
    assert pace.stall(_at(last + 100)) is None


def test_slow_steps_and_slow_evaluations_are_no_stall() -> None:
    slow = Pace()
    last = _beat(slow, 20, gap=30.0)
    assert slow.stall(_at(last + 400)) is None
    assert slow.stall(_at(last + 700)) is not None
    pace = Pace()
    last = _beat(pace, 20)
    pace.take([EvalRecord(time=last + 50, step=20)])
    assert pace.stall(_at(last + 50 + 250)) is None
    assert pace.stall(_at(last + 50 + 400)) is not None


def test_a_run_that_has_hardly_begun_does_not_stall() -> None:
    pace = Pace()
    assert pace.stall(_at(1e6)) is None
    _beat(pace, 2)
    assert pace.stall(_at(1e6)) is None


def test_checkpoints_that_fail_and_full_disks_are_told_apart() -> None:
    full = from_os_error(OSError(28, "No space left on device"), "writing the checkpoint of step 10").what
    alerts = event_alerts(
        [
            EventRecord(time=1.0, event="checkpoint", step=5),
            EventRecord(time=2.0, event="checkpoint_failed", step=10, reason=full),
            EventRecord(time=3.0, event="checkpoint_failed", step=20, reason="there is no permission."),
            EventRecord(time=4.0, event="checkpoint_damaged", step=30, reason="model.safetensors is missing."),
        ]
    )
    assert [(alert.kind, alert.step) for alert in alerts] == [
        ("checkpoint_damaged", 30),
        ("checkpoint_failed", 20),
        ("disk_full", 10),
    ]


def test_a_failure_is_told_by_its_cause() -> None:
    status = Status(state="failed", error="the device has no memory left.", cause="out_of_memory", step=7)
    (alert,) = state_alerts("failed", status, [])
    assert (alert.kind, alert.step, alert.fields["reason"]) == ("out_of_memory", 7, status.error)
    assert state_alerts("failed", Status(state="failed", error="the text is missing."), []) == []
    (gone,) = state_alerts("crashed", Status(state="running"), ["Traceback", "Killed"])
    assert (gone.kind, gone.fields["last_words"]) == ("worker_gone", "Killed")


def test_a_disk_without_room_for_a_checkpoint_is_told_before_it_fails(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    immense = CheckpointInfo(step=1, path="x", val_loss=None, bytes=10**18, fault=None)
    (alert,) = room_alerts(run, "running", [immense])
    assert alert.kind == "disk_full"
    assert room_alerts(run, "finished", [immense]) == []
    assert room_alerts(RunDirectory(tmp_path / "gone"), "running", [immense]) == []
