"""Opening the app from the command line. Imports Textual only when it opens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui_llm.errors import InputError

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
        RunFailedError: a defect of ours ended the app.
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
    from tui_llm.app import run_app

    return run_app(settings, watch=watch, read_only=read_only, debug=debug)
