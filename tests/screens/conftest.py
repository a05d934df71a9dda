"""A home of its own for every test of a screen, and settings that no machine disturbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.piloting import quicken
from tests.screens.configure_fakes import FakeProbe
from tui_llm.screens import configure_panel


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


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    quicken(monkeypatch)


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> type[FakeProbe]:
    """The Config screen with a worker that answers at once."""
    monkeypatch.setattr(configure_panel, "WorkerProcess", FakeProbe)
    monkeypatch.setattr(FakeProbe, "fault", None)
    return FakeProbe


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    """A text to train on."""
    path = tmp_path / "novela.txt"
    path.write_text("En un lugar de la Mancha, de cuyo nombre no quiero acordarme. " * 200, encoding="utf-8")
    return path
