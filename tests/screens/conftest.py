"""A home of its own for every test of a screen, and settings that no machine disturbs."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, which TUI_LLM_HOME names."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("TUI_LLM_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _plain_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LLM_CONFIG", str(tmp_path / "settings.toml"))
    for name in ("TUI_LLM_LANG", "TUI_LLM_THEME", "TUI_LLM_MOUSE", "TUI_LLM_CHARTS", "NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("COLORTERM", "truecolor")
