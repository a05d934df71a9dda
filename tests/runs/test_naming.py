"""What a run may be called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.runs.naming import LONGEST_NAME, check_name, stem_of


@pytest.mark.parametrize("name", ["novelas-1", "año_2.b", "Ñandú", "1200", "_x", "小説", "उपन्यास", "a" * LONGEST_NAME])
def test_good_names_are_kept(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "-x",
        "a/b",
        "a\\b",
        "a b",
        "a\n",
        "a\0b",
        "a:b",
        "x.",
        "last",
        "a" * 61,
        "\ud800",
        "🙂",
    ],
)
def test_bad_names_are_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(InputError) as caught:
        check_name(name)
    assert caught.value.what.endswith(".")
    assert caught.value.hint.endswith(".")


def test_accents_are_composed() -> None:
    assert check_name(unicodedata.normalize("NFD", "canción")) == unicodedata.normalize("NFC", "canción")


@given(st.text(), st.integers(1, 999_999))
def test_any_text_gives_a_stem_for_numbered_names(text: str, number: int) -> None:
    name = f"{stem_of(text)}-{number}"
    assert check_name(name) == name


@pytest.mark.parametrize(
    ("text", "stem"),
    [("novelas", "novelas"), ("Mis novelas (2)", "Mis-novelas-2"), ("..", "run"), ("", "run"), ("/tmp/x", "tmp-x")],
)
def test_a_stem_stays_recognizable(text: str, stem: str) -> None:
    assert stem_of(text) == stem
