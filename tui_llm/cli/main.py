"""The program `tui-llm`: gathers the commands, and turns what goes wrong into a sentence, a hint and an exit code.

May import anything, but at the top only what is quick: no torch here, nor at the top of any command's file.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import sys
import traceback
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.core import TyperGroup

import tui_llm
from tui_llm.errors import BAD_INPUT, FAILED, INTERRUPTED, UserError, from_os_error

if TYPE_CHECKING:
    from typer._click import Command, Context

#: Where each command is. It is imported when it is called (or helped with): the others cost it no time.
COMMANDS = {
    "train": "tui_llm.cli.train:train",
    "resume": "tui_llm.cli.resume:resume",
    "generate": "tui_llm.cli.generate:generate",
    "fork": "tui_llm.cli.fork:fork",
    "evaluate": "tui_llm.cli.evaluate:evaluate",
    "compare": "tui_llm.cli.compare:compare",
    "inspect": "tui_llm.cli.inspect:inspect",
    "find-lr": "tui_llm.cli.find_lr:find_lr",
    "watch": "tui_llm.cli.watch:watch",
    "learn": "tui_llm.cli.learn:learn",
    "runs": "tui_llm.cli.runs:runs_app",
    "data": "tui_llm.cli.data:data_app",
    "presets": "tui_llm.cli.presets:presets",
    "doctor": "tui_llm.cli.doctor:doctor",
}


class _Commands(TyperGroup):
    """The commands by name."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(importlib.import_module(module), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command(cmd_name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="tui-llm",
    cls=_Commands,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn your own text into your own language model, trained from scratch.",
)


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
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="en|es|pt", help="The app's language; else the locale's.")
    ] = None,
    no_mouse: Annotated[bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal.")] = False,
) -> None:
    """Open the app; with a command, do that one thing."""
    if home is not None:
        os.environ["TUI_LLM_HOME"] = home
    if context.invoked_subcommand is None:
        from tui_llm.cli.face import open_app

        raise typer.Exit(open_app(lang, no_mouse=no_mouse, debug=debug))


#: The program's own options, which every command knows: those alone, and those with a value.
_FLAGS = ("--debug", "--no-mouse")
_VALUED = ("--home", "--lang")


def _globals_first(arguments: list[str]) -> list[str]:
    """Move the program's own options to the front, so that they may stand anywhere before a `--`."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in _FLAGS or (argument.partition("=")[0] in _VALUED and "=" in argument):
            front.append(argument)
        elif argument in _VALUED:
            front += [argument, *[value for value in [next(waiting, None)] if value is not None]]
        else:
            rest.append(argument)
    return front + rest


def main() -> NoReturn:
    """Run one command and leave with its exit code: 0 done, 1 failed, 2 bad usage or input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 shows a question mark, not a traceback
    # On leaving, Python would look for garbage among all that torch has made: a third of a second of every command.
    atexit.register(gc.freeze)
    arguments = _globals_first(sys.argv[1:])
    debug = "--debug" in arguments
    try:
        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # so Typer tells of a KeyboardInterrupt
            _report("interrupted.", "start it again; what was finished is kept.", debug=False)
    except BrokenPipeError:
        from tui_llm.cli.output import silence_stdout

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
    from tui_llm.cli.output import show_error

    show_error(what, hint)


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] + "."


def _command_words(arguments: list[str]) -> list[str]:
    """The leading words of `arguments` that name a command, for the hint after a usage error."""
    command: Command | None = typer.main.get_command(app)
    words: list[str] = []
    for argument in arguments:
        if argument.startswith("-"):
            continue
        command = command.get_command(typer.Context(command), argument) if isinstance(command, TyperGroup) else None
        if command is None:
            break
        words.append(argument)
    return words
