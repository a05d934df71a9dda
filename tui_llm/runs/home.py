"""Where corpora and runs are kept. May import the standard library and platformdirs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder of everything kept: $TUI_LLM_HOME, else the platform's folder for a user's data. It may not exist."""
    chosen = os.environ.get("TUI_LLM_HOME")
    return Path(chosen).expanduser().absolute() if chosen else platformdirs.user_data_path("tui-llm", appauthor=False)


def runs_folder() -> Path:
    """The folder that holds a folder for each run."""
    return home() / "runs"


def corpora_folder() -> Path:
    """The folder that holds prepared texts."""
    return home() / "corpora"
