"""What the tests of commands share: the program with an empty home, and a small text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program

#: Enough for every split of a block of 16 characters, and different enough not to be learnt by heart at once.
SENTENCES = [
    f"{who} {does} {what} {where}."
    for who in ("La niña", "El abuelo", "Un perro", "La vecina")
    for does in ("busca", "pierde", "encuentra", "guarda")
    for what in ("una llave", "el pan", "su sombrero", "la carta")
    for where in ("en el río", "bajo la mesa", "cerca del puente")
]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with an empty home."""
    return Program(tmp_path / "home")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of sentences, about 8 kB."""
    path = tmp_path / "frases.txt"
    path.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    return path
