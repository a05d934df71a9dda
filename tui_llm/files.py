"""Writing files so that a reader sees the old one or the new one, never half of one. Standard library only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power cut. Platforms that cannot open folders do not need it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """A file to write into that takes the place of `path` when the block ends well, and vanishes otherwise.

    With `durable`, it is on the disk when the block has ended.

    Raises:
        OSError: the disk is full or the folder cannot be written. `path` is then as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def write_atomically(path: Path, data: bytes | str, *, durable: bool = True) -> None:
    """Replace `path` by `data` in one step.

    Raises:
        OSError: as `replacing`.
    """
    with replacing(path, durable=durable) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)
