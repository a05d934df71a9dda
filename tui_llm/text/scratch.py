"""Folders that come into being whole or not at all: made under a passing name, synced, renamed. Imports psutil, files.

A killed process leaves its passing folder behind; the next one that works in the same place removes it.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_llm.files import sync_folder

_NAME = re.compile(r"\.tmp-(\d+)-(.*)-[0-9a-f]{8}")

#: Seconds by which the clocks of a machine and of its file server may differ.
_CLOCK_SKEW = 60.0


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A new folder in `parent` (made if need be) that vanishes with the block, unless it was published.

    Raises:
        OSError: `parent` cannot be written.
    """
    parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(parent)
    folder = parent / f".tmp-{os.getpid()}-{_host()}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, target: Path) -> None:
    """Rename `folder` to `target`, once it is on the disk. If another process was first, its folder stays.

    Raises:
        OSError: the disk is full, or `target` cannot be made.
    """
    for place, _, names in os.walk(folder):
        for name in names:
            with (Path(place) / name).open("rb+") as file:
                os.fsync(file.fileno())
        sync_folder(Path(place))
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    sync_folder(target.parent)


def _remove_leftovers(parent: Path) -> None:
    for folder in parent.glob(".tmp-*"):
        named = _NAME.fullmatch(folder.name)
        if named and named[2] == _host() and not _is_makers(int(named[1]), folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_makers(pid: int, folder: Path) -> bool:
    """Whether process `pid` lives and may have made `folder`: one that began later only bears the number again."""
    import psutil

    try:
        return psutil.Process(pid).create_time() < folder.stat().st_mtime + _CLOCK_SKEW
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False


def _host() -> str:
    """Machines that share a file system do not see each other's processes."""
    return re.sub(r"[^\w.-]", "", platform.node())
