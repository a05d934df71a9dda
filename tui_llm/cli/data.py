"""`tui-llm data`: what can be done with texts before training. No torch."""

from __future__ import annotations

import typer

from tui_llm.cli.data_inspect import inspect
from tui_llm.cli.data_prepare import prepare
from tui_llm.cli.data_stories import stories

data_app = typer.Typer(no_args_is_help=True, help="Look at texts, prepare them, or have stories written.")
for command in (inspect, prepare, stories):
    data_app.command()(command)
