"""The fields of the form: all of the schema's, what may be typed into them, and how it is told if it may not."""

from __future__ import annotations

import msgspec
import pytest

from tui_llm.config import MODEL_FIELDS, RunConfig
from tui_llm.errors import InputError
from tui_llm.screens.configure_fields import fields, in_words, without_flags


def test_every_setting_of_the_schema_is_a_field() -> None:
    schema = {
        f"{section}.{name}"
        for section, settings in msgspec.to_builtins(RunConfig()).items()
        if isinstance(settings, dict)
        for name in settings
    }
    assert schema - set(fields()) == {"data.texts", "data.corpus"}


def test_every_field_is_explained_and_has_the_default_of_the_schema() -> None:
    defaults = msgspec.to_builtins(RunConfig())
    for field in fields().values():
        assert field.description
        assert field.default == defaults[field.section][field.name]
        assert field.optional == (field.default is None)


def test_choices_stand_in_the_order_of_the_schema() -> None:
    assert fields()["model.name"].choices == tuple(MODEL_FIELDS)
    assert fields()["data.tokenizer"].choices == ("char", "sentencepiece", "bpe")


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("model.n_layer", " 12 ", 12),
        ("model.n_embd", "1_024", 1024),
        ("training.lr", "3e-4", 3e-4),
        ("training.minutes", "1,5", 1.5),
        ("training.warmup_steps", "0", 0),
        ("training.seed", "2147483647", 2147483647),
        ("system.device", "cuda:1", "cuda:1"),
        ("data.text_field", "body", "body"),
    ],
)
def test_what_is_typed_becomes_a_value(key: str, typed: str, value: object) -> None:
    assert fields()[key].read(typed) == value


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("model.n_layer", "0", "a whole number, at least 1"),
        ("model.n_layer", "two", "a whole number, at least 1"),
        ("model.n_layer", "2.5", "a whole number, at least 1"),
        ("model.n_embd", "99999999999", "larger than anything"),
        ("training.lr", "0", "a number, above 0"),
        ("training.lr", "nan", "a number, above 0"),
        ("training.lr", "inf", "a number, above 0"),
        ("model.dropout", "1", "a number, at least 0, below 1"),
        ("training.min_lr_ratio", "1.1", "a number, at least 0, at most 1"),
        ("training.seed", "2147483648", "a whole number, at least 0, below 2,147,483,648"),
        ("system.device", "gpu", "'gpu'"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(key: str, typed: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        fields()[key].read(typed)
    assert told in caught.value.what


def test_values_are_shown_as_they_may_be_typed_again() -> None:
    for key, value in (("training.lr", 3e-4), ("model.n_layer", 6), ("training.minutes", 5.0)):
        assert fields()[key].read(in_words(value)) == value
    assert in_words(None) == "not set"
    assert in_words(True) == "yes"


def test_hints_speak_of_fields_not_of_flags() -> None:
    assert without_flags("take --n-head 8, or an --n-embd that fits.") == "take n_head 8, or an n_embd that fits."
