"""`tui-llm train`: text in, a trained model out. No torch at the top."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tui_llm.cli.arguments import Detach, Json
from tui_llm.config import Request, merge, read_request
from tui_llm.errors import InputError

_TEXT = "The text"
_MODEL = "The model"
_BUDGET = "How long"
_LEARNING = "How it learns"
_MACHINE = "Where it runs"


def train(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT...", help="Files, folders, patterns, or - for standard input.")
    ] = None,
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="NAME", help="See tui-llm presets (default: auto).")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="A TOML file, such as another run's run.toml.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="gpt or modern, in nanoGPT's size if nothing else is said.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The run's name (default: the text's name and a number).")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Train for so long (default: 5).", rich_help_panel=_BUDGET)
    ] = None,
    max_steps: Annotated[
        int | None, typer.Option("--max-steps", help="Train for so many optimizer steps.", rich_help_panel=_BUDGET)
    ] = None,
    epochs: Annotated[
        float | None, typer.Option("--epochs", help="Train for so many passes over the text.", rich_help_panel=_BUDGET)
    ] = None,
    tokenizer: Annotated[
        str | None, typer.Option("--tokenizer", help="char, sentencepiece or bpe.", rich_help_panel=_TEXT)
    ] = None,
    vocab_size: Annotated[
        int | None,
        typer.Option("--vocab-size", help="Tokens (default: chosen from the text).", rich_help_panel=_TEXT),
    ] = None,
    text_field: Annotated[
        str | None,
        typer.Option("--text-field", help="The field of a record that holds the text.", rich_help_panel=_TEXT),
    ] = None,
    documents: Annotated[
        str | None,
        typer.Option("--documents", help="What a document is: auto, file or line.", rich_help_panel=_TEXT),
    ] = None,
    nfc: Annotated[
        bool | None, typer.Option("--nfc", help="Compose accents (Unicode NFC).", rich_help_panel=_TEXT)
    ] = None,
    n_layer: Annotated[int | None, typer.Option("--n-layer", help="Layers.", rich_help_panel=_MODEL)] = None,
    n_head: Annotated[int | None, typer.Option("--n-head", help="Attention heads.", rich_help_panel=_MODEL)] = None,
    n_embd: Annotated[int | None, typer.Option("--n-embd", help="Width.", rich_help_panel=_MODEL)] = None,
    block_size: Annotated[
        int | None, typer.Option("--block-size", help="Tokens seen at once.", rich_help_panel=_MODEL)
    ] = None,
    dropout: Annotated[
        float | None, typer.Option("--dropout", help="Share of activations dropped.", rich_help_panel=_MODEL)
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option("--batch-size", help="Sequences in a step.", rich_help_panel=_LEARNING)
    ] = None,
    lr: Annotated[float | None, typer.Option("--lr", help="Learning rate.", rich_help_panel=_LEARNING)] = None,
    optimizer: Annotated[
        str | None, typer.Option("--optimizer", help="adamw or muon.", rich_help_panel=_LEARNING)
    ] = None,
    warmup_steps: Annotated[
        int | None,
        typer.Option("--warmup-steps", help="Steps in which the rate rises.", rich_help_panel=_LEARNING),
    ] = None,
    eval_interval: Annotated[
        int | None,
        typer.Option(
            "--eval-interval", help="Steps between evaluations (default: ten in a run).", rich_help_panel=_LEARNING
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Of weights, batches and dropout.", rich_help_panel=_LEARNING)
    ] = None,
    device: Annotated[
        str | None, typer.Option("--device", help="auto, cpu, cuda or mps.", rich_help_panel=_MACHINE)
    ] = None,
    dtype: Annotated[
        str | None, typer.Option("--dtype", help="auto, float32 or bfloat16.", rich_help_panel=_MACHINE)
    ] = None,
    compile_: Annotated[
        bool | None,
        typer.Option(
            "--compile/--no-compile", help="Use torch.compile (default: on CUDA alone).", rich_help_panel=_MACHINE
        ),
    ] = None,
    detach: Detach = False,
    json: Json = False,
) -> None:
    """Train a model on your text, from scratch.

    A text is enough: `tui-llm train novel.txt`. Ctrl-C saves and ends; `tui-llm resume` goes on.
    """
    from tui_llm.cli.foreground import run_detached, run_here
    from tui_llm.presets import resolve
    from tui_llm.runs.launch import new_run
    from tui_llm.text.sources import find_sources

    given: dict[str, dict[str, Any]] = {
        "data": {
            "texts": [_absolute(text) for text in texts] if texts else None,
            "text_field": text_field,
            "nfc": nfc,
            "documents": documents,
            "tokenizer": tokenizer,
            "vocab_size": vocab_size,
        },
        "model": {
            "name": model,
            "n_layer": n_layer,
            "n_head": n_head,
            "n_embd": n_embd,
            "block_size": block_size,
            "dropout": dropout,
        },
        "training": {
            "max_steps": max_steps,
            "minutes": minutes,
            "epochs": epochs,
            "batch_size": batch_size,
            "lr": lr,
            "optimizer": optimizer,
            "warmup_steps": warmup_steps,
            "eval_interval": eval_interval,
            "seed": seed,
        },
        "system": {"device": device, "dtype": dtype, "compile": compile_},
    }
    request = _request(preset, config, model, given)
    resolved = resolve(request)
    inputs = resolved.data.texts
    if not inputs:
        raise InputError("there is no text to train on.", "name a file or a folder: tui-llm train TEXT...")
    if detach and "-" in inputs:
        raise InputError("a detached run cannot read standard input.", "save the text to a file first.")
    if "-" not in inputs:
        find_sources(inputs)
    run = new_run(request, name, stem="text" if inputs[0] == "-" else Path(inputs[0]).stem)
    if detach:
        run_detached(run, json=json)
    else:
        run_here(run, created=True, json=json)


def _absolute(text: str) -> str:
    """The path as a run can use it from any folder; standard input stays what it is."""
    return text if text == "-" else str(Path(text).expanduser().absolute())


def _request(preset: str | None, config: Path | None, model: str | None, given: dict[str, dict[str, Any]]) -> Request:
    """What the flags ask for, laid over the configuration file if there is one."""
    starts = {"--preset": preset, "--config": config, "--model": model}
    named = [flag for flag, value in starts.items() if value is not None]
    if len(named) > 1:
        raise InputError(f"{' and '.join(named)} each say what to start from.", "give one of them.")
    flags: Request = {
        section: {key: value for key, value in values.items() if value is not None} for section, values in given.items()
    }
    if preset is not None:
        flags["preset"] = preset
    base = read_request(config) if config is not None else {}
    if flags["data"] and isinstance(base.get("data"), dict):
        base["data"].pop("corpus", None)  # another text or tokenizer is another corpus
    return merge(base, flags)
