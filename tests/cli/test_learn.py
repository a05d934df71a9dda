"""`tui-llm learn` without a terminal: the list, a lesson as text, exercises checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program
from tui_llm.lessons.course.exercises import folder_of
from tui_llm.lessons.course.reading import folders, lessons, read_lesson


def test_lessons_are_listed_with_how_far_each_has_been_gone_through(program: Program) -> None:
    listed = program("learn")
    assert listed.code == 0
    for lesson in lessons("en"):
        assert f"0/{len(lesson.steps)}" in listed.out
        assert lesson.title in listed.out
    document = program("learn", "--json").json
    assert [one["name"] for one in document] == [lesson.slug for lesson in lessons("en")]
    assert document[0]["done"] == 0


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_lesson_is_printed_in_the_language_asked_for(program: Program, language: str) -> None:
    lesson = read_lesson(folders()[0], language)
    printed = program("--lang", language, "learn", lesson.slug)
    assert printed.code == 0, printed.err
    for step in lesson.steps:
        assert step.title in printed.out
    assert printed.err == ""
    assert "\x1b" not in printed.out


def test_an_unknown_lesson_is_refused(program: Program) -> None:
    refused = program("learn", "99")
    assert refused.code == 2
    assert "'99'" in refused.err
    assert program("learn", "--check").code == 2


def test_exercises_are_checked_one_by_one(program: Program) -> None:
    lesson = read_lesson(folders()[0], "en")
    first = program("learn", lesson.slug, "--check")
    assert first.code == 1
    assert "2 of 2 exercises are not solved yet" in first.err
    there = program("learn", lesson.slug, "--json").json["exercises"]
    for one, exercise in zip(there, lesson.exercises, strict=True):
        assert not one["solved"]
        reference = (folder_of(lesson, exercise) / "reference.py").read_bytes()
        Path(one["path"]).write_bytes(reference)
    second = program("learn", lesson.slug, "--check", "--json")
    assert second.code == 0
    assert [one["solved"] for one in second.json] == [True, True]
    assert program("learn", "--json").json[0]["done"] == 2
