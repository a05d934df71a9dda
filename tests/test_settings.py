"""Settings: the file, below the environment, below a flag; and what is wrong told in a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tui_llm.errors import InputError
from tui_llm.settings import Settings, read_settings, save_setting, settings_path


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings' file, which does not exist yet; no variable says anything."""
    for name in ("TUI_LLM_LANG", "TUI_LLM_THEME", "TUI_LLM_MOUSE", "TUI_LLM_CHARTS"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("TUI_LLM_CONFIG", str(path))
    return path


def test_without_a_file_all_is_default() -> None:
    assert read_settings() == Settings()


def test_the_environment_beats_the_file_and_a_flag_beats_both(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.parent.mkdir()
    file.write_text('theme = "light"\nlanguage = "pt"\nmouse = true\n', encoding="utf-8")
    monkeypatch.setenv("TUI_LLM_LANG", "es")
    monkeypatch.setenv("TUI_LLM_MOUSE", "0")
    settings = read_settings()
    assert (settings.theme, settings.language, settings.mouse) == ("light", "es", False)
    assert read_settings(language="en", mouse=None).language == "en"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG's folders are Linux's")
def test_xdg_says_where_the_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUI_LLM_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert settings_path() == tmp_path / "xdg" / "tui-llm" / "settings.toml"


def test_saving_keeps_comments(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\ntheme = "light"  # at noon\n\n[keymap]\n"app.help" = "f1"\n', encoding="utf-8")
    save_setting("theme", "dark")
    assert file.read_text(encoding="utf-8") == '# mine\ntheme = "dark"  # at noon\n\n[keymap]\n"app.help" = "f1"\n'
    save_setting("charts", "ascii")
    settings = read_settings()
    assert (settings.charts, settings.keymap) == ("ascii", {"app.help": "f1"})


@pytest.mark.parametrize(
    ("text", "word"),
    [('theme = "pink"', "pink"), ("colour = 1", "colour"), ("theme =", "TOML"), ("keymap = 3", "keymap")],
)
def test_what_cannot_be_is_told(file: Path, text: str, word: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_settings()
    assert word in told.value.what


def test_a_variable_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LLM_THEME", "pink")
    with pytest.raises(InputError, match="TUI_LLM_THEME"):
        read_settings()
