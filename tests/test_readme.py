"""The README's commands work as they stand there; only what takes minutes is made shorter."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.program import Program
from tui_llm.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


def commands() -> list[str]:
    """Every command of the README that begins with tui-llm, in order."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(sh|console)\n(.*?)^```", readme, flags=re.MULTILINE | re.DOTALL)
    begins = {"sh": "tui-llm ", "console": "$ tui-llm "}  # in a console, the lines without a $ are answers
    lines = [(kind, line) for kind, block in blocks for line in block.splitlines()]
    return [line.removeprefix("$ ") for kind, line in lines if line.startswith(begins[kind])]


def shortened(command: str) -> list[str]:
    """The words of `command` with a small text and a few steps instead of minutes."""
    words = shlex.split(command, comments=True)[1:]
    if words[0] == "train":
        words = shlex.split(re.sub(r"--minutes \S+", "", shlex.join(words)))
        sizes = [] if "--preset" in words else ["--n-layer", "1", "--n-head", "2", "--n-embd", "16"]
        return [*words, "--max-steps", "3", *sizes, "--device", "cpu"]
    if words[0] == "find-lr":
        return [*words, "--steps", "10", "--device", "cpu"]
    return shlex.split(re.sub(r"--megabytes \S+", "--megabytes 0.2", shlex.join(words)))


def test_the_readmes_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = Program(tmp_path / "home")
    assert program("data", "stories", "--language", "es", "--megabytes", "0.1", "novela.txt").code == 0
    listed = commands()
    assert len(listed) >= 6
    for command in listed:
        answer = program(*shortened(command))
        assert answer.code == 0, f"{command}\n{answer.err}"


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`tui-llm {name}" not in readme] == []
