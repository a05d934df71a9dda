"""The protocol of the workers, byte by byte: every request ends once, in one of three ways, whatever is sent."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LAST = {"done", "error", "cancelled"}


class Pipes:
    """A worker at the other end of two pipes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.workers.fake"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def send(self, *lines: dict[str, Any] | bytes) -> None:
        assert self.process.stdin is not None
        for line in lines:
            self.process.stdin.write(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n")
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        event: dict[str, Any] = json.loads(self.process.stdout.readline())
        return event

    def read_until_all_ended(self, numbers: set[int]) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = []
        while numbers - {event["id"] for event in events if event["event"] in LAST}:
            events.append(self.read())
        return events

    def end(self) -> list[dict[str, Any]]:
        """Close the input; what was still sent."""
        out, err = self.process.communicate(timeout=30)
        assert self.process.returncode == 0
        assert err == b""
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    pipes = Pipes()
    yield pipes
    pipes.process.kill()
    pipes.process.communicate()


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"hello\n",
        b"[1, 2]\n",
        b"null\n",
        b'{"id": 1}\n',
        b'{"op": "pid"}\n',
        b'{"id": "1", "op": "pid"}\n',
        b'{"id": true, "op": "pid"}\n',
        b'{"id": 1, "op": 7}\n',
        b"\xff\xfe\n",
        b'{"id": 1, "op": "pid"\n',
    ],
)
def test_what_is_not_understood_is_an_error_of_no_request(pipes: Pipes, line: bytes) -> None:
    pipes.send(line, {"id": 2, "op": "count", "number": 0})
    error = pipes.read()
    assert error["id"] is None
    assert error["event"] == "error"
    assert error["what"].endswith(".")
    assert pipes.read() == {"id": 2, "event": "done", "counted": 0}
    assert pipes.end() == []


def test_a_number_in_use_cannot_be_used_again_until_its_end(pipes: Pipes, tmp_path: Path) -> None:
    asked = {"id": 1, "op": "forever", "path": str(tmp_path / "tidied")}
    pipes.send(asked, asked)
    assert sorted((pipes.read()["id"] or 0, pipes.read()["id"] or 0)) == [0, 1]
    pipes.send({"id": 1, "op": "cancel"})
    assert pipes.read() == {"id": 1, "event": "cancelled"}
    pipes.send({"id": 1, "op": "count", "number": 0})
    assert pipes.read()["event"] == "done"


def test_a_request_that_fails_while_it_is_cancelled_says_so(pipes: Pipes) -> None:
    pipes.send({"id": 1, "op": "untidy"})
    assert pipes.read()["event"] == "began"
    pipes.send({"id": 1, "op": "cancel"})
    assert pipes.read() == {"id": 1, "event": "error", "what": "it cannot be tidied.", "hint": "mend it."}
    pipes.send({"id": 2, "op": "count", "number": 0})
    assert pipes.read()["event"] == "done"


def test_cancelling_what_has_ended_or_never_was_is_nothing(pipes: Pipes) -> None:
    pipes.send({"id": 1, "op": "count", "number": 0})
    assert pipes.read()["event"] == "done"
    pipes.send({"id": 1, "op": "cancel"}, {"id": 9, "op": "cancel"}, {"id": 2, "op": "count", "number": 0})
    assert pipes.read() == {"id": 2, "event": "done", "counted": 0}
    assert pipes.end() == []


@pytest.mark.parametrize("seed", range(5))
def test_every_request_ends_exactly_once(pipes: Pipes, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    requests: dict[int, dict[str, Any]] = {}
    for number in range(40):
        requests[number] = draw.choice(
            [
                {"op": "count", "number": draw.randrange(50)},
                {"op": "fail", "number": draw.randrange(1, 4)},
                {"op": "forever", "path": str(tmp_path / "tidied")},
                {"op": "unheard of"},
            ]
        )
        pipes.send({"id": number, **requests[number]})
        if draw.random() < 0.3:
            pipes.send({"id": draw.randrange(number + 1), "op": "cancel"})
    pipes.send(*({"id": number, "op": "cancel"} for number, asked in requests.items() if asked["op"] == "forever"))
    events = pipes.read_until_all_ended(set(requests)) + pipes.end()
    assert Counter(event["id"] for event in events if event["event"] in LAST) == dict.fromkeys(requests, 1)
    for number, asked in requests.items():
        own = [event for event in events if event["id"] == number]
        assert own[-1]["event"] in LAST
        if asked["op"] == "count" and own[-1]["event"] == "done":
            assert [event["number"] for event in own[:-1]] == list(range(asked["number"]))


@pytest.mark.parametrize("op", ["forever", "deep"])
def test_the_end_of_the_input_ends_it_and_everything_is_tidied(pipes: Pipes, tmp_path: Path, op: str) -> None:
    pipes.send({"id": 1, "op": op, "path": str(tmp_path / "tidied")})
    assert pipes.read()["event"] == "began"
    assert {event["event"] for event in pipes.end()} <= {"progress", "cancelled"}
    assert (tmp_path / "tidied").exists()


def test_nobody_reading_ends_it_without_a_word(pipes: Pipes) -> None:
    assert pipes.process.stdout is not None
    assert pipes.process.stderr is not None
    pipes.process.stdout.close()
    pipes.send({"id": 1, "op": "count", "number": 100_000})
    assert pipes.process.wait(timeout=30) == 0
    assert b"Traceback" not in pipes.process.stderr.read()


def test_progress_is_told_now_and_then_and_at_each_stage(pipes: Pipes, tmp_path: Path) -> None:
    pipes.send({"id": 1, "op": "deep", "path": str(tmp_path / "tidied")})
    assert pipes.read()["event"] == "began"
    assert pipes.read() == {"id": 1, "event": "progress", "stage": "digging", "share": 0.5}
    pipes.send({"id": 1, "op": "cancel"})
    # Thousands of steps are taken in a second, five of them at most are told.
    assert len(pipes.read_until_all_ended({1})) < 20
