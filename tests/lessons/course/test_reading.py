"""The format of lessons is strict: what is not understood is refused with its line."""

from __future__ import annotations

import pytest

from tui_llm.errors import InputError
from tui_llm.lessons.course.lesson import Exercise, Figure, Question
from tui_llm.lessons.course.reading import find_lesson, lessons, parse

HEAD = "# A title\nabout: A sentence.\ncode: a.py\nfull: b.py\n\n"

WHOLE = f"""{HEAD}## first: The first step
Some prose.

```
## no heading, for it is code
!figure nor this
```

!question guess
ask: What
  is it?
choice a: this
choice b: that: with a colon
right: Yes, {{answer}}.
wrong: No.
wrong b: Nearly.

!figure shown
caption: Seen.
knob k: a knob
word w: {{count}} words

## second: The second
More.

!exercise write
task: Write it.

  In two paragraphs.
done: Good.
hint unsolved: Begin.
"""


def test_a_lesson_is_read_with_all_its_parts() -> None:
    lesson = parse(WHOLE, "lesson07_value", "en.md")
    assert (lesson.number, lesson.slug, lesson.title, lesson.code) == (7, "value", "A title", "a.py")
    first, second = lesson.steps
    assert "## no heading" in first.prose
    assert [type(part) for part in first.parts] == [Question, Figure]
    assert first.figure_waits
    assert not second.figure_waits
    question = first.question
    assert question is not None
    assert question.ask == "What\nis it?"
    assert question.choices == {"a": "this", "b": "that: with a colon"}
    assert question.verdict("a", "a", right=True) == "Yes, this."
    assert question.verdict("b", "a", right=False) == "Nearly."
    assert question.told("b") == "that"
    number = Question("n", "How many?", {}, "{answer}, or {answer:.1f}", "", {})
    assert number.verdict("2", 2.0, right=True) == "2, or 2.0"
    assert first.figure == Figure("shown", "Seen.", {"k": "a knob"}, {"w": "{count} words"})
    assert second.exercise == Exercise("write", "Write it.\n\nIn two paragraphs.", "Good.", {"unsolved": "Begin."})


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("nothing", 1, "cannot stand above"),
        ("# A title\nabout: x\n## a: A\nprose", 2, "the file begins with"),
        (f"{HEAD}## No name\nprose", 6, "a step begins with"),
        (f"{HEAD}## a: A\n", 6, "needs prose"),
        (f"{HEAD}## a: A\nx\n```\ncode", 9, "has no end"),
        (f"{HEAD}## a: A\nx\n!picture p\n", 8, "here stands"),
        (f"{HEAD}## a: A\nx\n!figure f\ncaption: c\nprose behind a figure", 10, "here stands"),
        (f"{HEAD}## a: A\nx\n!figure f\nknob k: a knob", 9, "needs `caption:`"),
        (f"{HEAD}## a: A\nx\n!figure f\ncaption: c\nhint h: no", 10, "has no entry `hint NAME:`"),
        (f"{HEAD}## a: A\nx\n!figure f\ncaption: c\ncaption: d", 10, "is there already"),
        (f"{HEAD}## a: A\nx\n!figure f\ncaption: \nknob k: a", 10, "is empty"),
        (f"{HEAD}## a: A\nx\n!figure f\ncaption: c\n!figure g\ncaption: c", 11, "at most a figure"),
        (f"{HEAD}## a: A\nx\n!question q\nask: a\nright: r\nwrong: w\nchoice c: one", 12, "no choice, or two"),
        (f"{HEAD}## a: A\nx\n!exercise e\ntask: t\ndone: d", 10, "hint unsolved"),
        (f"{HEAD}## a: A\nx\n## a: B\ny", 9, "have one name"),
    ],
)
def test_what_is_not_of_the_format_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ValueError, match=what) as error:
        parse(text, "lesson01_x", "en.md")
    assert str(error.value).startswith(f"en.md:{line}: ")


@pytest.mark.parametrize(
    ("text", "slug"), [("1", "neuron"), ("01", "neuron"), ("neuron", "neuron"), ("hop", "hopfield")]
)
def test_a_lesson_is_found_by_number_name_or_beginning(text: str, slug: str) -> None:
    assert find_lesson(text, "es").slug == slug


def test_a_beginning_that_several_have_is_refused_with_these() -> None:
    with pytest.raises(InputError, match="'neu'") as error:
        find_lesson("neu", "es")
    assert "1 neuron, 8 neurons" in error.value.hint


def test_an_unknown_lesson_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="'perceptron'") as error:
        find_lesson("perceptron", "en")
    assert "1 neuron" in error.value.hint


def test_lessons_are_numbered_in_order_without_two_of_one_number() -> None:
    numbers = [lesson.number for lesson in lessons("en")]
    assert numbers == sorted(set(numbers))
