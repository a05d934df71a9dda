"""Whether a run's worker still lives. May import the standard library, psutil and `runs.status`."""

from __future__ import annotations

import os
import socket
import time
from typing import Any

import msgspec
import psutil

from tui_llm.runs.status import ACTIVE, Status

#: After so many seconds without a heartbeat, a worker that cannot be looked at is taken for gone.
SILENCE = 60.0

#: Two readings of one process's start may differ so much, in seconds: the system's boot time is a whole number.
_SAME_START = 2.0


def signed(status: Status, **changes: Any) -> Status:
    """Give `status` with `changes`, signed by this process, now.

    A worker signs every status it writes, also because a process's start moves whenever the clock is set.
    """
    return msgspec.structs.replace(
        status,
        pid=os.getpid(),
        pid_started=psutil.Process().create_time(),
        host=socket.gethostname(),
        heartbeat=time.time(),
        **changes,
    )


def worker_alive(status: Status) -> bool:
    """Whether the process that signed `status` still runs; from another host, whether its heart beat of late."""
    if status.pid is None or status.host != socket.gethostname():
        return time.time() - status.heartbeat <= SILENCE
    try:
        process = psutil.Process(status.pid)
        started = process.create_time()
        zombie = process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    return not zombie and abs(started - (status.pid_started or 0.0)) <= _SAME_START


def observed_state(status: Status) -> str:
    """The state as a face tells it: the one written, or `crashed` where the worker is gone without a word."""
    return "crashed" if status.state in ACTIVE and not worker_alive(status) else status.state
