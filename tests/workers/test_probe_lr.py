"""A learning rate found for the app: told while it is looked for, cancelled when nobody waits any more."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.workers.conftest import StartWorker
from tui_llm.errors import RunFailedError
from tui_llm.processes import WorkerProcess
from tui_llm.runs.home import corpora_folder, home
from tui_llm.text.preparation import prepare
from tui_llm.text.reading import ReadOptions

pytestmark = pytest.mark.asyncio(loop_scope="module")

SMALL = {"name": "gpt", "n_layer": 1, "n_head": 2, "n_embd": 16, "block_size": 8}
CPU = {"device": "cpu"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(start_once: StartWorker) -> WorkerProcess:
    """One for all tests: none of them may end it."""
    return start_once("probe")


def request_for(*texts: Path, **sections: Any) -> dict[str, Any]:
    data = {"texts": [str(text) for text in texts], "tokenizer": "char"}
    return {"preset": "custom", "data": data, "model": SMALL, "system": CPU, "training": {"batch_size": 4}, **sections}


async def test_a_rate_is_found_and_nothing_stays_but_the_text(worker: WorkerProcess, text: Path) -> None:
    events = [event async for event in worker.ask("find_lr", request=request_for(text), steps=40)]
    told = events[-1]
    assert told["event"] == "done"
    assert told["suggestion"] < told["lowest"]
    assert told["steepest"] <= told["lowest"]
    assert all(lr > 0 and loss > 0 and smoothed > 0 for lr, loss, smoothed in told["points"])
    assert len(told["points"]) == 40 or told["diverged_at"] is not None

    progress = [event for event in events[:-1] if event["stage"] == "testing"]
    assert progress
    for event in progress:  # the curve so far
        assert event["points"] == told["points"][: len(event["points"])]
        assert event["share"] == pytest.approx(len(event["points"]) / 40)
    assert {"reading", "tokenizer", "encoding"} <= {event["stage"] for event in events[:-1]}
    assert [path.name for path in home().iterdir()] == ["corpora"]

    again = await worker.result("find_lr", request=request_for(text), steps=40)
    assert again == {**told, "id": again["id"]}


async def test_a_prepared_text_is_taken_as_it_is(worker: WorkerProcess, text: Path) -> None:
    corpus = prepare([str(text)], ReadOptions(documents="line"), "char", None, home())
    text.unlink()
    name = str(corpus.tokens_folder.relative_to(corpora_folder()))
    # Facts of the text are told along, as to `describe`; the corpus knows better.
    asked = {"corpus": name, "train_tokens": 77, "vocab_size": 5, "steps": 20}
    events = [event async for event in worker.ask("find_lr", request=request_for(), **asked)]
    assert {event["stage"] for event in events[:-1]} == {"testing"}
    named = request_for(data={"corpus": name, "tokenizer": "char"})
    told = await worker.result("find_lr", request=named, steps=20)
    assert told["points"] == events[-1]["points"]


async def test_a_search_that_nobody_waits_for_ends(worker: WorkerProcess, text: Path) -> None:
    slow = {**SMALL, "n_layer": 8, "n_embd": 128}
    async with contextlib.aclosing(worker.ask("find_lr", request=request_for(text, model=slow), steps=10**9)) as events:
        async for event in events:
            if event["stage"] == "testing":
                break
    # The worker is free again: the search would have gone on for days.
    assert (await worker.result("describe", request=request_for(), vocab_size=50))["parameters"] > 0
    told = await worker.result("find_lr", request=request_for(text), steps=10)
    assert len(told["points"]) <= 10


@pytest.mark.parametrize(
    ("request_", "steps", "words"),
    [
        (request_for(), 20, "there is none yet"),
        (request_for(Path("/nowhere.txt")), 20, "nowhere.txt"),
        (request_for(Path("/nowhere.txt"), model={"name": "bigram-counts"}), 20, "without a learning rate"),
        (request_for(Path("/nowhere.txt")), 3, "3 steps are too few"),
        ({"model": {"n_layer": 0}}, 20, "n_layer"),
    ],
)
async def test_what_cannot_be_searched_is_a_sentence(
    worker: WorkerProcess, request_: dict[str, Any], steps: int, words: str
) -> None:
    with pytest.raises(RunFailedError) as told:
        await worker.result("find_lr", request=request_, steps=steps)
    assert words in told.value.what
    assert told.value.what.endswith(".")


async def test_a_model_that_would_take_all_memory_is_refused(worker: WorkerProcess, text: Path) -> None:
    huge = {**SMALL, "n_embd": 8192, "n_layer": 200, "n_head": 64}
    with pytest.raises(RunFailedError, match="GB of memory"):
        await worker.result("find_lr", request=request_for(text, model=huge), steps=20)
