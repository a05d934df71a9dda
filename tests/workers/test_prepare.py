"""Reading and preparing over pipes: what is told is what is read, and what is broken off leaves nothing behind."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.workers.conftest import StartWorker
from tui_llm.errors import RunFailedError
from tui_llm.processes import Event, WorkerProcess
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.sources import find_sources
from tui_llm.text.stories.book import write_book


@pytest.fixture
def worker(start: StartWorker) -> WorkerProcess:
    return start("prepare")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of more than a piece."""
    path = tmp_path / "cuentos.txt"
    with path.open("wb") as file:
        write_book(file, "es", 0, 1_500_000)
    return path


async def ask(worker: WorkerProcess, op: str, **fields: Any) -> list[Event]:
    return [event async for event in worker.ask(op, **fields)]


def named(events: list[Event], name: str) -> Event:
    """The one event of that name."""
    found = [event for event in events if event["event"] == name]
    assert len(found) == 1, name
    return found[0]


async def test_a_report_is_what_reading_finds(worker: WorkerProcess, large: Path, text: Path) -> None:
    told = named(await ask(worker, "inspect", texts=[large, text]), "report")
    report = ReadReport()
    pieces = list(read_pieces(find_sources([str(large), str(text)]), ReadOptions(), report))
    assert msgspec.convert(told["report"], ReadReport) == report
    assert len(told["preview"]) >= 20_000
    assert told["preview"].startswith(pieces[0].text)
    assert told["beginnings"] == [piece.text[:200] for piece in pieces[:20]]


async def test_the_preview_of_a_large_text_comes_before_its_report(worker: WorkerProcess, large: Path) -> None:
    events = await ask(worker, "inspect", texts=[large])
    names = [event["event"] for event in events if event["event"] != "progress"]
    assert names == ["preview", "report", "done"]
    assert named(events, "preview")["preview"] == named(events, "report")["preview"]
    shares = [event["share"] for event in events if event["event"] == "progress"]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


async def test_a_small_text_is_shown_whole(worker: WorkerProcess, text: Path) -> None:
    events = await ask(worker, "inspect", texts=[text], documents="line")
    told = named(events, "report")
    lines = [line for line in text.read_text().splitlines() if line]
    assert told["preview"].splitlines() == lines
    assert told["beginnings"] == lines[:20]
    assert told["report"]["documents"] == len(lines)


@pytest.mark.parametrize("kind", ["char", "bpe", "sentencepiece"])
async def test_a_cut_shows_every_token(worker: WorkerProcess, text: Path, kind: str) -> None:
    asked = {"texts": [text], "tokenizer": kind, "show": 500}
    cut = named(await ask(worker, "cut", **asked), "cut")
    content = text.read_text()
    assert "".join(cut["tokens"]) == content[:500]
    assert cut["whole"]
    assert cut["trained_on"] == len(content.encode())
    assert cut["bytes_per_token"] > cut["characters_per_token"] >= 1.0
    if kind == "char":
        assert cut["tokens"] == list(content[:500])
    else:
        assert len(cut["tokens"]) < 500


async def test_a_cut_shows_the_ends_of_documents(worker: WorkerProcess, text: Path) -> None:
    asked = {"texts": [text], "tokenizer": "char", "show": 60, "documents": "line"}
    cut = named(await ask(worker, "cut", **asked), "cut")
    first, second = [line for line in text.read_text().splitlines() if line][:2]
    assert cut["tokens"] == [*first, "<|endoftext|>", *second[: 60 - len(first)]]


async def test_the_vocabulary_is_what_was_asked_for(worker: WorkerProcess, text: Path, large: Path) -> None:
    cut = named(await ask(worker, "cut", texts=[text], tokenizer="bpe", vocab_size=300), "cut")
    assert cut["vocab_size"] == 300
    with pytest.raises(RunFailedError, match="too large for this text"):
        await worker.result("cut", texts=[text], tokenizer="bpe", vocab_size=30_000)
    with pytest.raises(RunFailedError, match="too small"):
        await worker.result("cut", texts=[text], tokenizer="bpe", vocab_size=30)
    # Only a part was read: the whole may give what the part does not.
    part = {"texts": [large], "tokenizer": "bpe", "vocab_size": 30_000, "sample_bytes": 50_000}
    cut = named(await ask(worker, "cut", **part), "cut")
    assert cut["vocab_size"] < 30_000
    assert not cut["whole"]
    assert 49_990 < cut["trained_on"] <= 50_000


async def test_a_text_that_has_changed_is_read_again(worker: WorkerProcess, text: Path) -> None:
    asked = {"texts": [text], "tokenizer": "char"}
    before = named(await ask(worker, "cut", **asked), "cut")
    text.write_text("x" * 1000)
    after = named(await ask(worker, "cut", **asked), "cut")
    assert "x" not in before["tokens"]
    assert after["tokens"] == [*"x" * 1000, "<|endoftext|>"]


async def test_a_prepared_text_is_there(worker: WorkerProcess, text: Path, tmp_path: Path) -> None:
    events = await ask(worker, "prepare", texts=[text], tokenizer="char")
    done = events[-1]
    corpus = PreparedCorpus(tmp_path / "home" / "corpora" / done["corpus"])
    assert msgspec.to_builtins(corpus.stats) == done["stats"]
    assert corpus.folder.name == done["name"]
    assert corpus.store("train").read(0, 5).shape == (5,)
    assert {event["stage"] for event in events[:-1]} == {"reading", "tokenizer", "encoding"}
    again = await ask(worker, "prepare", texts=[text], tokenizer="char")
    assert again[-1]["corpus"] == done["corpus"]


@pytest.mark.parametrize("stage", ["reading", "tokenizer"])
async def test_a_preparation_that_is_cancelled_leaves_nothing_half_made(
    worker: WorkerProcess, large: Path, text: Path, tmp_path: Path, stage: str
) -> None:
    asked = worker.ask("prepare", texts=[large], tokenizer="bpe", vocab_size=1000)
    async with contextlib.aclosing(asked) as events:
        async for event in events:
            if event["event"] == "progress" and event["stage"] == stage:
                break
    await worker.result("cut", texts=[text], tokenizer="char")  # answered after the cancelled one has ended
    assert not list((tmp_path / "home" / "corpora").glob("**/.tmp-*"))
    assert not list((tmp_path / "home" / "corpora").glob("*/tokens/*"))
    done = await worker.result("prepare", texts=[large], tokenizer="bpe", vocab_size=1000)
    assert done["stats"]["vocab_size"] == 1000


async def test_what_a_killed_preparation_left_is_removed_by_the_next(
    worker: WorkerProcess, large: Path, tmp_path: Path
) -> None:
    corpora = tmp_path / "home" / "corpora"
    asked = {"texts": [large], "tokenizer": "bpe", "vocab_size": 1000}
    with contextlib.suppress(RunFailedError):
        async for event in worker.ask("prepare", **asked):
            if event["stage"] == "tokenizer":
                worker.kill()
    await worker.close()
    assert list(corpora.glob("**/.tmp-*"))
    await worker.result("prepare", **asked)
    assert not list(corpora.glob("**/.tmp-*"))


async def test_stories_are_written(worker: WorkerProcess, tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "es.txt"
    done = await worker.result("stories", language="es", megabytes=0.2, out=out)
    book = BytesIO()
    tally = write_book(book, "es", 0, 200_000)
    assert out.read_bytes() == book.getvalue()
    assert (done["size"], done["stories"], done["path"]) == (tally.size, tally.stories, str(out))
    with pytest.raises(RunFailedError, match="exists already"):
        await worker.result("stories", language="es", megabytes=0.1, out=out)
    await worker.result("stories", language="pt", megabytes=0.1, out=out, replace=True)
    assert out.stat().st_size < 150_000


async def test_stories_that_are_cancelled_leave_no_file(worker: WorkerProcess, text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    asked = worker.ask("stories", language="en", megabytes=100_000, out=folder / "en.txt")
    async with contextlib.aclosing(asked) as events:
        async for event in events:
            assert event["stage"] == "writing"
            if event["share"] > 0:
                break
    await worker.result("cut", texts=[text], tokenizer="char")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("op", "asked", "words"),
    [
        ("inspect", {"texts": ["/nowhere/at all"]}, "there is no file or folder"),
        ("inspect", {"texts": []}, "no text was given"),
        ("inspect", {"texts": [sys.executable]}, "."),
        ("cut", {"texts": ["/nowhere"], "tokenizer": "char"}, "there is no file or folder"),
        ("cut", {"texts": [__file__], "tokenizer": "char", "sample_bytes": 0}, "not understood"),
        ("prepare", {"texts": ["/nowhere"], "tokenizer": "char"}, "there is no file or folder"),
        ("prepare", {"texts": [__file__], "tokenizer": "word"}, "not understood"),
        ("stories", {"language": "la", "megabytes": 1, "out": "x"}, "no stories in 'la'"),
        ("stories", {"language": "es", "megabytes": 0, "out": "x"}, "no size"),
        ("stories", {"language": "es", "megabytes": 1, "out": "/proc/x/y"}, "writing the stories"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    worker: WorkerProcess, op: str, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(RunFailedError) as told:
        await worker.result(op, **asked)
    assert words in told.value.what
    assert told.value.what.endswith(".")


def test_it_loads_no_torch() -> None:
    code = "import sys, tui_llm.workers.prepare; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
