"""`tui-llm fork`: a new run that begins where a checkpoint of another one stands. No torch."""

from __future__ import annotations

from typing import Annotated

import typer

from tui_llm.cli.arguments import Run


def fork(
    run: Run,
    step: Annotated[str, typer.Option("--from", metavar="STEP", help="The checkpoint: a step, best or last.")],
    name: Annotated[str, typer.Option("--name", metavar="NEW", help="The new run's name.")],
    lr: Annotated[float | None, typer.Option("--lr", help="Another highest learning rate.")] = None,
    minutes: Annotated[float | None, typer.Option("--minutes", help="Another budget: minutes in all.")] = None,
    max_steps: Annotated[int | None, typer.Option("--max-steps", help="Another budget: steps in all.")] = None,
    epochs: Annotated[float | None, typer.Option("--epochs", help="Another budget: passes over the text.")] = None,
) -> None:
    """Make a new run out of a run's checkpoint, with its history; the run itself stays as it is.

    The new budget counts from the very beginning, what the other run has used of it included.
    """
    from tui_llm.cli.output import emit, narrate
    from tui_llm.runs.catalogue import find_run
    from tui_llm.runs.fork import fork_run
    from tui_llm.runs.status import read_status

    given = {"lr": lr, "minutes": minutes, "max_steps": max_steps, "epochs": epochs}
    changes = {setting: value for setting, value in given.items() if value is not None}
    forked = fork_run(find_run(run), step, name, {"training": changes} if changes else {})
    emit(forked.name)
    narrate(f"tui-llm resume {forked.name} goes on from step {read_status(forked).step}.")
