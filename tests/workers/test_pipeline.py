"""A training from end to end, in this process: what its status tells on the way, and what is settled for it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tui_llm.config import read_request
from tui_llm.presets import resolve
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import home
from tui_llm.runs.launch import new_run
from tui_llm.runs.status import Status, read_status
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.preparation import prepare
from tui_llm.text.reading import ReadOptions
from tui_llm.workers.settle import settle
from tui_llm.workers.train import Watcher, train


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "home"))


def request_for(text: Path, **sections: dict[str, Any]) -> dict[str, Any]:
    data = {"texts": [str(text)], **sections.pop("data", {})}
    return {"data": data, "training": {"max_steps": 2}, "system": {"device": "cpu"}, **sections}


def test_the_status_tells_the_stages_of_the_preparation(text: Path) -> None:
    told: list[Status] = []
    small = {"n_layer": 1, "n_head": 1, "n_embd": 16, "block_size": 8}
    system = {"device": "cpu", "compile": False}  # auto would compile, for half a minute
    run = new_run(request_for(text, model=small, data={"tokenizer": "char"}, system=system), None, "x")
    train(run, Watcher(say=lambda _: None, on_update=told.append))
    preparing = [status.stage for status in told if status.state == "preparing" and status.stage]
    assert list(dict.fromkeys(preparing)) == ["reading", "tokenizer", "encoding"]
    assert all(status.stage is None and status.stage_share is None for status in told if status.state != "preparing")
    assert read_status(run).state == "finished"


def settled(request: dict[str, Any]) -> tuple[RunDirectory, PreparedCorpus, list[str]]:
    said: list[str] = []
    run = new_run(request, None, "x")
    _, corpus, _ = settle(run, said.append, lambda *_: None)
    return run, corpus, said


def test_auto_chooses_for_a_text_that_was_prepared_before(text: Path) -> None:
    corpus = prepare([str(text)], ReadOptions(), "bpe", 300, home())
    name = str(corpus.tokens_folder.relative_to(home() / "corpora"))
    text.unlink()  # the prepared one is all that is needed
    run, used, said = settled(request_for(text, data={"corpus": name}))
    assert used.tokens_folder == corpus.tokens_folder
    assert any("layers" in words for words in said)
    config = resolve(read_request(run.config_path))
    assert (config.model.n_layer, config.model.n_embd) == (3, 96)
    assert (config.data.tokenizer, config.data.vocab_size) == ("bpe", 300)


def test_what_was_settled_is_settled(text: Path) -> None:
    first, _, _ = settled(request_for(text))
    again, _, said = settled(read_request(first.config_path))
    assert said == []
    assert again.config_path.read_text() == first.config_path.read_text()


def test_a_prepared_text_that_is_gone_is_prepared_anew(text: Path) -> None:
    first, corpus, _ = settled(request_for(text))
    stats = corpus.stats
    shutil.rmtree(corpus.folder)
    _, again, _ = settled(read_request(first.config_path))
    assert again.folder == corpus.folder
    assert again.stats == stats
