"""However the app ends, the terminal is left as it was found."""

from __future__ import annotations

import signal

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
        assert terminal.process.wait(timeout=10) == 128 + signal.SIGHUP
