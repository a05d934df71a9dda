"""`tui-llm data prepare` as a user runs it: what it prints, what it keeps, how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SENTENCES
from tests.cli.program import Program


def test_it_says_what_it_made(program: Program, text: Path) -> None:
    answer = program("data", "prepare", str(text))
    assert answer.code == 0
    assert "sentencepiece tokenizer with" in answer.out
    assert [line.split()[0] for line in answer.out.splitlines()[3:6]] == ["train", "val", "test"]
    folder = Path(answer.out.splitlines()[-1])
    assert folder.parents[3] == program.home
    assert (folder / "tokenizer" / "bpe_sp.model").exists()
    assert "\x1b" not in answer.out + answer.err


def test_the_json_document_is_all_of_stdout(program: Program, text: Path) -> None:
    answer = program("data", "prepare", str(text), "--tokenizer", "char", "--json")
    assert answer.code == 0
    document = answer.json
    assert document["tokens"]["kind"] == "char"
    assert document["tokens"]["dtype"] == "uint16"
    sizes = document["tokens"]["splits"]
    assert list(sizes) == ["train", "val", "test"]
    assert sum(size["bytes"] for size in sizes.values()) == document["corpus"]["bytes"]
    assert document["corpus"]["split"]["by"] in ("documents", "stretches")
    assert (Path(document["tokens_folder"]) / "train-00000.bin").stat().st_size == sizes["train"]["tokens"] * 2


def test_the_second_time_nothing_is_made(program: Program, text: Path) -> None:
    first = program("data", "prepare", str(text))
    again = program("data", "prepare", str(text))
    assert again.out == first.out
    assert "training the tokenizer" in first.err
    assert "training the tokenizer" not in again.err


def test_options_reach_the_reader_and_the_tokenizer(program: Program, text: Path) -> None:
    words = ("--tokenizer", "bpe", "--vocab-size", "300", "--documents", "line", "--nfc", "--json")
    document = program("data", "prepare", str(text), *words).json
    assert document["tokens"]["kind"] == "bpe"
    assert document["tokens"]["vocab_size"] == 300
    assert document["corpus"]["read"] == {"text_field": None, "nfc": True, "documents": "line"}
    assert document["corpus"]["documents"] == len(SENTENCES)
    assert document["tokens_folder"].endswith("/tokens/bpe-300")


def test_the_standard_input_is_a_text(program: Program, text: Path) -> None:
    answer = program("data", "prepare", "-", "--json", stdin=text.read_bytes())
    assert answer.code == 0
    assert (
        answer.json["corpus"]["characters"]
        == program("data", "prepare", str(text), "--json").json["corpus"]["characters"]
    )
    assert [path.name for path in (program.home / "corpora").rglob(".tmp-*")] == []


def test_a_vocabulary_too_large_says_what_fits(program: Program, text: Path) -> None:
    answer = program("data", "prepare", str(text), "--vocab-size", "60000")
    assert (answer.code, answer.out) == (2, "")
    assert "error: a vocabulary of 60000 is too large for this text." in answer.err
    largest = answer.err.split("--vocab-size ")[1].split()[0]
    assert program("data", "prepare", str(text), "--vocab-size", largest).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["missing.txt"],
        [],
        ["TEXT", "--vocab-size", "0"],
        ["TEXT", "--tokenizer", "word"],
        ["TEXT", "--vocab-size", "9"],
    ],
)
def test_a_mistake_is_told_in_a_sentence(words: list[str], program: Program, text: Path) -> None:
    answer = program("data", "prepare", *(str(text) if word == "TEXT" else word for word in words))
    assert (answer.code, answer.out) == (2, "")
    assert "error: " in answer.err
    assert "hint: " in answer.err
    assert "Traceback" not in answer.err
