"""The quick ways to the next token against the model itself: the same logits, the same text, and when it pays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.models.making import V, make
from tui_llm.config import ModelConfig
from tui_llm.generation.cpu import MOST_SEQUENCES, CpuDecoder, CpuDecoding
from tui_llm.generation.cuda import CudaDecoder
from tui_llm.generation.engine import Engine, Request, Step
from tui_llm.generation.sampling import Sampling
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.text.tokenizers import Tokenizer, train_tokenizer

KINDS: list[tuple[str, dict[str, object]]] = [
    ("gpt", {}),
    ("gpt", {"bias": False, "n_inner": 37, "n_layer": 3}),
    ("modern", {}),
    ("modern", {"n_kv_head": 2, "n_inner": 41}),
    ("modern", {"n_kv_head": 1, "n_head": 2, "n_layer": 1}),
]
each_kind = pytest.mark.parametrize(("name", "changes"), KINDS)


def same(ours: Tensor, theirs: Tensor) -> None:
    np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("batch", [1, 3])
@each_kind
@torch.no_grad()
def test_kernels_give_the_models_logits_at_every_place(name: str, changes: dict[str, object], batch: int) -> None:
    model = make(name, **changes).eval()
    ids = torch.randint(V, (batch, model.block_size))
    whole = model(ids)
    for read in (1, 5):  # what the model itself has put into the cache before
        cache = model.new_cache(batch)
        assert cache is not None
        model(ids[:, :read], cache)
        decode = CpuDecoder(model, batch)
        for place in range(read, model.block_size):
            same(decode(ids[:, place : place + 1], cache), whole[:, place])
        assert cache.length == model.block_size


@pytest.mark.parametrize("name", ["gpt", "modern"])
@torch.no_grad()
def test_the_model_goes_on_from_what_kernels_kept(name: str) -> None:
    model = make(name).eval()
    ids = torch.randint(V, (2, model.block_size))
    cache = model.new_cache(2)
    assert cache is not None
    decode = CpuDecoder(model, 2)
    for place in range(7):
        decode(ids[:, place : place + 1], cache)
    same(model(ids[:, 7:], cache), model(ids)[:, 7:])


@pytest.mark.parametrize("name", ["gpt", "modern"])
@torch.no_grad()
def test_kernels_follow_weights_that_change_in_place(name: str) -> None:
    model = make(name).eval()
    ids = torch.randint(V, (1, 1))
    cache = model.new_cache(1)
    assert cache is not None
    decode = CpuDecoder(model, 1)
    before = decode(ids, cache)
    for parameter in model.parameters():
        parameter.add_(torch.randn_like(parameter) * 0.1)
    cache.clear()
    after = decode(ids, cache)
    same(after, model(ids)[:, -1])
    assert not torch.allclose(before, after, atol=1e-2)


@each_kind
@torch.no_grad()
def test_a_cache_of_fixed_shapes_gives_the_same_logits(name: str, changes: dict[str, object]) -> None:
    model = make(name, **changes).eval()
    ids = torch.randint(V, (2, model.block_size))
    whole = model(ids)
    cache = model.new_cache(2)
    assert cache is not None
    model(ids[:, :3], cache)
    for place in range(3, model.block_size):
        with cache.fixed_shapes(torch.tensor([place])):
            same(model(ids[:, place : place + 1], cache)[:, -1], whole[:, place])
    assert cache.length == 3


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    text = "el perro y la gata"
    return train_tokenizer("char", None, [text], len(text))


def model_for(name: str, tokenizer: Tokenizer) -> LanguageModel:
    """A model for the tokenizer's ids, sharper than a fresh one."""
    torch.manual_seed(3)
    config = ModelConfig(name=name, n_layer=2, n_head=2, n_embd=16, block_size=12)  # type: ignore[arg-type]
    model = build_model(config, tokenizer.vocab_size)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3.0)
    return model


def ids_of(steps: Iterator[Step]) -> list[tuple[int, int]]:
    return [(step.sample, step.token) for step in steps]


@pytest.mark.parametrize("samples", [1, 3, MOST_SEQUENCES + 1])
@pytest.mark.parametrize("name", ["gpt", "modern"])
def test_kernels_write_the_plain_text(name: str, samples: int, tokenizer: Tokenizer) -> None:
    model = model_for(name, tokenizer)
    quick, plain = Engine(model, tokenizer), Engine(model, tokenizer, use_cache=False)
    quick.prepare()
    for sampling in (Sampling(temperature=0.0), Sampling(), Sampling(1.3, None, 0.9, 1.2), Sampling(1.0, 3, None)):
        # Far past the block of 12.
        request = Request("la gata", max_new_tokens=40, num_samples=samples, sampling=sampling)
        assert ids_of(quick.generate(request)) == ids_of(plain.generate(request))


def test_few_tokens_are_not_worth_the_kernels_and_many_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_llm.generation.cpu._ready", set())
    model = make("gpt").eval()
    cache = model.new_cache(1)
    assert cache is not None
    decoding = CpuDecoding(model)
    ids = torch.zeros(1, 1, dtype=torch.int64)
    seconds = iter(range(10**6))  # a token takes one by this clock
    monkeypatch.setattr("time.perf_counter", lambda: next(seconds))
    monkeypatch.setattr(decoding, "_cost", 20.0)

    def write(tokens: int) -> None:
        for _ in range(tokens):
            cache.clear()
            with torch.no_grad():
                decoding.plain(ids, cache)

    assert decoding.decoder(cache, 10**9) is None  # nothing is known yet of how long a token takes
    write(6)
    assert decoding.decoder(cache, 10**9) is None  # a text that has 6 tokens is not expected to get 20 more
    write(1)
    assert decoding.decoder(cache, 19) is None
    assert isinstance(decoding.decoder(cache, 20), CpuDecoder)
    monkeypatch.setattr("tui_llm.generation.cpu._ready", set())
    write(12)
    assert decoding.decoder(cache, 1) is None
    write(1)
    assert isinstance(decoding.decoder(cache, 1), CpuDecoder)  # who keeps asking for a little is served in the end


#: Generates with a tiny model, saying whether numba was loaded; the first argument says what is wrong with it.
SCRIPT = """
import sys
wrong = sys.argv[1]
if wrong == "missing":
    sys.modules["numba"] = None
if wrong == "no folder":
    import numba.core.caching
    numba.core.caching.CacheImpl._locator_classes = []
from tests.generation.test_decoders import model_for
from tui_llm.generation.engine import Engine, Request
from tui_llm.text.tokenizers import train_tokenizer
text = "el perro y la gata"
tokenizer = train_tokenizer("char", None, [text], len(text))
model = model_for("modern", tokenizer)
engine, plain = Engine(model, tokenizer), Engine(model, tokenizer, use_cache=False)
if wrong != "nothing":
    engine.prepare()
request = Request("la", max_new_tokens=20)
written = [step.token for step in engine.generate(request)]
assert written == [step.token for step in plain.generate(request)] and len(written) > 3
print("tui_llm.generation.kernels" in sys.modules)
"""


def kernels_loaded(wrong: str, folder: Path) -> bool:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, wrong], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip() == "True"


def test_a_short_text_loads_no_compiler(tmp_path: Path) -> None:
    assert not kernels_loaded("nothing", tmp_path)


def test_without_numba_the_text_is_the_same(tmp_path: Path) -> None:
    assert not kernels_loaded("missing", tmp_path)


@pytest.mark.slow
def test_kernels_that_cannot_be_kept_are_compiled_all_the_same(tmp_path: Path) -> None:
    assert kernels_loaded("no folder", tmp_path)
    assert not list(tmp_path.rglob("*.nbi"))


@pytest.mark.slow
def test_kernels_are_compiled_once(tmp_path: Path) -> None:
    assert kernels_loaded("to compile", tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nb*")}
    assert any("modern_layer" in path.name for path in kept)
    assert kernels_loaded("to compile", tmp_path)
    assert kept == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nb*")}


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
@pytest.mark.parametrize("samples", [1, 3])
@pytest.mark.parametrize("name", ["gpt", "modern"])
def test_a_captured_graph_writes_the_plain_text(name: str, samples: int, tokenizer: Tokenizer) -> None:
    model = model_for(name, tokenizer).to("cuda")
    request = Request("la gata", max_new_tokens=60, num_samples=samples, sampling=Sampling(temperature=0.0))
    plain = ids_of(Engine(model, tokenizer, use_cache=False).generate(request))
    assert ids_of(Engine(model, tokenizer).generate(request)) == plain
    cache = model.new_cache(samples)
    assert cache is not None
    with torch.inference_mode():  # it was not the plain path that wrote it
        CudaDecoder(model, cache)
