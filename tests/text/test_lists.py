"""Lists of items against running text and verse. (The real texts are in test_real_texts.py.)"""

from __future__ import annotations

import textwrap

import pytest

from tui_llm.text.language import guess_language
from tui_llm.text.lists import judge_list

PROSE = (
    "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo de los de "
    "lanza en astillero, adarga antigua, rocín flaco y galgo corredor. Una olla de algo más vaca que carnero, salpicón "
    "las más noches, duelos y quebrantos los sábados, lentejas los viernes, algún palomino de añadidura los domingos, "
    "consumían las tres partes de su hacienda. "
)


def numbered(pattern: str, count: int = 200) -> str:
    return "".join(pattern.format(number=number, word="palabra"[: 1 + number % 7]) + "\n" for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        numbered("{word}{number}"),
        numbered("María {word} Pérez {number}"),
        numbered("Quien a {number} {word} se arrima, buena sombra {word} le cobija."),
        numbered("arroz con {word} {number}"),
        numbered("¿Cuántas {word} son {number}?"),
        numbered("Item {number}: {word}") + "\n",
        numbered("https://example.org/{word}/{number}"),
    ],
)
def test_lists(text: str) -> None:
    assert judge_list(text, is_whole=True)[0]
    assert judge_list(text[:-4], is_whole=False)[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (numbered("{word}{number}", 49), "fewer"),
        ("", "fewer"),
        ("una sola línea larga " * 1000, "fewer"),
        (numbered("{word} {number}\n"), "empty lines"),
        (textwrap.fill("".join(PROSE.replace("a", f"a{number} ") for number in range(20)), 72), "fixed width"),
        (numbered("y así va {number} este verso largo,"), "comma"),
        (numbered("que {word} va por {number} la senda"), "lead over"),
        (numbered("    x = {number} + {word}"), "indented"),
        ("\n".join((PROSE * 60).split()), "repeat"),
        (numbered(PROSE + "{number}"), "long"),
        (
            "".join((PROSE * (1 if number % 9 == 0 else 0) + f"-Sí, {number}.\n") for number in range(200)),
            "different lengths",
        ),
    ],
)
def test_no_lists(text: str, reason: str) -> None:
    is_list, why = judge_list(text, is_whole=True)
    assert not is_list
    assert reason in why


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "es"),
        ("Não sei o que é que ela disse, mas a casa do avô também não era muito longe da escola dos meninos.", "pt"),
        ("It was the best of times, it was the worst of times, it was the age of wisdom and of foolishness.", "en"),
        (
            "Tous les êtres humains naissent libres et égaux en dignité et en droits, et la fin est dans le jardin.",
            "unknown",
        ),
        (
            "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti, e il sole è nella casa del re.",
            "unknown",
        ),
        (
            "Tots els éssers humans neixen lliures i iguals en dignitat i en drets; la casa és del noi amb una flor.",
            "unknown",
        ),
        ("emma olivia ava isabella sophia charlotte mia amelia harper evelyn", "unknown"),
        ("", "unknown"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert guess_language(text) == language
