"""A lesson as text, for `tui-llm learn LESSON`: step by step in a terminal, all at once where there is none. Imports
rich; what is computed is imported where it is.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from tui_llm.errors import InputError, UserError
from tui_llm.lessons.course.exercises import check, hand_out, told
from tui_llm.lessons.course.kit import Knob, Value, load
from tui_llm.lessons.course.lesson import Exercise, Figure, Lesson, Part, Question, Step
from tui_llm.lessons.course.progress import note_answer, note_seen, note_solved, read_progress
from tui_llm.translation import _, spoken
from tui_llm.widgets.prose import inline, prose

#: Columns of a text that is read.
_COLUMNS = 90


class _Leave(Exception):  # noqa: N818 - not an error: the learner has had enough for now
    """Raised at a prompt."""


@dataclass
class _Walk:
    """One way through a lesson."""

    lesson: Lesson
    language: str
    texts: Sequence[str]
    run: str | None
    console: Console
    values: dict[str, dict[str, Value]] = field(default_factory=dict)
    """The knobs' values, by figure."""

    # -- Printing ----------------------------------------------------------------------------------------------------

    def say(self, text: RenderableType = "") -> None:
        self.console.print(text, highlight=False, markup=False)

    def head(self, step: Step, place: int) -> None:
        number = _("step {number} of {count}").format(number=place + 1, count=len(self.lesson.steps))
        self.say(Text.assemble("\n", (step.title, "bold"), f"  ({number})\n"))
        self.say(prose(step.prose))
        self.say()

    def figure(self, figure: Figure) -> None:
        """Draw it, with its knobs below."""
        from tui_llm.lessons.course.computing import draw
        from tui_llm.lessons.course.drawings import received
        from tui_llm.widgets.drawings import Look
        from tui_llm.widgets.drawings import draw as lines_of

        values = self.values.setdefault(figure.name, {name: knob.start for name, knob in self.knobs(figure).items()})
        encoding = (self.console.encoding or "").lower()
        look = Look(
            ascii_only="utf" not in encoding,
            colourless=not self.console.is_terminal or self.console.no_color or "NO_COLOR" in os.environ,
        )
        try:
            drawings = received(draw(self.lesson.folder, figure.name, self.language, values, self.texts, self.run))
        except UserError as error:
            self.say(spoken(error))
            return
        for line in lines_of(drawings, self.console.width, look):
            self.console.print(line, no_wrap=True, overflow="crop", highlight=False)
        self.say(Text(figure.caption, "dim"))
        if values:
            self.say("   ".join(f"{name}={_shown(figure, value)}" for name, value in values.items()))
        self.say()

    def knobs(self, figure: Figure) -> dict[str, Knob]:
        return dict(load(self.lesson.folder).figures[figure.name].knobs)

    def verdict(self, question: Question, given: str) -> None:
        """Say whether `given` was right, and why."""
        from tui_llm.lessons.course.computing import judge

        answer, right = judge(self.lesson.folder, question.name, given)
        said = question.verdict(given, answer, right=right)
        self.say(inline(f"{'✓' if right else '✗'} {' '.join(said.split())}"))
        self.say()

    def result(self, exercise: Exercise) -> None:
        """Check the learner's file, and say what is wrong with it."""
        outcome = check(self.lesson, exercise, hand_out(self.lesson, exercise))
        self.say(inline(f"{'✓' if outcome.solved else '✗'} {' '.join(told(outcome, exercise).split())}"))
        if outcome.solved:
            note_solved(self.lesson, exercise.name)

    # -- Asking ------------------------------------------------------------------------------------------------------

    def ask(self, prompt: str) -> str:
        """What was typed.

        Raises:
            _Leave: q, or the end of the input.
        """
        try:
            typed = self.console.input(Text(f"{prompt} > ", "bold")).strip()
        except EOFError:
            raise _Leave from None
        if typed == "q":
            raise _Leave
        return typed

    def question(self, question: Question) -> None:
        """Have it answered, unless it was."""
        self.say(inline(question.ask))
        letters = dict(zip("abcdefgh", question.choices, strict=False))
        for letter, name in letters.items():
            self.say(Text.assemble(f"  {letter}) ", inline(question.choices[name])))
        self.say()
        given = read_progress().of(self.lesson).answers.get(question.name)
        while given is None:
            typed = self.ask(_("your answer"))
            if question.choices:
                given = letters.get(typed.lower())
                continue
            given = typed or None
            try:
                if given is not None:
                    self.verdict(question, given)
            except InputError as error:
                self.say(spoken(error))
                given = None
            else:
                if given is not None:
                    note_answer(self.lesson, question.name, given)
                    return
        note_answer(self.lesson, question.name, given)
        self.verdict(question, given)

    def between(self, step: Step, place: int) -> int:
        """Do what is typed, until it leads to another step; give its place."""
        told_keys = [_("enter: go on"), _("b: back"), _("q: leave")]
        figure, exercise = step.figure, step.exercise
        if figure is not None and self.values.get(figure.name):
            told_keys.append(_("name=value turns a knob"))
        if exercise is not None:
            told_keys += [_("e: edit"), _("c: check")]
        while True:
            match self.ask(", ".join(told_keys)):
                case "":
                    return place + 1
                case "b":
                    return max(0, place - 1)
                case "c" if exercise is not None:
                    self.result(exercise)
                case "e" if exercise is not None:
                    self.edit(exercise)
                case typed if figure is not None and "=" in typed:
                    self.turn(figure, typed)

    def turn(self, figure: Figure, typed: str) -> None:
        """Give a knob another value: `threshold=2`."""
        name, _sign, wanted = (part.strip() for part in typed.partition("="))
        knob = self.knobs(figure).get(name)
        values = {_shown(figure, value).lower(): value for value in knob.values} if knob is not None else {}
        if wanted.lower() not in values:
            self.say(f"{name}: {', '.join(values)}" if values else ", ".join(self.knobs(figure)))
            return
        self.values[figure.name][name] = values[wanted.lower()]
        self.figure(figure)

    def edit(self, exercise: Exercise) -> None:
        """Open the learner's file in their editor."""
        path = hand_out(self.lesson, exercise)
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if editor is None:
            self.say(_("the variable EDITOR names no editor; edit {path}.").format(path=path))
            return
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=False)
        except OSError as error:
            self.say(f"{editor}: {error.strerror}")


def _shown(figure: Figure, value: Value) -> str:
    """A knob's value in words."""
    return figure.words[value] if isinstance(value, str) else f"{value:g}"


def walk(lesson: Lesson, language: str, *, texts: Sequence[str], run: str | None) -> None:
    """Go through `lesson`, from where it was left; where there is no terminal, print all of it."""
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(highlight=False)
    console.width = min(console.width, _COLUMNS) if asks else _COLUMNS
    going = _Walk(lesson, language, texts, run, console)
    going.say(Text(f"{lesson.number}  {lesson.title}", "bold"))
    going.say(lesson.about)
    if not asks:
        _print_all(going)
        return
    place = read_progress().of(lesson).place(lesson)
    try:
        while place < len(lesson.steps):
            step = lesson.steps[place]
            note_seen(lesson, step)
            going.head(step, place)
            for part in step.parts:
                _meet(going, part)
            place = going.between(step, place)
        _read_on(going)
    except _Leave:
        going.say(_("Your progress is kept: tui-llm learn {lesson} goes on here.").format(lesson=lesson.slug))


def _meet(going: _Walk, part: Part) -> None:
    match part:
        case Figure():
            going.figure(part)
        case Question():
            going.question(part)
        case Exercise():
            going.say(inline(" ".join(part.task.split())))
            going.say(Text(f"{hand_out(going.lesson, part)}\n", "dim"))


def _print_all(going: _Walk) -> None:
    """Everything, the answers to the questions with it."""
    for place, step in enumerate(going.lesson.steps):
        going.head(step, place)
        for part in step.parts:
            if isinstance(part, Question):
                _print_question(going, part)
            elif isinstance(part, Exercise):
                going.say(inline(" ".join(part.task.split())))
                going.say()
            else:
                _meet(going, part)
    _read_on(going)


def _print_question(going: _Walk, question: Question) -> None:
    answer: Any = load(going.lesson.folder).answers[question.name].function()
    going.say(inline(question.ask))
    for text in question.choices.values():
        going.say(Text.assemble("  - ", inline(text)))
    going.say()
    said = " ".join(question.verdict("", answer, right=True).split())
    going.say(inline(f"→ {question.told(answer)}. {said}"))
    going.say()


def _read_on(going: _Walk) -> None:
    read = _("To read: {code}, and at full size {full}.")
    going.say(Text(read.format(code=going.lesson.code, full=going.lesson.full), "dim"))
