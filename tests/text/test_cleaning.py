"""Cleaning: what goes, what stays, what is counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_llm.text.cleaning import Cleaner
from tui_llm.text.report import ReadReport, SourceReport

Read = Callable[..., tuple[list[str], ReadReport]]


def clean(*pieces: str, nfc: bool = False) -> tuple[str, SourceReport]:
    report = SourceReport(path="x", format="txt")
    cleaner = Cleaner(report, nfc)
    return "".join([*map(cleaner.feed, pieces), cleaner.finish()]), report


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("a\0b\x07c\x1b[31md\x7f", "abc[31md"),
        ("\ufeffa\ufeffb", "ab"),
        ("a\x85b\vc", "a\nb\nc"),
        ("a\fb\n\fc\f", "a\nb\nc\n"),
        ("\x97 Não \x93sei\x94\x85", "— Não “sei”\n"),
        ("a\x81b\x9d", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_what_is_changed(dirty: str, wanted: str) -> None:
    assert clean(dirty)[0] == wanted


@pytest.mark.parametrize(
    "text", ["\t tab\u00a0nbsp\u200bzw\u00adshy\u2028ls", "a  b   \n\n\n", "e\u0301", "👨‍👩‍👧 🏴󠁧󠁢", "ﬁ ① ½"]
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert clean(text)[0] == text


def test_what_is_counted() -> None:
    _, report = clean("a\0b\x01\ufeff", "\x97\x93", "\ufffd\ufffd", "x\u0301", "\v\x85")
    assert report.removed_characters == 3
    assert report.mended_characters == 2
    assert report.replacement_characters == 2
    assert report.line_ending_counts.other == 2
    assert clean("e\u0301")[1].not_nfc
    assert not clean("é")[1].not_nfc
    assert not clean("e\u0301", nfc=True)[1].not_nfc


@given(st.text())
def test_what_comes_out_has_nothing_odd_left(text: str) -> None:
    result, _ = clean(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in result)
    assert "\ufeff" not in result
    assert clean(result)[0] == result


PIECES = st.lists(
    st.text(st.characters(exclude_characters="\r")) | st.sampled_from(["\f", "\n", "e", "\u0301", "가", "ᄀ", "ᅡ", "\0"])
)


@given(PIECES, st.booleans())
@example(["ᄀ", "ᅡ", "ᆨ"], True)
@example(["\n", "\0", "\f", "a"], False)
@example(["\v", "\f"], False)
def test_where_a_text_is_cut_does_not_matter(pieces: list[str], nfc: bool) -> None:
    assert clean(*pieces, nfc=nfc)[0] == clean("".join(pieces), nfc=nfc)[0]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")), st.integers(1, 5))
def test_nfc_is_that_of_the_whole_text(text: str, step: int) -> None:
    pieces = [text[start : start + step] for start in range(0, len(text), step)]
    assert clean(*pieces, nfc=True)[0] == unicodedata.normalize("NFC", text)


def test_nfc_of_a_long_run_without_a_safe_place() -> None:
    text = "각" * 20_000
    decomposed = unicodedata.normalize("NFD", text)
    assert unicodedata.normalize("NFC", clean(decomposed[:7], decomposed[7:], nfc=True)[0]) == text


def test_garbled_text_is_told_and_left(tmp_path: Path, read: Read) -> None:
    text = "El niño comió «piñas» aquí, ¿verdad?\n" * 20
    garbled = text.encode().decode("cp1252", "replace")
    (tmp_path / "a.txt").write_text(garbled, encoding="utf-8")
    documents, report = read(tmp_path / "a.txt")
    assert documents == [garbled]
    assert any("it looks garbled" in warning for warning in report.warnings)
    (tmp_path / "b.txt").write_text(text + "NÃO, SÃO PAULO, ÂNGULO", encoding="utf-8")
    assert not any("it looks garbled" in warning for warning in read(tmp_path / "b.txt")[1].warnings)


def test_decomposed_letters_are_told_or_composed(tmp_path: Path, read: Read) -> None:
    composed = "Mañana será otro día.\n"
    (tmp_path / "a.txt").write_text(unicodedata.normalize("NFD", composed), encoding="utf-8")
    documents, report = read(tmp_path / "a.txt")
    assert documents == [unicodedata.normalize("NFD", composed)]
    assert any("--nfc" in warning for warning in report.warnings)
    documents, report = read(tmp_path / "a.txt", nfc=True)
    assert documents == [composed]
    assert report.warnings == []
