"""However the app ends, the terminal is left as it was found."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal


def test_q_leaves(environment: dict[str, str]) -> None:
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("1 Runs")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.is_clean()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_clean(environment: dict[str, str], number: int) -> None:
    with Terminal.of_program(environment=environment) as terminal:
        terminal.until("1 Runs")
        terminal.send_signal(number)
        assert terminal.end() == 128 + number
        assert terminal.is_clean()
        assert "Traceback" not in terminal.received.decode(errors="replace")


def test_a_lost_connection_ends_the_app(environment: dict[str, str]) -> None:
    terminal = Terminal.of_program(environment=environment)
    with terminal:
        terminal.until("1 Runs")
        terminal.hang_up()
        assert terminal.process.wait(timeout=30) == 128 + signal.SIGHUP


TALKATIVE = """
from time import sleep
from tui_llm.app import TuiApp

end = TuiApp._end_by

def end_after_much_talk(self, number):
    for _ in range(100):
        self._driver.write("x")
        sleep(0.001)
    end(self, number)

TuiApp._end_by = end_after_much_talk
from tui_llm.cli.start import main
main()
"""


def test_an_app_that_still_draws_ends_when_its_connection_is_lost(environment: dict[str, str]) -> None:
    with Terminal([sys.executable, "-c", TALKATIVE], environment) as terminal:
        terminal.until("1 Runs")
        terminal.hang_up()
        assert terminal.process.wait(timeout=30) == 128 + signal.SIGHUP


DEFECTIVE = """
from tui_llm.screens.runs import RunsScreen

def fail(self):
    raise ZeroDivisionError("a defect")

RunsScreen.action_new = fail
from tui_llm.cli.start import main
main()
"""


def test_a_defect_leaves_the_terminal_clean_and_a_sentence(environment: dict[str, str]) -> None:
    with Terminal([sys.executable, "-c", DEFECTIVE], environment) as terminal:
        terminal.until("Welcome")
        terminal.press("n")
        assert terminal.end() == 1
        assert terminal.is_clean()
        said = " ".join(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.received.decode(errors="replace")).split())
    assert "error: the app met a defect of its own: ZeroDivisionError('a defect')" in said
    assert "Traceback" not in said
    log = Path(environment["TUI_LLM_HOME"]) / "app.log"
    assert "ZeroDivisionError: a defect" in log.read_text(encoding="utf-8")
