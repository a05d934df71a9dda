"""Tests run in as many processes as there are cores. Each takes one thread: threads that wait for each other spin."""

from __future__ import annotations

import gc
import os

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_collection_finish() -> None:
    """What was imported stays: that the collector of cycles goes through it again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Whole texts and files do not become names of tests: unreadable, and different in each process where dated."""
    return argname if isinstance(val, str | bytes) and len(val) > 100 else None
