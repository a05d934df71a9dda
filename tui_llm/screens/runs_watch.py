"""Looks at the home folder for the list of runs. Its `read` belongs into a thread: it opens files. No Textual.

The shapes of the losses are read a few at a time, those in sight first, and kept until their file changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from tui_llm.runs.catalogue import RunSummary, list_runs
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.log import last_words
from tui_llm.runs.queue import in_turn
from tui_llm.screens.runs_lines import Line

#: At most so many losses are read anew in one look; two hundred take a few looks.
LOSSES_A_LOOK = 50

#: Points of a loss's shape.
POINTS = 24

_WORDS = 3

Stamp = tuple[int, int]
"""A file's size and the moment of its last change, ns."""


class RunsWatch:
    """Remembers what it read, so that a look at many runs is cheap. Not for two threads at once."""

    def __init__(self) -> None:
        self._losses: dict[str, tuple[Stamp, tuple[float, ...]]] = {}
        self._words: dict[str, tuple[Stamp, tuple[str, ...]]] = {}

    def glance(self) -> list[Line]:
        """The runs by their status alone: what the first frame shows.

        Raises:
            OSError: the home folder cannot be read.
        """
        return self._lines(list_runs())

    def read(self, in_sight: Collection[str]) -> list[Line]:
        """The runs with the shapes of their losses, and the last words of those that crashed.

        Raises:
            OSError: the home folder cannot be read.
        """
        summaries = list_runs()
        self._read_losses(summaries, in_sight)
        for summary in summaries:
            if summary.state == "crashed":
                self._read_words(summary)
        states = {summary.name: summary.state for summary in summaries}
        self._losses = {name: kept for name, kept in self._losses.items() if name in states}
        self._words = {name: kept for name, kept in self._words.items() if states.get(name) == "crashed"}
        return self._lines(summaries)

    def _lines(self, summaries: Sequence[RunSummary]) -> list[Line]:
        places = {summary.name: number for number, summary in enumerate(in_turn(summaries), 1)}
        return [
            Line(
                summary,
                losses=self._losses[summary.name][1] if summary.name in self._losses else (),
                words=self._words[summary.name][1] if summary.name in self._words else (),
                place=places.get(summary.name),
            )
            for summary in summaries
        ]

    def _read_losses(self, summaries: Sequence[RunSummary], in_sight: Collection[str]) -> None:
        from tui_llm.runs.glimpse import loss_glimpse

        left = LOSSES_A_LOOK
        for summary in sorted(summaries, key=lambda summary: summary.name not in in_sight):
            path = _directory(summary).metrics_path
            stamp = _stamp(path)
            if stamp is None or self._losses.get(summary.name, (None,))[0] == stamp:
                continue
            self._losses[summary.name] = stamp, loss_glimpse(path, POINTS)
            left -= 1
            if not left:
                return

    def _read_words(self, summary: RunSummary) -> None:
        run = _directory(summary)
        stamp = _stamp(run.log_path)
        if stamp is not None and self._words.get(summary.name, (None,))[0] != stamp:
            self._words[summary.name] = stamp, last_words(run, _WORDS)


def _directory(summary: RunSummary) -> RunDirectory:
    return RunDirectory(Path(summary.path))


def _stamp(path: Path) -> Stamp | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
