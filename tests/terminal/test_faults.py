"""What goes wrong is told in a sentence in the window, and the window stays."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import SENTENCES
from tests.screens.fakes import fake_run
from tests.terminal.conftest import Environment
from tests.terminal.terminal import Terminal
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.launch import new_run, start_worker
from tui_llm.runs.status import read_status

Train = Callable[[str], RunDirectory]


def test_a_corrupt_run(environment: Environment, tmp_path: Path) -> None:
    run = fake_run(tmp_path / "home", "novela", state="stopped")
    run.status_path.write_bytes(b'{"state": "runn')
    run.config_path.write_bytes(b"\xff\xfe = [")
    run.metrics_path.write_bytes(b"\x00" * 1000 + b'\n{"kind": "train"}\n[1, 2\n')
    shutil.rmtree(run.checkpoints_path)
    run.checkpoints_path.write_bytes(b"not a folder")
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("The status.json of run novela is damaged.")
        terminal.press("enter")
        terminal.until("is damaged")
        terminal.press("5")
        terminal.until("write a prompt")
        terminal.press("1")
        terminal.until("n new")
        terminal.press("q")
        assert terminal.end() == 0


def test_a_missing_tokenizer(environment: Environment, train: Train) -> None:
    run = train("novela")
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until(lambda: read_status(run).step > 400, 60)
        terminal.press("s")
        terminal.until("stopped", 30)
        shutil.rmtree(run.tokenizer_path)
        terminal.press("g")
        terminal.until("write a prompt")
        terminal.press("g")
        terminal.until("there is no tokenizer in", 60)
        terminal.press("q")
        assert terminal.end() == 0


def test_a_worker_that_fails_at_its_start(environment: Environment, tmp_path: Path) -> None:
    run = new_run({"data": {"texts": [str(tmp_path / "gone.txt")]}}, "novela", "x")
    start_worker(run)
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("failed", 60)
        terminal.until("There is no file or folder")
        terminal.press("enter")
        terminal.until("! There is no file or folder")
        terminal.press("q")
        assert terminal.end() == 0


def test_a_full_disk(environment: Environment, tmp_path: Path) -> None:
    """No file may be larger than four kilobytes: to a program that is a full disk."""
    text = tmp_path / "frases.txt"
    text.write_text("\n\n".join(SENTENCES * 4) + "\n", encoding="utf-8")
    limited = ["bash", "-c", f"ulimit -f 4; exec {sys.executable} -m tui_llm"]
    with Terminal(limited, environment) as terminal:
        terminal.until("Welcome")
        terminal.press("n")
        terminal.until("No text yet")
        terminal.type(str(text))
        terminal.press("enter")
        terminal.until("plain text, utf-8", 60)
        terminal.press("p")
        terminal.until("no space is left on the disk", 60)
        terminal.press("c")
        terminal.until("tokens per parameter", 60)
        terminal.press("s")
        terminal.until("failed", 60)
        terminal.until("! No space is left on the disk", 30)
        terminal.press("q")
        assert terminal.end() == 0
