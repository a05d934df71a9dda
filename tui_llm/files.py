"""Writing files so that a reader sees the old one or the new one, never half of one. Standard library only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power cut. Platforms that cannot open folders do not need it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, data: bytes | str, *, durable: bool = True) -> None:
    """Replace `path` by `data` in one step; with `durable`, it is on the disk when this returns.

    Raises:
        OSError: the disk is full or the folder cannot be written. `path` is then as it was.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)
