"""Prepared texts as others see them: opened again by their folder, listed, and honest about damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_llm.errors import InputError, RunFailedError
from tui_llm.text.corpora import PreparedCorpus, list_corpora
from tui_llm.text.preparation import prepare
from tui_llm.text.reading import ReadOptions


@pytest.fixture
def corpus(tmp_path: Path) -> PreparedCorpus:
    (tmp_path / "text.txt").write_text("La niña y el perro van al río.\n" * 50, encoding="utf-8")
    return prepare([str(tmp_path / "text.txt")], ReadOptions(), "char", None, tmp_path)


def test_a_corpus_is_opened_again_by_its_folder(corpus: PreparedCorpus) -> None:
    again = PreparedCorpus(corpus.tokens_folder)
    assert again.folder == corpus.folder
    assert again.stats == corpus.stats
    assert again.info == corpus.info
    assert again.report.characters == again.info.characters == 50 * 31
    assert again.tokenizer.decode(again.store("val").read(0, 10)) == corpus.tokenizer.decode(
        corpus.store("val").read(0, 10)
    )


def test_the_list_tells_what_each_one_is(corpus: PreparedCorpus, tmp_path: Path) -> None:
    (tmp_path / "corpora" / "something-else").mkdir()
    [listed] = list_corpora(tmp_path)
    assert listed.folder == corpus.folder
    assert listed.info == corpus.info
    assert listed.info.inputs == [str(tmp_path / "text.txt")]


def test_damage_is_told(corpus: PreparedCorpus, tmp_path: Path) -> None:
    (corpus.folder / "corpus.json").write_text('{"inputs": 3}')
    with pytest.raises(RunFailedError, match="damaged"):
        list_corpora(tmp_path)
    (corpus.tokens_folder / "tokenizer" / "tokenizer.json").unlink()
    with pytest.raises(InputError, match="no tokenizer"):
        PreparedCorpus(corpus.tokens_folder).tokenizer.decode([])
