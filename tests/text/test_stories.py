"""The stories: repeatable, whole, rightly spelt, and none like another. And the sayings that ship beside them."""

from __future__ import annotations

import io
import itertools
import re
import string
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.text.stories import LANGUAGES, SEPARATOR, load, stories, story
from tui_llm.text.stories.book import write_book
from tui_llm.text.stories.grammar import Dice, read_beats
from tui_llm.text.stories.plots import CHOICES, SHAPES, WAYS, Step, read_shape

SAYINGS = Path(__file__).resolve().parents[2] / "data" / "dichos.txt"
WORD = re.compile(r"[^\W\d_]+")

each_language = pytest.mark.parametrize("language", LANGUAGES)
any_language = st.sampled_from(sorted(LANGUAGES))


def book(language: str, seed: int, size: int) -> bytes:
    file = io.BytesIO()
    tally = write_book(file, language, seed, size)
    assert tally.size == len(file.getvalue())
    return file.getvalue()


def some(language: str, number: int = 300, seed: int = 11) -> list[str]:
    return list(itertools.islice(stories(language, seed), number))


def names_of(step: Step) -> set[str]:
    """Every beat that may be told at a step."""
    names = set()
    for beat in step.beats:
        fields = re.findall(r"\{(\w+)\}", beat)
        values = [CHOICES.get(field) or sorted(set(WAYS.values())) for field in fields]
        names |= {beat.format_map(dict(zip(fields, choice, strict=True))) for choice in itertools.product(*values)}
    return names


# --- the same everywhere ---


@settings(max_examples=20, deadline=None)
@given(any_language, st.integers(-5, 10**9), st.integers(1, 30_000), st.integers(1, 30_000))
def test_longer_book_begins_with_the_shorter(language: str, seed: int, one: int, other: int) -> None:
    short, long = (book(language, seed, size) for size in sorted((one, other)))
    assert long.startswith(short)


@given(any_language, st.integers(0, 10**6), st.integers(0, 10**6))
def test_story_depends_on_language_seed_and_number_only(language: str, seed: int, index: int) -> None:
    assert story(language, seed, index) == story(language, seed, index)
    assert story(language, seed, index) != story(language, seed + 1, index)
    assert story(language, seed, index) != story(language, seed, index + 1)


def test_same_bytes_in_another_process_with_another_hash_seed() -> None:
    program = "from tui_llm.text.stories import story; print(ascii([story(l, 3, 5) for l in ('es', 'pt', 'en')]))"
    told = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONHASHSEED": "77"}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ascii([story(language, 3, 5) for language in ("es", "pt", "en")])


def test_dice_fall_the_same_on_every_version_of_python() -> None:
    dice = Dice("es/0/0")
    assert [dice.pick(range(1000)) for _ in range(6)] == [719, 610, 960, 199, 775, 570]


@each_language
def test_book_ends_with_the_story_that_passes_the_size(language: str) -> None:
    text = book(language, 0, 20_000).decode()
    told = text.removesuffix("\n").split(f"\n{SEPARATOR}\n")
    assert told == some(language, len(told), seed=0)
    before = text.rindex(SEPARATOR)
    assert len(text[:before].encode()) <= 20_000 < len(text.encode())


# --- the text ---


@each_language
def test_no_two_stories_are_equal_and_words_are_few(language: str) -> None:
    told = book(language, 0, 1_000_000).decode().split(f"\n{SEPARATOR}\n")
    assert len(told) > 900
    assert len(set(told)) == len(told)
    words = Counter(word for text in told for word in WORD.findall(text.lower()))
    assert 800 <= len(words) <= 1_500
    sentences = [sentence for text in told for line in text.split("\n") for sentence in re.split(r"(?<=[.!?]) ", line)]
    assert len(set(sentences)) > 0.35 * len(sentences)


@each_language
def test_shape_of_a_story(language: str) -> None:
    for text in some(language):
        title, empty, *lines = text.split("\n")
        assert empty == ""
        assert 3 <= len(title) <= 50
        assert title[-1] not in ".,:;"
        assert 3 <= len(lines) <= 45
        for line in lines:
            assert line == line.strip() != ""
            assert line[-1] in '.?!:"…”', line
        assert lines[-1][-1] in '.?!"', text


@each_language
def test_nothing_is_left_to_fill_and_nothing_is_doubled(language: str) -> None:
    for text in some(language):
        assert not set("{}[]|/_*") & set(text), text
        assert "  " not in text
        assert not re.search(r"[,;:.]{2}(?!\.)|\s[,;.]|(?<!\.)\.\.(?!\.)", text.replace("...", "…")), text
        assert not re.search(r"\b(\w+) \1\b", text.replace("que que", "")), text
        assert set(text) <= set(
            string.ascii_letters + string.digits + " \n.,;:!?¡¿«»“”—…'\"-áéíóúñüâêôãõàç" + "ÁÉÍÓÚÑÂÊÔÃÕÀ"
        )


@each_language
def test_sentences_begin_with_a_capital(language: str) -> None:
    for text in some(language):
        title, _, *lines = text.split("\n")
        for line in (title, *lines):
            assert line.lstrip('—¿¡"«“ ')[0].isupper(), line
        for sentence in re.findall(r"(?<=[.] )\S", "\n".join(lines)):
            assert sentence.isupper() or sentence in '"¿¡—«“', (sentence, text)


@pytest.mark.parametrize("language", ["es", "pt"])
def test_dialogue_with_dashes(language: str) -> None:
    for text in some(language):
        for line in text.split("\n"):
            assert line.startswith("—") == ("—" in line), line
            inside = line.removeprefix("—")
            gap = " " if language == "pt" else ""
            assert not inside or line == inside or inside.startswith(gap), line
            assert line.count("—") <= 3, line


def test_spanish_agrees_and_contracts() -> None:
    for text in some("es"):
        assert text.count("¿") == text.count("?"), text
        assert text.count("¡") == text.count("!"), text
        assert text.count("«") == text.count("»"), text
        wrong = r"\b(de el|a el|una? (el|la)|el la|la el|lo las?|y i\w+|o o\w+)\b"
        assert not re.search(wrong, text.lower()), text
        for article, other in (("un", "a"), ("una", "o")):
            assert not re.search(rf"\b{article} \w+ llamad{other}\b", text.lower()), text


def test_portuguese_agrees_and_contracts() -> None:
    for text in some("pt"):
        assert "¿" not in text
        assert "«" not in text
        assert text.count("“") == text.count("”"), text
        assert not re.search(r"\b(de|em|por) [oa]s? (?!que\b)\w", text.lower()), text
        assert not re.search(r"\b(os duas|as dois|a o|a os)\b", text.lower()), text
        for article, other in (("um", "a"), ("uma", "o")):
            assert not re.search(rf"\b{article} \w+ chamad{other}\b", text.lower()), text


def test_english_articles_pronouns_and_quotes() -> None:
    for text in some("en"):
        for line in text.split("\n"):
            assert line.count('"') % 2 == 0, line
        assert not re.search(r"\ba [aeio]\w|\ban (?!hour)[^aeiou\W]", text.lower()), text
        assert not re.search(r"\b(her her|his his|him his|he she|she he)\b", text.lower()), text


# --- the scene holds ---


@each_language
def test_every_beat_that_a_plot_may_need_is_written_and_no_other(language: str) -> None:
    needed = set().union(*(names_of(step) for shape in SHAPES for paragraph in shape for step in paragraph))
    assert needed == set(load(language).beats)


@each_language
def test_beats_are_told_in_several_ways(language: str) -> None:
    beats = load(language).beats
    ways = [len(variants) for name, variants in beats.items() if not name.startswith("title.")]
    assert sum(ways) > 600
    assert sum(number == 1 for number in ways) <= 3
    for name, variants in beats.items():
        readings = [reading for variant in variants for reading in variant]
        assert len(set(readings)) == len(readings), name


@each_language
def test_companion_is_not_spoken_of_before_being_introduced(language: str) -> None:
    """The companion comes in at `friend`: no beat before it, and none of a plot without it, may name that one."""
    beats = load(language).beats
    for shape in SHAPES:
        steps = [step for paragraph in shape[1:] for step in paragraph]
        friend = next(
            (i for i, step in enumerate(steps) if step.beats == ("friend",) and not step.may_lack), len(steps)
        )
        for step in steps[:friend]:
            for name in names_of(step):
                for reading in itertools.chain(*beats[name]):
                    assert "{c" not in reading, (shape, name, reading)


@each_language
def test_the_one_who_is_helped_comes_back(language: str) -> None:
    """In some story of the book, the stranger of the first half is the one who helps in the second."""
    recalled = 0
    for text in some(language, 400):
        half = len(text) // 2
        first, second = set(WORD.findall(text[:half])), set(WORD.findall(text[half:]))
        names = set(itertools.chain(*load(language).names.values()))
        recalled += len(first & second & names) >= 2
    assert recalled > 200


# --- the notation ---


def test_read_beats_spells_out_choices_subjects_and_lines() -> None:
    beats = read_beats('a:\n- [x|y] {H}\n- one\n  two // "three"\n\nb:\n- "four"\n')
    assert beats == {
        "a": [["x {h}", "x {h.The}", "y {h}", "y {h.The}"], ['one two\n"three"\n']],
        "b": [['\n"four"\n']],
    }


@pytest.mark.parametrize("text", ["- lost\n", "a:\n- b\na:\n- c\n", "a:\nb\n"])
def test_read_beats_refuses_what_it_cannot_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"twice|belongs to no beat"):
        read_beats(text)


def test_read_shape_refuses_a_step_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="not a step"):
        read_shape("title\nopening Friend!")


def test_unknown_language() -> None:
    with pytest.raises(KeyError):
        story("la", 0, 0)


# --- the sayings ---


def test_sayings() -> None:
    text = SAYINGS.read_text(encoding="utf-8")
    assert text.endswith(".\n")
    sayings = text.splitlines()
    assert len(sayings) >= 400
    assert len({saying.lower() for saying in sayings}) == len(sayings)
    for saying in sayings:
        assert 25 <= len(saying) <= 90, saying
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ][a-záéíóúüñA-ZÁÉÍÓÚÑ ,;:]+\.", saying), saying
        assert "  " not in saying
