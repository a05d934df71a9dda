"""What a person likes: language, theme, mouse, charts, keys. Kept in `settings.toml` in the platform's config folder
(XDG's on Linux). Imports the standard library, msgspec, platformdirs and the errors; tomlkit where it writes.

The environment beats the file, and a flag beats both: TUI_LLM_LANG, TUI_LLM_THEME, TUI_LLM_MOUSE, TUI_LLM_CHARTS.
TUI_LLM_CONFIG names another file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import platformdirs

from tui_llm.errors import InputError
from tui_llm.files import write_atomically

_VARIABLES = {
    "language": "TUI_LLM_LANG",
    "theme": "TUI_LLM_THEME",
    "mouse": "TUI_LLM_MOUSE",
    "charts": "TUI_LLM_CHARTS",
}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `settings.toml` may say."""

    language: Literal["en", "es", "pt"] | None = None
    """None: as the locale says."""
    theme: Literal["auto", "dark", "light", "colour-blind-safe", "ansi"] = "auto"
    """`auto` is light where the terminal says so (COLORFGBG), else dark."""
    mouse: bool = True
    charts: Literal["auto", "braille", "ascii"] = "auto"
    """What charts are drawn with; `auto` is ASCII where the terminal cannot show more."""
    keymap: dict[str, str] = {}
    """Keys by the id of what they do: `"training.pause" = "p,space"`. The help of each screen shows the ids."""


def settings_path() -> Path:
    """The file; it may not exist."""
    chosen = os.environ.get("TUI_LLM_CONFIG")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_config_path("tui-llm", appauthor=False) / "settings.toml"


def read_settings(**flags: Any) -> Settings:
    """The file's settings, below the environment's, below `flags` that are not None.

    Raises:
        InputError: one of them cannot be.
    """
    whole = _read_file(settings_path())
    _check(whole, f"the file {settings_path()}")
    for name, variable in _VARIABLES.items():
        value = os.environ.get(variable)
        if value:
            whole[name] = value
            _check({name: value}, f"the variable {variable}")
    given = {name: value for name, value in flags.items() if value is not None}
    return _check({**whole, **given}, "the command line")


def save_setting(name: str, value: str | bool) -> None:
    """Write one setting into the file; its other lines and comments stay as they are.

    Raises:
        InputError: the file is not TOML.
        OSError: it cannot be written.
    """
    import tomlkit

    path = settings_path()
    _read_file(path)
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    document[name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, tomlkit.dumps(document))


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not TOML: {error}.", "mend that line, or delete the file.") from error


def _check(settings: Mapping[str, Any], where: str) -> Settings:
    try:
        return msgspec.convert(settings, Settings, strict=False)
    except msgspec.ValidationError as error:
        problem = str(error).replace("`", "")
        raise InputError(
            f"{where} has a setting that cannot be: {problem[:1].lower()}{problem[1:]}.",
            "the settings are: language (en, es, pt), theme (auto, dark, light, colour-blind-safe, ansi), mouse, "
            "charts (auto, braille, ascii) and keymap.",
        ) from error
