"""`tui-llm compare`: runs side by side, in one table and one chart. Never loads torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from tui_llm.cli.arguments import Json
from tui_llm.cli.output import emit, emit_json, emit_table, narrate
from tui_llm.errors import InputError
from tui_llm.figures import count, duration

if TYPE_CHECKING:
    from tui_llm.runs.compared import Along, Compared
    from tui_llm.runs.directory import RunDirectory

#: What a column shows of a run, in the table's order.
_COLUMNS: dict[str, Callable[[Compared], str]] = {
    "preset": lambda run: (run.model if run.preset == "custom" else run.preset) or "",
    "tokenizer": lambda run: f"{run.tokenizer} {run.vocab_size or ''}".rstrip() if run.tokenizer else "",
    "params": lambda run: "" if run.parameters is None else count(run.parameters),
    "tokens": lambda run: "" if run.tokens is None else count(run.tokens),
    "time": lambda run: "" if run.elapsed is None else duration(run.elapsed),
    "val bits/byte": lambda run: _figure(run.score, 4),
    "test bits/byte": lambda run: _figure(run.test_bits_per_byte, 4),
    "perplexity": lambda run: _figure(run.perplexity, 3),
    "tok/s": lambda run: "" if run.tokens_per_second is None else count(run.tokens_per_second),
    "state": lambda run: run.state,
}
_LEFT = ("run", "preset", "tokenizer", "state")

#: Columns that a narrow terminal goes without, the first of them first.
_SPARED = ("tok/s", "tokens", "tokenizer", "preset", "state", "params", "perplexity", "time", "test bits/byte")

_PER_TOKEN = (
    "Perplexity is per token: it compares only runs with the same tokenizer; bits per byte compare all of them."
)


def compare(
    runs: Annotated[list[str], typer.Argument(metavar="RUN", help="Names, unique beginnings of them, paths, or last.")],
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw the curves into a .png or .svg as well.")
    ] = None,
    x: Annotated[str, typer.Option("--x", metavar="step|time|tokens", help="What the curves are shown over.")] = "time",
    json: Json = False,
) -> None:
    """Compare runs in bits per byte of text that they have not seen, the best first: one table and one chart.

    Bits per byte compare any models of one text; perplexity compares only those with the same tokenizer.
    """
    from tui_llm.runs.compared import CompareWatch, best_first

    along = _along(x)
    found = best_first(CompareWatch(_find(runs)).poll(None) or [])
    names = _labels(found)
    if picture is not None:
        from tui_llm.inspection.comparison import draw_comparison
        from tui_llm.inspection.figures import save_figure

        save_figure(draw_comparison(names, found, along), picture)
    if json:
        emit_json([_document(run) for run in found])
    else:
        _show(names, found, along)
    _remark(found)


def _along(x: str) -> Along:
    from tui_llm.runs.compared import Along

    known: dict[str, Along] = {axis: axis for axis in get_args(Along)}
    if x not in known:
        raise InputError(f"curves cannot be shown over {x!r}.", f"give --x one of: {', '.join(known)}.")
    return known[x]


def _find(texts: Sequence[str]) -> list[RunDirectory]:
    """The runs that `texts` mean, each once."""
    from tui_llm.runs.catalogue import find_run

    return list({run.path.resolve(): run for run in map(find_run, texts)}.values())


def _labels(runs: Sequence[Compared]) -> list[str]:
    """What the runs are called: their names; paths where two of them have one name."""
    names = [run.name for run in runs]
    return [run.name if names.count(run.name) == 1 else str(run.path) for run in runs]


def _show(names: Sequence[str], runs: Sequence[Compared], along: Along) -> None:
    """The table, and the chart where there is anything to draw."""
    from rich.console import Console

    from tui_llm.cli.plot import Series, plot_lines
    from tui_llm.widgets.columns import fitting

    table = {"run": list(names)} | {title: [cell(run) for run in runs] for title, cell in _COLUMNS.items()}
    console = Console()
    if console.is_terminal:  # in a pipe it stays whole
        shown = fitting({title: [title, *cells] for title, cells in table.items()}, _SPARED, console.width)
        table = {title: table[title] for title in shown}
    emit_table(table, zip(*table.values(), strict=True), right=set(table) - set(_LEFT))
    series = [Series(name, run.along(along), run.bits_per_byte) for name, run in zip(names, runs, strict=True)]
    chart = plot_lines(
        series,
        title="validation text, less is better",
        x_label=along,
        y_label="bits per byte",
        x_kind="seconds" if along == "time" else "count",
    )
    if chart:
        emit(f"\n{chart}")
    else:
        narrate("None of these runs has been evaluated yet.")


def _remark(runs: Sequence[Compared]) -> None:
    """Say what of the figures does not compare."""
    from tui_llm.runs.compared import by_text, share_tokenizer

    texts = by_text(runs)
    if len(texts) > 1:
        listed = "; ".join(f"{text}: {', '.join(names)}" for text, names in texts.items())
        narrate(f"These runs were trained on different texts, whose bits per byte do not compare directly ({listed}).")
    elif not share_tokenizer(runs):
        narrate(_PER_TOKEN)


def _figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _document(run: Compared) -> dict[str, Any]:
    """A run as a JSON object: all its figures, and its validation curve."""
    curve = zip(run.steps, run.tokens_at, run.elapsed_at, run.bits_per_byte, strict=True)
    return {
        "name": run.name,
        "path": str(run.path),
        "state": run.state,
        "preset": run.preset,
        "model": run.model,
        "tokenizer": run.tokenizer,
        "vocab_size": run.vocab_size,
        "text": run.text,
        "parameters": run.parameters,
        "tokens": run.tokens,
        "elapsed": run.elapsed,
        "tokens_per_second": run.tokens_per_second,
        "best_bits_per_byte": run.best,
        "best_step": run.best_step,
        "val_bits_per_byte": run.val_bits_per_byte,
        "test_bits_per_byte": run.test_bits_per_byte,
        "perplexity": run.perplexity,
        "curve": [
            {"step": int(step), "tokens": int(tokens), "elapsed": float(elapsed), "bits_per_byte": float(bits)}
            for step, tokens, elapsed, bits in curve
        ],
    }
