"""Running the program as a user does: a process, its exit code, what it printed.

Hundreds of tests do so, and importing torch or Matplotlib is most of a short command. So it is forked from a process
that has imported them, and nothing of the program (`preload.py`).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tui_llm

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.cli.preload"])


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
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "0").write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
            process = _FORKS.Process(target=_main, args=(arguments, self.environment, Path.cwd(), folder))
            process.start()
            process.join(timeout)
            if process.exitcode is None:
                process.kill()
                raise subprocess.TimeoutExpired(list(arguments), timeout)
            out, err = ((folder / stream).read_bytes().decode() for stream in "12")
        return Answer(process.exitcode, out, err)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Run it and go on meanwhile."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
        )


def _main(arguments: Sequence[str], environment: Mapping[str, str], cwd: Path, folder: Path) -> None:
    """What `python -m tui_llm` does, with the files 0, 1 and 2 of `folder` for its streams."""
    import torch

    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    # torch has read OMP_NUM_THREADS already, where it was imported.
    torch.set_num_threads(int(environment.get("OMP_NUM_THREADS", os.cpu_count() or 1)))
    for stream, flags in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(folder / str(stream), flags), stream)
    streams = {
        "stdin": os.fdopen(0, closefd=False),
        "stdout": os.fdopen(1, "w", closefd=False),
        "stderr": os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False),
    }
    vars(sys).update(streams | {f"__{name}__": stream for name, stream in streams.items()})
    sys.argv = [str(Path(tui_llm.__file__).with_name("__main__.py")), *arguments]

    from tui_llm.cli.start import main

    main()
