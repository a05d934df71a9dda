"""How far the learner has come is kept, and told by step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_llm.errors import InputError
from tui_llm.lessons.course.lesson import Lesson
from tui_llm.lessons.course.progress import forget, note_answer, note_seen, note_solved, read_progress
from tui_llm.lessons.course.reading import read_lesson


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def lesson() -> Lesson:
    return read_lesson("lesson01_neuron", "en")


def test_nothing_is_done_at_first(lesson: Lesson) -> None:
    done = read_progress().of(lesson)
    assert (done.count(lesson), done.place(lesson)) == (0, 0)


def test_a_step_is_done_when_what_it_asks_for_is(lesson: Lesson) -> None:
    for step in lesson.steps:
        note_seen(lesson, step)
    plain = [step for step in lesson.steps if step.question is None and step.exercise is None]
    assert read_progress().of(lesson).count(lesson) == len(plain)
    for question in lesson.questions:
        note_answer(lesson, question.name, "whatever")
    for exercise in lesson.exercises:
        note_solved(lesson, exercise.name)
    done = read_progress().of(lesson)
    assert done.count(lesson) == len(lesson.steps)
    assert done.place(lesson) == len(lesson.steps) - 1
    assert done.answers[lesson.questions[0].name] == "whatever"


def test_a_lesson_can_begin_anew(lesson: Lesson) -> None:
    note_seen(lesson, lesson.steps[2])
    assert forget(lesson).of(lesson).count(lesson) == 0
    assert read_progress().of(lesson).place(lesson) == 0


def test_a_damaged_file_is_told_and_not_overwritten(home: Path, lesson: Lesson) -> None:
    path = home / "learn" / "progress.json"
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is damaged"):
        read_progress()
    with pytest.raises(InputError, match="is damaged"):
        note_seen(lesson, lesson.steps[0])
    assert path.read_text(encoding="utf-8") == "{"
