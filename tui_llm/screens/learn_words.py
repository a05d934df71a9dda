"""What the Learn screen says of answers and of checks, in the colours of the theme. Imports rich and Textual."""

from __future__ import annotations

from rich.text import Text
from textual.app import App

from tui_llm.widgets.prose import inline


def themed(app: App[object], name: str) -> str:
    """A style of rich's in the colour that the theme has for `name`; bold in any case."""
    colour = app.theme_variables.get(name, "").split(" ")[0]
    return f"bold {colour}" if colour.startswith("#") else "bold"


def verdict(app: App[object], text: str, *, right: bool, lead: str = "") -> Text:
    """What is said of something right or wrong; `lead` stands out."""
    sign = ("+" if right else "x") if app.has_class("-ascii") else ("✓" if right else "✗")
    style = themed(app, "text-success" if right else "text-warning")
    said = inline(" ".join(text.split()), themed(app, "text-accent"))
    return Text.assemble((f"{sign} {lead}".rstrip(), style), " ", said)
