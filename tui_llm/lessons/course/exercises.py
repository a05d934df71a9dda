"""The exercises' files: given to the learner, never overwritten unasked, and checked in a process of their own with a
time limit. Standard library, msgspec and the errors.

An exercise is a folder in its lesson's `exercises/`: `task.py` as it is given, `check.py`, a `reference.py` that is
right, and `mistakes/HINT.py`, each of which must get the hint of its name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Literal

import msgspec

from tui_llm.errors import RunFailedError
from tui_llm.files import write_atomically
from tui_llm.lessons.course.lesson import Exercise, Lesson
from tui_llm.lessons.course.progress import learn_folder
from tui_llm.lessons.course.reading import COURSE
from tui_llm.translation import _

#: Seconds that a check may take.
LIMIT = 5.0

#: Columns of the task as it stands above the code.
_COLUMNS = 100


class Hint(Exception):  # noqa: N818 - not an error, but what the learner is told
    """Raised by a `check.py`: the mistake that was found, by the name of its hint, and the values it shows."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = {key: str(value) for key, value in values.items()}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a check ended."""

    kind: Literal["solved", "hint", "syntax", "raised", "missing", "unusable", "slow", "died"]
    hint: str = ""
    """The name of the hint."""
    values: dict[str, str] = {}
    """What the hint shows."""
    line: int = 0
    """Where in the learner's file."""
    what: str = ""
    """The name that is missing, or what Python says."""
    printed: str = ""
    """What the learner's code printed."""

    @property
    def solved(self) -> bool:
        return self.kind == "solved"


def told(outcome: Outcome, exercise: Exercise) -> str:
    """What the learner is told, in their language."""
    if outcome.kind == "solved":
        return exercise.done
    if outcome.kind == "hint":
        return exercise.hints[outcome.hint].format(**outcome.values)
    general = {
        "syntax": _("Line {line} is not Python: {what}."),
        "raised": _("Line {line} raised {what}."),
        "missing": _("There is no `{what}` in your file any more. The check calls it by this name."),
        "unusable": _("The check cannot go on with your code: {what}."),
        "slow": _("Your code took more than {what} seconds and was ended. Is there a loop without an end?"),
        "died": _("Your code ended the process that ran it ({what})."),
    }
    return general[outcome.kind].format(line=outcome.line, what=outcome.what)


def folder_of(lesson: Lesson, exercise: Exercise) -> Path:
    """Where the exercise's own files lie."""
    return COURSE / lesson.folder / "exercises" / exercise.name


def file_of(lesson: Lesson, exercise: Exercise) -> Path:
    """The learner's file; it may not be there yet."""
    return learn_folder() / f"{lesson.number:02}-{lesson.slug}" / f"{exercise.name}.py"


def given(lesson: Lesson, exercise: Exercise) -> str:
    """The file as it is given: the task as a comment, and the code to be completed."""
    task = exercise.task.replace("`", "")
    lines = [f"# {line}".rstrip() for part in task.split("\n") for line in (textwrap.wrap(part, _COLUMNS - 2) or [""])]
    code = (folder_of(lesson, exercise) / "task.py").read_text(encoding="utf-8")
    return "\n".join(lines) + f"\n\n{code}"


def hand_out(lesson: Lesson, exercise: Exercise, *, anew: bool = False) -> Path:
    """The learner's file, made if it is not there, or if it is to be `anew`.

    Raises:
        OSError: it cannot be written.
    """
    path = file_of(lesson, exercise)
    if anew or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, given(lesson, exercise), durable=False)
    return path


def check(lesson: Lesson, exercise: Exercise, path: Path, *, limit: float = LIMIT) -> Outcome:
    """Run the learner's file, and say what is wrong with it.

    Raises:
        RunFailedError: the check itself is broken, or no process can be started.
    """
    # -P: a file of the learner's that happens to be called random.py must not be imported.
    command = [
        sys.executable,
        "-P",
        "-m",
        "tui_llm.lessons.course.checker",
        str(folder_of(lesson, exercise)),
        str(path),
    ]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit,
            check=False,
            start_new_session=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        return Outcome(kind="slow", what=f"{limit:g}")
    except OSError as error:
        raise RunFailedError(f"the check cannot be started: {error}.", "see tui-llm doctor.") from error
    try:
        outcome = msgspec.json.decode(done.stdout, type=Outcome)
    except msgspec.DecodeError:
        words = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        return Outcome(kind="died", what=words or f"exit code {done.returncode}")
    if outcome.kind == "hint" and outcome.hint not in exercise.hints:
        raise RunFailedError(f"the check knows no hint {outcome.hint!r}.", "this is a defect; please report it.")
    return outcome
