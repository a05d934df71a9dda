"""What was probed is read as it was written, whatever kills and resumptions left in the file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.probes import (
    Histogram,
    LayerProbe,
    ParameterProbe,
    ProbeRecord,
    ProbeWriter,
    copy_probes,
    read_probes,
)

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_SHARES = st.none() | st.floats(0.0, 1.0)
_HISTOGRAMS = st.builds(Histogram, _NUMBERS, _NUMBERS, st.lists(st.integers(0, 2**40), max_size=48))
_LAYERS = st.builds(
    LayerProbe,
    name=st.text(),
    kind=st.sampled_from(["Tanh", "Linear"]),
    mean=_NUMBERS,
    std=_NUMBERS,
    saturated=_SHARES,
    dead=_SHARES,
    activation=_HISTOGRAMS,
    gradient=st.none() | _HISTOGRAMS,
    gradient_std=st.none() | _NUMBERS,
)
_PARAMETERS = st.builds(
    ParameterProbe,
    name=st.text(),
    shape=st.lists(st.integers(1, 2**31), max_size=3),
    std=_NUMBERS,
    gradient_std=_NUMBERS,
    update_ratio=st.none() | _NUMBERS,
)


def record(step: int, std: float = 1.0) -> ProbeRecord:
    return ProbeRecord(step, [], [ParameterProbe("wte.weight", [3, 4], std, 0.1, 1e-3)])


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path)


def write(run: RunDirectory, *records: ProbeRecord) -> None:
    """What one worker writes in its life."""
    with ProbeWriter(run.probes_path) as writer:
        for one in records:
            writer.write(one)


@settings(deadline=None)
@given(st.lists(_LAYERS, max_size=3), st.lists(_PARAMETERS, max_size=3))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, layers: list[LayerProbe], parameters: list[ParameterProbe]
) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    records = [ProbeRecord(step, layers, parameters) for step in (0, 5, 2**40)]
    write(run, *records)
    assert read_probes(run) == records
    assert run.probes_path.read_bytes().count(b"\n") == 3


def test_of_a_run_without_probes_there_are_none(run: RunDirectory) -> None:
    assert read_probes(run) == []


@settings(deadline=None)
@given(cut=st.integers(1, 300))
def test_a_torn_line_is_skipped_and_never_glued(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    write(run, record(0), record(5))
    whole = run.probes_path.read_bytes()
    run.probes_path.write_bytes(whole[: max(0, len(whole) - cut)])
    left = run.probes_path.read_bytes().splitlines()
    steps = [step for step, line in zip((0, 5), whole.splitlines(), strict=True) if line in left]
    assert [one.step for one in read_probes(run)] == steps
    write(run, record(10))
    assert [one.step for one in read_probes(run)] == [*steps, 10]


def test_what_is_no_record_is_skipped_and_unknown_fields_are_ignored(run: RunDirectory) -> None:
    later = msgspec.json.encode({**msgspec.to_builtins(record(5)), "mood": "good"})
    run.probes_path.write_bytes(b'\n[]\n{"step": 1}\n\xff\xfe\n' + later + b"\n")
    assert read_probes(run) == [record(5)]


def test_what_a_resumption_did_again_counts_as_it_was_the_last_time(run: RunDirectory) -> None:
    write(run, record(0), record(10), record(20), record(30))
    write(run, record(15, std=2.0), record(25, std=2.0))
    assert read_probes(run) == [record(0), record(10), record(15, std=2.0), record(25, std=2.0)]
    write(run, record(25, std=3.0), record(35, std=3.0))
    assert [(one.step, one.parameters[0].std) for one in read_probes(run)] == [
        *((0, 1.0), (10, 1.0), (15, 2.0)),
        *((25, 3.0), (35, 3.0)),
    ]


def test_a_copy_holds_what_came_before_the_step_alone(
    run: RunDirectory, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(run, record(0), record(10), record(20))
    write(run, record(10, std=2.0), record(20, std=2.0), record(30))
    other = RunDirectory(tmp_path_factory.mktemp("other"))
    copy_probes(run, other, 20)
    assert read_probes(other) == [record(0), record(10, std=2.0)]


def test_of_a_run_without_probes_nothing_is_copied(run: RunDirectory, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = RunDirectory(tmp_path_factory.mktemp("other"))
    copy_probes(run, other, 20)
    assert not other.probes_path.exists()
