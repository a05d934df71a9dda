"""The program in a real pseudo-terminal, with pyte as the screen: what a person over SSH types and sees."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import pyte

#: Keys by name, as a terminal sends them.
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "space": " ",
}


class Terminal:
    """A terminal of `columns` by `rows` in which `command` runs. Use it as a context: nothing outlives it."""

    def __init__(
        self, command: list[str], environment: Mapping[str, str], *, columns: int = 80, rows: int = 24
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        """All that the program has sent."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0) and None,
        )

    @classmethod
    def of_program(cls, *arguments: str, environment: Mapping[str, str], columns: int = 80, rows: int = 24) -> Terminal:
        """`tui-llm ARGUMENTS` in a terminal."""
        return cls([sys.executable, "-m", "tui_llm", *arguments], environment, columns=columns, rows=rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for end in (self._master, self._slave):
            if end >= 0:
                os.close(end)

    def hang_up(self) -> None:
        """Close the line, as a lost connection does: the kernel tells the program, and nobody reads any more."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def read(self, seconds: float) -> bool:
        """Take what the program sends within `seconds`; whether anything came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        data = os.read(self._master, 1 << 16)
        self.received += data
        # pyte takes the private "CSI > ... u" of the kitty keyboard for a cursor's return.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return bool(data)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys: str) -> None:
        """Press keys, by name or as themselves, one after the other, as a hand would."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            self.settle(0.05)

    def type(self, text: str) -> None:
        """Type a text quickly."""
        os.write(self._master, text.encode())
        self.settle(0.05)

    def settle(self, seconds: float) -> None:
        """Go on reading for `seconds`."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self.read(left)

    def until(self, holds: str | Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until the screen shows a text, or something holds; fail with the screen if it never does."""
        ends = time.monotonic() + seconds
        while not (holds in self.text if isinstance(holds, str) else holds()):
            if time.monotonic() > ends:
                raise AssertionError(f"{holds!r} never came about; the screen shows:\n{self.text}")
            self.read(0.05)

    def send_signal(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self, seconds: float = 10.0) -> int:
        """Wait for the program to end, reading what it still says; give its exit code."""
        ends = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > ends:
                raise AssertionError(f"the program does not end; the screen shows:\n{self.text}")
            self.read(0.05)
        while self.read(0.05):
            pass
        return self.process.returncode

    def is_clean(self) -> bool:
        """Whether the terminal is as it was found: its modes, the normal screen, the cursor, no mouse reports."""
        sent = bytes(self.received)
        switched = all(
            sent.rfind(f"\x1b[?{mode}{off}".encode()) > sent.rfind(f"\x1b[?{mode}{on}".encode())
            for mode, on, off in (("1049", "h", "l"), ("25", "l", "h"), ("1000", "h", "l"), ("2004", "h", "l"))
            if f"\x1b[?{mode}{on}".encode() in sent
        )
        return switched and termios.tcgetattr(self._slave) == self.before


def wait_dead(pid: int, seconds: float = 10.0) -> None:
    """Wait until no process has `pid`."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} is still there")


HANGUP, TERMINATE = signal.SIGHUP, signal.SIGTERM
