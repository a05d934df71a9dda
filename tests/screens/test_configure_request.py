"""Editing a draft: what is marked as changed, what changes with it, what is wrong with the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as given_some
from hypothesis import strategies as st

from tui_llm.config import MODEL_FIELDS, read_request, to_request, to_toml
from tui_llm.draft import EMPTY, Draft, Facts
from tui_llm.errors import InputError
from tui_llm.presets import PRESETS, resolve
from tui_llm.screens.configure_fields import fields
from tui_llm.screens.configure_request import (
    adopt,
    default,
    fault,
    given,
    is_heeded,
    is_open,
    portable,
    preset_of,
    with_model,
    with_preset,
    with_value,
)

FACTS = Facts(
    corpus="novela-1/tokens/char-auto", name="novela", train_tokens=900, bytes=1000, documents=1, vocab_size=80
)
DRAFT = Draft({"data": {"texts": ["/t/novela.txt"], "corpus": FACTS.corpus}}, FACTS)


def test_the_default_is_the_presets_and_else_the_schemas() -> None:
    assert default({"preset": "gpt-mini"}, fields()["model.n_layer"]) == 2
    assert default({"preset": "gpt-mini"}, fields()["training.seed"]) == 1337
    assert default({}, fields()["training.minutes"]) == 5
    assert default({"training": {"max_steps": 9}}, fields()["training.minutes"]) is None


def test_a_value_is_given_and_taken_back() -> None:
    field = fields()["model.n_layer"]
    changed = with_value(with_preset(EMPTY, "gpt-mini"), field, 3)
    assert given(changed.request, field) == 3
    assert resolve(changed.request).model.n_layer == 3
    assert with_value(changed, field, None).request == {"preset": "gpt-mini"}


def test_a_value_that_holds_anyway_is_not_kept() -> None:
    changed = with_value(with_preset(EMPTY, "gpt-mini"), fields()["model.n_layer"], 2)
    assert changed.request == {"preset": "gpt-mini"}


def test_what_auto_would_choose_is_kept_even_if_it_is_the_default() -> None:
    changed = with_value(EMPTY, fields()["model.n_layer"], 6)
    assert given(changed.request, fields()["model.n_layer"]) == 6


@pytest.mark.parametrize(("first", "then"), [("max_steps", "minutes"), ("minutes", "epochs"), ("epochs", "max_steps")])
def test_one_budget_takes_the_place_of_another(first: str, then: str) -> None:
    both = with_value(with_value(EMPTY, fields()[f"training.{first}"], 7), fields()[f"training.{then}"], 8)
    assert both.request["training"] == {then: 8}


def test_a_budget_that_holds_no_longer_is_not_told() -> None:
    counted = {"preset": "bigram-counts"}
    assert default(counted, fields()["training.epochs"]) == 1
    assert default(counted, fields()["training.minutes"]) is None
    assert default({**counted, "training": {"max_steps": 9}}, fields()["training.epochs"]) is None
    assert default({"training": {"minutes": 9.0}}, fields()["training.minutes"]) == 5


@pytest.mark.parametrize(
    ("preset", "model", "then"),
    [
        ("auto", "gpt", "auto"),
        ("auto", "mlp", "mlp"),
        ("auto", "encoder", "refranes"),
        ("gpt-mini", "modern", "gpt-mini"),
        ("pyllm", "gpt", "pyllm"),
        ("bigram", "gpt", "gpt-mini"),
        ("wavenet", "modern", "modern"),
        ("wavenet", "bigram-counts", "bigram-counts"),
    ],
)
def test_a_model_has_a_preset_that_suits_it(preset: str, model: str, then: str) -> None:
    changed = with_model(with_preset(EMPTY, preset), model, preset)
    assert preset_of(changed.request) == then
    assert resolve(changed.request).model.name == model
    back = with_model(changed, None, preset)
    assert resolve(back.request) == resolve({"preset": preset})


@given_some(
    preset=st.sampled_from(list(PRESETS)),
    layers=st.integers(1, 12),
    models=st.lists(st.sampled_from(list(MODEL_FIELDS))),
)
def test_wandering_through_the_models_and_back_loses_nothing(preset: str, layers: int, models: list[str]) -> None:
    start = with_value(with_preset(EMPTY, preset), fields()["model.n_layer"], layers)
    draft = start
    for model in models:
        draft = with_model(draft, model, preset)
        assert resolve(draft.request).model.name == model
    assert with_model(draft, None, preset).request == start.request


def test_the_tokenizer_of_a_prepared_text_stays_through_other_presets() -> None:
    data = {"texts": ["/t/a.txt"], "tokenizer": "char", "corpus": FACTS.corpus}
    draft = Draft({"preset": "modern", "data": data}, FACTS)
    assert with_preset(with_preset(draft, "gpt-mini"), "modern") == draft


@pytest.mark.parametrize("model", list(MODEL_FIELDS))
def test_without_a_preset_the_models_name_is_kept(model: str) -> None:
    assert preset_of({"model": {"name": model}}) == "custom"
    loaded = adopt(EMPTY, {"model": {"name": model}, "training": {"seed": 7}})
    assert resolve(loaded.request).model.name == model
    other = with_model(loaded, "mlp", "custom")
    assert resolve(other.request) == resolve({"model": {"name": "mlp"}, "training": {"seed": 7}})
    assert with_model(loaded, None, "custom") == loaded


@pytest.mark.parametrize("preset", list(PRESETS))
def test_what_a_preset_settles_is_heeded_by_its_model(preset: str) -> None:
    settings = PRESETS[preset].settings
    keys = [f"{section}.{name}" for section, own in settings.items() for name in own]
    assert all(is_heeded({"preset": preset}, fields()[key]) for key in keys)


def test_another_tokenizer_is_another_corpus_of_the_same_text() -> None:
    changed = with_value(DRAFT, fields()["data.tokenizer"], "bpe")
    assert "corpus" not in changed.request["data"]
    assert changed.facts == Facts(name="novela", bytes=1000, documents=1)
    assert with_value(changed, fields()["data.documents"], "line").facts == Facts(name="novela")


def test_other_settings_leave_the_corpus_as_it_is() -> None:
    changed = with_value(DRAFT, fields()["model.n_layer"], 3)
    assert changed.request["data"] == DRAFT.request["data"]
    assert changed.facts == FACTS


def test_only_what_has_a_meaning_unset_may_be_left_open() -> None:
    assert is_open({}, fields()["model.n_layer"])
    assert is_open({"preset": "gpt2"}, fields()["system.compile"])
    assert not is_open({"preset": "gpt2"}, fields()["model.n_layer"])
    assert not is_open({"preset": "pyllm"}, fields()["model.n_inner"])


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "auto"])
def test_a_runs_own_settings_come_down_to_what_differs_from_its_preset(preset: str) -> None:
    whole = to_request(resolve({"preset": preset, "training": {"max_steps": 10}, "data": {"texts": ["/t/a.txt"]}}))
    adopted = adopt(EMPTY, whole)
    assert adopted.request == {"preset": preset, "training": {"max_steps": 10}, "data": {"texts": ["/t/a.txt"]}}


def test_settings_of_a_run_of_auto_stay_as_they_were_chosen() -> None:
    whole = to_request(resolve({"data": {"texts": ["/t/a.txt"]}}, {"model": {"n_layer": 3, "n_head": 6, "n_embd": 96}}))
    assert resolve(adopt(EMPTY, whole).request) == resolve(whole)


def test_adopted_settings_leave_the_text_that_was_chosen() -> None:
    whole = to_request(
        resolve({"preset": "gpt-mini", "data": {"texts": ["/other.txt"], "corpus": "other/tokens/char"}})
    )
    adopted = adopt(DRAFT, whole)
    assert adopted.request["data"] == {"texts": ["/t/novela.txt"]}
    assert adopted.facts.train_tokens is None, "its tokens were SentencePiece's"


def test_what_is_not_a_configuration_is_refused() -> None:
    with pytest.raises(InputError, match="n_layers"):
        adopt(EMPTY, {"model": {"n_layers": 3}})


def test_a_contradiction_is_told_at_the_fields_that_it_names() -> None:
    wrong = fault({"preset": "gpt-mini", "model": {"n_head": 3}})
    assert wrong is not None
    assert wrong.keys == {"model.n_head", "model.n_embd"}
    assert "--" not in wrong.hint


def test_a_value_out_of_bounds_is_told_at_its_field() -> None:
    wrong = fault({"training": {"lr": -1.0}})
    assert wrong is not None
    assert wrong.keys == {"training.lr"}


def test_a_saved_request_is_one_that_training_takes(tmp_path: Path) -> None:
    path = tmp_path / "saved.toml"
    changed = with_value(with_preset(DRAFT, "gpt-mini"), fields()["training.lr"], 1e-3)
    path.write_text(to_toml(portable(changed.request)), encoding="utf-8")
    read = read_request(path)
    assert read == {"preset": "gpt-mini", "data": {"texts": ["/t/novela.txt"]}, "training": {"lr": 1e-3}}
    assert resolve(read).training.lr == 1e-3
