"""Writing an answer of the Console into a file. Imports the dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui_llm.errors import InputError
from tui_llm.files import write_atomically
from tui_llm.screens.console_answer import Answer
from tui_llm.translation import _
from tui_llm.widgets.dialogs import Confirm, TextPrompt

if TYPE_CHECKING:
    from tui_llm.app import TuiApp


async def save_answer(app: TuiApp, answer: Answer) -> None:
    """Ask for a path, and write `answer` there: as text, or everything about it as JSON. From a Textual worker."""
    step = "" if answer.step is None else f"-{answer.step}"
    question = _("Write the answer into this file (.txt, or .json with every token's probability):")
    typed = await app.push_screen_wait(TextPrompt(question, f"{answer.question.run_name}{step}.txt", _check))
    if not typed:
        return
    path = _path(typed)
    there = _("{path} exists already. Replace it?").format(path=path)
    if path.exists() and not await app.push_screen_wait(Confirm(there, _("Replace"))):
        return
    try:
        write_atomically(path, _content(answer, path.suffix), durable=False)
    except OSError as error:
        app.tell(error, _("writing the answer"))
    else:
        app.notify(str(path.absolute()), title=_("saved"), markup=False)


def _content(answer: Answer, suffix: str) -> bytes:
    if suffix == ".json":
        return msgspec.json.format(msgspec.json.encode(answer.document()), indent=2) + b"\n"
    return f"{answer.question.prompt}{answer.text}\n".encode("utf-8", "replace")


def _path(typed: str) -> Path:
    return Path(typed.strip()).expanduser()


def _check(typed: str) -> None:
    path = _path(typed)
    if not typed.strip() or path.is_dir():
        raise InputError(_("that is no file."), _("type a file's name."))
    if not path.parent.is_dir():
        raise InputError(_("there is no folder {folder}.").format(folder=path.parent), _("type another path."))
