"""The list of runs as data: a line for each, its columns, how they are ordered and filtered. Draws nothing.

Imports `runs`, the figures, the translation and the words of the widgets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_llm.figures import age, count, duration
from tui_llm.runs.catalogue import RunSummary
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.status import ACTIVE, Status
from tui_llm.translation import N_, STATES, _
from tui_llm.widgets.sparks import spark

#: The order that needs no column: the runs at work, then the others, the newest of each first.
RECENT = "recent"

_DAY = 86_400


@dataclass(frozen=True)
class Line:
    """What the list knows of a run."""

    summary: RunSummary
    losses: tuple[float, ...] = ()
    """The shape of its loss."""
    words: tuple[str, ...] = ()
    """The last that its worker printed, if it crashed."""
    place: int | None = None
    """Among the runs that wait for the device, from 1."""

    @property
    def name(self) -> str:
        return self.summary.name

    @property
    def state(self) -> str:
        return self.summary.state

    @property
    def status(self) -> Status | None:
        return self.summary.status

    @property
    def run(self) -> RunDirectory:
        return RunDirectory(Path(self.summary.path))

    @property
    def active(self) -> bool:
        """Whether a worker is at work on it or about to be."""
        return self.state in ACTIVE

    @property
    def share(self) -> float | None:
        """How much of its budget is spent, 0 to 1; while its text is prepared, how much of that stage is done."""
        status = self.status
        if status is None:
            return None
        if self.state == "finished":
            return 1.0
        if self.state == "preparing":
            return status.stage_share
        if status.max_steps:
            return min(1.0, status.step / status.max_steps)
        if status.budget_seconds:
            return min(1.0, status.elapsed / status.budget_seconds)
        return None

    @property
    def time_left(self) -> float | None:
        """Seconds, while it is at work."""
        return self.status.time_left if self.status and self.active else None

    @property
    def created(self) -> float:
        """Unix seconds."""
        return self.status.created if self.status else self.summary.active


@dataclass(frozen=True)
class Look:
    """How a cell is drawn."""

    width: int
    now: float
    ascii_only: bool


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    key: str
    title: str
    """To be translated."""
    width: int
    """The least it needs."""
    show: Callable[[Line, Look], str]
    rank: Callable[[Line], Any]
    """What it is sorted by; None goes last."""
    right: bool = True
    """Whether it is aligned to the right."""
    greatest_first: bool = False
    """Which way it is sorted when it is chosen."""


def share_bar(share: float | None, look: Look) -> str:
    """A bar and the per cent, in the whole width."""
    if share is None:
        return ""
    figure = f"{int(100 * share):>4d}%"
    length = look.width - len(figure)
    done = round(share * length)
    full, empty = "#." if look.ascii_only else "━─"
    return full * done + empty * (length - done) + figure


def printable(text: str) -> str:
    """`text` without what would disturb a terminal: any folder may lie among the runs."""
    return text if text.isprintable() else "".join(each if each.isprintable() else "?" for each in text)


def words_of(state: str) -> str:
    """The state in the language of the app."""
    return _(STATES.get(state, state))


def _field(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.status, name, None)


def _figure(rank: Callable[[Line], Any], form: Callable[[Any], str]) -> Callable[[Line, Look], str]:
    def show(line: Line, _look: Look) -> str:
        value = rank(line)
        return "" if value is None else form(value)

    return show


def _progress(line: Line, look: Look) -> str:
    if line.state == "queued":
        return _("place {number}").format(number=line.place) if line.place else ""
    return share_bar(line.share, look)


def _left(seconds: float) -> str:
    return duration(seconds) if seconds < _DAY else age(seconds)


def _natural(line: Line) -> list[tuple[int, int, str]]:
    """The name so that novelas-2 comes before novelas-10."""
    parts = re.findall(r"\d+|\D+", line.name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _losses(line: Line, look: Look) -> str:
    return spark(line.losses, look.width, ascii_only=look.ascii_only)


_parameters, _bits, _speed = _field("parameters"), _field("val_bits_per_byte"), _field("tokens_per_second")

COLUMNS = (
    Column("name", N_("name"), 15, lambda line, _look: printable(line.name), _natural, right=False),
    Column(
        "state",
        N_("state"),
        9,
        lambda line, _look: words_of(line.state),
        lambda line: list(STATES).index(line.state),
        right=False,
    ),
    Column("model", N_("model"), 6, _figure(_field("model"), str), _field("model"), right=False),
    Column("parameters", N_("params"), 7, _figure(_parameters, count), _parameters, greatest_first=True),
    Column("progress", N_("progress"), 10, _progress, lambda line: line.share, right=False, greatest_first=True),
    Column("bits", N_("bits/B"), 7, _figure(_bits, "{:.3f}".format), _bits),
    Column("speed", N_("tok/s"), 6, _figure(_speed, count), _speed, greatest_first=True),
    Column("left", N_("left"), 7, _figure(lambda line: line.time_left, _left), lambda line: line.time_left),
    Column(
        "age",
        N_("age"),
        6,
        lambda line, look: age(look.now - line.created),
        lambda line: -line.created,
    ),
    Column(
        "loss",
        N_("loss"),
        8,
        _losses,
        lambda line: line.status.train_loss if line.status else None,
        right=False,
    ),
)

#: Which columns are shown where there is not room for all: the first of these.
PRIORITY = ("name", "state", "progress", "bits", "left", "loss", "speed", "age", "parameters", "model")

#: What may grow where there is more room than all need, and up to where.
_GROWTH = {"name": 32, "loss": 24, "progress": 20}


def fit_columns(width: int, longest_name: int) -> list[tuple[Column, int]]:
    """The columns that fit into `width` characters with a space between them, and how wide each is."""
    widths: dict[str, int] = {}
    room = width
    states = max(len(_(word)) for word in STATES.values())
    needs = {column.key: max(column.width, len(_(column.title)) + 1) for column in COLUMNS} | {"state": states}
    for key in PRIORITY:
        need = needs[key] + (1 if widths else 0)
        if need > room:
            break
        widths[key] = needs[key]
        room -= need
    if not widths:
        widths, room = {"name": width}, 0
    for key, most in _GROWTH.items():
        if key in widths:
            wanted = min(most, longest_name) if key == "name" else most
            more = max(0, min(room, wanted - widths[key]))
            widths[key] += more
            room -= more
    return [(column, widths[column.key]) for column in COLUMNS if column.key in widths]


def ordered(lines: Iterable[Line], key: str, backwards: bool = False) -> list[Line]:
    """`lines` by the column `key` or by RECENT; those without a value last, whichever way it goes."""
    recent = sorted(lines, key=lambda line: (line.active, line.created if line.active else line.summary.active))
    recent.reverse()
    if key == RECENT:
        return recent[::-1] if backwards else recent
    column = next(column for column in COLUMNS if column.key == key)
    with_value = [line for line in recent if column.rank(line) is not None]
    without = [line for line in recent if column.rank(line) is None]
    return sorted(with_value, key=column.rank, reverse=column.greatest_first != backwards) + without


def matching(lines: Iterable[Line], text: str) -> list[Line]:
    """The lines in whose name, state, model or preset every word of `text` occurs."""
    words = text.casefold().split()
    return [line for line in lines if all(word in _sought(line) for word in words)]


def _sought(line: Line) -> str:
    status = line.status
    told = (line.name, line.state, words_of(line.state), status and status.model, status and status.preset)
    return "\n".join(word for word in told if word).casefold()


def turned(before: Iterable[Line], now: Iterable[Line], states: Collection[str]) -> list[Line]:
    """The lines of `now` that were at work `before` and have come to one of `states` since."""
    was_active = {line.name for line in before if line.active}
    return [line for line in now if line.name in was_active and line.state in states]
