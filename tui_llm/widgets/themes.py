"""The app's themes: dark, light, colour-blind-safe (Okabe and Ito 2008), and the terminal's own colours.

A theme's variables name the colours of curves: `curve-1` to `curve-6`. Imports Textual alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

#: Okabe and Ito's palette, safe for the common kinds of colour blindness: blue, orange, green, purple, sky, vermilion.
OKABE_ITO = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#D55E00")

_DARK_CURVES = ("#4FA8F5", "#FFB454", "#7FD962", "#D2A6FF", "#F07178", "#95E6CB")
_LIGHT_CURVES = ("#0059B3", "#B34700", "#2E7D32", "#7B1FA2", "#B71C1C", "#00695C")
_ANSI_CURVES = ("ansi_blue", "ansi_yellow", "ansi_green", "ansi_magenta", "ansi_red", "ansi_cyan")


def _curves(colours: tuple[str, ...]) -> dict[str, str]:
    return {f"curve-{number}": colour for number, colour in enumerate(colours, 1)}


def _like(builtin: str, name: str, curves: tuple[str, ...]) -> Theme:
    """A theme of Textual's under our name, with colours for curves."""
    from dataclasses import replace

    base = BUILTIN_THEMES[builtin]
    return replace(base, name=name, variables={**base.variables, **_curves(curves)})


THEMES: dict[str, Theme] = {
    theme.name: theme
    for theme in (
        _like("textual-dark", "dark", _DARK_CURVES),
        _like("textual-light", "light", _LIGHT_CURVES),
        Theme(
            name="colour-blind-safe",
            primary=OKABE_ITO[0],
            secondary="#0072B2",
            accent=OKABE_ITO[1],
            warning=OKABE_ITO[4],
            error=OKABE_ITO[5],
            success=OKABE_ITO[2],
            background="#101418",
            surface="#181D22",
            panel="#22282E",
            foreground="#E6E6E6",
            dark=True,
            variables=_curves(OKABE_ITO),
        ),
        _like("ansi-dark", "ansi", _ANSI_CURVES),
    )
}


def choose_theme(wanted: str, environment: Mapping[str, str]) -> str:
    """The theme for `wanted`; for `auto`, light where COLORFGBG names a light background (7 or 9 to 15), else dark."""
    if wanted != "auto":
        return wanted
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in {"7", *map(str, range(9, 16))} else "dark"
