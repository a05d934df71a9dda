"""Starting a run: its folder, its `run.toml`, its worker as a process of its own. May import the standard library, the
errors, `config`, `files` and `runs`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tui_llm.config import to_toml
from tui_llm.files import write_atomically
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import create_run

#: The module that trains the run whose folder is its argument.
TRAIN_WORKER = "tui_llm.workers.train"

#: After the folder: wait for the run's turn first.
QUEUE_FLAG = "--queue"


def new_run(request: Mapping[str, Any], name: str | None, stem: str) -> RunDirectory:
    """Make a run's folder with `request` as its `run.toml`; its worker completes what it chooses itself.

    Raises:
        InputError: the name is taken or cannot be a run's.
        OSError: the home folder cannot be written.
    """
    run = create_run(name, stem)
    write_atomically(run.config_path, to_toml(request))
    return run


def start_worker(run: RunDirectory, queue: bool = False) -> int:
    """Start the run's worker in a session of its own, so that it outlives whoever started it; give its pid.

    With `queue`, it waits until no other run is at work on this machine and its turn has come (`runs.queue`). What it
    prints goes to `worker.log`.

    Raises:
        OSError: the log cannot be written, or no process can be started.
    """
    with run.log_path.open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", TRAIN_WORKER, str(run.path), *([QUEUE_FLAG] if queue else [])],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    return worker.pid
