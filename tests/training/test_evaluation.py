"""Evaluation against a sum written out token by token."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests.training.conftest import MakeStore
from tui_llm.config import ModelConfig
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.training.devices import Device
from tui_llm.training.evaluation import evaluate, window_starts

V = 23
CPU = Device(torch.device("cpu"), torch.float32)
BYTES = np.random.default_rng(1).integers(0, 5, V)


@pytest.fixture
def model() -> LanguageModel:
    torch.manual_seed(0)
    return build_model(ModelConfig(name="modern", n_layer=1, n_head=2, n_embd=16, block_size=8, dropout=0.5), V)


@pytest.mark.parametrize("tokens", [2, 8, 9, 10, 16, 17, 50])
@pytest.mark.parametrize("batch_size", [1, 3])
def test_every_token_but_the_first_is_foretold_once(
    model: LanguageModel, make_store: MakeStore, tokens: int, batch_size: int
) -> None:
    ids = np.random.default_rng(tokens).integers(0, V, tokens)
    result = evaluate(model, make_store(ids, V), BYTES, CPU, batch_size, limit=10_000)
    model.eval()
    nats = 0.0
    with torch.no_grad():
        for at in range(1, tokens):
            start = (at - 1) // 8 * 8
            logits = model(torch.from_numpy(ids[None, start:at]))[0, -1]
            nats -= float(logits.log_softmax(dim=0)[ids[at]])
    assert result.tokens == tokens - 1
    assert result.loss == pytest.approx(nats / (tokens - 1), rel=1e-5)
    assert result.perplexity == pytest.approx(math.exp(nats / (tokens - 1)), rel=1e-4)
    stood_for = int(BYTES[ids[1:]].sum())
    assert result.bytes == stood_for
    assert result.bits_per_byte == pytest.approx(nats / math.log(2) / max(stood_for, 1), rel=1e-5)


def test_the_model_is_left_as_it_was(model: LanguageModel, make_store: MakeStore) -> None:
    evaluate(model.train(), make_store(np.zeros(20), V), BYTES, CPU, 4, limit=100)
    assert model.training


def test_a_limit_takes_windows_from_the_whole_text() -> None:
    starts = window_starts(tokens=100_001, block_size=10, limit=100)
    assert len(starts) == 10
    assert starts[0] == 0
    assert starts[-1] == 99_990
    assert len(window_starts(tokens=101, block_size=10, limit=1000)) == 10
