"""The loop of a worker that answers requests over pipes: JSON lines in, JSON lines out. No torch, no faces.

A request is `{"id": 7, "op": "tokenize", ...}`. Its answers are `{"id": 7, "event": ...}`; the last one, and no other,
is "done", "error" (`what` and `hint`, a sentence each) or "cancelled". `{"op": "cancel", "id": 7}` ends request 7 soon.
The end of the input ends the worker, so it dies with whoever started it, however that dies.

Operations are generators: between two of their slices others have their turn, and there they can be cancelled.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, NoReturn, TypeVar

import msgspec

from tui_llm.errors import InputError, RunFailedError, UserError, from_os_error

#: Seconds between two flushes of events that may wait.
FLUSH_INTERVAL = 0.05

#: Seconds between two events that tell of the progress of one stage.
PROGRESS_INTERVAL = 0.2

#: Bytes of answers that may wait for a flush; fewer would be flushed by Python whenever there are as many.
_BUFFER = 1 << 20

#: Seconds that are left for tidying up after the end of the input; no library's code can hold the worker longer.
_GRACE = 1.0

#: The hint where no user could have done better.
_OURS = "this is a defect; please report it."

Fields = dict[str, Any]
Slices = Generator[None, None, Fields]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the fields of a request have in common: a misspelt one is an error, not a silence."""


RequestT = TypeVar("RequestT", bound=Asked)


class Cancelled(BaseException):
    """The request is not wanted any more. Not an `Exception`: no reader may take it for a failure of a file."""


class Job:
    """A request that is being answered, as its operation sees it."""

    def __init__(self, number: int, channel: Channel) -> None:
        self.cancelled = threading.Event()
        self._number = number
        self._channel = channel
        self._stage = ""
        self._told_at = 0.0

    def send(self, event: str, *, may_wait: bool = False, **fields: Any) -> None:
        """Answer with an event; one that `may_wait` goes out together with others."""
        self._channel.send({"id": self._number, "event": event, **fields}, may_wait=may_wait)

    def check(self) -> None:
        """Leave the operation if its request was cancelled: for the long ways between two slices.

        Raises:
            Cancelled: it was.
        """
        if self.cancelled.is_set():
            raise Cancelled

    def progress(self, stage: str, share: float, **fields: Any) -> None:
        """Tell that `share` (0 to 1) of `stage` is done, and `fields`, now and then; a `check`, too."""
        self.check()
        now = time.monotonic()
        if stage != self._stage or now - self._told_at >= PROGRESS_INTERVAL:
            self._stage, self._told_at = stage, now
            self.send("progress", stage=stage, share=share, **fields)


@dataclass(frozen=True)
class Operation(Generic[RequestT]):
    """What a worker does on request: the request's fields, the work, and what it is called in an error ("reading")."""

    request: type[RequestT]
    work: Callable[[RequestT, Job], Slices]
    doing: str


def serve(operations: Mapping[str, Operation[Any]]) -> NoReturn:
    """Answer requests on standard input until it ends, and end the process. What is printed goes to standard error."""
    for name in ("SIGINT", "SIGHUP"):  # of the terminal of whoever started it: not meant for this process
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    requests, answers = _take_pipes()
    service = _Service(operations, Channel(answers))
    threading.Thread(target=service.listen, args=(requests,), name="requests", daemon=True).start()
    with contextlib.suppress(BrokenPipeError):  # nobody reads any more
        service.work()
    # What has to be tidied up is; taking torch apart would make whoever closes the worker wait for a second.
    os._exit(0)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for ourselves; a library that reads finds nothing, what it prints is no answer."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=_BUFFER)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


class Channel:
    """Writes events, each a line; those that may wait at most every `FLUSH_INTERVAL`. Any thread may send."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._waiting = False
        self._flushed_at = 0.0

    def send(self, event: Fields, *, may_wait: bool = False) -> None:
        """Write `event` after those before it."""
        with self._lock:
            self._file.write(msgspec.json.encode(event) + b"\n")
            self._waiting = True
        self.flush(only_if_due=may_wait)

    def flush(self, *, only_if_due: bool = False) -> None:
        """Send off what waits; `only_if_due`, not sooner than an interval after the last time."""
        with self._lock:
            now = time.monotonic()
            if self._waiting and not (only_if_due and now - self._flushed_at < FLUSH_INTERVAL):
                self._file.flush()
                self._waiting, self._flushed_at = False, now


class _Service:
    """The requests that are being answered, a slice of each in turn."""

    def __init__(self, operations: Mapping[str, Operation[Any]], channel: Channel) -> None:
        self._operations = operations
        self._channel = channel
        self._jobs: dict[int, Job] = {}
        self._new: queue.SimpleQueue[tuple[int, Fields] | None] = queue.SimpleQueue()
        self._turns: deque[tuple[int, Job, Slices]] = deque()
        self._ended = False

    def listen(self, file: BinaryIO) -> None:
        """Take requests from `file`; at its end, cancel everything and end the process. Runs in a thread of its own."""
        try:
            for line in file:
                self._hear(line)
        finally:
            self._ended = True
            for job in list(self._jobs.values()):
                job.cancelled.set()
            self._new.put(None)
            time.sleep(_GRACE)
            os._exit(0)

    def _hear(self, line: bytes) -> None:
        try:
            request = json.loads(line)
            number, name = request["id"], request["op"]
            if type(number) is not int or not isinstance(name, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            self._misunderstood(line)
            return
        if name == "cancel":
            job = self._jobs.get(number)
            if job is not None:  # it may have ended meanwhile
                job.cancelled.set()
        elif number in self._jobs:
            self._misunderstood(line)
        else:
            self._jobs[number] = Job(number, self._channel)
            self._new.put((number, request))

    def _misunderstood(self, line: bytes) -> None:
        shown = line[:80].decode("utf-8", "replace").strip()
        told = {"what": f"a request was not understood: {shown}.", "hint": _OURS}
        self._channel.send({"id": None, "event": "error", **told})

    def work(self) -> None:
        """Give every request its turns until the input has ended."""
        while not self._ended:
            self._channel.flush(only_if_due=bool(self._turns))
            self._take_new()
            if self._turns:
                self._slice(*self._turns.popleft())
        for _, _, slices in self._turns:
            slices.close()

    def _take_new(self) -> None:
        """Begin what was asked for since; with nothing else to do, wait for it."""
        with contextlib.suppress(queue.Empty):
            while (new := self._new.get(block=not self._turns)) is not None:
                self._begin(*new)

    def _begin(self, number: int, request: Fields) -> None:
        job = self._jobs[number]
        operation = self._operations.get(request["op"])
        if operation is None:
            self._end(number, _error_fields(InputError(f"there is no operation {request['op']!r}.", _OURS)))
            return
        fields = {name: value for name, value in request.items() if name not in ("id", "op")}
        self._turns.append((number, job, _slices(operation, fields, job)))

    def _slice(self, number: int, job: Job, slices: Slices) -> None:
        """One slice of one request, and its end if that comes."""
        try:
            if job.cancelled.is_set():
                slices.throw(Cancelled())
            next(slices)
        except StopIteration as ended:
            self._end(number, {"event": "done", **ended.value})
        except Cancelled:
            self._end(number, {"event": "cancelled"})
        except UserError as error:
            self._end(number, _error_fields(error))
        else:
            self._turns.append((number, job, slices))

    def _end(self, number: int, last: Fields) -> None:
        # Forgotten first: whoever hears of the end may use the number again.
        del self._jobs[number]
        self._channel.send({"id": number, **last})


def _slices(operation: Operation[Any], fields: Fields, job: Job) -> Slices:
    """The slices of `operation`; whatever it raises is told as a `UserError`."""
    yield
    try:
        return (yield from operation.work(msgspec.convert(fields, operation.request), job))
    except UserError:
        raise
    except msgspec.ValidationError as error:
        raise InputError(f"a request was not understood: {error}.", _OURS) from error
    except OSError as error:
        raise from_os_error(error, operation.doing) from error
    except Exception as error:  # a defect of ours, which must not end the other requests; the log has all of it
        if _is_out_of_memory(error):
            raise RunFailedError(
                f"there is no memory left for {operation.doing}.", "end what else uses it, or choose something smaller."
            ) from error
        traceback.print_exc()
        raise RunFailedError(f"an unexpected error: {repr(error)[:300]}.", "the worker's log has more.") from error


def _is_out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError):
        return True
    if "torch" not in sys.modules or not isinstance(error, RuntimeError):
        return False
    from tui_llm.training.devices import is_out_of_memory

    return is_out_of_memory(error)


def _error_fields(error: UserError) -> Fields:
    return {"event": "error", "what": error.what, "hint": error.hint}
