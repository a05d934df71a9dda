"""Tests run in one process more than there are cores, for they wait now and then for what they have started. Each takes
one thread: threads that wait for each other spin.
"""

from __future__ import annotations

import gc
import os

import psutil
import pytest

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` are."""
    return (psutil.cpu_count(logical=False) or os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin: whoever were left with one of them at the end would run it alone."""
    items.sort(key=lambda item: item.path.parent.name != "terminal" and item.path.name != "test_readme.py")


def pytest_collection_finish() -> None:
    """What was imported stays: that the collector of cycles goes through it again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Whole texts and files do not become names of tests: unreadable, and different in each process where dated."""
    return argname if isinstance(val, str | bytes) and len(val) > 100 else None
