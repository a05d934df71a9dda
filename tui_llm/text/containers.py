"""Opening files down to what they hold: through compression and archives. Imports signatures, sources, errors.

An `Entry` is one text (or table) ready to be read: a plain file, or a member of a zip or tar archive, already unpacked.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from tui_llm.errors import InputError, UserError, from_os_error
from tui_llm.text.signatures import (
    Archive,
    Compression,
    archive_of,
    compression_of,
    foreign_of,
    foreign_zip,
)
from tui_llm.text.sources import Source, printable

#: So many bytes of each text are looked at before it is read.
HEAD_BYTES = 1 << 18
#: A file compressed more often than this is not taken for text.
_LAYERS = 3
_BLOCK = 1 << 20
#: What lies in this buffer is lost where damaged data begins.
_UNPACKED_BLOCK = 1 << 16

Opener = Callable[[], BinaryIO]
OnSkip = Callable[[str, str], None]
OnRead = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One text: its name for people, its first bytes, and `open`, which gives all its bytes (unpacked) from the start.

    `is_packed`: these bytes come out of a compressed file or an archive.
    """

    name: str
    head: bytes
    compression: str | None
    is_packed: bool
    open: Opener

    @property
    def is_whole(self) -> bool:
        """Whether `head` is all there is."""
        return len(self.head) < HEAD_BYTES

    def open_seekable(self) -> BinaryIO:
        """The same bytes for formats that are not read from front to back; packed ones go to a temporary file first."""
        return _seekable(self.open) if self.is_packed else self.open()


class DamagedError(Exception):
    """Compressed data that breaks off or makes no sense."""


@contextlib.contextmanager
def failures_told(name: str) -> Iterator[None]:
    """Turn what goes wrong while `name` is opened or read into an error for people."""
    try:
        yield
    except (DamagedError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise _damaged(name, error) from error
    except OSError as error:
        if error.errno is None:  # how gzip and bz2 say that the data is damaged
            raise _damaged(name, error) from error
        raise from_os_error(error, f"reading {name}") from error


def _damaged(name: str, error: Exception) -> InputError:
    reason = str(error).strip().rstrip(".")
    return InputError(f"{name} is damaged or incomplete ({reason}).", "fetch or make the file again.")


def entries(source: Source, on_skip: OnSkip, on_read: OnRead) -> Iterator[Entry]:
    """What `source` holds: itself, or the readable members of an archive, sorted by name.

    `on_skip(name, reason)` hears of the members left out; `on_read(n)` of every `n` raw bytes read from the file.

    Raises:
        InputError: it is not text but something known (a PDF, an image), or damaged.
        RunFailedError: it must not be read.
    """
    yield from _unpack(source.name, lambda: _counted(source, on_read), on_skip, inside=False)


def _unpack(name: str, opener: Opener, on_skip: OnSkip, *, inside: bool) -> Iterator[Entry]:
    compressions: list[Compression] = []
    with failures_told(name):
        head = _head(opener)
        while (compression := compression_of(head)) and len(compressions) < _LAYERS:
            compressions.append(compression)
            opener = partial(_decompress, compression, opener)
            head = _head(opener)
    archive = archive_of(head)
    if archive is None:
        if foreign := foreign_of(head):
            raise InputError(f"{name} is {foreign.what}, not text.", foreign.advice)
        yield Entry(name, head, "+".join(compressions) or None, inside or bool(compressions), opener)
    elif inside:
        raise InputError(
            f"{name} is an archive inside an archive.", "unpack the outer one first, then give the folder."
        )
    else:
        yield from _members(name, archive, opener, bool(compressions), on_skip)


def _members(name: str, archive: Archive, opener: Opener, compressed: bool, on_skip: OnSkip) -> Iterator[Entry]:
    with contextlib.ExitStack() as stack:
        with failures_told(name):
            file = stack.enter_context(_seekable(opener) if compressed else opener())
            members = _zip_members(name, file, stack) if archive == "zip" else _tar_members(file, stack)
        for member, open_member in sorted(members.items()):
            if any(part.startswith(".") or part == "__MACOSX" for part in member.split("/")):
                continue
            full = f"{name}/{member}"
            try:
                yield from _unpack(full, open_member, on_skip, inside=True)
            except UserError as error:
                on_skip(full, error.what)


def _zip_members(name: str, file: BinaryIO, stack: contextlib.ExitStack) -> dict[str, Opener]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
    except UnicodeDecodeError as error:  # a name that claims to be UTF-8 and is not
        raise DamagedError("a member's name cannot be read") from error
    members = [member for member in archive.infolist() if not member.is_dir()]
    if foreign := foreign_zip([member.filename for member in members]):
        raise InputError(f"{name} is {foreign.what}, not text.", foreign.advice)
    return {_zip_name(member): partial(_open_zip_member, archive, member) for member in members}


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The member's name. If it is not marked as UTF-8, zipfile reads it as code page 437; often it is UTF-8 even so."""
    if not member.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            return member.filename.encode("cp437").decode("utf-8")
    return printable(member.filename)


def _open_zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    if member.flag_bits & 1:
        raise InputError(
            f"{_zip_name(member)} is locked with a password.", "unpack the archive first, then give the folder."
        )
    try:
        return cast(BinaryIO, archive.open(member))
    except (NotImplementedError, UnicodeDecodeError) as error:
        raise DamagedError(str(error)) from error


def _tar_members(file: BinaryIO, stack: contextlib.ExitStack) -> dict[str, Opener]:
    archive = stack.enter_context(tarfile.TarFile(fileobj=file, errors="surrogateescape"))
    return {printable(member.name): partial(_open_tar_member, archive, member) for member in archive if member.isreg()}


def _open_tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    return cast(BinaryIO, archive.extractfile(member))


def _seekable(opener: Opener) -> BinaryIO:
    """A copy of a stream in a temporary file without a name."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    with opener() as stream:
        while block := stream.read(_BLOCK):
            copy.write(block)
    copy.seek(0)
    return cast(BinaryIO, copy)


def _head(opener: Opener) -> bytes:
    with opener() as stream:
        return stream.read(HEAD_BYTES)


def _decompress(compression: Compression, opener: Opener) -> BinaryIO:
    stream = opener()
    if compression == "gzip":
        return _Owning(gzip.GzipFile(fileobj=stream, mode="rb"), stream)
    if compression == "bzip2":
        return _Owning(bz2.BZ2File(stream), stream)
    if compression == "xz":
        return _Owning(lzma.LZMAFile(stream), stream)
    return _Owning(_ZstdReader(stream), stream)


class _Owning(io.BufferedReader):
    """Reads from `reader` and closes the `stream` under it too."""

    def __init__(self, reader: io.BufferedIOBase | io.RawIOBase, stream: BinaryIO) -> None:
        super().__init__(cast(io.RawIOBase, reader), _UNPACKED_BLOCK)
        self._stream = stream

    def close(self) -> None:
        super().close()
        self._stream.close()


class _ZstdReader(io.RawIOBase):
    """Zstandard frames one after the other. Unlike the library's own reader it says when the last one breaks off."""

    #: Little at a time: four bytes of it can stand for 128 KiB.
    _INPUT = 4096

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard

        self._stream = stream
        self._library = zstandard.ZstdDecompressor()
        self._error = zstandard.ZstdError
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._plain:
            if not self._packed:
                self._packed = self._stream.read(self._INPUT)
            if not self._packed:
                if self._frame is not None:
                    raise DamagedError("the compressed data breaks off")
                return 0
            self._plain = memoryview(self._next())
        count = min(len(buffer), len(self._plain))
        buffer[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _next(self) -> bytes:
        if self._frame is None:
            self._frame = self._library.decompressobj()
        try:
            plain = self._frame.decompress(self._packed)
        except self._error as error:
            raise DamagedError(str(error)) from error
        self._packed = b""
        if self._frame.eof:
            self._packed = self._frame.unused_data
            self._frame = None
        return plain


class _Counting(io.FileIO):
    """A file that tells `on_read` how many bytes were read."""

    def __init__(self, source: Source, on_read: OnRead) -> None:
        super().__init__(source.path)
        self._on_read = on_read

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        count = super().readinto(buffer)
        self._on_read(count or 0)
        return count


def _counted(source: Source, on_read: OnRead) -> BinaryIO:
    return io.BufferedReader(_Counting(source, on_read), _BLOCK)
