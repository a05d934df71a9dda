"""The models compute what independent implementations compute with the same weights."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tests.models.making import V, make, random_ids
from tui_llm.config import ModelConfig
from tui_llm.models import build_model
from tui_llm.models.batchnorm import BatchNorm
from tui_llm.models.modern import inner_width


def close(ours: torch.Tensor, theirs: torch.Tensor, atol: float = 1e-4) -> None:
    torch.testing.assert_close(ours, theirs, rtol=0, atol=atol)


def test_bigram_counts_equals_a_count_of_ten_lines() -> None:
    k = 0.5
    batches = [(torch.randint(V, (4, 17)), torch.randint(V, (4, 17))) for _ in range(5)]
    pairs: Counter[tuple[int, int]] = Counter()
    for ids, targets in batches:
        pairs.update(zip(ids.flatten().tolist(), targets.flatten().tolist(), strict=True))
    totals = Counter({a: sum(n for (first, _), n in pairs.items() if first == a) for a in range(V)})
    expected = torch.tensor([[(pairs[a, b] + k) / (totals[a] + k * V) for b in range(V)] for a in range(V)])

    model = build_model(ModelConfig(name="bigram-counts", smoothing=k), V).train()
    for ids, targets in batches:
        model.loss(ids, targets)
    model.eval()
    close(model(torch.arange(V)[None])[0].softmax(-1), expected, atol=1e-6)
    line = random_ids(1, 12)[0].tolist()
    nats = -torch.stack([expected[a, b].log() for a, b in pairwise(line)]).mean()
    close(model.loss(torch.tensor([line[:-1]]), torch.tensor([line[1:]])), nats, atol=1e-5)


def test_looking_at_a_text_does_not_count_it() -> None:
    model = build_model(ModelConfig(name="bigram-counts"), V).eval()
    model.loss(random_ids(), random_ids())
    assert model.get_buffer("counts").sum() == 0


def test_the_learnt_bigram_is_a_softmax_over_one_hot_and_reaches_the_counted_one() -> None:
    generator = torch.Generator().manual_seed(3)
    chances = torch.rand(12, 12, generator=generator) ** 4
    text = [0]
    for _ in range(4000):
        text.append(int(torch.multinomial(chances[text[-1]], 1, generator=generator)))
    ids, targets = torch.tensor([text[:-1]]), torch.tensor([text[1:]])

    counted = build_model(ModelConfig(name="bigram-counts", smoothing=1e-6), 12).train()
    counted.loss(ids, targets)
    least = counted.eval().loss(ids, targets)  # no table of pairs can have less on this text

    learnt = build_model(ModelConfig(name="bigram"), 12)
    close(learnt(ids), F.one_hot(ids, 12).float() @ learnt.get_parameter("table.weight"))
    optimizer = torch.optim.Adam(learnt.parameters(), lr=0.1)
    for _ in range(400):
        optimizer.zero_grad()
        loss = learnt.loss(ids, targets)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert least <= learnt.loss(ids, targets) < least + 0.002


@pytest.mark.parametrize("shape", [(7, 5), (7, 3, 5)])
def test_batch_norm_equals_torchs_and_the_papers(shape: tuple[int, ...]) -> None:
    ours, theirs = BatchNorm(5), nn.BatchNorm1d(5)
    with torch.no_grad():
        theirs.weight.copy_(ours.weight.normal_())
        theirs.bias.copy_(ours.bias.normal_())

    def torchs(x: torch.Tensor) -> torch.Tensor:
        answer: torch.Tensor = theirs(x) if x.dim() == 2 else theirs(x.transpose(1, 2)).transpose(1, 2)  # (B, C, T)
        return answer

    for _ in range(4):
        x = (3 * torch.randn(shape) + 2).requires_grad_()
        rows = x.reshape(-1, 5)
        normal = (x - rows.mean(0)) / (rows.var(0, correction=0) + 1e-5).sqrt()
        close(ours(x), torchs(x), atol=1e-5)
        close(ours(x), normal * ours.weight + ours.bias, atol=1e-5)
        theirs(x if x.dim() == 2 else x.transpose(1, 2))  # as often as ours, for the running averages
        weighing = torch.randn(shape)
        (mine,) = torch.autograd.grad((ours(x) * weighing).sum(), x)
        (other,) = torch.autograd.grad((torchs(x) * weighing).sum(), x)
        close(mine, other, atol=1e-5)
    ours.eval()
    theirs.eval()
    x = torch.randn(shape)
    close(ours(x), torchs(x), atol=1e-5)


def test_the_mlp_equals_a_window_by_window_computation() -> None:
    model, ids = make("mlp", context=3, batch_norm=False), random_ids(2, 9)
    weights = model.state_dict()
    for row in range(2):
        for t in range(9):
            window = [V] * max(0, 2 - t) + ids[row, max(0, t - 2) : t + 1].tolist()
            x = torch.cat([weights["wte.weight"][token] for token in window])
            for layer in range(2):
                x = torch.tanh(weights[f"h.{layer}.linear.weight"] @ x + weights[f"h.{layer}.linear.bias"])
            expected = weights["lm_head.weight"] @ x + weights["lm_head.bias"]
            close(model(ids)[row, t], expected, atol=1e-5)


def test_the_gain_keeps_activations_from_shrinking() -> None:
    def spread(init_gain: bool) -> torch.Tensor:
        torch.manual_seed(0)
        settings = {"n_layer": 6, "n_embd": 64, "batch_norm": False, "init_gain": init_gain}
        model = build_model(ModelConfig(name="mlp", **settings), V)  # type: ignore[arg-type]
        last: list[torch.Tensor] = []
        model.get_submodule("h.5.tanh").register_forward_hook(lambda _module, _ids, answer: last.append(answer))
        model(random_ids())
        return last[0].std()

    assert spread(init_gain=True) > 0.5
    assert spread(init_gain=False) < 0.35


def test_wavenet_is_the_tree_that_fuses_pairs_and_dilated_convolutions() -> None:
    model, ids = make("wavenet", n_layer=3, batch_norm=False), random_ids(2, 16)
    weights = model.state_dict()
    # The tree over the last eight tokens, as if nothing were shared.
    x = weights["wte.weight"][ids[:, -8:]]
    for layer in range(3):
        pairs = x.reshape(2, x.shape[1] // 2, -1)
        x = torch.tanh(pairs @ weights[f"h.{layer}.fuse.linear.weight"].T + weights[f"h.{layer}.fuse.linear.bias"])
    close(model(ids)[:, -1], x[:, 0] @ weights["lm_head.weight"].T + weights["lm_head.bias"], atol=1e-5)
    # torch's convolutions over the whole text, blanks in front.
    x = weights["wte.weight"][F.pad(ids, (7, 0), value=V)].transpose(1, 2)
    for layer in range(3):
        kernel = weights[f"h.{layer}.fuse.linear.weight"].unflatten(1, (2, -1)).transpose(1, 2)
        x = torch.tanh(F.conv1d(x, kernel, weights[f"h.{layer}.fuse.linear.bias"], dilation=2**layer))
    close(model(ids), x.transpose(1, 2) @ weights["lm_head.weight"].T + weights["lm_head.bias"], atol=1e-5)


@pytest.mark.parametrize("training", [True, False])
def test_encoder_equals_torchs_transformer_encoder(training: bool) -> None:
    model, ids = make("encoder", n_inner=48).train(training), random_ids()
    layer = nn.TransformerEncoderLayer(32, 4, 48, dropout=0.0, activation="relu", batch_first=True, norm_first=False)
    theirs = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False).train(training)
    state = model.state_dict()
    theirs.load_state_dict({key: value for key, value in state.items() if key.startswith("layers.")})
    positions = torch.zeros(16, 32)
    for t in range(16):
        for pair in range(16):
            angle = torch.tensor(t / 10_000 ** (2 * pair / 32))
            positions[t, 2 * pair], positions[t, 2 * pair + 1] = angle.sin(), angle.cos()
    x = state["embedding.weight"][ids] * 32**0.5 + positions
    mask = nn.Transformer.generate_square_subsequent_mask(16)
    expected = theirs(x, mask=mask, is_causal=True) @ state["lm_head.weight"].T + state["lm_head.bias"]
    close(model(ids), expected)


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
    close(model(random_ids()), theirs(random_ids()).logits)


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
    close(model(random_ids()), theirs(random_ids()).logits)
