"""Attention maps are what the model computes: against transformers, and by what attention is."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.inspection.making import TEXT, trained_of
from tui_llm.errors import InputError
from tui_llm.inspection.attention import attention_maps, draw_attention
from tui_llm.inspection.figures import rendered


@pytest.mark.parametrize("name", ["encoder", "gpt", "modern"])
def test_every_token_shares_out_its_attention_among_those_before_it(name: str) -> None:
    maps = attention_maps(trained_of(name), TEXT[:12])
    assert maps.tokens == list("En␣un␣lugar␣")
    assert [tuple(layer.shape) for layer in maps.weights] == [(4, 12, 12)] * 2
    for layer in maps.weights:
        assert layer.dtype == torch.float32
        torch.testing.assert_close(layer.sum(-1), torch.ones(4, 12))
        assert not layer.triu(1).any()
        assert (layer.tril() >= 0).all()
        assert layer.std() > 0.05  # not the same everywhere


def test_the_maps_of_gpt_are_those_of_transformers() -> None:
    transformers = pytest.importorskip("transformers")
    trained = trained_of("gpt")
    config = transformers.GPT2Config(
        vocab_size=trained.tokenizer.vocab_size,
        n_positions=16,
        n_embd=32,
        n_layer=2,
        n_head=4,
        attn_implementation="eager",
    )
    theirs = transformers.GPT2LMHeadModel(config).eval()
    state = {}
    for key, value in trained.model.state_dict().items():
        transposed = key.rsplit(".", 2)[-2] in {"c_attn", "c_proj", "c_fc"} and value.dim() == 2
        state[f"transformer.{key}"] = value.T if transposed else value
    assert not theirs.load_state_dict(state, strict=False).unexpected_keys
    ids = torch.from_numpy(trained.tokenizer.encode(TEXT[:16]).astype("int64"))[None]
    with torch.no_grad():
        expected = theirs(ids, output_attentions=True).attentions
    found = attention_maps(trained, TEXT).weights
    assert len(found) == len(expected) == 2
    for ours, other in zip(found, expected, strict=True):
        torch.testing.assert_close(ours, other[0], rtol=0, atol=1e-5)


@given(st.text(min_size=1, max_size=40))
def test_a_text_is_cut_to_what_the_model_sees(text: str) -> None:
    trained = trained_of("gpt")
    maps = attention_maps(trained, text)
    assert len(maps.tokens) == maps.weights[0].shape[-1] == min(16, len(trained.tokenizer.encode(text)))


@pytest.mark.parametrize("name", ["bigram-counts", "bigram", "mlp", "wavenet"])
def test_models_without_attention_say_so(name: str) -> None:
    with pytest.raises(InputError, match=f"the model {name} has no attention") as refused:
        attention_maps(trained_of(name), TEXT)
    assert "refranes, gpt-mini, pyllm" in refused.value.hint
    assert "mlp" not in refused.value.hint


@pytest.mark.parametrize("text", ["", "\udcff"])
def test_a_text_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        attention_maps(trained_of("gpt"), text)


@pytest.mark.parametrize(("heads", "tokens"), [(1, 1), (3, 5), (5, 30), (12, 100)])
def test_there_is_a_map_for_each_head(heads: int, tokens: int) -> None:
    weights = torch.full((heads, tokens, tokens), 1.0).tril()
    labels = [f"token{place}" for place in range(tokens)]
    figure = draw_attention(labels, weights / weights.sum(-1, keepdim=True), "attention")
    titles = [panel.get_title() for panel in figure.axes]
    assert [title for title in titles if title] == [f"head {number}" for number in range(1, heads + 1)]
    named = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert named[0] == "token0"
    assert len(named) <= 40  # among many tokens, only some are named
    assert max(rendered(figure).size) < 3200
