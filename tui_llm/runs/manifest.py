"""Whether a checkpoint's files are those that were written. May import the standard library, msgspec and the errors.

`manifest.json` names every other file of a checkpoint's folder with its size and SHA-256. It is written last.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from tui_llm.errors import InputError
from tui_llm.files import write_atomically

MANIFEST = "manifest.json"


class FileRecord(msgspec.Struct, frozen=True):
    """What a file has to be: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def write_manifest(folder: Path) -> None:
    """Write down the files that are in `folder`; they must not change any more.

    Raises:
        OSError: a file cannot be read, or the manifest cannot be written.
    """
    _write(folder, {path.name: _record(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST})


def amend_manifest(folder: Path, name: str) -> None:
    """Write down the file `name`, which was replaced, anew.

    Raises:
        OSError: as `write_manifest`.
    """
    _write(folder, {**read_manifest(folder), name: _record(folder / name)})


def read_manifest(folder: Path) -> dict[str, FileRecord]:
    """The files that belong to the checkpoint in `folder`; none if its manifest is missing or damaged."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, FileRecord])
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return {}


def size_fault(folder: Path) -> str | None:
    """What is wrong with `folder` as far as names and sizes tell, in one sentence; nothing if it seems whole."""
    manifest = read_manifest(folder)
    if not manifest:
        return f"{folder.name} has no readable {MANIFEST}."
    for name, record in manifest.items():
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError:
            return f"{name} is missing from {folder.name}."
        if size != record.size:
            return f"{name} of {folder.name} has {size} bytes instead of {record.size}."
    return None


def verify(folder: Path) -> None:
    """Read every file of a checkpoint and compare it with the manifest.

    Raises:
        InputError: a file is missing or damaged; the sentence says which.
        OSError: a file cannot be read.
    """
    fault = size_fault(folder)
    for name, record in read_manifest(folder).items():
        if fault is None and _sha256(folder / name) != record.sha256:
            fault = f"{name} of {folder.name} is damaged: its checksum differs."
    if fault:
        raise InputError(fault, "take another checkpoint of the run, or copy this one again from where it came.")


def _write(folder: Path, manifest: dict[str, FileRecord]) -> None:
    write_atomically(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")


def _record(path: Path) -> FileRecord:
    return FileRecord(path.stat().st_size, _sha256(path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
