"""Every lesson is whole: its three languages agree, its figures draw, its questions have answers, its exercises tell
each mistake from the others. What a lesson claims is tested beside its network, and in `test_lessonNN.py` here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import tui_llm
from tests.lessons.course.pages import COLUMNS, LINES_THERE, states
from tests.workers.conftest import trained
from tui_llm.lessons.course.checker import outcome
from tui_llm.lessons.course.computing import draw, judge
from tui_llm.lessons.course.drawings import received
from tui_llm.lessons.course.exercises import Outcome, folder_of, told
from tui_llm.lessons.course.kit import RUN, FigureMaker, Value, load
from tui_llm.lessons.course.lesson import UNSOLVED, Exercise, Figure, Lesson
from tui_llm.lessons.course.reading import COURSE, folders, read_lesson
from tui_llm.runs.directory import RunDirectory
from tui_llm.translation import LANGUAGES
from tui_llm.widgets.drawings import Look
from tui_llm.widgets.drawings import draw as lines_of

__all__ = ["trained"]  # the fixture

pytestmark = pytest.mark.parametrize("folder", folders())


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"{(\w*)", text)))


def structure(lesson: Lesson) -> list[Any]:
    """All of a lesson that is no word: names in their order, and what is put into the words."""

    def of(named: Any) -> list[tuple[str, list[str]]]:
        return [(name, placeholders(text)) for name, text in named.items()]

    found: list[Any] = [lesson.code, lesson.full]
    for step in lesson.steps:
        found.append(step.name)
        for part in step.parts:
            found.append((type(part).__name__, part.name))
            if isinstance(part, Figure):
                found += [of(part.knobs), of(part.words)]
            elif isinstance(part, Exercise):
                found.append(of(part.hints))
            else:
                found += [of(part.choices), sorted(part.wrong_choices)]
    return found


def test_the_languages_have_the_same_steps_and_parts(folder: str) -> None:
    english = structure(read_lesson(folder, "en"))
    for language in set(LANGUAGES) - {"en"}:
        assert structure(read_lesson(folder, language)) == english


def test_the_languages_are_not_each_others_copies(folder: str) -> None:
    texts = [[step.prose for step in read_lesson(folder, language).steps] for language in LANGUAGES]
    for prose in zip(*texts, strict=True):
        assert len(set(prose)) == len(LANGUAGES)


def test_the_files_it_leads_to_are_there(folder: str) -> None:
    lesson = read_lesson(folder, "en")
    for name in (lesson.code, lesson.full):
        assert (Path(tui_llm.__file__).parents[1] / name).is_file()


def test_what_is_in_the_words_is_computed_and_what_is_computed_is_in_the_words(folder: str) -> None:
    lesson, kit = read_lesson(folder, "en"), load(folder)
    assert {figure.name for figure in lesson.figures} == set(kit.figures)
    assert {question.name for question in lesson.questions} == set(kit.answers)
    there = COURSE / folder / "exercises"
    assert {one.name for one in lesson.exercises} == {path.name for path in there.iterdir() if path.is_dir()}
    for figure in lesson.figures:
        assert set(figure.knobs) == set(kit.figures[figure.name].knobs)


def turns(maker: FigureMaker, *, alone: bool) -> Iterator[dict[str, Value]]:
    """The knobs at the start, and all at their ends; with `alone`, each at its ends, the others at the start, too."""
    start = {name: knob.start for name, knob in maker.knobs.items()}
    yield start
    for name, knob in maker.knobs.items() if alone else ():
        every = (
            knob.values
            if len(maker.knobs) == 1 and isinstance(knob.start, str)
            else knob.values[:: len(knob.values) - 1]
        )
        for value in every:
            yield start | {name: value}
    for end in (0, -1):
        yield {name: knob.values[end] for name, knob in maker.knobs.items()}


@cache
def drawn_widths(folder: str, name: str, language: str, run: str | None) -> int:
    """The widest line of a figure for all `turns` of its knobs; each is drawn in colours, without, and in ASCII."""
    widest = 0
    for values in turns(load(folder).figures[name], alone=language == "en"):
        drawings = received(draw(folder, name, language, values, run=run))
        for look in (Look(), Look(colourless=True), Look(ascii_only=True)):
            lines = lines_of(drawings, COLUMNS, look)
            assert lines
            widest = max([widest, *(line.cell_len for line in lines)])
    return widest


@pytest.fixture
def own(folder: str, request: pytest.FixtureRequest) -> str | None:
    """The path of a trained run, for lessons that show one of the learner's."""
    if not any(RUN in maker.own.values() for maker in load(folder).figures.values()):
        return None
    run: RunDirectory = request.getfixturevalue("trained")
    return str(run.path)


def test_every_figure_draws_at_every_end_of_its_knobs(folder: str, own: str | None) -> None:
    for name in load(folder).figures:
        for language in LANGUAGES:
            assert drawn_widths(folder, name, language, own) <= COLUMNS


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_page_fits_into_80_by_24_in_every_state(folder: str, language: str, own: str | None) -> None:
    lesson = read_lesson(folder, language)
    long = [
        f"{step.name}, {state}: {taken} lines, and there are {LINES_THERE}"
        for step in lesson.steps
        for state, taken in states(lesson, step, language, own)
        if taken > LINES_THERE
    ]
    assert long == []


def test_every_word_of_a_figure_is_used(folder: str) -> None:
    source = (COURSE / folder / "figures.py").read_text(encoding="utf-8")
    kit = load(folder)
    for figure in read_lesson(folder, "en").figures:
        values = {value for knob in kit.figures[figure.name].knobs.values() for value in knob.values}
        assert {value for value in values if isinstance(value, str)} <= set(figure.words)
        unused = [name for name in figure.words if name not in values and not re.search(rf"[\"']{name}[\"']", source)]
        assert unused == []


def test_every_question_has_one_answer_and_words_for_it(folder: str) -> None:
    kit = load(folder)
    for language in LANGUAGES:
        for question in read_lesson(folder, language).questions:
            answer = kit.answers[question.name]
            right = answer.function()
            assert (answer.tolerance is None) == bool(question.choices)
            wrongs = [name for name in question.choices if name != right] or [str(float(right) + 1e6)]
            assert right in question.choices or not question.choices
            assert right not in question.wrong_choices
            assert judge(folder, question.name, str(right)) == (right, True)
            said = {question.verdict(str(right), right, right=True)}
            for wrong in wrongs:
                assert judge(folder, question.name, wrong) == (right, False)
                said.add(question.verdict(wrong, right, right=False))
            assert len(said) > 1


def checked(folder: str, exercise: Exercise, file: Path) -> tuple[Outcome, str]:
    """How the check of a file ends, and what the learner is told."""
    found = outcome(folder_of(read_lesson(folder, "en"), exercise), file)
    return found, told(found, exercise)


def test_every_exercise_is_solved_by_its_reference_and_not_as_it_is_given(folder: str) -> None:
    for language in LANGUAGES:
        for exercise in read_lesson(folder, language).exercises:
            there = folder_of(read_lesson(folder, language), exercise)
            assert checked(folder, exercise, there / "reference.py")[1] == exercise.done
            assert checked(folder, exercise, there / "task.py")[1] == exercise.hints[UNSOLVED]


def test_every_mistake_gets_its_own_hint(folder: str) -> None:
    for language in LANGUAGES:
        for exercise in read_lesson(folder, language).exercises:
            mistakes = sorted((folder_of(read_lesson(folder, language), exercise) / "mistakes").glob("*.py"))
            assert {file.stem for file in mistakes} == set(exercise.hints) - {UNSOLVED}
            found = {file.stem: checked(folder, exercise, file) for file in mistakes}
            assert {name: one.hint for name, (one, _text) in found.items()} == {name: name for name in found}
            texts = [text for _one, text in found.values()]
            assert len(set(texts)) == len(texts)
            assert not any("{" in text for text in texts)
