"""`tui-llm inspect`: what is inside a model, as tables and pictures. No torch at the top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui_llm.cli.arguments import Json, Run
from tui_llm.cli.output import emit, emit_json, narrate, narrator

if TYPE_CHECKING:
    from tui_llm.inspection.report import Listener


def inspect(
    run: Run,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the files go (default: inspection/ in the run).")
    ] = None,
    attention: Annotated[
        str | None,
        typer.Option("--attention", metavar="TEXT", help="Show attention for this text, not the validation text's."),
    ] = None,
    checkpoint: Annotated[
        str | None, typer.Option("--checkpoint", help="best, last, or a step: look at this one alone.")
    ] = None,
    json: Json = False,
) -> None:
    """Write what is inside a model: tables, and a picture of every parameter at every kept checkpoint.

    Attention for a text, the tokens that the model holds for alike, and, where the run was trained with --probe,
    activations, gradients and updates. docs/inspect.md says how to read each file.
    """
    from tui_llm.inspection.report import inspect_run
    from tui_llm.runs.catalogue import find_run

    found = find_run(run)
    with _listener() as listener:
        report = inspect_run(
            found, out or found.path / "inspection", listener, attention=attention, checkpoint=checkpoint
        )
    if json:
        emit_json(
            {
                "folder": str(report.folder),
                "step": report.step,
                "files": [str(path) for path in report.files],
                "parameters": report.parameters,
            }
        )
        return
    for path in report.files:
        emit(str(path))


@contextmanager
def _listener() -> Iterator[Listener]:
    """Sentences on stderr, and a bar below them where a person looks at it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from tui_llm.inspection.report import Listener

    console = narrator()
    if not console.is_terminal:
        yield Listener(narrate)
        return
    with Progress(TextColumn("drawing"), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield Listener(
            lambda text: console.print(text, markup=False),
            lambda done, total: bar.update(task, completed=done, total=total),
        )
