"""`tui-llm evaluate`: how well a trained model foretells text. No torch at the top."""

from __future__ import annotations

from typing import Annotated

import typer

from tui_llm.cli.arguments import Checkpoint, Device, Json, Run
from tui_llm.cli.output import emit, emit_json


def evaluate(
    run: Run,
    text: Annotated[
        list[str] | None,
        typer.Option("--text", metavar="FILE", help="Text to foretell (default: the run's own test split)."),
    ] = None,
    checkpoint: Checkpoint = None,
    device: Device = "auto",
    json: Json = False,
) -> None:
    """Tell loss, perplexity and bits per byte of a model on text it has not seen."""
    from tui_llm.runs.catalogue import find_run
    from tui_llm.workers.evaluate import evaluate_run

    report = evaluate_run(find_run(run), text or [], checkpoint=checkpoint, device=device)
    if json:
        emit_json(report)
        return
    emit(f"run            {report.run}, step {report.step}")
    emit(f"text           {report.text}: {report.tokens:,} tokens, {report.bytes:,} bytes")
    emit(f"loss           {report.loss:.4f}")
    emit(f"perplexity     {report.perplexity:.3f}")
    emit(f"bits per byte  {report.bits_per_byte:.4f}")
