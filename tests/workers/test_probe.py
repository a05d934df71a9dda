"""What a configuration means, told before it is trained: the same numbers that a training would settle on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.workers.conftest import StartWorker
from tui_llm.config import MODEL_FIELDS
from tui_llm.errors import RunFailedError
from tui_llm.processes import Event, WorkerProcess
from tui_llm.runs.home import home
from tui_llm.text.preparation import prepare
from tui_llm.text.reading import ReadOptions

pytestmark = pytest.mark.asyncio(loop_scope="module")

SMALL = {"name": "gpt", "n_layer": 2, "n_head": 2, "n_embd": 32, "block_size": 16}
CPU = {"device": "cpu", "compile": False}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(start_once: StartWorker) -> WorkerProcess:
    """One for all tests: none of them may end it."""
    return start_once("probe")


def request_for(**sections: Any) -> dict[str, Any]:
    return {"preset": "custom", "model": SMALL, "system": CPU, "training": {"batch_size": 4}, **sections}


async def describe(worker: WorkerProcess, request: dict[str, Any], **known: Any) -> Event:
    return await worker.result("describe", request=request, **known)


async def test_a_configuration_is_described(worker: WorkerProcess) -> None:
    known = {"vocab_size": 100, "train_tokens": 32_000, "smallest_split": 1_000}
    told = await describe(worker, request_for(training={"batch_size": 4, "epochs": 2}), **known)
    # GPT: (V + T) * C, two layers of 12 C^2 + 13 C, a last norm of 2 C.
    assert told["parameters"] == (100 + 16) * 32 + 2 * (12 * 32**2 + 13 * 32) + 2 * 32
    assert told["parameters_embedding"] == (100 + 16) * 32
    assert told["memory_bytes"] == sum(told["memory"].values())
    assert told["memory_bytes"] < told["memory_free"]
    assert told["tokens_per_parameter"] == pytest.approx(32_000 / told["parameters"])
    assert told["tokens_per_step"] == 64
    assert told["largest_block"] == 999
    assert told["assumed"] == []
    assert told["steps"] == pytest.approx(2 * 32_000 / 64, rel=0.01)
    assert told["epochs"] == pytest.approx(2, rel=0.01)
    assert told["config"]["model"]["n_layer"] == 2


async def test_what_is_not_known_is_assumed_and_named(worker: WorkerProcess) -> None:
    told = await describe(worker, request_for(), train_bytes=3_000_000)
    assert told["assumed"] == ["vocab_size", "train_tokens", "smallest_split"]
    assert told["vocab_size"] == 2048
    assert told["train_tokens"] == 1_000_000
    nothing = await describe(worker, request_for())
    assert (nothing["train_tokens"], nothing["tokens_per_parameter"], nothing["largest_block"]) == (None, None, None)
    asked = await describe(worker, request_for(data={"vocab_size": 777}))
    assert asked["vocab_size"] == 777
    assert asked["assumed"] == []


async def test_a_prepared_text_tells_everything(worker: WorkerProcess, text: Path, start_once: StartWorker) -> None:
    corpus = prepare([str(text)], ReadOptions(documents="line"), "char", None, home())
    name = str(corpus.tokens_folder.relative_to(home() / "corpora"))
    for asked in ({"corpus": name}, {}):
        told = await describe(worker, request_for(data={} if asked else {"corpus": name}), **asked)
        assert told["vocab_size"] == corpus.stats.vocab_size
        assert told["train_tokens"] == corpus.stats.splits["train"].tokens
        assert told["largest_block"] == min(split.tokens for split in corpus.stats.splits.values()) - 1
        assert 20 < told["tokens_per_document"] < 80


async def test_what_auto_would_choose_is_described(worker: WorkerProcess) -> None:
    told = await describe(worker, {"system": CPU}, train_bytes=100_000)
    assert (told["config"]["model"]["n_layer"], told["config"]["model"]["n_embd"]) == (3, 96)
    assert told["config"]["data"]["tokenizer"] == "char"
    assert "3 layers" in told["explanation"]
    own = await describe(worker, {"system": CPU, "model": {"n_layer": 1}, "preset": "auto"}, train_bytes=100_000)
    assert own["config"]["model"]["n_layer"] == 1
    assert own["parameters"] < told["parameters"]
    with pytest.raises(RunFailedError, match="auto chooses for a text"):
        await describe(worker, {"system": CPU})


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"model": {"n_layer": 0}}, "n_layer"),
        ({"model": {"n_embd": 33, "n_head": 2}}, "n_embd 33"),
        ({"training": {"minutes": 1, "epochs": 1}}, "two budgets"),
        ({"preset": "nonsense"}, "no preset"),
        ({"model": "gpt"}, "model"),
        ({"system": {"device": "cuda:77"}}, "device"),
    ],
)
async def test_a_configuration_that_does_not_resolve_is_a_sentence(
    worker: WorkerProcess, request_: dict[str, Any], words: str
) -> None:
    for op in ("describe", "probe"):
        with pytest.raises(RunFailedError) as told:
            await worker.result(op, request=request_, train_bytes=1_000_000)
        assert words in told.value.what
        assert told.value.what.endswith(".")


async def test_a_probe_measures_and_writes_nothing(worker: WorkerProcess) -> None:
    before = sorted(home().rglob("*")) if home().exists() else []
    request = request_for(training={"batch_size": 4, "gradient_accumulation_steps": 2, "max_steps": 50})
    known = {"vocab_size": 100, "train_tokens": 32_000, "seconds": 0.2}
    events = [event async for event in worker.ask("probe", request=request, **known)]
    told = events[-1]
    assert {event["stage"] for event in events[:-1]} >= {"building", "measuring"}
    assert told["tokens_per_step"] == 128
    assert told["tokens_per_second"] == pytest.approx(128 / told["step_seconds"])
    assert told["seconds"] == pytest.approx(50 * told["step_seconds"])
    assert told["tokens"] == 50 * 128
    assert told["epochs"] == pytest.approx(0.2)
    assert (sorted(home().rglob("*")) if home().exists() else []) == before


async def test_a_probe_foretells_what_fits_into_minutes(worker: WorkerProcess) -> None:
    request = request_for(training={"batch_size": 4, "minutes": 2})
    told = await worker.result("probe", request=request, vocab_size=100, train_tokens=32_000, seconds=0.2)
    assert told["seconds"] == 120
    assert told["steps"] == pytest.approx(120 / told["step_seconds"], abs=1)
    assert told["epochs"] == pytest.approx(told["tokens"] / 32_000, rel=0.01)


@pytest.mark.parametrize("model", list(MODEL_FIELDS))
async def test_every_model_is_described_and_measured(worker: WorkerProcess, model: str) -> None:
    small = {"n_layer": 1, "n_head": 2, "n_embd": 16, "n_inner": 16, "block_size": 16, "context": 4}
    known = {name: value for name, value in small.items() if name in MODEL_FIELDS[model]}
    request = {"preset": "custom", "model": {"name": model, **known}, "system": CPU, "training": {"batch_size": 4}}
    text = {"vocab_size": 50, "train_tokens": 32_000}
    described = await describe(worker, request, **text)
    told = await worker.result("probe", request=request, **text, seconds=0.05)
    assert told["parameters"] == described["parameters"] > 0
    assert told["step_seconds"] > 0


@pytest.mark.parametrize("training", [{"minutes": 2}, {"epochs": 3}, {"max_steps": 100_000}, {}])
async def test_counting_ends_after_one_pass_whatever_the_budget(
    worker: WorkerProcess, training: dict[str, Any]
) -> None:
    request = {"preset": "bigram-counts", "training": {"batch_size": 4, **training}, "system": CPU}
    text = {"vocab_size": 50, "train_tokens": 64 * 401}
    told = await describe(worker, request, **text)
    assert (told["steps"], told["seconds"]) == (100, None)
    measured = await worker.result("probe", request=request, **text, seconds=0.05)
    assert measured["steps"] == 100
    assert measured["seconds"] == pytest.approx(100 * measured["step_seconds"])


async def test_a_probe_that_would_take_all_memory_is_refused(worker: WorkerProcess) -> None:
    huge = {**SMALL, "n_embd": 8192, "n_layer": 200, "n_head": 64}
    with pytest.raises(RunFailedError, match="GB of memory"):
        await worker.result("probe", request=request_for(model=huge), vocab_size=100)
