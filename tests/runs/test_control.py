"""Asking a worker for something, and the worker's side of it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.runs.control import Kind, request, take_requests
from tui_llm.runs.directory import RunDirectory


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path)


@given(st.lists(st.sampled_from(["pause", "continue", "stop", "checkpoint", "evaluate"]), max_size=6))
def test_requests_are_taken_once_and_in_order(tmp_path_factory: pytest.TempPathFactory, kinds: list[Kind]) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    ids = [request(run, kind) for kind in kinds]
    taken = take_requests(run)
    assert [one.kind for one in taken] == kinds
    assert [one.id for one in taken] == ids
    assert take_requests(run) == []


def test_a_rate_travels_along(run: RunDirectory) -> None:
    request(run, "set_lr", lr=3e-4)
    (taken,) = take_requests(run)
    assert (taken.kind, taken.arguments) == ("set_lr", {"lr": 3e-4})


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("dance", {}),
        ("pause", {"lr": 1.0}),
        ("set_lr", {}),
        ("set_lr", {"rate": 1.0}),
        *(("set_lr", {"lr": lr}) for lr in (0.0, -1.0, float("nan"), float("inf"), "fast", None)),
    ],
)
def test_what_no_worker_knows_is_refused(run: RunDirectory, kind: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        request(run, kind, **arguments)
    assert caught.value.what.endswith(".")
    assert take_requests(run) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"kind": "dance"}',
        b'{"kind": "set_lr"}',
        b'{"kind": "set_lr", "arguments": {"lr": -1}}',
    ],
)
def test_what_cannot_be_understood_is_removed_and_told(run: RunDirectory, content: bytes) -> None:
    run.control_path.mkdir()
    (run.control_path / "0-x-pause.json").write_bytes(content)
    good = request(run, "stop")
    invalid, valid = take_requests(run)
    assert (invalid.kind, invalid.id) == ("invalid", "0-x-pause")
    assert invalid.reason
    assert (valid.kind, valid.id) == ("stop", good)
    assert list(run.control_path.iterdir()) == []


def test_a_request_that_is_still_being_written_is_left_alone(run: RunDirectory) -> None:
    run.control_path.mkdir()
    hidden = run.control_path / ".1-x-stop.json.tmp"
    hidden.write_bytes(b'{"kind": "st')
    assert take_requests(run) == []
    assert hidden.exists()


def test_nobody_has_asked_yet(run: RunDirectory) -> None:
    assert take_requests(run) == []


def test_nothing_asked_by_many_at_once_is_lost(run: RunDirectory) -> None:
    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(request, run, "checkpoint") for _ in range(100)]
        taken = []
        while not all(one.done() for one in asking):
            taken += take_requests(run)
    taken += take_requests(run)
    assert sorted(one.id for one in taken) == sorted(one.result() for one in asking)
