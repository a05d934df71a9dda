"""Opening the app from the command line. Imports Textual only when it opens."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from tui_llm.errors import InputError, RunFailedError

if TYPE_CHECKING:
    from tui_llm.runs.directory import RunDirectory


def open_app(
    language: str | None,
    *,
    no_mouse: bool,
    debug: bool,
    watch: RunDirectory | None = None,
    read_only: bool = False,
) -> int:
    """Show the app until the person leaves; give the exit code.

    Raises:
        InputError: there is no terminal, or a setting cannot be.
        RunFailedError: a defect of ours ended the app; its traceback lies in `app.log` at home.
    """
    # Textual reads stdin and writes stderr.
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__)):
        raise InputError(
            "the app needs a terminal, and there is none.",
            "train without one: tui-llm train TEXT... (tui-llm --help shows every command).",
        )
    from tui_llm.settings import read_settings
    from tui_llm.translation import set_language

    settings = read_settings(language=language, mouse=False if no_mouse else None)
    set_language(settings.language)
    from tui_llm.app import TuiApp

    app = TuiApp(settings, watch=watch, read_only=read_only)
    app.run(mouse=settings.mouse)
    if app.failure is None:
        return app.return_code or 0
    if debug:
        raise app.failure
    raise _told(app.failure) from app.failure


def _told(failure: BaseException) -> RunFailedError:
    """What is said of a defect of the app, whose traceback is written down."""
    from tui_llm.runs.home import home

    log = home() / "app.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(failure)), encoding="utf-8")
    except OSError:
        return RunFailedError(f"the app met a defect: {failure!r}.", "start it again with --debug.")
    return RunFailedError(
        f"the app met a defect of its own: {failure!r}; trainings are not touched by it.",
        f"start it again; {log} holds what to report.",
    )
