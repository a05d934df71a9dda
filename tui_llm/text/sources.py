"""Finding the files that a person means: files, folders, patterns, the standard input. Imports errors."""

from __future__ import annotations

import atexit
import glob
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui_llm.errors import InputError, from_os_error

STANDARD_INPUT = "standard input"
#: Endings that say how a file is compressed; the ending before them says what it holds.
COMPRESSED_ENDINGS = {".gz", ".bz2", ".xz", ".zst"}
_BLOCK = 1 << 20
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One raw file. `named`: the person named it, so failing to read it is an error; others are skipped and told."""

    name: str
    path: Path
    size: int
    named: bool


def printable(name: str) -> str:
    """`name` without the bytes that its file system could not express as characters."""
    return os.fsencode(name).decode("utf-8", "replace")


def ending_of(name: str) -> str:
    """The lower-case ending of a file's name, the compression's left out: `.txt` of `Libro.TXT.gz`."""
    path = Path(name)
    if path.suffix.lower() in COMPRESSED_ENDINGS:
        path = path.with_suffix("")
    return path.suffix.lower()


def find_sources(inputs: Sequence[str], spool: Path | None = None) -> list[Source]:
    """The files that `inputs` mean: in their order, each once; within a folder or a pattern sorted by path.

    Folders are searched to the bottom, hidden files and folders left out. Patterns (`*.txt`, `**`) are expanded. `-` is
    the standard input; it and pipes are copied to a file in `spool` first (None: a temporary folder that ends with the
    process).

    Raises:
        InputError: an input does not exist, a folder or pattern holds nothing.
        RunFailedError: a folder must not be read, or there is no room for the copy.
    """
    if not inputs:
        raise InputError("no text was given.", "name a file, a folder, an archive, or - for the standard input.")
    spooler = _Spooler(spool)
    sources: dict[Path, Source] = {}
    for given in inputs:
        for source in _find(given, spooler):
            key = source.path.resolve()
            if key not in sources or source.named:
                sources[key] = source
    return list(sources.values())


def fingerprint(sources: Sequence[Source]) -> str:
    """A key (hex, 64 digits) of the files' contents and endings, in their order; folders, names, dates do not count."""
    total = hashlib.blake2b(digest_size=32)
    for source in sources:
        content = hashlib.blake2b(digest_size=32)
        try:
            with source.path.open("rb") as file:
                while block := file.read(_BLOCK):
                    content.update(block)
        except OSError as error:
            if source.named:
                raise from_os_error(error, f"reading {source.name}") from error
            content.update(b"unreadable")
        total.update(content.digest() + ending_of(source.name).encode("utf-8", "replace") + b"\0")
    return total.hexdigest()


def _find(given: str, spooler: _Spooler) -> Iterator[Source]:
    name = printable(given)
    path = _existing(given)
    if given == "-":
        yield spooler.copy(sys.stdin.buffer, STANDARD_INPUT)
    elif path is not None and path.is_dir():
        found = list(_walk(path))
        if not found:
            raise InputError(f"the folder {name} holds no files.", "hidden files do not count; name another folder.")
        yield from found
    elif path is not None:
        yield _named(path, name, spooler)
    elif glob.has_magic(given):
        yield from _expand(given)
    else:
        raise InputError(
            f"there is no file or folder {name[:_LONGEST_NAME]}.",
            "check the spelling; a pattern such as 'texts/*.txt', or - for the standard input, is also understood.",
        )


def _existing(given: str) -> Path | None:
    for path in (given, os.path.expanduser(given)):  # noqa: PTH111 - Path.expanduser raises on an unknown user
        if os.path.exists(path):  # noqa: PTH110 - Path.exists raises on a name that is too long
            return Path(path)
    return None


def _named(path: Path, name: str, spooler: _Spooler) -> Source:
    status = path.stat()
    if stat.S_ISREG(status.st_mode):
        return Source(name, path, status.st_size, named=True)
    if stat.S_ISFIFO(status.st_mode):
        try:
            with path.open("rb") as pipe:
                return spooler.copy(pipe, name)
        except OSError as error:
            raise from_os_error(error, f"reading {name}") from error
    raise InputError(f"{name} is a device or a socket, not a file.", "name a file, a folder, or - for standard input.")


def _expand(pattern: str) -> Iterator[Source]:
    paths = map(Path, sorted(glob.glob(os.path.expanduser(pattern), recursive=True)))  # noqa: PTH111, PTH207
    sources = [source for path in paths for source in (_walk(path) if path.is_dir() else [_found(path)])]
    if not sources:
        raise InputError(f"no file matches {printable(pattern)}.", "check the pattern and the folder.")
    yield from sources


def _walk(folder: Path) -> Iterator[Source]:
    """Every file under `folder`. A folder in it that must not be read stands for itself: reading tells why it fails."""
    barred: dict[Path, OSError] = {}

    def bar(error: OSError) -> None:
        barred[Path(error.filename)] = error

    paths: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=bar):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(place, name) for name in files if not name.startswith(".")]
    if folder in barred:
        raise from_os_error(barred[folder], "reading the folder") from barred[folder]
    paths = [path for path in paths if path.is_file()]
    yield from map(_found, sorted(paths + list(barred)))


def _found(path: Path) -> Source:
    return Source(printable(str(path)), path, path.stat().st_size, named=False)


class _Spooler:
    """Copies what can be read only once to files."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._copies: dict[str, Source] = {}

    def copy(self, stream: BinaryIO, name: str) -> Source:
        if name not in self._copies:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="tui-llm-"))
                atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
            path = self._folder / f"spooled-{len(self._copies)}"
            try:
                with path.open("wb") as file:
                    shutil.copyfileobj(stream, file, _BLOCK)
            except OSError as error:
                raise from_os_error(error, f"copying {name} to a file") from error
            self._copies[name] = Source(name, path, path.stat().st_size, named=True)
        return self._copies[name]
