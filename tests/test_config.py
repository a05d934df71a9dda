"""Configurations: laid over each other, checked, explained, and the same after a trip through TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.config import Request, RunConfig, check, merge, read_request, to_request, to_toml
from tui_llm.errors import InputError
from tui_llm.presets import CUSTOM, DEFAULT_MINUTES, PRESETS, resolve


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_whole_configuration_that_toml_keeps(name: str) -> None:
    config = resolve({"preset": name})
    assert config.preset == name
    budget = (config.training.minutes, config.training.epochs)
    assert budget == ((None, 1) if name == "bigram-counts" else (DEFAULT_MINUTES, None))
    assert resolve(tomllib.loads(to_toml(to_request(config)))) == config


def test_the_presets_are_what_the_design_says() -> None:
    mini, pyllm, gpt2 = (resolve({"preset": name}) for name in ("gpt-mini", "pyllm", "gpt2"))
    assert (mini.model.n_head, mini.model.n_layer, mini.model.n_embd, mini.model.block_size) == (4, 2, 128, 128)
    assert (mini.data.tokenizer, mini.training.optimizer, mini.training.lr) == ("char", "adamw", 3e-4)
    assert (pyllm.model.n_head, pyllm.model.n_layer, pyllm.model.n_embd, pyllm.model.n_inner) == (8, 4, 128, 256)
    assert (pyllm.data.tokenizer, pyllm.training.grad_clip, pyllm.model.block_size) == ("sentencepiece", 1.0, 128)
    refranes, myllm = (resolve({"preset": name}) for name in ("refranes", "myllm"))
    assert (refranes.model.n_head, refranes.model.n_layer, refranes.model.n_embd, refranes.model.n_inner) == (
        4,
        2,
        128,
        256,
    )
    assert (refranes.data.tokenizer, refranes.model.dropout, refranes.training.lr) == ("char", 0.2, 1e-3)
    assert (myllm.model.n_head, myllm.model.n_layer, myllm.model.n_embd, myllm.model.dropout) == (12, 6, 240, 0.3)
    assert (myllm.data.tokenizer, myllm.training.schedule, myllm.training.keep_epochs) == ("bpe", "cosine", True)
    assert (gpt2.model.n_head, gpt2.model.n_layer, gpt2.model.n_embd, gpt2.model.block_size) == (12, 12, 768, 1024)


def test_a_model_by_name_starts_from_its_own_defaults() -> None:
    config = resolve({"model": {"name": "gpt", "n_layer": 3}})
    assert (config.preset, config.model.name, config.model.n_layer, config.training.optimizer) == (
        CUSTOM,
        "gpt",
        3,
        "muon",
    )
    assert resolve(to_request(config)) == config


def test_a_later_budget_replaces_an_earlier_one() -> None:
    assert merge({"training": {"minutes": 2, "lr": 1}}, {"training": {"max_steps": 9}}) == {
        "training": {"lr": 1, "max_steps": 9}
    }


@given(st.integers(1, 64), st.floats(0, 0.9), st.sampled_from(["adamw", "muon"]), st.booleans())
def test_what_was_asked_for_is_what_is_done(layers: int, dropout: float, optimizer: str, nfc: bool) -> None:
    request: Request = {
        "model": {"n_layer": layers, "dropout": dropout},
        "training": {"optimizer": optimizer, "epochs": 2.5},
        "data": {"nfc": nfc},
    }
    whole = to_request(resolve(request))
    for section, values in request.items():
        assert {key: whole[section][key] for key in values} == values
    assert "minutes" not in whole["training"]


@pytest.mark.parametrize(
    ("request_", "told", "hint"),
    [
        ({"model": {"n_layr": 3}}, "n_layr", "n_layer"),
        ({"modle": {}}, "modle", "model"),
        ({"model": {"n_layer": 0}}, "model.n_layer", "--n-layer"),
        ({"model": {"n_layer": "x"}}, "expected int", "--n-layer"),
        ({"data": {"tokenizer": "bp"}}, "bp", "sentencepiece"),
        ({"training": {"minutes": 1, "epochs": 2}}, "two budgets", "one of"),
        ({"model": {"n_embd": 90, "n_head": 4}}, "n_embd 90", "--n-head"),
        ({"model": {"name": "modern", "n_embd": 12, "n_head": 4}}, "odd", "--n-embd"),
        ({"model": {"n_kv_head": 4, "n_head": 6}}, "n_kv_head", "divisor"),
        ({"system": {"device": "gpu"}}, "device", "--device"),
        ({"preset": "gtp2"}, "gtp2", "gpt2"),
    ],
)
def test_mistakes_are_told_and_mended(request_: dict[str, object], told: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(request_)
    assert told in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.what.endswith(".")


def test_every_setting_is_explained() -> None:
    for section in msgspec.structs.fields(RunConfig):
        if isinstance(section.type, type) and issubclass(section.type, msgspec.Struct):
            schema = msgspec.json.schema_components([section.type])[1][section.type.__name__]
            for name, described in schema["properties"].items():
                assert described.get("description"), f"{section.name}.{name}"


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_request(tmp_path / "none.toml")
    (tmp_path / "broken.toml").write_text("[model\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_request(tmp_path / "broken.toml")
    assert check({}) == RunConfig()
