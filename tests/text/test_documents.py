"""Texts to documents to pieces."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.text.documents import END_OF_TEXT, PIECE_CHARS, DocumentBuilder, Piece, split_documents
from tui_llm.text.report import ReadReport

Read = Callable[..., tuple[list[str], ReadReport]]

PARTS = st.sampled_from(
    ["a", "ñ ", "\n", " ", "<", "|>", "<|endoftext", END_OF_TEXT, END_OF_TEXT + "\n", "x" * 9, "\u00a0"]
)


def pieces_of(*chunks: str, by_line: bool = False) -> list[Piece]:
    return list(split_documents(chunks, DocumentBuilder(), by_line=by_line))


def joined(pieces: list[Piece]) -> list[str]:
    documents = [""]
    for piece in pieces:
        documents[-1] += piece.text
        if piece.ends_document:
            documents.append("")
    assert documents.pop() == ""
    return documents


@given(st.lists(PARTS).map("".join), st.integers(1, 20), st.booleans())
def test_where_a_text_is_cut_does_not_matter(text: str, size: int, by_line: bool) -> None:
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    assert pieces_of(*chunks, by_line=by_line) == pieces_of(text, by_line=by_line)


@given(st.lists(PARTS).map("".join))
def test_separators_part_documents_and_vanish(text: str) -> None:
    parts = [part.removeprefix("\n") if number else part for number, part in enumerate(text.split(END_OF_TEXT))]
    assert joined(pieces_of(text)) == [part for part in parts if part.strip()]
    lines = [line for part in parts for line in part.split("\n") if line.strip()]
    assert joined(pieces_of(text, by_line=True)) == lines


def test_documents_of_white_space_are_dropped_and_counted() -> None:
    builder = DocumentBuilder()
    text = END_OF_TEXT.join(["uno", " \n", "", "\u00a0", "dos"])
    assert joined(list(split_documents([text], builder, by_line=False))) == ["uno", "dos"]
    assert builder.empty_documents == 2


WORDS = "palabra y más palabras\n" * 60_000


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "x" * PIECE_CHARS,
        "x" * (PIECE_CHARS + 1),
        "x" * (3 * PIECE_CHARS - 1),
        "x" * (PIECE_CHARS - 5000) + " " + "y" * 9000,
        "x" * (PIECE_CHARS - 4000) + "  " + "y" * 9000,
        "x" * PIECE_CHARS + " y",
        "x" * (PIECE_CHARS - 10) + " " * 20 + "y",
        " \n" * 2000 + "ñ" * PIECE_CHARS,
    ],
)
def test_a_long_document_is_cut_at_the_end_of_a_word(text: str) -> None:
    pieces = pieces_of(text)
    assert pieces_of(*(text[start : start + 70_001] for start in range(0, len(text), 70_001))) == pieces
    assert joined(pieces) == [text]
    assert [piece.ends_document for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    for piece, after in pairwise(pieces):
        assert 0 < len(piece.text) <= PIECE_CHARS
        whole = piece.text + after.text
        ends = [
            end
            for end in range(PIECE_CHARS - 4095, PIECE_CHARS + 1)
            if whole[end] in " \n" and not whole[end - 1].isspace()
        ]
        assert len(piece.text) == (ends[-1] if ends else PIECE_CHARS)
    assert len(pieces) <= len(text) // (PIECE_CHARS - 4096) + 1


def test_white_space_before_a_text_is_bounded() -> None:
    text = "\n" * (3 * PIECE_CHARS) + "hola"
    document = "".join(joined(pieces_of(text)))
    assert document.strip() == "hola"
    assert len(document) == PIECE_CHARS + 4
    assert pieces_of(text[:100], text[100:]) == pieces_of(text)


@pytest.mark.parametrize(
    ("text", "documents", "by"),
    [
        ("uno\n<|endoftext|>\ndos\n<|endoftext|>\n", ["uno\n", "dos\n"], "separator"),
        ("uno<|endoftext|>dos", ["uno", "dos"], "separator"),
        ("uno\n<|endoftext|>\n", ["uno\n"], "file"),
        ("uno\n<|end", ["uno\n<|end"], "file"),
    ],
)
def test_separators_in_files(tmp_path: Path, read: Read, text: str, documents: list[str], by: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found, report = read(tmp_path / "a.txt")
    assert found == documents
    assert report.sources[0].documents_by == by


def test_separators_in_records(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "uno<|endoftext|>dos"}\n{"text": "tres<|endoftext|>"}\n', encoding="utf-8"
    )
    assert read(tmp_path / "a.jsonl")[0] == ["uno", "dos", "tres"]


def test_documents_as_asked_for(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("uno\n\n  \ndos \ntres", encoding="utf-8")
    assert read(tmp_path / "a.txt", documents="line")[0] == ["uno", "dos ", "tres"]
    assert read(tmp_path / "a.txt", documents="file")[0] == ["uno\n\n  \ndos \ntres"]
    names = "".join(f"nombre{number}\n" for number in range(99))
    (tmp_path / "b.txt").write_text(names, encoding="utf-8")
    documents, report = read(tmp_path / "b.txt")
    assert documents == names.split()
    assert report.sources[0].documents_by == "line"
    documents, report = read(tmp_path / "b.txt", documents="file")
    assert documents == [names]
    assert (report.sources[0].documents_by, report.sources[0].documents_why) == ("file", "asked for")
