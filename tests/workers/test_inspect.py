"""Looking into models over pipes: the same numbers as the model's own, and every failure a sentence."""

from __future__ import annotations

import asyncio
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import torch
from safetensors.torch import load_file, save_file

from tests.cli.conftest import SENTENCES
from tests.cli.program import Program
from tests.workers.conftest import StartWorker
from tui_llm.errors import RunFailedError
from tui_llm.generation.loading import load_trained
from tui_llm.models.attention import watched_attention
from tui_llm.processes import Event, WorkerProcess
from tui_llm.runs.checkpoints import list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import write_manifest

pytestmark = pytest.mark.asyncio(loop_scope="module")

EMBEDDING = "embed_tokens.weight"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(start_once: StartWorker) -> WorkerProcess:
    """One for all tests: none of them may end it."""
    return start_once("inspect")


@pytest.fixture
def copied(trained: RunDirectory, tmp_path: Path) -> RunDirectory:
    """A copy of the run that may be changed."""
    return RunDirectory(Path(shutil.copytree(trained.path, tmp_path / "copied")))


@pytest.fixture(scope="module")
def bigram(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    """A run of the model that counts."""
    folder = tmp_path_factory.mktemp("bigram")
    text = folder / "frases.txt"
    text.write_text("\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    done = Program(folder / "home")(
        *("train", str(text), "--preset", "bigram-counts", "--name", "counted", "--device", "cpu", "--no-compile")
    )
    assert done.code == 0, done.err
    return RunDirectory(folder / "home" / "runs" / "counted")


def weights(run: RunDirectory, step: int) -> dict[str, torch.Tensor]:
    """What the file of a checkpoint holds."""
    tensors: dict[str, torch.Tensor] = load_file(run.checkpoints_path / f"step-{step:08d}" / "model.safetensors")
    return tensors


async def values(worker: WorkerProcess, run: RunDirectory, name: str, rows: int, columns: int, step: int = 40) -> Event:
    return await worker.result("tensor", run=run.path, step=step, name=name, rows=rows, columns=columns)


@pytest.mark.parametrize("step", [20, 40])
async def test_every_tensor_of_the_file_has_its_figures(
    worker: WorkerProcess, trained: RunDirectory, step: int
) -> None:
    there = weights(trained, step)
    told = (await worker.result("tensors", run=trained.path, step=step))["tensors"]
    assert {one["name"] for one in told} == set(there)
    for one in told:
        tensor = there[one["name"]].double()
        assert one["shape"] == list(tensor.shape)
        assert one["mean"] == pytest.approx(float(tensor.mean()), abs=1e-9)
        assert one["std"] == pytest.approx(math.sqrt(float(((tensor - tensor.mean()) ** 2).mean())), abs=1e-9)
        assert one["min"] == float(tensor.min())
        assert one["max"] == float(tensor.max())
        assert one["norm"] == pytest.approx(math.sqrt(float((tensor**2).sum())))
    assert [one["name"] for one in told if one["of_tokens"]] == [EMBEDDING]


async def test_a_small_tensor_comes_as_it_is(worker: WorkerProcess, trained: RunDirectory) -> None:
    name = "layers.0.self_attn.q_proj.weight"
    done = await values(worker, trained, name, 100, 100)
    assert done["shape"] == done["drawn"] == [32, 32]
    assert done["row_labels"] is None
    assert torch.tensor(done["values"]).allclose(weights(trained, 40)[name], rtol=1e-4, atol=1e-9)


async def test_a_vector_is_one_row(worker: WorkerProcess, trained: RunDirectory) -> None:
    done = await values(worker, trained, "norm.weight", 7, 8)
    means = weights(trained, 40)["norm.weight"].reshape(8, 4).mean(dim=1)
    assert done["drawn"] == [1, 32]
    assert torch.tensor(done["values"][0]).allclose(means, rtol=1e-4)


async def test_a_table_of_tokens_has_the_tokens_of_texts_alone(worker: WorkerProcess, trained: RunDirectory) -> None:
    tokenizer = load_trained(trained, device="cpu").tokenizer
    done = await values(worker, trained, EMBEDDING, 1000, 32)
    table = weights(trained, 40)[EMBEDDING]
    assert done["shape"] == [tokenizer.vocab_size, 32]
    assert done["drawn"][0] == len(done["values"]) == tokenizer.vocab_size - 256  # not the bytes
    at = done["row_labels"].index("ñ")
    token = int(tokenizer.encode("ñ")[0])
    assert torch.tensor(done["values"][at]).allclose(table[token], rtol=1e-4, atol=1e-9)
    halves = await values(worker, trained, EMBEDDING, len(done["values"]) // 2, 16)
    assert halves["row_labels"][0] == done["row_labels"][0]
    assert set(halves["row_labels"]) < set(done["row_labels"])


async def test_what_is_not_finite_is_told_as_nothing(worker: WorkerProcess, copied: RunDirectory) -> None:
    folder = copied.checkpoints_path / "step-00000040"
    there = weights(copied, 40)
    there["norm.weight"][3] = math.nan
    save_file(there, folder / "model.safetensors")
    (folder / "manifest.json").unlink()
    write_manifest(folder)
    told = (await worker.result("tensors", run=copied.path, step=40))["tensors"]
    norm = next(one for one in told if one["name"] == "norm.weight")
    assert norm["mean"] is norm["std"] is norm["norm"] is None
    done = await values(worker, copied, "norm.weight", 1, 32)
    assert [place for place, value in enumerate(done["values"][0]) if value is None] == [3]


async def test_attention_is_the_models_own(worker: WorkerProcess, trained: RunDirectory) -> None:
    text = "La niña busca"
    model = load_trained(trained, device="cpu")
    with watched_attention() as expected, torch.no_grad():
        model.model(torch.tensor([model.tokenizer.encode(text).tolist()]))
    for layer in range(2):
        for head in range(2):
            done = await worker.result("attention", run=trained.path, step=40, text=text, layer=layer, head=head)
            assert done["tokens"] == list(text.replace(" ", "␣"))
            assert (done["layers"], done["heads"], done["whole"]) == (2, 2, True)
            assert torch.tensor(done["weights"]).allclose(expected[layer][0, head], rtol=1e-3, atol=1e-5)
            assert [sum(row) for row in done["weights"]] == pytest.approx([1.0] * len(text), abs=1e-3)


@pytest.mark.parametrize("limit", [5, 16, 64])
async def test_a_long_text_is_cut_and_the_rest_is_the_same(
    worker: WorkerProcess, trained: RunDirectory, limit: int
) -> None:
    text = "El abuelo encuentra una llave en el río. " * 40
    done = await worker.result("attention", run=trained.path, step=40, text=text, limit=limit)
    count = min(limit, 16)  # the block of the model
    assert done["tokens"] == list(text[:count].replace(" ", "␣"))
    assert not done["whole"]
    short = await worker.result("attention", run=trained.path, step=40, text=text[:count])
    assert [len(row) for row in done["weights"]] == [count] * count
    assert torch.tensor(done["weights"]).allclose(torch.tensor(short["weights"]), atol=1e-4)


async def test_neighbours_are_those_of_smallest_angle(worker: WorkerProcess, trained: RunDirectory) -> None:
    model = load_trained(trained, device="cpu")
    rows = model.model.token_embedding().detach()
    token = int(model.tokenizer.encode("a")[0])
    done = await worker.result("neighbours", run=trained.path, step=40, token=token, count=4)
    assert (done["token"], done["label"], done["is_all"]) == (token, "a", True)
    others = [0, *range(257, model.tokenizer.vocab_size)]  # without the bytes
    cosines = {one: float(rows[one] @ rows[token] / rows[one].norm() / rows[token].norm()) for one in others}
    del cosines[token]
    nearest = sorted(cosines, key=cosines.__getitem__, reverse=True)[:4]
    assert [one["token"] for one in done["neighbours"]] == nearest
    assert [one["cosine"] for one in done["neighbours"]] == pytest.approx([cosines[one] for one in nearest], abs=1e-4)


@pytest.mark.parametrize(
    ("text", "label", "is_all"), [("ñ", "ñ", True), (" ", "␣", True), ("niña", "n", False), ("日", "⟨E6⟩", False)]
)
async def test_a_typed_text_finds_its_token(
    worker: WorkerProcess, trained: RunDirectory, text: str, label: str, is_all: bool
) -> None:
    done = await worker.result("neighbours", run=trained.path, step=40, text=text, count=3)
    assert (done["label"], done["is_all"]) == (label, is_all)
    assert len(done["neighbours"]) == 3


async def test_the_plane_keeps_as_much_of_the_spread_as_two_dimensions_can(
    worker: WorkerProcess, trained: RunDirectory
) -> None:
    model = load_trained(trained, device="cpu")
    done = await worker.result("plane", run=trained.path, step=40)
    rows = model.model.token_embedding().detach()[done["tokens"]].double()
    assert len(done["labels"]) == len(done["points"]) == len(rows) == model.tokenizer.vocab_size - 256
    spread = torch.linalg.svdvals(rows - rows.mean(dim=0))[:2] ** 2
    points = torch.tensor(done["points"]).double()
    assert (points**2).sum(dim=0).tolist() == pytest.approx(spread.tolist(), rel=1e-3)


@pytest.mark.parametrize(
    ("op", "asked", "words"),
    [
        ("tensors", {"step": 30}, "no checkpoint '30'"),
        ("tensor", {"name": "nothing", "rows": 1, "columns": 1}, "no parameter 'nothing'"),
        ("tensor", {"name": EMBEDDING, "rows": 0, "columns": 1}, "not understood"),
        ("attention", {"text": ""}, "no text"),
        ("attention", {"text": "a", "layer": 2}, "no head 0 in a layer 2"),
        ("attention", {"text": "a", "head": -1}, "no head -1"),
        ("attention", {"text": "half \udcff"}, "UTF-8"),
        ("neighbours", {"token": 100_000}, "no token 100000"),
        ("neighbours", {"text": ""}, "no text"),
        ("neighbours", {"text": "half \udcff"}, "character"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    worker: WorkerProcess, trained: RunDirectory, op: str, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(RunFailedError, match=words):
        await worker.result(op, **{"run": trained.path, "step": 40, **asked})


async def test_a_model_without_attention_says_so(worker: WorkerProcess, bigram: RunDirectory) -> None:
    step = list_checkpoints(bigram)[-1].step
    with pytest.raises(RunFailedError, match="has no attention"):
        await worker.result("attention", run=bigram.path, step=step, text="hola")
    told = (await worker.result("tensors", run=bigram.path, step=step))["tensors"]
    assert [(one["name"], one["of_tokens"]) for one in told] == [("counts", True)]
    assert (await worker.result("plane", run=bigram.path, step=step))["points"]


async def test_a_checkpoint_that_is_pruned_meanwhile_is_a_sentence(worker: WorkerProcess, copied: RunDirectory) -> None:
    await worker.result("tensors", run=copied.path, step=20)
    shutil.rmtree(copied.checkpoints_path / "step-00000020")
    with pytest.raises(RunFailedError, match="no checkpoint '20'"):
        await worker.result("tensors", run=copied.path, step=20)
    shutil.rmtree(copied.path)
    with pytest.raises(RunFailedError, match="there is no run copied"):
        await worker.result("tensors", run=copied.path, step=40)


async def test_a_run_made_anew_under_the_same_name_is_not_the_old_one(
    worker: WorkerProcess, trained: RunDirectory, copied: RunDirectory
) -> None:
    before = (await worker.result("tensors", run=copied.path, step=40))["tensors"]
    folders = [copied.checkpoints_path / f"step-{step:08d}" for step in (20, 40)]
    shutil.rmtree(folders[1])
    folders[0].rename(folders[1])
    after = (await worker.result("tensors", run=copied.path, step=40))["tensors"]
    assert before != after
    assert after == (await worker.result("tensors", run=trained.path, step=20))["tensors"]


async def test_questions_asked_together_are_all_answered(worker: WorkerProcess, trained: RunDirectory) -> None:
    asked = [worker.result("tensors", run=trained.path, step=step) for step in (20, 40, 20)]
    first, second, third = await asyncio.gather(*asked)
    assert first["tensors"] == third["tensors"] != second["tensors"]
