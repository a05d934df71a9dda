"""The configuration of a run: its schema, its TOML form, and what can be wrong with it. Imports no torch.

A *request* is what somebody asked for: a nested dictionary, `{"preset": "gpt-mini", "model": {"n_layer": 4}}`, from
flags or from a TOML file. `resolve` lays it over its preset and gives the whole `RunConfig`. Field names are
nanoGPT's or Hugging Face's. Every field's `Meta` bounds it and explains it in one line; forms and checks read it there.
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tui_llm.errors import InputError

Request = dict[str, Any]

Count = Annotated[int, Meta(ge=1)]
Positive = Annotated[float, Meta(gt=0.0)]
Fraction = Annotated[float, Meta(ge=0.0, lt=1.0)]


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all sections share: they are immutable, and a misspelt key is an error, not a silence."""


class DataConfig(_Section, frozen=True):
    """The text and how it is cut into tokens."""

    texts: Annotated[list[str], Meta(description="files, folders, patterns, or - for standard input")] = []
    text_field: Annotated[str | None, Meta(description="the field of a record that holds the text")] = None
    nfc: Annotated[bool, Meta(description="compose accents (Unicode NFC)")] = False
    documents: Annotated[
        Literal["auto", "file", "line"], Meta(description="what a document is; auto looks at the text")
    ] = "auto"
    tokenizer: Annotated[
        Literal["char", "sentencepiece", "bpe"], Meta(description="characters, SentencePiece BPE, or byte-level BPE")
    ] = "sentencepiece"
    vocab_size: Annotated[Count | None, Meta(description="how many tokens; chosen from the text if not set")] = None

    corpus: Annotated[
        str | None, Meta(description="the prepared text, below corpora/; prepared from the texts if not set")
    ] = None


class ModelConfig(_Section, frozen=True):
    """The network."""

    name: Annotated[
        Literal["bigram-counts", "bigram", "mlp", "wavenet", "encoder", "gpt", "modern"],
        Meta(description="from counted pairs to GPT-2's architecture (gpt) and Qwen3's (modern)"),
    ] = "modern"
    smoothing: Annotated[Positive, Meta(description="added to the count of every pair (bigram-counts)")] = 0.01
    context: Annotated[Count, Meta(description="tokens that the prediction looks back on (mlp)")] = 8
    n_layer: Annotated[Count, Meta(description="hidden layers (mlp), fusions (wavenet), or Transformer blocks")] = 6
    n_head: Annotated[Count, Meta(description="attention heads")] = 6
    n_kv_head: Annotated[Count | None, Meta(description="key/value heads (modern); as many as heads if not set")] = None
    n_embd: Annotated[Count, Meta(description="width of embeddings, and of the residual stream")] = 384
    n_inner: Annotated[
        Count | None, Meta(description="width of hidden or feed-forward layers; chosen from n_embd if not set")
    ] = None
    block_size: Annotated[Count, Meta(description="tokens that the model sees at once")] = 256
    dropout: Annotated[Fraction, Meta(description="share of activations dropped in training")] = 0.0
    bias: Annotated[bool, Meta(description="biases in linear layers and norms (gpt)")] = True
    batch_norm: Annotated[bool, Meta(description="batch normalisation before each tanh (mlp, wavenet)")] = True
    init_gain: Annotated[bool, Meta(description="first weights enlarged by the gain of tanh, 5/3 (mlp, wavenet)")] = (
        True
    )


class TrainingConfig(_Section, frozen=True):
    """How the network learns. One budget holds: max_steps, minutes or epochs."""

    max_steps: Annotated[Count | None, Meta(description="stop after so many optimizer steps")] = None
    minutes: Annotated[Positive | None, Meta(description="stop after so many minutes of training")] = None
    epochs: Annotated[Positive | None, Meta(description="stop after so many passes over the text")] = None
    batch_size: Annotated[Count, Meta(description="sequences in a forward pass")] = 32
    gradient_accumulation_steps: Annotated[Count, Meta(description="forward passes in an optimizer step")] = 1
    optimizer: Annotated[
        Literal["adamw", "muon"], Meta(description="AdamW for all, or Muon for the hidden matrices")
    ] = "adamw"
    lr: Annotated[Positive, Meta(description="highest learning rate")] = 1e-3
    schedule: Annotated[
        Literal["cosine", "wsd", "constant"],
        Meta(description="after warm-up: cosine, stable then linear decay, or constant"),
    ] = "cosine"
    warmup_steps: Annotated[int, Meta(ge=0, description="steps in which the rate rises")] = 100
    min_lr_ratio: Annotated[float, Meta(ge=0.0, le=1.0, description="last learning rate as a share of the highest")] = (
        0.1
    )
    decay_fraction: Annotated[
        float, Meta(gt=0.0, le=1.0, description="wsd: the last share of the run, in which the rate falls")
    ] = 0.4
    weight_decay: Annotated[float, Meta(ge=0.0, description="decoupled weight decay of matrices")] = 0.1
    beta1: Annotated[Fraction, Meta(description="AdamW's memory of the gradient")] = 0.9
    beta2: Annotated[Fraction, Meta(description="AdamW's memory of its square")] = 0.99
    grad_clip: Annotated[float, Meta(ge=0.0, description="largest gradient norm; 0 clips nothing")] = 1.0
    eval_interval: Annotated[Count | None, Meta(description="steps between evaluations; ten in a run if not set")] = (
        None
    )
    eval_tokens: Annotated[Count, Meta(description="at most so many held-out tokens in an evaluation")] = 65_536
    keep_last: Annotated[Count, Meta(description="newest checkpoints kept, beside the best")] = 2
    keep_epochs: Annotated[bool, Meta(description="save and keep a checkpoint at the end of every epoch")] = False
    probe: Annotated[bool, Meta(description="record activations, gradients and updates, layer by layer")] = False
    seed: Annotated[int, Meta(ge=0, lt=2**31, description="of weights, batches and dropout")] = 1337


class SystemConfig(_Section, frozen=True):
    """What it runs on."""

    device: Annotated[
        str, Meta(pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$", description="auto, cpu, cuda, cuda:N or mps")
    ] = "auto"
    dtype: Annotated[Literal["auto", "float32", "bfloat16"], Meta(description="precision of matrix products")] = "auto"
    compile: Annotated[bool | None, Meta(description="torch.compile; on CUDA alone if not set")] = None


class RunConfig(_Section, frozen=True):
    """Everything that determines a run; `run.toml` holds it."""

    preset: str = "auto"
    data: DataConfig = DataConfig()
    model: ModelConfig = ModelConfig()
    training: TrainingConfig = TrainingConfig()
    system: SystemConfig = SystemConfig()


BUDGETS = ("max_steps", "minutes", "epochs")

#: The fields of `ModelConfig` that each model heeds, beside its name.
MODEL_FIELDS: dict[str, tuple[str, ...]] = {
    "bigram-counts": ("block_size", "smoothing"),
    "bigram": ("block_size",),
    "mlp": ("context", "n_layer", "n_embd", "n_inner", "block_size", "dropout", "batch_norm", "init_gain"),
    "wavenet": ("n_layer", "n_embd", "n_inner", "block_size", "dropout", "batch_norm", "init_gain"),
    "encoder": ("n_layer", "n_head", "n_embd", "n_inner", "block_size", "dropout"),
    "gpt": ("n_layer", "n_head", "n_embd", "n_inner", "block_size", "dropout", "bias"),
    "modern": ("n_layer", "n_head", "n_kv_head", "n_embd", "n_inner", "block_size", "dropout"),
}


def merge(*layers: Mapping[str, Any]) -> Request:
    """Lay `layers` over each other, the later winning; a budget replaces any other budget below it."""
    result: Request = {}
    for layer in layers:
        for key, value in layer.items():
            if not isinstance(value, Mapping):
                result[key] = value
                continue
            section = dict(result.get(key, {}))
            if key == "training" and any(name in value for name in BUDGETS):
                section = {name: held for name, held in section.items() if name not in BUDGETS}
            result[key] = {**section, **value}
    return result


def check(request: Mapping[str, Any]) -> RunConfig:
    """Give the configuration that `request` spells out, schema defaults filling the rest.

    Raises:
        InputError: a key is unknown, a value has the wrong type or is out of bounds, or values contradict each other.
    """
    try:
        config = msgspec.convert(request, RunConfig)
    except msgspec.ValidationError as error:
        raise _explain(str(error)) from error
    _check_together(config)
    return config


def _check_together(config: RunConfig) -> None:
    model, training = config.model, config.training
    given = [name for name in BUDGETS if getattr(training, name) is not None]
    if len(given) > 1:
        raise InputError(
            f"{' and '.join(given)} are two budgets for one run.", "give one of max_steps, minutes and epochs."
        )
    if "n_head" in MODEL_FIELDS[model.name]:
        _check_heads(model)


def _check_heads(model: ModelConfig) -> None:
    if model.n_embd % model.n_head:
        small = [heads for heads in range(1, math.isqrt(model.n_embd) + 1) if model.n_embd % heads == 0]
        fits = [*small, *(model.n_embd // heads for heads in reversed(small))]
        nearest = min(fits, key=lambda heads: abs(heads - model.n_head))
        raise InputError(
            f"n_embd {model.n_embd} cannot be shared evenly among n_head {model.n_head} heads.",
            f"take --n-head {nearest}, or an --n-embd that is a multiple of {model.n_head}.",
        )
    if model.name == "modern" and (model.n_embd // model.n_head) % 2:
        raise InputError(
            f"the width of a head, {model.n_embd // model.n_head}, is odd; rotary positions turn pairs.",
            "take an --n-embd that is an even multiple of --n-head.",
        )
    if model.n_kv_head is not None and (model.n_kv_head > model.n_head or model.n_head % model.n_kv_head):
        raise InputError(
            f"n_head {model.n_head} is not a multiple of n_kv_head {model.n_kv_head}.",
            "each key/value head serves the same number of heads: take a divisor of n_head.",
        )


def _explain(message: str) -> InputError:
    """Turn msgspec's message, "Expected `int` >= 1 - at `$.model.n_layer`", into a sentence and a hint."""
    problem, _, place = message.partition(" - at `$.")
    where = place.rstrip("`")
    unknown = re.match(r"Object contains unknown field `(.*)`", problem)
    if unknown:
        key = unknown.group(1)
        sections = {field.name: field.type for field in msgspec.structs.fields(RunConfig)}
        struct: Any = sections.get(where, RunConfig)
        known = [field.name for field in msgspec.structs.fields(struct)]
        close = difflib.get_close_matches(key, known, n=1)
        section = f"[{where}]" if where else "the configuration"
        return InputError(
            f"{section} has no setting named {key!r}.",
            f"did you mean {close[0]}?" if close else f"it has: {', '.join(known)}.",
        )
    wanted = problem.replace("`", "").replace("Expected", "expected").replace("Invalid enum value", "there is no")
    hint = f"mend {where} in the configuration, or give --{where.rpartition('.')[2].replace('_', '-')} another value."
    section_name, _, field_name = where.partition(".")
    choices = _choices(section_name, field_name)
    if choices:
        hint = f"it is one of: {', '.join(choices)}."
    return InputError(f"{where}: {wanted}.", hint)


def _choices(section: str, field: str) -> list[str]:
    """The values that a field of literals may have; none for other fields."""
    for part in msgspec.structs.fields(RunConfig):
        if part.name == section and isinstance(part.type, type) and issubclass(part.type, msgspec.Struct):
            for known in msgspec.json.schema_components([part.type])[1][part.type.__name__]["properties"].items():
                if known[0] == field:
                    return [str(choice) for choice in known[1].get("enum", [])]
    return []


def read_request(path: Path) -> Request:
    """Read a request from a TOML file.

    Raises:
        InputError: the file is missing or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputError(f"there is no configuration file {path}.", "check the path given to --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} is not TOML: {error}.", "mend that line, or start from another run's run.toml."
        ) from (error)


def to_request(config: RunConfig) -> Request:
    """The request that spells `config` out whole; fields that are not set are left out."""
    built: Request = msgspec.to_builtins(config)
    return {
        key: {name: held for name, held in value.items() if held is not None} if isinstance(value, dict) else value
        for key, value in built.items()
    }


def to_toml(request: Mapping[str, Any]) -> str:
    """The TOML form of a request, as `run.toml` holds it."""
    import tomlkit

    return tomlkit.dumps(dict(request))
