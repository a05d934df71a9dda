"""The process that checks one file of a learner's: `python -m tui_llm.lessons.course.checker FOLDER FILE`. Standard
library and `exercises`; it prints an `Outcome` as JSON.

FOLDER is the exercise's, whose `check.py` has `check(task)`: it calls the functions of the learner's module `task`, and
raises a `Hint` for the first mistake that it finds.
"""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import sys
import traceback
import types
from pathlib import Path
from typing import Any

import msgspec

from tui_llm.lessons.course.exercises import Hint, Outcome

#: Characters of what the learner's code prints that are kept.
_PRINTED = 600


class _Printed(io.StringIO):
    """Keeps the beginning of what is printed, so that an endless loop fills no memory."""

    def write(self, text: str, /) -> int:
        super().write(text[: max(0, _PRINTED - self.tell())])
        return len(text)


class _Missing(Exception):  # noqa: N818 - told to the learner as what is missing
    """The learner's file lacks a name that the check needs."""


class Task:
    """The learner's module as the check sees it."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise _Missing(name) from None


def outcome(folder: Path, path: Path) -> Outcome:
    """How the check of `path` ends."""
    printed = _Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        found = _checked(folder, path)
    return msgspec.structs.replace(found, printed=printed.getvalue())


def _checked(folder: Path, path: Path) -> Outcome:
    check = runpy.run_path(str(folder / "check.py"))["check"]
    module = types.ModuleType("task")
    try:
        code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        exec(code, vars(module))  # it is the learner's own code, in a process of its own
        check(Task(module))
    except Hint as hint:
        return Outcome(kind="hint", hint=hint.name, values=hint.values)
    except _Missing as missing:
        return Outcome(kind="missing", what=str(missing))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the learner's code raises is told to them
        return _raised(error, path)
    return Outcome(kind="solved")


def _raised(error: BaseException, path: Path) -> Outcome:
    """What Python says of the learner's code."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return Outcome(kind="syntax", line=error.lineno or 0, what=error.msg)
    said = traceback.format_exception_only(error)[-1].strip().rstrip(".")
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    if lines:
        return Outcome(kind="raised", line=lines[-1] or 0, what=said)
    return Outcome(kind="unusable", what=said)  # the check could not go on with it


def main() -> None:
    """Check, and end at once: nothing that the learner's code left behind is waited for."""
    answer = os.dup(1)
    os.dup2(2, 1)
    folder, path = map(Path, sys.argv[1:])
    os.write(answer, msgspec.json.encode(outcome(folder, path)))
    os._exit(0)


if __name__ == "__main__":
    main()
