"""What a real interpreter has loaded: the promise behind quick commands and windows that cannot crash with CUDA."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"torch", "transformers", "sentencepiece", "tokenizers", "pyarrow", "textual", "charset_normalizer"}


def loaded(code: str) -> set[str]:
    """The top-level modules that are loaded after `code`, in an interpreter of its own."""
    program = f"{code}\nimport sys, json\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["runs"], ["presets"], ["learn"], ["train", "--help"]]
)
def test_quick_commands_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom tui_llm.cli.main import main\n"
        f"sys.argv = ['tui-llm', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    assert not loaded(code) & HEAVY


@pytest.mark.parametrize("layer", ["tui_llm.runs.catalogue", "tui_llm.runs.launch", "tui_llm.text.preparation"])
def test_the_run_directory_and_the_text_layer_load_no_torch(layer: str) -> None:
    assert not loaded(f"import {layer}") & {"torch", "textual", "rich", "typer"}


VISIT = """
import asyncio
from tests.screens.fakes import app_open, fake_run
from pathlib import Path

async def visit():
    run = fake_run(Path({home!r}), "novela")
    async with app_open() as (app, pilot):
        app.run_shown = run
        for mode in app.screen_titles:
            app.switch_mode(mode)
            await pilot.pause(0.3)

asyncio.run(visit())
"""


def test_the_app_never_loads_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    monkeypatch.setenv("TUI_LLM_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.chdir(Path(__file__).resolve().parents[1])
    found = loaded(VISIT.format(home=str(tmp_path)))
    assert "textual" in found
    assert "torch" not in found


@pytest.mark.parametrize("layer", ["tui_llm.models", "tui_llm.training.loop", "tui_llm.generation.engine"])
def test_the_machinery_loads_no_face(layer: str) -> None:
    assert not loaded(f"import {layer}") & {"textual", "rich", "typer"}
