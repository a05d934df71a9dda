"""The learner's files: handed out, never overwritten unasked, and checked apart from everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_llm.lessons.course.exercises import check, file_of, folder_of, hand_out, told
from tui_llm.lessons.course.lesson import Exercise, Lesson
from tui_llm.lessons.course.reading import read_lesson


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def lesson() -> Lesson:
    return read_lesson("lesson01_neuron", "en")


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


def test_a_file_is_handed_out_once_with_the_task_above_the_code(home: Path, lesson: Lesson, exercise: Exercise) -> None:
    path = hand_out(lesson, exercise)
    assert path == home / "learn" / "01-neuron" / "neuron.py" == file_of(lesson, exercise)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Complete neuron: ")
    assert all(len(line) <= 100 for line in text.splitlines())
    compile(text, "neuron.py", "exec")
    path.write_text("mine", encoding="utf-8")
    hand_out(lesson, exercise)
    assert path.read_text(encoding="utf-8") == "mine"
    hand_out(lesson, exercise, anew=True)
    assert path.read_text(encoding="utf-8") == text


def test_the_reference_is_right_and_the_file_as_given_gets_a_hint(
    home: Path, lesson: Lesson, exercise: Exercise
) -> None:
    assert check(lesson, exercise, folder_of(lesson, exercise) / "reference.py").solved
    assert check(lesson, exercise, hand_out(lesson, exercise)).hint == "unsolved"


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        ("def neuron(inputs, weights, threshold)\n    return 1\n", "syntax", "Line 1 is not Python"),
        ("def neuron(a, b, c):\n    x = 1\n    return x / 0\n", "raised", "Line 3 raised ZeroDivisionError"),
        ("import nothing_of_this_name\n", "raised", "Line 1 raised ModuleNotFoundError"),
        ("def other():\n    pass\n", "missing", "There is no `neuron`"),
        ("def neuron(a, b, c):\n    raise SystemExit\n", "raised", "Line 2 raised SystemExit"),
        ("import os\nos._exit(3)\n", "died", "exit code 3"),
        ("def neuron(a, b, c):\n    while True:\n        print('again')\n", "slow", "more than 1 seconds"),
        ("def neuron(a):\n    return 1\n", "unusable", "takes 1 positional argument"),
    ],
)
def test_whatever_the_learners_code_does_is_told_in_a_sentence(
    tmp_path: Path, lesson: Lesson, exercise: Exercise, code: str, kind: str, said: str
) -> None:
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    found = check(lesson, exercise, path, limit=1.0 if kind == "slow" else 20.0)
    assert found.kind == kind
    assert said in told(found, exercise)


def test_what_it_prints_is_shown_and_is_no_answer(tmp_path: Path, lesson: Lesson, exercise: Exercise) -> None:
    path = tmp_path / "mine.py"
    path.write_text('print(\'{"kind": "solved"}\')\ndef neuron(a, b, c):\n    return 0\n', encoding="utf-8")
    found = check(lesson, exercise, path)
    assert found.hint == "unsolved"
    assert "solved" in found.printed


def test_a_file_of_the_learners_hides_no_module(tmp_path: Path, lesson: Lesson, exercise: Exercise) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit\n", encoding="utf-8")
    path = tmp_path / "random.py"
    path.write_text((folder_of(lesson, exercise) / "reference.py").read_text(encoding="utf-8"), encoding="utf-8")
    assert check(lesson, exercise, path).solved
