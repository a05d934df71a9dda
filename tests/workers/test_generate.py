"""Writing over pipes: the same text as the engine itself gives, from any point on, and every failure a sentence."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.workers.conftest import StartWorker
from tui_llm.errors import RunFailedError
from tui_llm.generation.engine import Engine, Request
from tui_llm.generation.loading import load_trained
from tui_llm.generation.sampling import Sampling
from tui_llm.processes import Event, WorkerProcess
from tui_llm.runs.checkpoints import list_checkpoints
from tui_llm.runs.directory import RunDirectory

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(start_once: StartWorker) -> WorkerProcess:
    """One for all tests: none of them may end it."""
    return start_once("generate")


@pytest.fixture
def copied(trained: RunDirectory, tmp_path: Path) -> RunDirectory:
    """A copy of the run that may be changed."""
    return RunDirectory(Path(shutil.copytree(trained.path, tmp_path / "copied")))


async def write(worker: WorkerProcess, run: RunDirectory, **asked: Any) -> tuple[list[Event], Event]:
    """The "token" events of a generation, and the last one."""
    events = [event async for event in worker.ask("generate", run=run.path, device="cpu", **asked)]
    assert [event["event"] for event in events[:1]] == ["loaded"]
    assert {event["event"] for event in events[1:-1]} == {"token"}
    return events[1:-1], events[-1]


def told(tokens: list[Event]) -> list[tuple[int, str]]:
    return [(event["token"], event["text"]) for event in tokens]


async def test_a_model_is_loaded_once_and_told(worker: WorkerProcess, trained: RunDirectory) -> None:
    first = [event async for event in worker.ask("load", run=trained.path, device="cpu", checkpoint="last")]
    assert [event["event"] for event in first] == ["loaded", "done"]
    assert first[0]["step"] == 40
    assert first[0]["vocab_size"] == load_trained(trained, device="cpu").tokenizer.vocab_size
    assert first[0]["parameters"] > 10_000
    assert first[0]["device"].startswith("CPU")
    again = [event async for event in worker.ask("load", run=trained.path, device="cpu", checkpoint="last")]
    assert again[0]["seconds"] == first[0]["seconds"]


async def test_greedy_generation_is_the_engines(worker: WorkerProcess, trained: RunDirectory) -> None:
    tokens, done = await write(worker, trained, prompt="La niña", max_new_tokens=40, temperature=0)
    loaded = load_trained(trained, device="cpu")
    request = Request("La niña", max_new_tokens=40, sampling=Sampling(temperature=0.0))
    steps = list(Engine(loaded.model, loaded.tokenizer).generate(request))
    assert told(tokens) == [(step.token, step.text) for step in steps]
    assert [event["index"] for event in tokens] == list(range(len(steps)))
    for event, step in zip(tokens, steps, strict=True):
        assert event["probability"] == pytest.approx(step.probability, abs=1e-5)
        assert [other["token"] for other in event["alternatives"]] == [token for token, _ in step.alternatives]
        assert event["alternatives"][0]["text"] == event["alternatives"][0]["adds"] == event["text"]
    assert done["tokens"] == len(steps)
    assert done["finish"] == steps[-1].finish
    assert done["tokens_per_second"] == pytest.approx(done["tokens"] / done["seconds"])


async def test_a_continuation_is_the_unbroken_text(worker: WorkerProcess, trained: RunDirectory) -> None:
    # Past the block of 16, so that what the model sees must be the same part of the text, too.
    asked = {"prompt": "Un perro ", "temperature": 2.0, "top_k": 0, "top_p": 1.0, "seed": 7}
    whole, _ = await write(worker, trained, **asked, max_new_tokens=40)
    ids = [event["token"] for event in whole]
    assert len(ids) == 40
    for place in (1, 6, 7, 8, 20, 39):
        rest, _ = await write(worker, trained, **asked, continuation=ids[:place], max_new_tokens=40 - place)
        assert [event["index"] for event in rest] == list(range(place, 40))
        assert told(rest) == told(whole[place:]), place


async def test_another_token_can_be_forced(worker: WorkerProcess, trained: RunDirectory) -> None:
    whole, _ = await write(worker, trained, prompt="Un perro ", temperature=0, max_new_tokens=20)
    ids = [event["token"] for event in whole]
    other = whole[4]["alternatives"][1]
    forced = [*ids[:4], other["token"]]
    rest, _ = await write(worker, trained, prompt="Un perro ", temperature=0, continuation=forced, max_new_tokens=1)
    prompt = "Un perro " + "".join(event["text"] for event in whole[:4]) + other["adds"]
    expected, _ = await write(worker, trained, prompt=prompt, temperature=0, max_new_tokens=1)
    assert told(rest) == told(expected)


async def test_two_generations_take_turns(worker: WorkerProcess, trained: RunDirectory) -> None:
    order: list[int] = []

    async def listen(seed: int) -> None:
        asked = {"temperature": 2.0, "top_k": 0, "top_p": 1.0, "seed": seed, "max_new_tokens": 100}
        async for event in worker.ask("generate", run=trained.path, device="cpu", **asked):
            if event["event"] == "token":
                order.append(seed)

    await worker.result("load", run=trained.path, device="cpu")
    await asyncio.gather(listen(1), listen(2))
    both = order[order.index(2) : len(order) - order[::-1].index(1)]
    assert min(both.count(1), both.count(2)) > 0.4 * len(both)


async def test_a_generation_can_be_cancelled(worker: WorkerProcess, trained: RunDirectory) -> None:
    # Far more than a test would wait for, and no end of text may come.
    asked = {"max_new_tokens": 5_000_000, "temperature": 0, "repetition_penalty": 0.01}
    async with contextlib.aclosing(worker.ask("generate", run=trained.path, device="cpu", **asked)) as events:
        async for event in events:
            if event["event"] == "token" and event["index"] > 200:
                break
    _, done = await write(worker, trained, max_new_tokens=5)
    assert done["event"] == "done"


async def test_a_newer_checkpoint_is_noticed(worker: WorkerProcess, copied: RunDirectory, tmp_path: Path) -> None:
    newest = Path(list_checkpoints(copied)[-1].path)
    aside = newest.rename(tmp_path / "aside")

    async def step(checkpoint: str | None) -> int:
        asked = worker.ask("load", run=copied.path, device="cpu", checkpoint=checkpoint)
        events = [event async for event in asked]
        number: int = events[0]["step"]
        return number

    assert await step("last") == 20
    aside.rename(newest)
    assert await step("last") == 40
    assert await step("20") == 20
    with pytest.raises(RunFailedError, match="no checkpoint '30'"):
        await step("30")


async def test_a_text_is_cut_into_its_tokens(worker: WorkerProcess, trained: RunDirectory) -> None:
    tokens = (await worker.result("tokenize", run=trained.path, text="el río 日"))["tokens"]
    assert [token["text"] for token in tokens] == [*"el río ", "⟨E6⟩", "⟨97⟩", "⟨A5⟩"]
    tokenizer = load_trained(trained, device="cpu").tokenizer
    assert [token["token"] for token in tokens] == tokenizer.encode("el río 日").tolist()
    assert (await worker.result("tokenize", run=trained.path, text=""))["tokens"] == []


async def test_a_character_that_is_cut_is_shown_whole(worker: WorkerProcess, trained: RunDirectory) -> None:
    tokenizer = load_trained(trained, device="cpu").tokenizer
    ids = tokenizer.encode("日").tolist()
    tokens, _ = await write(worker, trained, prompt="La ", continuation=ids[:2], temperature=0, max_new_tokens=1)
    # Whatever the model ends the character with: the bytes before it, which showed nothing yet, are not lost.
    alternatives = tokens[0]["alternatives"]
    assert tokens[0]["text"] == alternatives[0]["adds"] == tokenizer.decode([*ids[:2], tokens[0]["token"]])
    assert len(alternatives) == 5
    for other in alternatives:
        assert tokenizer.decode([*ids[:2], other["token"]]).startswith(other["adds"])


async def test_unknown_characters_may_be_prompted(worker: WorkerProcess, trained: RunDirectory) -> None:
    tokens, _ = await write(worker, trained, prompt="日本 🙂 \x00", max_new_tokens=3)
    assert tokens


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"temperature": -1}, "temperature"),
        ({"max_new_tokens": 0}, "max-new-tokens"),
        ({"continuation": [100_000]}, "no token 100000"),
        ({"continuation": [-1]}, "no token -1"),
        ({"stop": [""]}, "stop"),
        ({"device": "cuda:99"}, "CUDA"),
        ({"prompt": "half \udcff"}, "character"),
        ({"checkpoint": "99"}, "no checkpoint '99'"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    worker: WorkerProcess, trained: RunDirectory, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(RunFailedError, match=words):
        await worker.result("generate", **{"run": trained.path, "device": "cpu", **asked})


async def test_a_damaged_run_is_a_sentence_and_no_end(
    worker: WorkerProcess, trained: RunDirectory, copied: RunDirectory, tmp_path: Path
) -> None:
    async def fails(run: Path) -> str:
        with pytest.raises(RunFailedError) as error:
            await worker.result("generate", run=run, device="cpu")
        return error.value.what

    weights = Path(list_checkpoints(copied)[-1].path) / "model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(RunFailedError, match="checksum differs"):
        await worker.result("generate", run=copied.path, device="cpu", checkpoint="last")
    (copied.tokenizer_path / "tokenizer.json").write_text("{}")
    assert "tokenizer" in await fails(copied.path)
    shutil.rmtree(copied.tokenizer_path)
    assert "there is no tokenizer" in await fails(copied.path)
    shutil.rmtree(copied.checkpoints_path)
    assert "no whole checkpoint" in await fails(copied.path)
    copied.config_path.unlink()
    copied.status_path.unlink()
    assert "there is no run copied" in await fails(copied.path)
    assert "there is no run nowhere" in await fails(tmp_path / "nowhere")
    _, done = await write(worker, trained, max_new_tokens=3)
    assert done["event"] == "done"
