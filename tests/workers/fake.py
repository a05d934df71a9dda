"""A worker with operations that behave and misbehave as tests want it: `python -m tests.workers.fake`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tui_llm.errors import InputError
from tui_llm.workers.service import Asked, Job, Operation, Slices, serve


class Nothing(Asked, frozen=True):
    pass


class Number(Asked, frozen=True):
    number: int


class Place(Asked, frozen=True):
    path: str


def pid(_asked: Nothing, _job: Job) -> Slices:
    yield
    return {"pid": os.getpid(), "session": os.getsid(0)}


def count(asked: Number, job: Job) -> Slices:
    for number in range(asked.number):
        job.send("counted", may_wait=number % 2 == 0, number=number)
        yield
    return {"counted": asked.number}


def forever(asked: Place, job: Job) -> Slices:
    """Slices without an end; tidies up when it is cancelled."""
    try:
        job.send("began")
        while True:
            time.sleep(0.001)
            yield
    finally:
        Path(asked.path).write_text("tidied")


def untidy(_asked: Nothing, job: Job) -> Slices:
    """Fails while it tidies up."""
    try:
        job.send("began")
        while True:
            yield
    finally:
        raise InputError("it cannot be tidied.", "mend it.")


def deep(asked: Place, job: Job) -> Slices:
    """One slice that looks now and then whether it is still wanted."""
    yield
    try:
        job.send("began")
        while True:
            time.sleep(0.001)
            job.progress("digging", 0.5)
    finally:
        Path(asked.path).write_text("tidied")


def stuck(_asked: Nothing, job: Job) -> Slices:
    """One slice that nothing interrupts."""
    job.send("began")
    time.sleep(60)
    yield
    return {}


def fail(asked: Number, _job: Job) -> Slices:
    yield
    if asked.number == 1:
        raise InputError("it is wrong.", "mend it.")
    if asked.number == 2:
        raise PermissionError(13, "Permission denied", "/some/file")
    if asked.number == 3:
        raise MemoryError
    raise ValueError("a defect")


def die(_asked: Nothing, _job: Job) -> Slices:
    yield
    os.write(2, b"first words\nlast words\n")
    os._exit(3)


def noise(_asked: Nothing, _job: Job) -> Slices:
    """What libraries do: print, write to the descriptor, start a program that prints, read."""
    print("noise of print")
    sys.stdout.flush()
    os.write(1, b"noise of a write\n")
    subprocess.run(["echo", "noise of a program"], check=True)
    yield
    return {"read": sys.stdin.read()}


def large(asked: Number, job: Job) -> Slices:
    job.send("much", text="x" * asked.number)
    yield
    return {}


def exists(asked: Place, _job: Job) -> Slices:
    yield
    return {"exists": Path(asked.path).exists()}


if __name__ == "__main__":
    serve(
        {
            "pid": Operation(Nothing, pid, "telling the number"),
            "count": Operation(Number, count, "counting"),
            "forever": Operation(Place, forever, "waiting"),
            "untidy": Operation(Nothing, untidy, "tidying"),
            "deep": Operation(Place, deep, "digging"),
            "stuck": Operation(Nothing, stuck, "sticking"),
            "fail": Operation(Number, fail, "failing"),
            "die": Operation(Nothing, die, "dying"),
            "noise": Operation(Nothing, noise, "making noise"),
            "large": Operation(Number, large, "sending much"),
            "exists": Operation(Place, exists, "looking"),
        }
    )
