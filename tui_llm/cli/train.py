"""`tui-llm train`: text in, a trained model out. No torch at the top."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui_llm.cli import training_options as options
from tui_llm.cli.arguments import Detach, Json
from tui_llm.errors import InputError
from tui_llm.presets import resolve


def train(
    texts: options.Texts = None,
    preset: options.Preset = None,
    config: options.Config = None,
    model: options.Model = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The run's name (default: the text's name and a number).")
    ] = None,
    minutes: options.Minutes = None,
    max_steps: options.MaxSteps = None,
    epochs: options.Epochs = None,
    tokenizer: options.Tokenizer = None,
    vocab_size: options.VocabSize = None,
    text_field: options.TextField = None,
    documents: options.Documents = None,
    nfc: options.Nfc = None,
    n_layer: options.NLayer = None,
    n_head: options.NHead = None,
    n_embd: options.NEmbd = None,
    n_inner: options.NInner = None,
    block_size: options.BlockSize = None,
    context: options.Context = None,
    dropout: options.Dropout = None,
    batch_norm: options.BatchNorm = None,
    init_gain: options.InitGain = None,
    smoothing: options.Smoothing = None,
    batch_size: options.BatchSize = None,
    lr: options.Lr = None,
    optimizer: options.Optimizer = None,
    warmup_steps: options.WarmupSteps = None,
    eval_interval: options.EvalInterval = None,
    seed: options.Seed = None,
    keep_last: options.KeepLast = None,
    keep_epochs: options.KeepEpochs = None,
    probe: options.Probe = None,
    device: options.Device = None,
    dtype: options.Dtype = None,
    compile_: options.Compile = None,
    detach: Detach = False,
    json: Json = False,
) -> None:
    """Train a model on your text, from scratch.

    A text is enough: `tui-llm train novel.txt`. Ctrl-C saves and ends; `tui-llm resume` goes on.
    """
    request = options.request_from(locals())

    from tui_llm.cli.foreground import run_detached, run_here
    from tui_llm.runs.launch import new_run
    from tui_llm.text.sources import find_sources

    inputs = resolve(request).data.texts
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
