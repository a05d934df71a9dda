"""`tui-llm generate`: text from a trained model, as it comes. No torch at the top."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui_llm.cli.arguments import Checkpoint, Device, Json
from tui_llm.cli.output import emit_json

if TYPE_CHECKING:
    from tui_llm.generation.engine import Request, Step
    from tui_llm.generation.loading import Trained


def generate(
    run: Annotated[
        str | None, typer.Argument(metavar="RUN", help="A run's name, a unique beginning of it, a path, or last.")
    ] = None,
    ckpt: Annotated[Path | None, typer.Option("--ckpt", metavar="PATH", help="A checkpoint's folder.")] = None,
    checkpoint: Checkpoint = None,
    prompt: Annotated[str, typer.Option("--prompt", help="Text to go on from; - reads standard input.")] = "",
    max_new_tokens: Annotated[int, typer.Option("--max-new-tokens", help="Tokens to generate.")] = 200,
    temperature: Annotated[
        float, typer.Option("--temperature", help="Below 1 keeps to the likely; 0 always takes the likeliest.")
    ] = 0.8,
    top_k: Annotated[int, typer.Option("--top-k", help="Only the k likeliest tokens may come; 0 cuts nothing.")] = 40,
    top_p: Annotated[
        float, typer.Option("--top-p", help="Only the likeliest tokens that reach p together may come; 1 cuts nothing.")
    ] = 0.95,
    repetition_penalty: Annotated[
        float, typer.Option("--repetition-penalty", help="Above 1 makes what was there already less likely.")
    ] = 1.0,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same text.")] = 1337,
    num_samples: Annotated[int, typer.Option("--num-samples", help="How many texts.")] = 1,
    stop: Annotated[
        list[str] | None, typer.Option("--stop", metavar="TEXT", help="End before this text; may be given again.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--table", metavar="FILE", help="Write the five likeliest tokens at every position there."),
    ] = None,
    device: Device = "auto",
    json: Json = False,
) -> None:
    """Write text with a trained model. Without a prompt it begins a new text."""
    from tui_llm.errors import InputError
    from tui_llm.generation.engine import Request
    from tui_llm.generation.loading import load_trained, run_of_checkpoint
    from tui_llm.generation.sampling import Sampling
    from tui_llm.generation.table import write_table
    from tui_llm.runs.catalogue import find_run

    request = Request(
        prompt=_read_prompt() if prompt == "-" else prompt,
        max_new_tokens=max_new_tokens,
        num_samples=num_samples,
        seed=seed,
        stop=tuple(stop or ()),
        sampling=Sampling(temperature, top_k or None, top_p, repetition_penalty),
    )
    if ckpt is not None and checkpoint is not None:
        raise InputError("--ckpt and --checkpoint each name a checkpoint.", "give one of them.")
    if ckpt is None and run is None:
        raise InputError("generate needs a run.", "name one; tui-llm runs lists them, and last is the newest.")
    found = find_run(run) if run is not None else run_of_checkpoint(ckpt or Path())
    trained = load_trained(found, checkpoint=checkpoint, folder=ckpt, device=device)
    steps = _write(trained, request, json=json)
    if table is not None:
        write_table(table, steps, trained.tokenizer)


def _read_prompt() -> str:
    from tui_llm.errors import InputError

    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("the prompt on standard input is not UTF-8.", "convert it with iconv first.") from error


def _write(trained: Trained, request: Request, *, json: bool) -> list[Step]:
    """Write the samples to stdout: one alone as it comes, several one after the other, or all as JSON."""
    from tui_llm.generation.engine import Engine

    streaming = request.num_samples == 1 and not json
    steps: list[Step] = []
    if streaming:
        _print(request.prompt)
    for step in Engine(trained.model, trained.tokenizer).generate(request):
        steps.append(step)
        if streaming:
            _print(step.text)
    if streaming:
        _print("\n")
        return steps
    texts = ["".join(step.text for step in steps if step.sample == sample) for sample in range(request.num_samples)]
    if not json:
        separator = "\n" + "-" * 16 + "\n"
        _print(separator.join(request.prompt + text for text in texts) + "\n")
        return steps
    emit_json(
        {
            "run": trained.run.name,
            "checkpoint": str(trained.checkpoint),
            "prompt": request.prompt,
            "samples": [
                {
                    "text": text,
                    "tokens": sum(step.sample == sample for step in steps),
                    "finish": next(step.finish for step in reversed(steps) if step.sample == sample),
                }
                for sample, text in enumerate(texts)
            ],
        }
    )
    return steps


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
