"""Lessons in a real terminal: every one on the command line, from its first step to its last; and the app's editor."""

from __future__ import annotations

import operator
import stat
from functools import partial
from pathlib import Path

import pytest

from tests.terminal.conftest import Environment
from tests.terminal.terminal import Terminal
from tests.workers.conftest import trained
from tui_llm.lessons.course.exercises import file_of, folder_of
from tui_llm.lessons.course.kit import RUN, load
from tui_llm.lessons.course.progress import read_progress
from tui_llm.lessons.course.reading import folders, read_lesson
from tui_llm.translation import set_language

__all__ = ["trained"]  # the fixture


def reference_editor(tmp_path: Path, reference: Path) -> str:
    """A program that edits a file as someone would who knows the answer."""
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\necho "the editor has $1"\ncat "{reference}" > "$1"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.mark.parametrize("folder", folders())
def test_a_lesson_runs_from_end_to_end_on_the_command_line(
    environment: Environment, folder: str, request: pytest.FixtureRequest
) -> None:
    set_language("en")
    lesson, kit = read_lesson(folder, "en"), load(folder)
    arguments = ["learn", lesson.slug]
    if any(RUN in maker.own.values() for maker in kit.figures.values()):
        arguments += ["--run", str(request.getfixturevalue("trained").path)]
    with Terminal.of_program(*arguments, environment=environment, rows=60) as terminal:
        for number, step in enumerate(lesson.steps, 1):
            head = f"(step {number} of {len(lesson.steps)})".encode()
            terminal.until(partial(operator.contains, terminal.received, head), 60)
            if step.question is not None:
                terminal.until(lambda: terminal.text.rstrip().endswith("your answer >"), 60)
                right = kit.answers[step.question.name].function()
                letter = (
                    "abcdefgh"[list(step.question.choices).index(right)] if isinstance(right, str) else f"{right:g}"
                )
                terminal.type(f"{letter}\r")
                terminal.until("✓", 60)
            terminal.until(lambda: "enter: go on" in terminal.text.rstrip().split("\n")[-1], 60)
            terminal.type("\r")
        terminal.until("To read:", 60)
        assert terminal.end() == 0
    done = read_progress().of(lesson)
    assert done.count(lesson) == len(lesson.steps) - len(lesson.exercises)


def test_an_exercise_is_solved_in_the_persons_own_editor(environment: Environment, tmp_path: Path) -> None:
    lesson = read_lesson(folders()[0], "en")
    exercise = lesson.exercises[0]
    reference = folder_of(lesson, exercise) / "reference.py"
    place = next(number for number, step in enumerate(lesson.steps) if step.exercise == exercise)
    spoken = {**environment, "VISUAL": reference_editor(tmp_path, reference)}
    with Terminal.of_program(environment=spoken) as terminal:
        terminal.until("Welcome")
        terminal.press("7", "enter")
        for number in range(place):
            terminal.until(f"step {number + 1} of")
            terminal.press("n")
        terminal.until("return 0")
        terminal.press("E")
        terminal.until(lambda: b"the editor has " in terminal.received)
        terminal.until("zip(inputs, weights)")
        terminal.press("c")
        terminal.until("✓")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.is_clean()
    assert file_of(lesson, exercise).read_bytes() == reference.read_bytes()
    assert exercise.name in read_progress().of(lesson).solved


def test_a_knob_is_turned_and_an_exercise_checked_by_what_is_typed(environment: Environment) -> None:
    with Terminal.of_program("learn", "1", environment=environment, rows=50) as terminal:
        terminal.until("enter: go on")
        terminal.type("threshold=0.5\r")
        terminal.until(lambda: terminal.text.count("1·0 + 1·1 = 1       1") == 1)
        terminal.type("threshold=7\r")
        terminal.until("threshold: -2, -1.5")
        terminal.type("q\r")
        terminal.until("Your progress is kept")
        assert terminal.end() == 0
