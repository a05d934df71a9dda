"""Editing a draft: what is marked as changed, what changes with it, what is wrong with the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_llm.config import read_request, to_request, to_toml
from tui_llm.draft import EMPTY, Draft, Facts
from tui_llm.errors import InputError
from tui_llm.presets import PRESETS, resolve
from tui_llm.screens.configure_fields import fields
from tui_llm.screens.configure_request import (
    adopt,
    default,
    fault,
    given,
    is_open,
    portable,
    preset_of,
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


def test_the_models_name_does_not_change_the_preset() -> None:
    changed = with_value(EMPTY, fields()["model.name"], "gpt")
    assert preset_of(changed.request) == "auto"
    assert preset_of({"model": {"name": "gpt"}}) == "custom"


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
