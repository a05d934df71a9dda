"""Textual's driver for terminals, which survives the loss of its line. Imports Textual.

Textual writes in a thread of its own, behind a queue of 30. Once the line is gone that thread dies of its first failed
write, nobody empties the queue, and whoever writes the thirty-first time waits forever: the app would never end.
"""

from __future__ import annotations

from typing import IO, Any, cast

from textual.driver import Driver


class _Line:
    """A terminal's file. Once a write failed for good, what is written goes nowhere: nobody is there to read it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._lost = False

    def write(self, text: str) -> int:
        if not self._lost:
            try:
                return self._file.write(text)
            except OSError:
                self._lost = True
        return len(text)

    def flush(self) -> None:
        if not self._lost:
            try:
                self._file.flush()
            except OSError:
                self._lost = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def surviving(driver: type[Driver]) -> type[Driver]:
    """`driver`, with a line whose loss it survives. One without a thread that writes (headless) is given back."""
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:  # no termios: Windows
        return driver
    if driver is not LinuxDriver:
        return driver

    class SurvivingDriver(LinuxDriver):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._file = cast(Any, _Line(cast(IO[str], self._file)))

    return SurvivingDriver
