"""The options that say which model learns what and how: declared once for every command that builds one, and turned
into a request. No torch.

A parameter is called as the setting that it gives is called in the configuration (see `config`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tui_llm.config import MODEL_FIELDS, Request, RunConfig, merge, read_request
from tui_llm.errors import InputError
from tui_llm.presets import resolve

_TEXT = "The text"
_MODEL = "The model"
_BUDGET = "How long"
_LEARNING = "How it learns"
_KEPT = "What is kept"
_MACHINE = "Where it runs"

#: Settings that are not what the flag of their name gives: paths become absolute; `name` among the flags is the run's.
_SPECIAL = ("texts", "name")


def _option(panel: str | None, *names: str, help: str, metavar: str | None = None) -> Any:  # noqa: A002 - as Typer has it
    return typer.Option(*names, help=help, metavar=metavar, rich_help_panel=panel)


Texts = Annotated[
    list[str] | None, typer.Argument(metavar="TEXT...", help="Files, folders, patterns, or - for standard input.")
]
Preset = Annotated[str | None, _option(None, "--preset", metavar="NAME", help="See tui-llm presets (default: auto).")]
Config = Annotated[
    Path | None, _option(None, "--config", metavar="FILE", help="A TOML file, such as another run's run.toml.")
]
Model = Annotated[
    str | None, _option(None, "--model", metavar="NAME", help=f"In place of a preset: {', '.join(MODEL_FIELDS)}.")
]

Minutes = Annotated[float | None, _option(_BUDGET, "--minutes", help="Train for so long (default: 5).")]
MaxSteps = Annotated[int | None, _option(_BUDGET, "--max-steps", help="Train for so many optimizer steps.")]
Epochs = Annotated[float | None, _option(_BUDGET, "--epochs", help="Train for so many passes over the text.")]

Tokenizer = Annotated[str | None, _option(_TEXT, "--tokenizer", help="char, sentencepiece or bpe.")]
VocabSize = Annotated[int | None, _option(_TEXT, "--vocab-size", help="Tokens (default: chosen from the text).")]
TextField = Annotated[str | None, _option(_TEXT, "--text-field", help="The field of a record that holds the text.")]
Documents = Annotated[str | None, _option(_TEXT, "--documents", help="What a document is: auto, file or line.")]
Nfc = Annotated[bool | None, _option(_TEXT, "--nfc", help="Compose accents (Unicode NFC).")]

NLayer = Annotated[int | None, _option(_MODEL, "--n-layer", help="Layers.")]
NHead = Annotated[int | None, _option(_MODEL, "--n-head", help="Attention heads.")]
NEmbd = Annotated[int | None, _option(_MODEL, "--n-embd", help="Width.")]
NInner = Annotated[int | None, _option(_MODEL, "--n-inner", help="Width of hidden or inner layers.")]
BlockSize = Annotated[int | None, _option(_MODEL, "--block-size", help="Tokens seen at once.")]
Context = Annotated[int | None, _option(_MODEL, "--context", help="Tokens looked back on (mlp).")]
Dropout = Annotated[float | None, _option(_MODEL, "--dropout", help="Share of activations dropped.")]
BatchNorm = Annotated[bool | None, _option(_MODEL, "--batch-norm/--no-batch-norm", help="Batch norm (mlp, wavenet).")]
InitGain = Annotated[bool | None, _option(_MODEL, "--init-gain/--no-init-gain", help="Scale for tanh (mlp, wavenet).")]
Smoothing = Annotated[float | None, _option(_MODEL, "--smoothing", help="Added to counts (bigram-counts).")]

BatchSize = Annotated[int | None, _option(_LEARNING, "--batch-size", help="Sequences in a step.")]
Lr = Annotated[float | None, _option(_LEARNING, "--lr", help="Learning rate.")]
Optimizer = Annotated[str | None, _option(_LEARNING, "--optimizer", help="adamw or muon.")]
WarmupSteps = Annotated[int | None, _option(_LEARNING, "--warmup-steps", help="Steps in which the rate rises.")]
EvalInterval = Annotated[
    int | None, _option(_LEARNING, "--eval-interval", help="Steps between evaluations (default: ten in a run).")
]
Seed = Annotated[int | None, _option(_LEARNING, "--seed", help="Of weights, batches and dropout.")]

KeepLast = Annotated[
    int | None, _option(_KEPT, "--keep-last", metavar="N", help="So many newest checkpoints, beside the best.")
]
KeepEpochs = Annotated[
    bool | None, _option(_KEPT, "--keep-epochs", help="Save and keep one at the end of every epoch.")
]
Probe = Annotated[bool | None, _option(_KEPT, "--probe", help="Record activations, gradients, updates.")]

Device = Annotated[str | None, _option(_MACHINE, "--device", help="auto, cpu, cuda or mps.")]
Dtype = Annotated[str | None, _option(_MACHINE, "--dtype", help="auto, float32 or bfloat16.")]
Compile = Annotated[
    bool | None, _option(_MACHINE, "--compile/--no-compile", help="Use torch.compile (default: on CUDA alone).")
]


def request_from(flags: Mapping[str, Any]) -> Request:
    """What a command's parameters ask for, laid over the configuration file if there is one.

    Args:
        flags: the parameters by name; those that are no setting are passed over, and so are those not given (None).
            A trailing underscore keeps a name from Python's own.

    Raises:
        InputError: they contradict each other, name a file that is none, or a setting that the model does not have.
    """
    starts = {f"--{name}": flags[name] for name in ("preset", "config", "model")}
    named = [flag for flag, value in starts.items() if value is not None]
    if len(named) > 1:
        raise InputError(f"{' and '.join(named)} each say what to start from.", "give one of them.")
    asked = _asked(flags)
    base = read_request(flags["config"]) if flags["config"] is not None else {}
    if asked["data"] and isinstance(base.get("data"), dict):
        base["data"].pop("corpus", None)  # another text or tokenizer is another corpus
    request = merge(base, asked)
    _check_heeded(request, [name for name in asked["model"] if name != "name"])
    return request


def _asked(flags: Mapping[str, Any]) -> Request:
    """The flags that were given, each in the section of its setting."""
    given = {name.rstrip("_"): value for name, value in flags.items() if value is not None}
    asked: Request = {
        section: {setting: given[setting] for setting in settings if setting in given}
        for section, settings in _settings().items()
    }
    if flags["texts"]:
        asked["data"]["texts"] = [_absolute(text) for text in flags["texts"]]
    if flags["model"] is not None:
        asked["model"]["name"] = flags["model"]
    if flags["preset"] is not None:
        asked["preset"] = flags["preset"]
    return asked


def _settings() -> dict[str, list[str]]:
    """The settings of each section of the configuration that a flag of the same name gives as it is."""
    return {
        section.name: [field.name for field in msgspec.structs.fields(section.type) if field.name not in _SPECIAL]
        for section in msgspec.structs.fields(RunConfig)
        if isinstance(section.type, type) and issubclass(section.type, msgspec.Struct)
    }


def _absolute(text: str) -> str:
    """The path as a run can use it from any folder; standard input stays what it is."""
    return text if text == "-" else str(Path(text).expanduser().absolute())


def _check_heeded(request: Request, settings: Sequence[str]) -> None:
    """Refuse a setting of the model that it would pass over in silence."""
    model = resolve(request).model.name
    fields = MODEL_FIELDS[model]
    for setting in settings:
        if setting not in fields:
            raise InputError(f"the model {model} has no {setting}.", f"it has: {', '.join(fields)}.")
