"""Where things are kept."""

from pathlib import Path

import platformdirs
import pytest

from tui_llm.runs.home import corpora_folder, home, runs_folder


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "casa"))
    assert home() == tmp_path / "casa"
    assert runs_folder() == tmp_path / "casa" / "runs"
    assert corpora_folder() == tmp_path / "casa" / "corpora"


@pytest.mark.parametrize("unset", [None, ""])
def test_else_the_platform_decides(monkeypatch: pytest.MonkeyPatch, unset: str | None) -> None:
    monkeypatch.delenv("TUI_LLM_HOME", raising=False)
    if unset is not None:
        monkeypatch.setenv("TUI_LLM_HOME", unset)
    assert home() == platformdirs.user_data_path("tui-llm", appauthor=False)


def test_a_relative_home_does_not_move_with_the_working_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUI_LLM_HOME", "casa")
    assert home() == tmp_path / "casa"
    monkeypatch.setenv("TUI_LLM_HOME", "~/casa")
    assert home() == Path.home() / "casa"
