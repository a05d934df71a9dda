"""Appending whole lines to a file. Imports only the standard library; `runs.tail` reads what is appended."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self


class LineWriter:
    """Appends lines, each with one write to the file's end, so that lines stay whole whoever else appends."""

    def __init__(self, path: Path) -> None:
        """Open `path` to append, making it if it is missing.

        Raises:
            OSError: the file cannot be opened.
        """
        self._torn = _ends_torn(path)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o666)

    def append(self, text: bytes) -> None:
        """Append `text`, which has no line break, as a line of its own.

        Raises:
            OSError: the disk is full, for one. The torn line is skipped by readers; writing may be tried again.
        """
        line = text + b"\n"
        left = b"\n" + line if self._torn else line
        self._torn = True
        while left:  # a second turn only when the disk has filled up, to learn of the error
            left = left[os.write(self._descriptor, left) :]
        self._torn = False

    def close(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _ends_torn(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            return file.read() not in (b"", b"\n")
    except FileNotFoundError:
        return False
