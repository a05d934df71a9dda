"""`tui-llm runs`: the list of runs, and asking one to pause, to continue or to stop. Never loads torch."""

from __future__ import annotations

import sys
import time
from typing import Annotated, Any

import msgspec
import typer

from tui_llm.cli.arguments import Json, Run
from tui_llm.cli.output import emit, emit_json, emit_table, narrate
from tui_llm.errors import InputError, RunFailedError
from tui_llm.figures import age, count
from tui_llm.runs.catalogue import RunSummary, find_run, list_runs
from tui_llm.runs.control import Kind, request
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lifecycle import check_idle, delete_run, rename_run
from tui_llm.runs.liveness import observed_state
from tui_llm.runs.status import ACTIVE, read_status

#: How long a worker may take to answer before the command says that it has not, and how often it is looked at; seconds.
PATIENCE = 10.0
_INTERVAL = 0.1

_COLUMNS = ("name", "state", "model", "params", "step", "bits/byte", "tok/s", "age")

runs_app = typer.Typer(name="runs", help="List the runs; pause, continue, stop, rename or delete one.")


@runs_app.callback(invoke_without_command=True)
def runs(context: typer.Context, json: Json = False) -> None:
    """List the runs; with a command, do that to one of them."""
    if context.invoked_subcommand is None:
        list_(json)
    elif json:
        raise InputError("--json goes with the list alone.", "tui-llm runs --json lists the runs.")


@runs_app.command("list")
def list_(json: Json = False) -> None:
    """List the runs, the most recently active first."""
    summaries = list_runs()
    if json:
        emit_json([_document(summary) for summary in summaries])
        return
    if not summaries:
        narrate("There are no runs yet. Train one: tui-llm train TEXT.")
        return
    emit_table(_COLUMNS, map(_row, summaries), right=_COLUMNS[3:])
    for summary in summaries:
        if summary.state in ("failed", "damaged") and summary.problem:
            narrate(f"{summary.name}: {summary.problem}")


@runs_app.command()
def pause(run: Run) -> None:
    """Let a run rest: it keeps its memory, not its processor."""
    _ask(find_run(run), "pause", frozenset({"paused"}))


@runs_app.command("continue")
def continue_(run: Run) -> None:
    """Wake a paused run. (One that has ended goes on with `tui-llm resume`.)"""
    _ask(find_run(run), "continue", frozenset({"running", "preparing"}))


@runs_app.command()
def stop(run: Run) -> None:
    """End a run; it saves a checkpoint first, so that it can be resumed."""
    _ask(find_run(run), "stop", frozenset({"stopped", "finished"}))


@runs_app.command()
def rename(run: Run, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]) -> None:
    """Give a run another name."""
    emit(rename_run(find_run(run), new).name)


@runs_app.command()
def delete(run: Run, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Delete a run, its checkpoints included, for good."""
    found = find_run(run)
    check_idle(found, "deleted")
    if not yes:
        if not sys.stdin.isatty():
            raise InputError(f"nobody is there to confirm that run {found.name} is to be deleted.", "add --yes.")
        if not typer.confirm(f"Delete run {found.name} and all its checkpoints for good?", err=True):
            narrate("nothing was deleted.")
            raise typer.Exit(1)
    delete_run(found)
    narrate(f"deleted run {found.name}.")


def _ask(run: RunDirectory, kind: Kind, wanted: frozenset[str]) -> None:
    """Ask the run's worker for `kind`, wait until its state is one of `wanted`, and print that state."""
    state = observed_state(read_status(run))
    if state not in ACTIVE:
        resumable = kind == "continue" and state != "finished"
        hint = (
            f"tui-llm resume {run.name} takes it up again." if resumable else "tui-llm runs shows how each one stands."
        )
        raise InputError(f"run {run.name} is {state}; nothing to {kind}.", hint)
    under_way = wanted | {"stopping"} if kind == "stop" else wanted
    if state not in under_way:
        request(run, kind)
    state = _wait(run, wanted)
    if state in under_way:
        emit(f"{run.name}: {state}")
    elif state in ACTIVE:
        raise RunFailedError(
            f"run {run.name} has not answered within {PATIENCE:g} seconds; it is {state}.",
            f"the request to {kind} stands until it is seen to; tui-llm runs shows how it goes.",
        )
    else:
        raise RunFailedError(
            f"run {run.name} is {state}; it did not {kind}.", "tui-llm runs shows how each one stands."
        )


def _wait(run: RunDirectory, wanted: frozenset[str]) -> str:
    """The run's state once it is one of `wanted` or no longer active, or when patience has ended."""
    deadline = time.monotonic() + PATIENCE
    while True:
        state = observed_state(read_status(run))
        if state in wanted or state not in ACTIVE or time.monotonic() > deadline:
            return state
        time.sleep(_INTERVAL)


def _document(summary: RunSummary) -> dict[str, Any]:
    """A run as one flat JSON object; of one that is damaged, no more than its name, place and state."""
    status: dict[str, Any] = msgspec.to_builtins(summary.status) if summary.status else {}
    return {**status, "name": summary.name, "path": summary.path, "state": summary.state, "problem": summary.problem}


def _row(summary: RunSummary) -> tuple[str, ...]:
    status = summary.status
    if status is None:
        return (summary.name, summary.state, *[""] * (len(_COLUMNS) - 2))
    return (
        summary.name,
        summary.state,
        status.model or "",
        "" if status.parameters is None else count(status.parameters),
        f"{status.step}/{status.max_steps}" if status.max_steps else str(status.step),
        "" if status.val_bits_per_byte is None else f"{status.val_bits_per_byte:.3f}",
        "" if status.tokens_per_second is None else count(status.tokens_per_second),
        age(time.time() - status.created),
    )
