"""The presets: named starting points for a run, and how a request is laid over one. Imports no torch."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import msgspec

from tui_llm.config import BUDGETS, Request, RunConfig, check, merge
from tui_llm.errors import InputError

#: What a run may take if neither the preset nor the user says.
DEFAULT_MINUTES = 5.0

#: Below so many bytes there is too little text to learn pieces of words from.
CHARACTERS_BELOW = 300_000

#: The preset's name in a configuration that starts from a model instead of a preset.
CUSTOM = "custom"


class Preset(msgspec.Struct, frozen=True):
    """A named starting point: one line for people, and the settings that differ from the schema's defaults."""

    description: str
    settings: Request


PRESETS: dict[str, Preset] = {
    "auto": Preset(
        "modern, with size, tokenizer, batch and schedule chosen for the text and the time (default)",
        {"model": {"name": "modern"}, "training": {"optimizer": "muon", "schedule": "wsd", "min_lr_ratio": 0.0}},
    ),
    "bigram-counts": Preset(
        "counted pairs of characters with add-k smoothing: no gradient, one pass over the text",
        {
            "data": {"tokenizer": "char"},
            "model": {"name": "bigram-counts", "block_size": 64},
            "training": {"epochs": 1, "batch_size": 64},
        },
    ),
    "bigram": Preset(
        "the same table learnt by gradient: softmax over a one-hot character",
        {
            "data": {"tokenizer": "char"},
            "model": {"name": "bigram", "block_size": 64},
            "training": {"lr": 1e-1, "batch_size": 64, "weight_decay": 0.0},
        },
    ),
    "mlp": Preset(
        "Bengio 2003 on characters: the last 8 of them, 24 wide, a tanh layer of 200, batch normalisation",
        {
            "data": {"tokenizer": "char"},
            "model": {"name": "mlp", "context": 8, "n_layer": 1, "n_embd": 24, "n_inner": 200, "block_size": 64},
            "training": {"lr": 1e-2, "batch_size": 32},
        },
    ),
    "wavenet": Preset(
        "causal convolutions on characters: 16 of them fused two by two, 4 layers of 256, batch normalisation",
        {
            "data": {"tokenizer": "char"},
            "model": {"name": "wavenet", "n_layer": 4, "n_embd": 32, "n_inner": 256, "block_size": 64},
            "training": {"lr": 1e-2, "batch_size": 32},
        },
    ),
    "refranes": Preset(
        "Transformer encoder layers, causal, post-norm, on characters: 2 layers, 4 heads, 128 wide, feed-forward 256",
        {
            "data": {"tokenizer": "char"},
            "model": {
                "name": "encoder",
                "n_layer": 2,
                "n_head": 4,
                "n_embd": 128,
                "n_inner": 256,
                "block_size": 64,
                "dropout": 0.2,
            },
            "training": {"lr": 1e-3, "batch_size": 16, "weight_decay": 0.0},
        },
    ),
    "gpt-mini": Preset(
        "pre-norm GPT on characters: 2 layers, 4 heads, 128 wide, block 128",
        {
            "data": {"tokenizer": "char"},
            "model": {"name": "gpt", "n_layer": 2, "n_head": 4, "n_embd": 128, "block_size": 128},
            "training": {"lr": 3e-4, "batch_size": 16},
        },
    ),
    "pyllm": Preset(
        "SentencePiece BPE; pre-norm GPT: 4 layers, 8 heads, 128 wide, feed-forward 256, block 128",
        {
            "data": {"tokenizer": "sentencepiece"},
            "model": {"name": "gpt", "n_layer": 4, "n_head": 8, "n_embd": 128, "n_inner": 256, "block_size": 128},
            "training": {"lr": 3e-4, "batch_size": 16, "grad_clip": 1.0},
        },
    ),
    "myllm": Preset(
        "byte-pair tokens; pre-norm GPT: 6 layers, 12 heads, 240 wide, dropout 0.3; every epoch's checkpoint is kept",
        {
            "data": {"tokenizer": "bpe"},
            "model": {"name": "gpt", "n_layer": 6, "n_head": 12, "n_embd": 240, "block_size": 128, "dropout": 0.3},
            "training": {"lr": 1e-3, "batch_size": 16, "keep_epochs": True},
        },
    ),
    "gpt2": Preset(
        "GPT-2 small from scratch: 12 layers, 12 heads, 768 wide, block 1024 (124M with --vocab-size 50257)",
        {
            "data": {"tokenizer": "bpe"},
            "model": {"name": "gpt", "n_layer": 12, "n_head": 12, "n_embd": 768, "block_size": 1024},
            "training": {
                "optimizer": "adamw",
                "lr": 6e-4,
                "beta2": 0.95,
                "warmup_steps": 200,
                "batch_size": 8,
                "gradient_accumulation_steps": 4,
            },
        },
    ),
    "modern": Preset(
        "RMSNorm, RoPE, QK-norm, SwiGLU, tied embeddings (Qwen3's architecture): 6 layers, 6 heads, 384 wide",
        {
            "data": {"tokenizer": "sentencepiece"},
            "model": {"name": "modern", "n_layer": 6, "n_head": 6, "n_embd": 384, "block_size": 256},
            "training": {"optimizer": "muon", "schedule": "wsd", "min_lr_ratio": 0.0, "lr": 3e-3, "batch_size": 8},
        },
    ),
}

#: What `--model NAME` alone starts from: a preset of that model, or nanoGPT's size with the better optimizer.
MODEL_DEFAULTS: dict[str, Request] = {
    "bigram-counts": PRESETS["bigram-counts"].settings,
    "bigram": PRESETS["bigram"].settings,
    "mlp": PRESETS["mlp"].settings,
    "wavenet": PRESETS["wavenet"].settings,
    "encoder": PRESETS["refranes"].settings,
    "gpt": {"model": {"name": "gpt"}, "training": {"optimizer": "muon", "lr": 1e-3, "batch_size": 64}},
    "modern": PRESETS["modern"].settings,
}


def find_preset(name: str) -> Preset:
    """The preset called `name`.

    Raises:
        InputError: there is none; the hint names the closest.
    """
    if name in PRESETS:
        return PRESETS[name]
    close = difflib.get_close_matches(name, PRESETS, n=1)
    raise InputError(
        f"there is no preset named {name!r}.",
        f"did you mean {close[0]}?" if close else f"the presets are: {', '.join(PRESETS)}.",
    )


def base_of(request: Mapping[str, Any]) -> Request:
    """The settings that `request` starts from: its preset, else the defaults of the model it names, else auto's."""
    preset = request.get("preset")
    model = request.get("model", {}).get("name") if isinstance(request.get("model"), Mapping) else None
    if preset == CUSTOM or (preset is None and model is not None):
        return MODEL_DEFAULTS.get(str(model), {})
    return find_preset(str(preset or "auto")).settings


def resolve(request: Mapping[str, Any], chosen: Mapping[str, Any] | None = None) -> RunConfig:
    """Lay `request` over its preset, and over what `auto` has `chosen`, into a whole configuration.

    Raises:
        InputError: the preset is unknown, or the configuration is wrong (see `config.check`).
    """
    base = base_of(request)
    default_name = "auto" if base is PRESETS["auto"].settings else CUSTOM
    whole = merge(base, chosen or {}, {"preset": default_name}, request)
    training = whole.get("training", {})
    if isinstance(training, dict) and not any(name in training for name in BUDGETS):
        whole = merge(whole, {"training": {"minutes": DEFAULT_MINUTES}})
    return check(whole)


def choose_tokenizer(text_bytes: int) -> str:
    """The tokenizer that `auto` takes: characters for a small text, SentencePiece for the others."""
    return "char" if text_bytes < CHARACTERS_BELOW else "sentencepiece"
