"""The whole lines that are appended to a file, a chunk at a time. Imports only the standard library."""

from __future__ import annotations

from pathlib import Path

#: The most bytes given at once. Small enough to stay in a processor's cache while they are decoded.
CHUNK = 1 << 18

#: So many bytes before the place reached are compared on each look, to notice another file under the same name.
_ANCHOR = 64


class LineTail:
    """Gives what was appended to `path` since the last look, in chunks of whole lines."""

    def __init__(self, path: Path, skip_to_last: int | None = None) -> None:
        """With `skip_to_last`, only the last so many bytes of what is there at the first look are read."""
        self.path = path
        self.restarted = False
        """Whether the last look found another file, or a shorter one: what was given before it no longer counts."""
        self.reached = 0
        """The bytes read or skipped so far."""
        self.size = 0
        """The file's size at the last look."""
        self._anchor = b""
        self._skip_to_last = skip_to_last
        self._seen: tuple[int, int, int] | None = None

    def read(self) -> bytes:
        """The next whole lines, `CHUNK` bytes of them at most; nothing if there is no more for now.

        A line that is half written waits for its end; one longer than a chunk is given in pieces.

        Raises:
            OSError: the file is there but cannot be read.
        """
        self.restarted = False
        try:
            stat = self.path.stat()
            self.size = stat.st_size
            seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if seen == self._seen:
                return b""
            data = self._read_on()
        except FileNotFoundError:
            self._restart()
            self.size, self._seen = 0, None
            return b""
        end = data.rfind(b"\n") + 1
        if not end and len(data) >= CHUNK:
            end = len(data)
        new = data[:end]
        self.reached += end
        self._anchor = (self._anchor + new[-_ANCHOR:])[-_ANCHOR:]
        self._seen = seen if not new else None  # looked at again until a look gives nothing
        return new

    def _read_on(self) -> bytes:
        with self.path.open("rb", buffering=0) as file:
            file.seek(self.reached - len(self._anchor))
            if file.read(len(self._anchor)) != self._anchor:
                self._restart()
            if self.reached == 0 and self._skip_to_last is not None and self.size > self._skip_to_last:
                self.reached = self.size - self._skip_to_last
            file.seek(self.reached)
            return file.read(CHUNK)

    def _restart(self) -> None:
        self.restarted = self.reached > 0
        self.reached = 0
        self._anchor = b""
