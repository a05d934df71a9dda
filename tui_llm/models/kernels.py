"""Modules whose functions numba compiles: where what it made is kept, and how they are loaded. Imports numba once it is
asked for.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

import platformdirs


def kernels_folder() -> Path:
    """Where compiled kernels are kept between processes."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    return Path(chosen) if chosen else platformdirs.user_cache_path("tui-llm", appauthor=False) / "kernels"


def load_kernels(module: str) -> ModuleType:
    """The module of that name, compiled: from what an earlier process left, if it can be found.

    Raises:
        ImportError: numba is missing, or will not work with this numpy.
    """
    if module not in sys.modules:
        numba = importlib.import_module("numba")
        numba.config.CACHE_DIR = str(kernels_folder())
    return importlib.import_module(module)
