"""Texts that learners may have, however odd, and drawing a lesson's figures from them."""

from __future__ import annotations

import random

from tests.lessons.course.pages import COLUMNS
from tui_llm.lessons.course.drawings import received, sent
from tui_llm.lessons.course.kit import TEXT, load
from tui_llm.lessons.course.kit import Words as KitWords
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.widgets.drawings import Look, draw

_rng = random.Random(0)

TEXTS = {
    "empty": "",
    "one character": "a",
    "19 characters": "a" * 19,
    "20 characters": "ab" * 10,
    "499 characters": "hola " * 99 + "hola",
    "500 characters": "hola " * 100,
    "a single one again and again": "a" * 3000,
    "thousands of signs": "".join(chr(0x4E00 + min(3000, int(_rng.expovariate(0.002)))) for _ in range(20_000)),
    "emoji and control characters": "".join(_rng.choice("abc 😀👩‍👧e\u0301\t\r\n\x00\x07🇪🇸") for _ in range(2000)),
    "accents apart": "a\u0301e\u0301x\u0327\u0301 " * 300,
    "accents alone": "नमस्ते दुनिया यह एक पाठ है। " * 50,
    "sorted": "".join(letter * 200 for letter in "abcdefghij"),
    "nothing to be seen": " \n" * 600,
    "nothing to be printed": "\x00" * 600,
}


def draws_in_any_look(folder: str, text: str) -> None:
    """Draw every figure that takes a text, with its knobs at the start, and all at either end."""
    words = {figure.name: KitWords(figure.words) for figure in read_lesson(folder, "en").figures}
    for name, maker in load(folder).figures.items():
        if TEXT not in maker.own.values():
            continue
        turns = [
            {knob: one.start for knob, one in maker.knobs.items()},
            {knob: one.values[0] for knob, one in maker.knobs.items()},
            {knob: one.values[-1] for knob, one in maker.knobs.items()},
        ]
        for values in turns:
            drawings = received(sent(maker(words[name], text=text, **values)))
            for look in (Look(), Look(colourless=True), Look(ascii_only=True)):
                lines = draw(drawings, COLUMNS, look)
                assert lines
                assert max(line.cell_len for line in lines) <= COLUMNS
