"""The lessons' Markdown: marks become styles, blocks stay apart, code is as it was written."""

from __future__ import annotations

from rich.console import Console

from tui_llm.widgets.prose import inline, prose


def shown(text: str, width: int = 40) -> list[str]:
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        console.print(prose(text))
    return [line.rstrip() for line in captured.get().split("\n")]


def test_marks_become_styles() -> None:
    text = inline("A **bold** word, `code * here`, *this*; 2 * 3 * 4.", "red")
    assert text.plain == "A bold word, code * here, this; 2 * 3 * 4."
    assert [(text.plain[span.start : span.end], span.style) for span in text.spans] == [
        ("bold", "bold"),
        ("code * here", "red"),
        ("this", "italic"),
    ]


def test_paragraphs_lists_and_code_stay_apart() -> None:
    source = "One\nline.\n\n- first\n- second,\n  which goes on\n\n```\nfor x in y:\n    z\n\n    w\n```\nThe end."
    assert shown(source) == [
        "One line.",
        "",
        "- first",
        "- second, which goes on",
        "",
        "  for x in y:",
        "      z",
        "",
        "      w",
        "",
        "The end.",
        "",
    ]
