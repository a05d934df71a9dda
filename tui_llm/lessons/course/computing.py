"""Figures and answers of lessons, computed: for the worker, and for the command. Imports what the lessons import.

What was drawn is kept, for knobs are turned to and fro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from tui_llm.errors import InputError
from tui_llm.lessons.course.drawings import sent
from tui_llm.lessons.course.kit import RUN, TEXT, Value, Words, as_number, load
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.runs.catalogue import find_run, latest_run
from tui_llm.runs.checkpoints import last_checkpoint
from tui_llm.runs.directory import RunDirectory
from tui_llm.text.reading import ReadOptions, ReadReport, read_pieces
from tui_llm.text.sources import find_sources
from tui_llm.text.stories import SEPARATOR, stories

#: Characters of the learner's text that a figure is given at most: enough to count pairs, quick to go through.
TEXT_LIMIT = 200_000

#: Stories that stand in for it.
_STORIES = 100

#: Drawings that are kept.
_KEPT = 256


def draw(
    folder: str,
    name: str,
    language: str,
    values: Mapping[str, Value],
    texts: Sequence[str] = (),
    run: str | None = None,
) -> list[dict[str, Any]]:
    """The figure `name` of the lesson in `folder`, as it goes over a pipe (`drawings.received` reads it).

    Args:
        folder: the lesson's folder.
        name: the figure's.
        language: of the words in it.
        values: of its knobs.
        texts: the files of the learner's own text; stories if there are none.
        run: the learner's own run; None is the newest with a checkpoint.

    Raises:
        InputError: a figure about a run has none to show, or the text cannot be read.
    """
    shows_run = RUN in load(folder).figures[name].own.values()
    state = _state(_own_run(run)) if shows_run else None
    return _drawn(folder, name, language, tuple(sorted(values.items())), tuple(texts), state)


def _state(run: RunDirectory) -> tuple[Path, int]:
    """The run, and when it last wrote something: as long as it is trained, its figures are drawn anew."""
    return run.path, run.metrics_path.stat().st_mtime_ns if run.metrics_path.exists() else 0


@lru_cache(maxsize=_KEPT)
def _drawn(
    folder: str,
    name: str,
    language: str,
    values: tuple[tuple[str, Value], ...],
    texts: tuple[str, ...],
    run: tuple[Path, int] | None,
) -> list[dict[str, Any]]:
    maker = load(folder).figures[name]
    text = next(one for one in read_lesson(folder, language).figures if one.name == name)
    given: dict[str, Any] = dict(values)
    for taken, own in maker.own.items():
        if own == TEXT:
            given[taken] = _own_text(texts, language)
        elif own == RUN and run is not None:
            given[taken] = RunDirectory(run[0])
    return sent(maker(Words(text.words), **given))


@lru_cache(maxsize=2)
def _own_text(texts: tuple[str, ...], language: str) -> str:
    if not texts:
        return f"\n{SEPARATOR}\n".join(islice(stories(language), _STORIES))
    found, length = [], 0
    for piece in read_pieces(find_sources(texts), ReadOptions(), ReadReport()):
        found.append(piece.text)
        length += len(piece.text)
        if length >= TEXT_LIMIT:
            break
    return "".join(found)[:TEXT_LIMIT]


def _own_run(path: str | None) -> RunDirectory:
    run = RunDirectory(Path(path)) if path is not None else latest_run()
    if run is None or last_checkpoint(run) is None:
        raise InputError(
            "this figure shows a model of your own, and none has been trained yet.",
            "train one: 2 chooses a text, 3 how to train, or tui-llm train TEXT.",
        )
    return run


def resolve_run(name: str | None) -> str | None:
    """The path of the run of this name.

    Raises:
        InputError: there is no such run.
    """
    return None if name is None else str(find_run(name).path)


@lru_cache(maxsize=_KEPT)
def judge(folder: str, name: str, given: str) -> tuple[Value, bool]:
    """The right answer to the question `name`, and whether `given` is that.

    Raises:
        InputError: a number is asked for, and `given` is none.
    """
    answer = load(folder).answers[name]
    if answer.tolerance is not None:
        try:
            as_number(given)
        except ValueError as error:
            raise InputError(f"{given!r} is not a number.", "type a number, such as 0.5.") from error
    return answer.judge(given)
