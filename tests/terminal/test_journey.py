"""A whole visit in a real terminal: from a novel to a model that writes, by keys alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Environment
from tests.terminal.terminal import Terminal
from tui_llm.runs.catalogue import find_run
from tui_llm.runs.checkpoints import list_checkpoints
from tui_llm.runs.status import read_status

NOVELS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "es" / "novelas.txt"


@pytest.mark.skipif(not NOVELS.exists(), reason=f"{NOVELS} is not there")
def test_from_a_novel_to_a_model_that_writes(environment: Environment) -> None:
    with Terminal.of_program(environment=environment) as terminal:
        choose_and_prepare(terminal)
        terminal.press("enter")
        terminal.until("tokens per parameter", 60)
        terminal.press("s")
        first = loss(terminal, 120)
        terminal.until(lambda: shown_loss(terminal) < first - 0.3, 120)
        terminal.press("q")
        assert terminal.end() == 0
        assert b"still training: novelas-1" in terminal.received
        assert terminal.is_clean()

    left_at = read_status(find_run("novelas-1")).step
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("running")
        terminal.press("enter")
        terminal.until("tokens/s")
        terminal.until(lambda: read_status(find_run("novelas-1")).step > left_at, 60)
        terminal.press("p")
        terminal.until("paused", 30)
        terminal.press("p")
        terminal.until("running", 30)
        before = len(list_checkpoints(find_run("novelas-1")))
        terminal.press("c")
        terminal.until(lambda: len(list_checkpoints(find_run("novelas-1"))) > before, 60)
        terminal.settle(5)  # until the dashboard knows of it, too
        terminal.press("g")
        write(terminal)
        terminal.press("4")
        terminal.until("p pause")
        terminal.press("S")
        terminal.until("stopped", 60)
        terminal.press("q")
        assert terminal.end() == 0
    assert read_status(find_run("novelas-1")).state == "stopped"


def choose_and_prepare(terminal: Terminal) -> None:
    """From the greeting of an empty home to a novel that is cut into tokens."""
    terminal.until("Welcome")
    terminal.press("n")
    terminal.until("No text yet")
    terminal.type(str(NOVELS.with_name("nov")))
    terminal.until("novelas.txt")
    terminal.press("tab", "enter")
    terminal.until("language   Spanish", 60)
    terminal.press("p")
    terminal.until("prepared:", 120)


def write(terminal: Terminal) -> None:
    """Ask the model to go on from a prompt, and wait until it has."""
    terminal.until("write a prompt")
    terminal.press("p")
    terminal.type("Fortunata ")
    terminal.press("enter")
    terminal.until("bits/token", 120)


def shown_loss(terminal: Terminal) -> float:
    """The training loss that the dashboard shows; infinite while it shows none."""
    found = re.search(r"train (\d+\.\d+)", terminal.text)
    return float(found.group(1)) if found else float("inf")


def loss(terminal: Terminal, seconds: float) -> float:
    """Wait for the first loss on the dashboard, and give it."""
    terminal.until(lambda: shown_loss(terminal) < 100, seconds)
    return shown_loss(terminal)
