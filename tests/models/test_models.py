"""Every model keeps the protocol."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from tests.models.making import V, make, random_ids
from tui_llm.config import ModelConfig
from tui_llm.errors import InputError
from tui_llm.models import MODELS, build_model
from tui_llm.models.attention import watched_attention

ATTENDING = ["encoder", "gpt", "modern"]


@pytest.mark.parametrize("name", MODELS)
def test_logits_have_one_row_a_token(name: str) -> None:
    assert make(name)(random_ids(2, 7)).shape == (2, 7, V)


@pytest.mark.parametrize("name", MODELS)
def test_a_token_changes_no_logit_before_it(name: str) -> None:
    model, ids = make(name), random_ids()
    before = model(ids)
    for t in range(ids.shape[1]):
        changed = ids.clone()
        changed[:, t] = (changed[:, t] + 1) % V
        after = model(changed)
        torch.testing.assert_close(after[:, :t], before[:, :t], rtol=0, atol=1e-6)
        assert not torch.allclose(after[:, t], before[:, t], atol=1e-4)


@pytest.mark.parametrize(
    ("name", "settings", "sees"),
    [
        ("bigram-counts", {}, 1),
        ("bigram", {}, 1),
        ("mlp", {"context": 3}, 3),
        ("mlp", {"context": 1}, 1),
        ("wavenet", {"n_layer": 1}, 2),
        ("wavenet", {"n_layer": 3}, 8),
        *((name, {}, 16) for name in ATTENDING),
    ],
)
def test_a_prediction_looks_back_just_as_far_as_it_says(name: str, settings: dict[str, int], sees: int) -> None:
    model, ids = make(name, **settings), random_ids(1)
    seen = []
    for t in range(16):
        changed = ids.clone()
        changed[:, t] = (changed[:, t] + 1) % V
        if not torch.allclose(model(changed)[:, -1], model(ids)[:, -1], atol=1e-7):
            seen.append(t)
    assert seen == list(range(16 - sees, 16))


@pytest.mark.parametrize("name", ATTENDING)
@pytest.mark.parametrize("cuts", [[16], [1] * 16, [5, 1, 1, 9], [3, 7, 6]])
def test_the_cache_changes_nothing(name: str, cuts: list[int]) -> None:
    model, ids = make(name), random_ids()
    cache = model.new_cache(ids.shape[0])
    assert cache is not None
    with torch.no_grad():
        pieces = [model(piece, cache) for piece in torch.split(ids, cuts, dim=1)]
        torch.testing.assert_close(torch.cat(pieces, dim=1), model(ids), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_the_loss_is_the_cross_entropy_of_the_targets(name: str) -> None:
    model, ids, targets = make(name), random_ids(), random_ids().flip(1)
    probabilities = model(ids).softmax(dim=-1).gather(2, targets[..., None])
    torch.testing.assert_close(model.loss(ids, targets), -probabilities.log().mean(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_hidden_matrices_are_matrices_inside_the_model(name: str) -> None:
    model = make(name)
    parameters = dict(model.named_parameters())
    hidden = model.hidden_matrices()
    assert bool(hidden) == ("bigram" not in name)
    assert all(parameters[name].dim() == 2 and not {V, V + 1} & set(parameters[name].shape) for name in hidden)


@pytest.mark.parametrize("name", MODELS)
def test_bfloat16_on_the_cpu_is_near_float32(name: str) -> None:
    model, ids = make(name), random_ids()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        low = model(ids).float()
    torch.testing.assert_close(low, model(ids), rtol=0, atol=0.1)


@pytest.mark.parametrize("name", MODELS)
def test_fresh_models_find_every_token_about_equally_likely(name: str) -> None:
    torch.manual_seed(0)
    model = build_model(ModelConfig(name=name, n_layer=2, n_head=4, n_embd=32, block_size=16), V)  # type: ignore[arg-type]
    even = torch.tensor(V, dtype=torch.float32).log()
    assert abs(model.eval().loss(random_ids(), random_ids().flip(1)) - even) < 0.35


@pytest.mark.parametrize("name", MODELS)
def test_every_token_has_an_embedding(name: str) -> None:
    assert make(name).token_embedding().shape[0] == V


@pytest.mark.parametrize("name", MODELS)
def test_watched_attention_tells_of_every_layer_and_changes_nothing(name: str) -> None:
    model, ids = make(name), random_ids(2, 9)
    before = model(ids)
    with watched_attention() as layers:
        torch.testing.assert_close(model(ids), before, rtol=0, atol=1e-5)
    assert len(layers) == (2 if name in ATTENDING else 0)
    for weights in layers:
        assert weights.shape == (2, 4, 9, 9)
        torch.testing.assert_close(weights.sum(-1), torch.ones(2, 4, 9))
        assert weights.triu(1).abs().max() == 0.0
    model(ids)
    assert len(layers) == (2 if name in ATTENDING else 0), "what comes after is not watched"


@given(vocab_size=st.integers(16_385, 10**6))
@pytest.mark.parametrize("name", ["bigram-counts", "bigram"])
def test_a_table_that_no_memory_holds_is_refused(name: str, vocab_size: int) -> None:
    with pytest.raises(InputError, match="too large"):
        build_model(ModelConfig(name=name), vocab_size)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"bigram-counts"}))
def test_the_operations_of_a_token_are_those_that_torch_counts(name: str) -> None:
    model = make(name)
    ids = random_ids(3, model.block_size)
    with FlopCounterMode(display=False) as counter, watched_attention():
        model.loss(ids, ids).backward()  # type: ignore[no-untyped-call]
    counted = counter.get_total_flops() / ids.numel()
    rel = 0.03 if name == "wavenet" else 1e-9  # its tree has some places before the text begins
    assert model.flops_per_token() == pytest.approx(counted, rel=rel)
