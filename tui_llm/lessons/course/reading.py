"""The lessons' words: finding the folders, and reading `en.md`, `es.md`, `pt.md` into a `Lesson`. Standard library and
the errors. docs/lessons.md tells the format.

A fault in a file is a defect of ours, told with its line: `ValueError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tui_llm.errors import InputError
from tui_llm.lessons.course.lesson import UNSOLVED, Exercise, Figure, Lesson, Part, Question, Step

COURSE = Path(__file__).parent

_FOLDER = re.compile(r"lesson(\d\d)_([a-z][a-z_]*)")
_HEADING = re.compile(r"## ([a-z][a-z0-9_]*): (.+)")
_DIRECTIVE = re.compile(r"!(figure|question|exercise) ([a-z][a-z0-9_]*)")
_ENTRY = re.compile(r"([a-z]+)(?: ([a-z0-9_]+))?: (.*)")

#: The entries of each directive: those that stand alone, and those that have a name.
_ALONE = {"figure": {"caption"}, "question": {"ask", "right", "wrong"}, "exercise": {"task", "done"}}
_NAMED = {"figure": {"knob", "word"}, "question": {"choice", "wrong"}, "exercise": {"hint"}}

#: What the head of a file says, below its title.
_HEAD = ("about", "code", "full")


def folders() -> list[str]:
    """The lessons' folders in the order of their numbers."""
    return sorted(path.name for path in COURSE.iterdir() if _FOLDER.fullmatch(path.name))


@cache
def read_lesson(folder: str, language: str) -> Lesson:
    """The lesson in `folder`, in `language` (en, es, pt)."""
    path = COURSE / folder / f"{language}.md"
    return parse(path.read_text(encoding="utf-8"), folder, f"{folder}/{path.name}")


def lessons(language: str) -> list[Lesson]:
    """All of them, in order."""
    return [read_lesson(folder, language) for folder in folders()]


def find_lesson(text: str, language: str) -> Lesson:
    """The lesson that `text` means: its number, its name, or a unique beginning of that.

    Raises:
        InputError: there is none, or several.
    """
    known = lessons(language)
    exact = [one for one in known if text in (one.slug, str(one.number), f"{one.number:02}")]
    found = exact or [one for one in known if text and one.slug.startswith(text)]
    if len(found) != 1:
        names = ", ".join(f"{one.number} {one.slug}" for one in (found or known))
        raise InputError(f"no single lesson is called {text!r}.", f"choose one of: {names}.")
    return found[0]


def parse(text: str, folder: str, name: str) -> Lesson:
    """The lesson that `text` is, from the file `name`.

    Raises:
        ValueError: something in it is not of the format; the message begins with `name` and the line.
    """
    return _Reader(text, folder, name).lesson()


@dataclass
class _Directive:
    """One directive as it is being read."""

    kind: str
    name: str
    line: int
    alone: dict[str, str] = field(default_factory=dict)
    named: dict[str, dict[str, str]] = field(default_factory=dict)


class _Reader:
    """Reads one file, a line at a time."""

    def __init__(self, text: str, folder: str, name: str) -> None:
        self._lines = text.splitlines()
        self._folder = folder
        self._name = name
        self._line = 0

    def lesson(self) -> Lesson:
        match = _FOLDER.fullmatch(self._folder)
        if match is None:
            raise self._fault(f"{self._folder!r} is no name for a lesson's folder, such as lesson01_neuron")
        title, head = self._head()
        steps = tuple(self._steps())
        names = [step.name for step in steps]
        parts = [part.name for step in steps for part in step.parts]
        if not steps or len(set(names)) < len(names) or len(set(parts)) < len(parts):
            raise self._fault("two steps, or two figures, questions or exercises, have one name; or there is no step")
        return Lesson(int(match[1]), self._folder, title, head["about"], head["code"], head["full"], steps)

    def _fault(self, what: str) -> ValueError:
        return ValueError(f"{self._name}:{self._line}: {what}.")

    def _head(self) -> tuple[str, dict[str, str]]:
        """The title, and the lines below it up to the first step."""
        title, head = "", {}
        while self._line < len(self._lines) and not self._lines[self._line].startswith("## "):
            text = self._lines[self._line]
            self._line += 1
            match = _ENTRY.fullmatch(text)
            if text.startswith("# ") and not title:
                title = text.removeprefix("# ")
            elif match and match[1] in _HEAD and match[1] not in head:
                head[match[1]] = match[3]
            elif text:
                raise self._fault(f"{text!r} cannot stand above the first step")
        if not title or len(head) < len(_HEAD):
            raise self._fault(f"the file begins with `# title` and {', '.join(_HEAD)}")
        return title, head

    def _steps(self) -> Iterator[Step]:
        while self._line < len(self._lines):
            match = _HEADING.fullmatch(self._lines[self._line])
            self._line += 1
            if match is None:
                raise self._fault("a step begins with `## name: Title`")
            prose = self._prose()
            parts = tuple(self._parts())
            figures = sum(isinstance(part, Figure) for part in parts)
            if not prose or figures > 1 or len(parts) - figures > 1:
                raise self._fault(
                    f"the step {match[1]} needs prose, and has at most a figure and a question or an exercise"
                )
            yield Step(match[1], match[2], prose, parts)

    def _prose(self) -> str:
        """The Markdown from here to the first directive or the next step. What is fenced is code."""
        kept: list[str] = []
        fenced = False
        while self._line < len(self._lines):
            text = self._lines[self._line]
            if not fenced and text.startswith(("!", "## ")):
                break
            fenced ^= text.startswith("```")
            kept.append(text)
            self._line += 1
        if fenced:
            raise self._fault("the code before this line has no end (```)")
        return "\n".join(kept).strip()

    def _parts(self) -> Iterator[Part]:
        while self._line < len(self._lines) and not self._lines[self._line].startswith("## "):
            match = _DIRECTIVE.fullmatch(self._lines[self._line])
            self._line += 1
            if match is None:
                raise self._fault("here stands `!figure name`, `!question name`, `!exercise name` or the next step")
            directive = _Directive(match[1], match[2], self._line)
            self._entries(directive)
            yield self._part(directive)

    def _entries(self, directive: _Directive) -> None:
        """The lines below a directive; those that are indented go on with the entry above them."""
        into: dict[str, str] | None = None
        key = ""
        while self._line < len(self._lines) and not self._lines[self._line].startswith(("## ", "!")):
            text = self._lines[self._line]
            self._line += 1
            match = _ENTRY.fullmatch(text)
            if into is not None and (text.startswith("  ") or not text):
                into[key] += f"\n{text[2:]}"
            elif match is not None:
                into, key = self._place(directive, match[1], match[2])
                into[key] = match[3]
            elif text:
                raise self._fault("here stands `entry: text`, or more of it, indented by two")
        for entries in (directive.alone, *directive.named.values()):
            entries.update({name: text.strip() for name, text in entries.items()})
            if not all(entries.values()):
                raise self._fault(f"an entry of !{directive.kind} {directive.name} is empty")

    def _place(self, directive: _Directive, entry: str, name: str | None) -> tuple[dict[str, str], str]:
        """Where an entry is kept."""
        allowed = _ALONE if name is None else _NAMED
        if entry not in allowed[directive.kind]:
            raise self._fault(f"!{directive.kind} has no entry `{entry}{'' if name is None else ' NAME'}:`")
        into = directive.alone if name is None else directive.named.setdefault(entry, {})
        key = name or entry
        if key in into:
            raise self._fault(f"`{entry} {name or ''}` is there already")
        return into, key

    def _part(self, made: _Directive) -> Part:
        missing = _ALONE[made.kind] - set(made.alone)
        if missing:
            raise self._fault(f"!{made.kind} {made.name} (line {made.line}) needs `{min(missing)}:`")
        alone, named = made.alone, made.named
        if made.kind == "figure":
            return Figure(made.name, alone["caption"], named.get("knob", {}), named.get("word", {}))
        if made.kind == "question":
            choices, wrongs = named.get("choice", {}), named.get("wrong", {})
            if len(choices) == 1 or not set(wrongs) <= set(choices):
                raise self._fault(f"!question {made.name} has no choice, or two at least; `wrong NAME` is one of them")
            return Question(made.name, alone["ask"], choices, alone["right"], alone["wrong"], wrongs)
        hints = named.get("hint", {})
        if UNSOLVED not in hints:
            raise self._fault(f"!exercise {made.name} needs `hint {UNSOLVED}:`, for the file as it is given")
        return Exercise(made.name, alone["task"], alone["done"], hints)
