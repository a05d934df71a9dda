"""Running the program as a user does: a process, its exit code, what it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """How the program ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it is."""
        return json.loads(self.out)


class Program:
    """`tui-llm` with a home folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # One thread: models this small gain nothing from two, and lose much where the other core is busy.
        own = {"TUI_LLM_HOME": str(home), "COLUMNS": "200", "NO_COLOR": "1", "OMP_NUM_THREADS": "1"}
        self.environment = {**os.environ, **own}

    def command(self, *arguments: str) -> list[str]:
        """The words that start it with `arguments`."""
        return [sys.executable, "-m", "tui_llm", *arguments]

    def __call__(self, *arguments: str, stdin: str | bytes = b"", timeout: float = 120) -> Answer:
        """Run it to its end."""
        done = subprocess.run(
            self.command(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=self.environment,
            timeout=timeout,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Run it and go on meanwhile."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
        )
