"""The cleaned text on disk: documents come back byte for byte, from any place, cut only between words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.errors import RunFailedError
from tui_llm.text.cleaned import CleanedText, write_cleaned
from tui_llm.text.documents import Piece

DOCUMENTS = st.lists(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3), min_size=1, max_size=12)


@contextmanager
def cleaned(documents: list[list[str]]) -> Iterator[CleanedText]:
    with tempfile.TemporaryDirectory() as name:
        pieces = [Piece(text, last == len(d)) for d in documents for last, text in enumerate(d, start=1)]
        size = write_cleaned(Path(name), pieces)
        whole = "".join(piece.text for piece in pieces)
        assert size == (len(whole.encode()), len(whole), len(documents))
        with CleanedText(Path(name), size.bytes, size.documents) as text:
            yield text


@settings(max_examples=100, deadline=None)
@given(documents=DOCUMENTS)
def test_documents_come_back(documents: list[list[str]]) -> None:
    with cleaned(documents) as text:
        assert [text.read(*span).decode() for span in text.spans()] == ["".join(pieces) for pieces in documents]


@settings(max_examples=100, deadline=None)
@given(documents=DOCUMENTS, data=st.data())
def test_documents_are_found_from_any_place(documents: list[list[str]], data: st.DataObject) -> None:
    with cleaned(documents) as text:
        start = data.draw(st.integers(0, text.size - 1))
        assert list(text.spans(start)) == [span for span in text.spans() if start < span[1]]


@settings(max_examples=100, deadline=None)
@given(document=st.text(min_size=1, max_size=30), data=st.data())
def test_characters_are_never_cut(document: str, data: st.DataObject) -> None:
    with cleaned([[document]]) as text:
        place = text.character_at(data.draw(st.integers(0, text.size)))
        assert text.read(0, place).decode() + text.read(place, text.size).decode() == document


def test_a_long_text_comes_in_blocks_cut_before_spaces() -> None:
    document = "una niña, un pequeño corazón — así\n" * 100_000
    with cleaned([[document]]) as text:
        pieces = list(text.pieces(0, text.size))
    assert "".join(piece.text for piece in pieces) == document
    assert len(pieces) == 4
    assert all(piece.text.startswith(" ") and piece.text[1] not in " \n" for piece in pieces[1:])
    assert [piece.stop for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]


def test_a_long_text_without_spaces_is_cut_between_characters() -> None:
    document = "漢字" * 400_000
    with cleaned([[document]]) as text:
        pieces = list(text.pieces(0, text.size))
    assert "".join(piece.text for piece in pieces) == document
    assert len(pieces) == 3


def test_many_documents_pass_the_size_of_a_block() -> None:
    documents = [[str(number)] for number in range(150_000)]
    with cleaned(documents) as text:
        assert [text.read(*span).decode() for span in text.spans()] == [number for [number] in documents]
        place = text.size - 10
        assert [text.read(*span) for span in text.spans(place)] == [b"149998", b"149999"]


@pytest.mark.parametrize("name", ["text.utf8", "documents.u64"])
def test_damage_is_told(name: str, tmp_path: Path) -> None:
    size = write_cleaned(tmp_path, [Piece("hola", True)])
    (tmp_path / name).write_bytes(b"abc")
    with pytest.raises(RunFailedError, match="damaged"):
        CleanedText(tmp_path, size.bytes, size.documents)
