"""Workers that answer over pipes, as the app sees them: started when first asked, kept warm, gone when the app is.
Imports the standard library, msgspec and the errors. The protocol is told in `workers/service.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tui_llm.errors import RunFailedError

Event = dict[str, Any]

#: Bytes of the longest line of an answer: the report on a thousand files takes megabytes.
_LONGEST_LINE = 1 << 28

#: Seconds that a worker has to end by itself when it is closed.
_GRACE = 3.0

#: Bytes at the end of what a worker printed in which its last words are looked for.
_LAST_WORDS = 2000


class WorkerProcess:
    """The process of one worker module, `tui_llm.workers.generate` for instance.

    It has a session of its own, so that nothing typed in the terminal reaches it, and nothing it prints reaches the
    terminal. It ends when its input does: with `close`, or with this process, however that ends.
    """

    def __init__(self, module: str, log: Path | None = None) -> None:
        """`log` is appended to; its folder is made if need be. Without one, what the worker prints is kept for its last
        words alone.
        """
        self._module = module
        self._log = log
        self._numbers = itertools.count(1)
        self._changing = asyncio.Lock()
        self._running: _Running | None = None
        self._ending: set[_Running] = set()

    async def ask(self, op: str, **fields: Any) -> AsyncGenerator[Event, None]:
        """Ask for `op` and yield every event of the answer, the last one being "done".

        Whoever stops iterating, or is cancelled meanwhile, cancels the request. Paths may be among the `fields`.

        Raises:
            RunFailedError: the worker answered with an error, died, was closed or killed, or cannot be started.
        """
        number = next(self._numbers)
        running = await self._start()
        events = running.send(number, {"op": op, **fields})
        try:
            while True:
                event = await events.get()
                if isinstance(event, RunFailedError):
                    raise event
                yield event
                if event["event"] == "done":
                    return
        finally:
            running.forget(number)

    async def result(self, op: str, **fields: Any) -> Event:
        """Ask for `op` and give its "done" event, for work that nobody watches.

        Raises:
            RunFailedError: as `ask`.
        """
        async with contextlib.aclosing(self.ask(op, **fields)) as events:
            return [event async for event in events][-1]

    async def close(self) -> None:
        """End the worker, by force if it does not end by itself. It would be started anew if asked again."""
        async with self._changing:
            if self._running is not None:
                await self._running.close()
            self._running = None
            await asyncio.gather(*(killed.wait() for killed in self._ending))
            self._ending.clear()

    def kill(self) -> None:
        """End the worker at once, whatever it is doing: for work that cannot be interrupted otherwise."""
        if self._running is not None:
            self._running.kill()
            self._ending.add(self._running)
            self._running = None

    async def _start(self) -> _Running:
        async with self._changing:
            if self._running is None or self._running.ended:
                try:
                    self._running = await _Running.start(self._module, self._log)
                except OSError as error:
                    reason = error.strerror or str(error)
                    raise RunFailedError(
                        f"the process {self._module} cannot be started: {reason}.", "see tui-llm doctor."
                    ) from error
            return self._running


class _Running:
    """One process from its start to its end, and the requests that wait for its answers."""

    def __init__(self, module: str, process: asyncio.subprocess.Process, printed: BinaryIO, before: int) -> None:
        """`printed`: the file of its standard error, of which the first `before` bytes are not its own."""
        self.ended = False
        self._module = module
        self._process = process
        self._printed = printed
        self._before = before
        self._reason = RunFailedError("the work was broken off.", "begin it again.")
        self._is_ours = False
        self._waiting: dict[int, asyncio.Queue[Event | RunFailedError]] = {}
        self._reader = asyncio.create_task(self._read(), name=f"answers of {module}")

    @classmethod
    async def start(cls, module: str, log: Path | None) -> _Running:
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
        # Closed when the process has ended.
        printed: BinaryIO = tempfile.TemporaryFile() if log is None else log.open("ab+")  # noqa: SIM115
        before = printed.seek(0, os.SEEK_END)
        try:
            process = await asyncio.create_subprocess_exec(
                # -P: a file of the user's that happens to be called random.py must not be imported.
                *(sys.executable, "-P", "-m", module),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=printed,
                limit=_LONGEST_LINE,
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        except BaseException:
            printed.close()
            raise
        return cls(module, process, printed, before)

    def send(self, number: int, fields: Event) -> asyncio.Queue[Event | RunFailedError]:
        """Send request `number`; its events come into the queue, and at last "done" or an error."""
        events: asyncio.Queue[Event | RunFailedError] = asyncio.Queue()
        if self.ended:
            events.put_nowait(self._reason)
        else:
            self._waiting[number] = events
            self._write({"id": number, **fields})
        return events

    def forget(self, number: int) -> None:
        """Nobody waits for request `number` any more: have it cancelled if it has not ended."""
        if self._waiting.pop(number, None) is not None:
            self._write({"id": number, "op": "cancel"})

    def _write(self, request: Event) -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps(request, default=os.fspath).encode() + b"\n")

    async def _read(self) -> None:
        """Give every event to whoever waits for it, until the process has ended."""
        assert self._process.stdout is not None
        try:
            while (line := await self._process.stdout.readline()).endswith(b"\n"):  # the last one may be torn
                self._tell(msgspec.json.decode(line))
        finally:
            await self._end_process()
            self.ended = True
            if not self._is_ours:
                self._reason = self._death()
            self._printed.close()
            for events in self._waiting.values():
                events.put_nowait(self._reason)
            self._waiting.clear()

    def _tell(self, event: Event) -> None:
        events = self._waiting.get(event["id"])
        if events is None:  # nobody waits for it any more
            return
        if event["event"] in ("done", "error", "cancelled"):
            del self._waiting[event["id"]]
        match event["event"]:
            case "error":
                events.put_nowait(RunFailedError(event["what"], event["hint"]))
            case "cancelled":  # not by `forget`: the worker was closed
                events.put_nowait(self._reason)
            case _:
                events.put_nowait(event)

    def _death(self) -> RunFailedError:
        """That the process has died, with the last line that it printed, or else how it ended."""
        self._printed.seek(max(self._before, self._printed.seek(0, os.SEEK_END) - _LAST_WORDS))
        lines = self._printed.read().decode("utf-8", "replace").split("\n")
        words = [line.strip() for line in lines if line.strip()]
        code = self._process.returncode or 0
        ended = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return RunFailedError(
            f"the process {self._module} has died ({ended}){f', saying: {words[-1]}' if words else '.'}",
            "try again: it will be started anew.",
        )

    async def wait(self) -> None:
        """Return when the process has ended."""
        await asyncio.shield(self._reader)

    async def close(self) -> None:
        """Have the process end, and wait for it."""
        self._is_ours = True
        await self._end_process()
        await self.wait()

    async def _end_process(self) -> None:
        """Have the process end by itself or else by force, and wait for that."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _GRACE)
        except TimeoutError:
            self.kill()
            await self._process.wait()

    def kill(self) -> None:
        """End the process, and what it may have started, at once."""
        self._is_ours = True
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
