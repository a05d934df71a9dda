"""Arguments that several commands take, said once."""

from __future__ import annotations

from typing import Annotated

import typer

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run's name, a unique beginning of it, a path, or last.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Checkpoint = Annotated[str | None, typer.Option("--checkpoint", help="best, last, or a step (default: best).")]
Device = Annotated[str, typer.Option("--device", help="auto, cpu, cuda or mps.")]
Detach = Annotated[bool, typer.Option("--detach", help="Train in a process that outlives this one.")]
