"""`tui-llm find-lr`: the learning-rate range test of a model on a text. No torch at the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui_llm.cli import training_options as options
from tui_llm.cli.arguments import Json
from tui_llm.cli.output import STAGES, emit, emit_json, emit_table, narrator
from tui_llm.errors import InputError, RunFailedError
from tui_llm.presets import resolve

if TYPE_CHECKING:
    from tui_llm.config import Request
    from tui_llm.training.lr_finder import LrCurve

#: Rows of the table: that many points, spread over all.
_ROWS = 20

_TESTING = "trying the rates"


def find_lr(
    texts: options.Texts = None,
    preset: options.Preset = None,
    config: options.Config = None,
    model: options.Model = None,
    steps: Annotated[
        int | None,
        typer.Option("--steps", metavar="N", help="So many rates (default: 100); with few the suggestion is too high."),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw the curve into a .png or .svg as well.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="The time that auto chooses a size for (default: 5).")
    ] = None,
    tokenizer: options.Tokenizer = None,
    vocab_size: options.VocabSize = None,
    text_field: options.TextField = None,
    documents: options.Documents = None,
    nfc: options.Nfc = None,
    n_layer: options.NLayer = None,
    n_head: options.NHead = None,
    n_embd: options.NEmbd = None,
    n_inner: options.NInner = None,
    block_size: options.BlockSize = None,
    context: options.Context = None,
    dropout: options.Dropout = None,
    batch_norm: options.BatchNorm = None,
    init_gain: options.InitGain = None,
    batch_size: options.BatchSize = None,
    optimizer: options.Optimizer = None,
    seed: options.Seed = None,
    device: options.Device = None,
    dtype: options.Dtype = None,
    json: Json = False,
) -> None:
    """Find a learning rate for train: one step at each of many rates, from too low to too high.

    It takes train's options for the text and the model, and leaves no run behind.
    """
    request = options.request_from(locals())
    if not resolve(request).data.texts:
        raise InputError("there is no text to try the rates on.", "name a file or a folder: tui-llm find-lr TEXT...")
    if picture is not None:
        from tui_llm.inspection.figures import picture_format

        picture_format(picture)  # before the work, not after it
    curve = _test(request, steps)
    if picture is not None:
        from tui_llm.inspection.figures import save_figure
        from tui_llm.inspection.lr_curve import draw_lr_curve

        save_figure(draw_lr_curve(curve), picture)
    if json:
        emit_json(_document(curve))
    else:
        _show(curve)


def _test(request: Request, steps: int | None) -> LrCurve:
    from tui_llm.training.devices import is_out_of_memory
    from tui_llm.training.lr_finder import STEPS
    from tui_llm.workers.probe_lr import range_test

    try:
        with _progress() as (say, tell):
            test = range_test(request, STEPS if steps is None else steps, say, tell)
            while test.step():
                tell(_TESTING, test.share)
            return test.curve()
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        raise RunFailedError(
            "the device has no memory left for this model and batch.", "lower --batch-size, then --block-size."
        ) from error


@contextmanager
def _progress() -> Iterator[tuple[Callable[[str], None], Callable[[str, float], None]]]:
    """What says a sentence, and what tells progress: a bar where a person looks at it, else a line for each stage."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = narrator()

    def say(text: str) -> None:
        console.print(text, markup=False)

    if not console.is_terminal:
        told: set[str] = set()

        def tell(stage: str, _share: float) -> None:
            if stage not in told:
                say(STAGES.get(stage, stage))
            told.add(stage)

        yield say, tell
        return
    columns = (TextColumn("{task.description:22}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield say, lambda stage, share: bar.update(task, description=STAGES.get(stage, stage), completed=share)


def _show(curve: LrCurve) -> None:
    """The table, the chart, and the suggestion as the last line."""
    from tui_llm.cli.plot import Series, plot_lines
    from tui_llm.inspection.lr_curve import ceiling

    points = curve.points
    rows = sorted({round(place * (len(points) - 1) / (_ROWS - 1)) for place in range(_ROWS)})
    columns = ("lr", "loss", "smoothed")
    emit_table(
        columns,
        ((f"{points[row].lr:.2g}", f"{points[row].loss:.4f}", f"{points[row].smoothed:.4f}") for row in rows),
        right=columns,
    )
    highest, lowest = ceiling(curve), min(point.loss for point in points)
    drawn = [point for point in points if max(point.loss, point.smoothed) <= highest]
    rates = [point.lr for point in drawn]
    series = [
        Series("smoothed loss", rates, [point.smoothed for point in drawn]),
        Series("loss", rates, [point.loss for point in drawn]),
    ]
    if curve.suggestion is not None:
        series.append(Series("suggested", [curve.suggestion] * 2, [lowest, highest]))
    chart = plot_lines(
        series,
        title="one step at each learning rate",
        x_label="learning rate",
        y_label="loss, nats a token",
        x_log=True,
    )
    emit(f"\n{chart}\n")
    if curve.diverged_at is not None:
        emit(f"diverged at {curve.diverged_at:.2g}")
    if curve.suggestion is None:
        emit("no suggestion: the loss fell at no rate")
    else:
        emit(f"suggested: --lr {curve.suggestion:.2g}")


def _document(curve: LrCurve) -> dict[str, object]:
    return {
        "suggestion": curve.suggestion,
        "steepest": curve.steepest,
        "lowest": curve.lowest,
        "diverged_at": curve.diverged_at,
        "points": [point._asdict() for point in curve.points],
    }
