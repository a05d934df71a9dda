"""What the process from which commands are forked has imported: what is others', and slow to import."""

from __future__ import annotations

import gc
import importlib

for _name in (
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "numpy",
    "psutil",
    "pydantic",
    "rich.progress",
    "rich.table",
    "safetensors.torch",
    "tokenizers",
    "tomlkit",
    "torch",
    "typer",
    "uniplot",
):
    importlib.import_module(_name)

# The collector of cycles leaves alone what is there by now: no fork copies the memory of all that for it.
gc.collect()
gc.freeze()
