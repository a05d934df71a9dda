"""The log pane of the dashboard: the worker's lines, events and alerts in words, filtered, followed. Imports Textual
and the words of the dashboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Log

from tui_llm.runs.log import LogEntry
from tui_llm.screens.training_words import GRAVE, alert_words, log_line
from tui_llm.translation import N_

if TYPE_CHECKING:
    from tui_llm.runs.alerts import Alert

#: The newest are kept.
_MOST_LINES = 2000


class LogPane(Log):
    """The newest lines, the last at the bottom. It follows them while its end is in sight."""

    HELP: ClassVar[str] = N_(
        """## Log

What the worker printed, and what happened, marked: `*` an event or a request, `?` a warning, `!` something grave. It
follows the newest lines while the end is in sight: scroll up and it stands still, **end** follows again. **/** shows
only the lines that hold a word, **y** copies the lines shown.
"""
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, max_lines=_MOST_LINES)
        self._all: list[str] = []
        self._entries: tuple[LogEntry, ...] = ()
        self._alerted: set[tuple[str, int | None]] = set()
        self._filter = ""

    def forget(self) -> None:
        """Another run is shown."""
        self._all, self._entries = [], ()
        self._alerted.clear()
        self.clear()

    def show(self, entries: tuple[LogEntry, ...], alerts: Sequence[Alert]) -> None:
        """Append what is new."""
        fresh = [log_line(entry) for entry in self._new(entries)]
        for alert in reversed(alerts):
            identity = alert.kind, alert.step
            if identity not in self._alerted:
                self._alerted.add(identity)
                fresh.append(f"         {'!' if alert.kind in GRAVE else '?'} {alert_words(alert)}")
        self._entries = entries
        if fresh:
            self._all = (self._all + fresh)[-_MOST_LINES:]
            self._append(fresh)

    def filter_by(self, text: str) -> None:
        """Show only the lines that hold `text`, whatever the case."""
        self._filter = text.casefold()
        self.clear()
        self._append(self._all)

    def text_shown(self) -> str:
        """The lines that the filter lets through."""
        return "\n".join(self._passing(self._all))

    def _new(self, entries: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
        if entries is self._entries or not self._entries:
            return () if entries is self._entries else entries
        last = self._entries[-1]
        for place in range(len(entries) - 1, -1, -1):
            if entries[place] is last:
                return entries[place + 1 :]
        return entries

    def _append(self, lines: Iterable[str]) -> None:
        passing = self._passing(lines)
        if passing:
            # Whoever scrolled up reads; nothing moves under the eyes.
            self.write_lines(passing, scroll_end=self.is_vertical_scroll_end)

    def _passing(self, lines: Iterable[str]) -> list[str]:
        return [line for line in lines if self._filter in line.casefold()]
