"""`tui-llm watch`: the dashboard of one run alone. Never loads torch."""

from __future__ import annotations

from typing import Annotated

import typer

from tui_llm.cli.arguments import Run
from tui_llm.cli.face import open_app


def watch(
    context: typer.Context,
    run: Run,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show it, and let nobody change anything.")] = False,
) -> None:
    """Open the dashboard of one run, to be left open beside other work."""
    from tui_llm.runs.catalogue import find_run

    options = context.parent.params if context.parent is not None else {}
    code = open_app(
        options.get("lang"),
        no_mouse=options.get("no_mouse", False),
        debug=options.get("debug", False),
        watch=find_run(run),
        read_only=read_only,
    )
    raise typer.Exit(code)
