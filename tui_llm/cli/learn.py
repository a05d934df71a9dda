"""`tui-llm learn`: the course in a terminal. No torch, and nothing that computes, at the top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tui_llm.cli.arguments import Json
from tui_llm.cli.output import emit, emit_json, emit_table
from tui_llm.errors import InputError, RunFailedError

if TYPE_CHECKING:
    from tui_llm.lessons.course.lesson import Lesson
    from tui_llm.lessons.course.progress import Progress


def learn(
    context: typer.Context,
    lesson: Annotated[
        str | None, typer.Argument(metavar="LESSON", help="A lesson's number or name; all are listed without one.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Check your files of the lesson's exercises.")] = False,
    text: Annotated[
        list[Path] | None, typer.Option("--text", metavar="FILE", help="Your own text, for figures that show one.")
    ] = None,
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Your own run, for figures that show a model.")
    ] = None,
    json: Json = False,
) -> None:
    """Go through a lesson, step by step: from the first artificial neuron to your own GPT.

    In a terminal it asks and answers; without one it prints the lesson. Your progress is kept, and the app's Learn
    screen (7) goes on from there.
    """
    from tui_llm.lessons.course.progress import read_progress
    from tui_llm.lessons.course.reading import find_lesson, lessons
    from tui_llm.settings import read_settings
    from tui_llm.translation import set_language

    language = set_language(read_settings(language=context.find_root().params.get("lang")).language)
    if lesson is None:
        if check:
            raise InputError("--check needs a lesson.", "name one, such as tui-llm learn 1 --check.")
        _list(lessons(language), read_progress(), json=json)
        return
    found = find_lesson(lesson, language)
    if check:
        _check(found, json=json)
    elif json:
        emit_json(_document(found, read_progress()))
    else:
        from tui_llm.cli.learn_steps import walk
        from tui_llm.lessons.course.computing import resolve_run

        walk(found, language, texts=[str(path) for path in text or ()], run=resolve_run(run))


def _list(lessons: list[Lesson], progress: Progress, *, json: bool) -> None:
    """All lessons, and how far each has been gone through."""
    if json:
        emit_json([_summary(one, progress) for one in lessons])
        return
    rows = [(one.number, one.slug, f"{progress.of(one).count(one)}/{len(one.steps)}", one.title) for one in lessons]
    emit_table(("", "name", "steps", "lesson"), rows, right=("", "steps"))


def _summary(lesson: Lesson, progress: Progress) -> dict[str, Any]:
    return {
        "number": lesson.number,
        "name": lesson.slug,
        "title": lesson.title,
        "about": lesson.about,
        "steps": len(lesson.steps),
        "done": progress.of(lesson).count(lesson),
    }


def _document(lesson: Lesson, progress: Progress) -> dict[str, Any]:
    """A lesson as a JSON object: its steps, and its exercises with the learner's files."""
    from tui_llm.lessons.course.exercises import file_of

    done = progress.of(lesson)
    return {
        **_summary(lesson, progress),
        "steps": [{"name": step.name, "title": step.title, "done": done.has(step)} for step in lesson.steps],
        "exercises": [
            {"name": one.name, "path": str(file_of(lesson, one)), "solved": one.name in done.solved}
            for one in lesson.exercises
        ],
    }


def _check(lesson: Lesson, *, json: bool) -> None:
    """Check every exercise of `lesson`, and say of each what is wrong with it.

    Raises:
        RunFailedError: not all of them are solved.
    """
    from tui_llm.lessons.course.exercises import check, hand_out, told
    from tui_llm.lessons.course.progress import note_solved

    found = []
    for exercise in lesson.exercises:
        path = hand_out(lesson, exercise)
        outcome = check(lesson, exercise, path)
        said = " ".join(told(outcome, exercise).split())
        found.append({"name": exercise.name, "path": str(path), "solved": outcome.solved, "said": said})
        if outcome.solved:
            note_solved(lesson, exercise.name)
    if json:
        emit_json(found)
    else:
        for one in found:
            emit(f"{'ok' if one['solved'] else '--'}  {one['path']}\n    {one['said']}")
    unsolved = sum(not one["solved"] for one in found)
    if unsolved:
        raise RunFailedError(
            f"{unsolved} of {len(found)} exercises are not solved yet.", "edit the files named above, then check again."
        )
