"""Tests run in as many processes as there are cores. Each takes one thread: threads that wait for each other spin."""

from __future__ import annotations

import os

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
