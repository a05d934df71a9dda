"""What the tests of workers share: workers that end with the test, and a run that was really trained."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.cli.conftest import SENTENCES
from tests.cli.program import Program
from tui_llm.processes import WorkerProcess
from tui_llm.runs.directory import RunDirectory

StartWorker = Callable[[str], WorkerProcess]


@asynccontextmanager
async def starting(folder: Path) -> AsyncIterator[StartWorker]:
    """Start workers by their names, with an empty home and one thread; they end with the block."""
    workers: list[WorkerProcess] = []

    def start(name: str) -> WorkerProcess:
        workers.append(WorkerProcess(f"tui_llm.workers.{name}", folder / f"{name}.log"))
        return workers[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TUI_LLM_HOME", str(folder / "home"))
        patch.setenv("OMP_NUM_THREADS", "1")
        yield start
        for worker in workers:
            await worker.close()


@pytest_asyncio.fixture
async def start(tmp_path: Path) -> AsyncIterator[StartWorker]:
    """Start a worker for one test; its home is `tmp_path / "home"`."""
    async with starting(tmp_path) as start:
        yield start


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def start_once(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StartWorker]:
    """Start a worker for all tests of a module: those that load torch take seconds to start."""
    async with starting(tmp_path_factory.mktemp("once")) as start:
        yield start


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of sentences, about 8 kB."""
    path = tmp_path / "frases.txt"
    path.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    """A run with checkpoints at steps 20 and 40; not to be changed."""
    folder = tmp_path_factory.mktemp("trained")
    text = folder / "frases.txt"
    text.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    done = Program(folder / "home")(
        *("train", str(text), "--model", "modern", "--tokenizer", "char", "--name", "tiny", "--no-compile"),
        *("--n-layer", "2", "--n-head", "2", "--n-embd", "32", "--block-size", "16", "--batch-size", "4"),
        *("--device", "cpu", "--max-steps", "40", "--eval-interval", "20", "--lr", "1e-2"),
    )
    assert done.code == 0, done.err
    return RunDirectory(folder / "home" / "runs" / "tiny")
