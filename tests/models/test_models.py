"""Every model keeps the protocol, and computes what independent implementations compute with the same weights."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tui_llm.config import ModelConfig
from tui_llm.models import MODELS, build_model
from tui_llm.models.base import LanguageModel
from tui_llm.models.modern import inner_width

V = 61
SMALL = {"n_layer": 2, "n_head": 4, "n_embd": 32, "block_size": 16}


def make(name: str, **changes: object) -> LanguageModel:
    torch.manual_seed(0)
    settings = {**SMALL, "name": name, **changes}
    model = build_model(ModelConfig(**settings), V)  # type: ignore[arg-type]
    # Norm weights and biases away from their neutral start, so that forgetting one of them shows.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.05)
    return model.eval()


def random_ids(batch: int = 3, length: int = 16) -> Tensor:
    return torch.randint(V, (batch, length), generator=torch.Generator().manual_seed(1))


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


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("cuts", [[16], [1] * 16, [5, 1, 1, 9], [3, 7, 6]])
def test_the_cache_changes_nothing(name: str, cuts: list[int]) -> None:
    model, ids = make(name), random_ids()
    cache = model.new_cache(ids.shape[0])
    with torch.no_grad():
        pieces = [model(piece, cache) for piece in torch.split(ids, cuts, dim=1)]
        torch.testing.assert_close(torch.cat(pieces, dim=1), model(ids), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_the_loss_is_the_cross_entropy_of_the_targets(name: str) -> None:
    model, ids, targets = make(name), random_ids(), random_ids().flip(1)
    probabilities = model(ids).softmax(dim=-1).gather(2, targets[..., None])
    torch.testing.assert_close(model.loss(ids, targets), -probabilities.log().mean(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", MODELS)
def test_hidden_matrices_are_matrices_inside_the_blocks(name: str) -> None:
    model = make(name)
    parameters = dict(model.named_parameters())
    hidden = model.hidden_matrices()
    assert hidden
    assert all(parameters[name].dim() == 2 and V not in parameters[name].shape for name in hidden)


@pytest.mark.parametrize("name", MODELS)
def test_bfloat16_on_the_cpu_is_near_float32(name: str) -> None:
    model, ids = make(name), random_ids()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        low = model(ids).float()
    torch.testing.assert_close(low, model(ids), rtol=0, atol=0.1)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("n_inner", [None, 48])
def test_gpt_equals_transformers_gpt2(bias: bool, n_inner: int | None) -> None:
    transformers = pytest.importorskip("transformers")
    model = make("gpt", bias=bias, n_inner=n_inner)
    config = transformers.GPT2Config(
        vocab_size=V, n_positions=16, n_embd=32, n_layer=2, n_head=4, n_inner=n_inner, activation_function="gelu_new"
    )
    theirs = transformers.GPT2LMHeadModel(config).eval()
    state = {}
    for key, value in model.state_dict().items():
        transposed = key.rsplit(".", 2)[-2] in {"c_attn", "c_proj", "c_fc"} and value.dim() == 2
        state[f"transformer.{key}"] = value.T if transposed else value
    missing = theirs.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys
    with torch.no_grad():
        for key in missing.missing_keys:
            if key.endswith("bias"):
                theirs.get_parameter(key).zero_()
    torch.testing.assert_close(model(random_ids()), theirs(random_ids()).logits, rtol=0, atol=1e-4)


@pytest.mark.parametrize("n_kv_head", [None, 2, 1])
def test_modern_equals_transformers_qwen3(n_kv_head: int | None) -> None:
    transformers = pytest.importorskip("transformers")
    model = make("modern", n_kv_head=n_kv_head)
    config = transformers.Qwen3Config(
        vocab_size=V,
        hidden_size=32,
        intermediate_size=inner_width(32),
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=n_kv_head or 4,
        head_dim=8,
        max_position_embeddings=16,
        tie_word_embeddings=True,
        rms_norm_eps=1e-6,
        rope_theta=10_000.0,
    )
    theirs = transformers.Qwen3ForCausalLM(config).eval()
    missing = theirs.load_state_dict({f"model.{key}": value for key, value in model.state_dict().items()}, strict=False)
    assert not missing.unexpected_keys
    assert missing.missing_keys in ([], ["lm_head.weight"])
    torch.testing.assert_close(model(random_ids()), theirs(random_ids()).logits, rtol=0, atol=1e-4)
