"""How tokens are shown, which ones are, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inspection.making import TEXT, store_of
from tui_llm.config import MODEL_FIELDS, ModelConfig
from tui_llm.inspection.tokens import (
    beginning,
    by_frequency,
    cells,
    token_axes,
    token_labels,
    tokens_of_texts,
    visible,
)
from tui_llm.models import build_model
from tui_llm.text.tokenizers import train_tokenizer
from tui_llm.text.tokenizers.base import EOT, Kind


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" la\n\t", "␣la↵⇥"),
        ("ñandú", "ñandú"),
        ("😀", "😀"),
        ("\x00\x7f\u200d", "U+0000U+007FU+200D"),
        ("\u0301a", "◌\u0301a"),
        ("", ""),
        (b"\xc3".decode(errors="surrogateescape"), "⟨C3⟩"),
    ],
)
def test_nothing_of_a_token_is_hidden(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_visible_prints(text: str) -> None:
    assert visible(text).isprintable()
    assert " " not in visible(text)


def test_columns_are_counted() -> None:
    assert [cells(text) for text in ("", "año", "漢", "👨", "e\u0301", "␣↵")] == [0, 3, 2, 2, 1, 2]


@pytest.mark.parametrize("kind", ["char", "sentencepiece", "bpe"])
def test_the_tokens_of_texts_are_those_that_texts_use(kind: Kind) -> None:
    tokenizer = train_tokenizer(kind, None, [TEXT], len(TEXT))
    shown, labels = tokens_of_texts(tokenizer), token_labels(tokenizer)
    assert len(labels) == tokenizer.vocab_size
    assert labels[tokenizer.eot] == EOT
    assert tokenizer.eot in shown
    text = TEXT if kind != "bpe" else TEXT.replace("í", "i")  # there, a letter with an accent is two tokens
    ids = tokenizer.encode(text).tolist()
    assert set(ids) <= set(shown)
    assert "".join(labels[token] for token in ids) == text.replace(" ", "␣").replace("\n", "↵")
    spelt = tokenizer.encode("漢").tolist()  # it is not in the text
    assert [labels[token] for token in spelt] == ["⟨E6⟩", "⟨BC⟩", "⟨A2⟩"]
    if kind != "bpe":  # there, bytes are what everything is made of
        assert not set(spelt) & set(shown)
        assert len(shown) <= tokenizer.vocab_size - 256


@pytest.mark.parametrize("name", MODEL_FIELDS)
def test_the_axes_that_count_tokens_are_found(name: str) -> None:
    # Every other size is the same as the vocabulary's, or its neighbour's: sizes alone do not tell.
    config = ModelConfig(name=name, n_layer=1, n_head=2, n_embd=64, n_inner=65, block_size=64)  # type: ignore[arg-type]
    axes = token_axes(config, 64)
    of_tokens = {key: which for key, which in axes.items() if any(which)}
    assert axes.keys() == build_model(config, 64).state_dict().keys()
    expected: dict[str, dict[str, list[bool]]] = {
        "bigram-counts": {"counts": [True, True]},
        "bigram": {"table.weight": [True, True]},
        "mlp": {"wte.weight": [True, False], "lm_head.weight": [True, False], "lm_head.bias": [True]},
        "encoder": {"embedding.weight": [True, False], "lm_head.weight": [True, False], "lm_head.bias": [True]},
        "gpt": {"wte.weight": [True, False]},
        "modern": {"embed_tokens.weight": [True, False]},
    }
    assert of_tokens == expected["mlp" if name == "wavenet" else name]


def test_the_frequent_come_first(tmp_path: Path) -> None:
    store = store_of(tmp_path, [5, 5, 5, 2, 2, 9, 9, 9, 9])
    assert by_frequency([1, 2, 5, 9, 30], store) == [9, 5, 2, 1, 30]
    assert by_frequency([7, 2, 5], None) == [7, 2, 5]


@pytest.mark.parametrize(
    ("ids", "first"),
    [
        ([4, 5, 6, 7, 8, 9], [4, 5, 6]),
        ([0, 4, 0, 5, 6, 0, 1, 2, 3, 4, 0], [1, 2, 3]),  # the first document that is long enough
        ([4, 0, 5, 6, 0, 7], [5, 6]),  # else the longest
        ([0, 0], []),
    ],
)
def test_a_text_begins_where_a_document_begins(ids: list[int], first: list[int], tmp_path: Path) -> None:
    assert beginning(store_of(tmp_path, ids), eot=0, length=3) == first
