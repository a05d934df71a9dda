"""The program `tui-llm`: gathers the commands, and turns what goes wrong into a sentence, a hint and an exit code.

May import anything, but at the top only what is quick: no torch here, nor at the top of any command's file.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from typing import Annotated

import typer

import tui_llm
from tui_llm.cli.data import data_app
from tui_llm.cli.doctor import doctor
from tui_llm.cli.evaluate import evaluate
from tui_llm.cli.generate import generate
from tui_llm.cli.output import show_error, silence_stdout
from tui_llm.cli.presets import presets
from tui_llm.cli.resume import resume
from tui_llm.cli.runs import runs_app
from tui_llm.cli.train import train
from tui_llm.errors import BAD_INPUT, FAILED, INTERRUPTED, UserError, from_os_error

app = typer.Typer(
    name="tui-llm",
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn your own text into your own language model, trained from scratch.",
)

for command in (train, resume, generate, evaluate, presets, doctor):
    app.command()(command)
app.add_typer(runs_app, name="runs")
app.add_typer(data_app, name="data")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tui-llm {tui_llm.__version__}")  # noqa: T201 - the answer itself
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    home: Annotated[
        str | None,
        typer.Option("--home", metavar="DIR", help="Where corpora and runs are kept; else $TUI_LLM_HOME."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,  # noqa: ARG001
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Open the app; with a command, do that one thing."""
    if home is not None:
        os.environ["TUI_LLM_HOME"] = home
    if context.invoked_subcommand is None:
        raise UserError(
            "the app does not exist yet.",
            "train without it: tui-llm train TEXT... (tui-llm --help shows every command).",
        )


def _globals_first(arguments: list[str]) -> list[str]:
    """Move `--home DIR` and `--debug` to the front, so that they may stand anywhere before a `--`."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--debug" or argument.startswith("--home="):
            front.append(argument)
        elif argument == "--home":
            front += [argument, *[value for value in [next(waiting, None)] if value is not None]]
        else:
            rest.append(argument)
    return front + rest


def main() -> None:
    """Run one command and leave with its exit code: 0 done, 1 failed, 2 bad usage or input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 shows a question mark, not a traceback
    arguments = _globals_first(sys.argv[1:])
    debug = "--debug" in arguments
    try:
        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # so Typer tells of a KeyboardInterrupt
            show_error("interrupted.", "start it again; what was finished is kept.")
    except BrokenPipeError:
        silence_stdout()
        code = FAILED
    except UserError as error:
        code = error.code
        _report(error.what, error.hint, debug)
    except typer.TyperException as error:
        code = BAD_INPUT
        command = " ".join(["tui-llm", *_command_words(arguments)])
        _report(_sentence(error.format_message()), f"{command} --help shows what it takes.", debug)
    except OSError as error:
        mended = from_os_error(error, "reading or writing")
        code = mended.code
        _report(mended.what, mended.hint, debug)
    sys.exit(code or 0)


def _report(what: str, hint: str, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    show_error(what, hint)


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] + "."


def _command_words(arguments: list[str]) -> list[str]:
    """The leading words of `arguments` that name a command, for the hint after a usage error."""
    group = typer.main.get_command(app)
    words: list[str] = []
    for argument in arguments:
        commands = getattr(group, "commands", {})
        if argument in commands:
            words.append(argument)
            group = commands[argument]
        elif not argument.startswith("-"):
            break
    return words
