"""What the views of the Inspect screen have in common: they are about a place, may ask the worker, and say what is
wrong. Imports Textual and `processes`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui_llm.errors import UserError
from tui_llm.processes import Event, WorkerProcess
from tui_llm.runs.directory import RunDirectory
from tui_llm.translation import _, spoken

#: Seconds after which it is said that the worker is at work.
_PATIENCE = 0.3


@dataclass(frozen=True)
class Place:
    """Where one looks."""

    run: RunDirectory
    step: int


class View(Vertical):
    """One of the views. `remark` says in place what is going on, or what has gone wrong."""

    takes_text: ClassVar[bool] = False
    """Whether something can be typed for it."""

    def __init__(self, id: str, *, ascii_only: bool) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, classes="view")
        self.ascii_only = ascii_only
        self.remark_line = Static(classes="remark", markup=False)
        self._remark = ""

    def on_mount(self) -> None:
        self.remark_line.display = False

    @property
    def main(self) -> Widget | None:
        """What takes the focus; None while there is nothing to walk through."""
        raise NotImplementedError

    def remark(self, text: str, *, error: bool = False) -> None:
        """Say something in place; nothing, if it is empty."""
        self.remark_line.set_class(error, "-error")
        if text != self._remark:
            self._remark = text
            self.remark_line.update(text)
            self.remark_line.display = bool(text)


class ModelView(View):
    """A view that asks the worker about a checkpoint."""

    def __init__(self, id: str, worker: WorkerProcess, *, ascii_only: bool) -> None:  # noqa: A002
        super().__init__(id, ascii_only=ascii_only)
        self.place: Place | None = None
        self._worker = worker
        self._failed = False

    def look_at(self, place: Place | None, *, again: bool) -> None:
        """Show `place`; None: there is no checkpoint. What is shown already is not asked for again, and what has failed
        only if it is to be tried `again`.
        """
        if place == self.place and not (self._failed and again):
            return
        self.workers.cancel_node(self)
        another_run = place is None or self.place is None or place.run != self.place.run
        self.place, self._failed = place, False
        if another_run:
            self.remark("")
            self.clear()
        if place is not None:
            self.fetch()

    def clear(self) -> None:
        """Forget what was shown: it is about another run."""
        raise NotImplementedError

    def fetch(self) -> None:
        """Ask for what the place has to show."""
        raise NotImplementedError

    def ask(self, op: str, take: Callable[[Event], object], **fields: Any) -> None:
        """Ask the worker for `op` at the place, and `take` its answer. An earlier question is not wanted any more."""
        if self.place is not None:
            # Not yet a coroutine: another question may come before this one is begun.
            asking: Callable[[], Awaitable[None]] = partial(self._ask, self.place, op, take, fields)
            self.run_worker(asking, exclusive=True, group=op)

    async def _ask(self, place: Place, op: str, take: Callable[[Event], object], fields: dict[str, Any]) -> None:
        waiting = self.set_timer(_PATIENCE, self._tell_waiting)
        try:
            done = await self._worker.result(op, run=place.run.path, step=place.step, **fields)
        except UserError as error:
            self._failed = True
            self.remark(spoken(error), error=True)
        else:
            self.remark("")
            take(done)
        finally:
            waiting.stop()

    def _tell_waiting(self) -> None:
        self.remark(_("loading the model… (the first time this takes some seconds)"))
