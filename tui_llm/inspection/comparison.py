"""The picture of compared runs: their validation curves. Imports `runs`, and matplotlib when one is drawn; no torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tui_llm.figures import count
from tui_llm.runs.compared import Along, Compared

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Inches; and of a line of the legend.
_WIDTH, _HEIGHT, _LEGEND_LINE = 8.0, 5.0, 0.2

#: Characters in a line of the legend, those of a line's sample among them; and at most so many names abreast.
_LEGEND_WIDTH, _SAMPLE, _ABREAST = 90, 8, 3

#: Colours repeat after so many lines, which are then dashed in another way.
_COLOURS = 10
_DASHES = ("-", "--", ":", "-.")

#: A unit of time is taken when at least two of it are shown.
_TIMES = ((86_400.0, "days of training"), (3_600.0, "hours of training"), (60.0, "minutes of training"))


def draw_comparison(names: Sequence[str], runs: Sequence[Compared], along: Along) -> Figure:
    """The bits per byte of each run over steps, time or tokens, with `names` in the legend; `runs` the best first."""
    from matplotlib.ticker import FuncFormatter

    from tui_llm.inspection.figures import drawable, new_figure

    drawn = [(name, run) for name, run in zip(names, runs, strict=True) if len(run.steps)]
    labels = [drawable(name if run.score is None else f"{name}  {run.score:.3f}") for name, run in drawn]
    longest = max(map(len, labels), default=0)
    abreast = max(1, min(_ABREAST, len(labels), _LEGEND_WIDTH // (longest + _SAMPLE)))
    figure = new_figure(_WIDTH, _HEIGHT + _LEGEND_LINE * math.ceil(len(labels) / abreast))
    axes = figure.add_subplot()
    unit, unit_name = _unit(runs, along)
    lines = [
        axes.plot(
            run.along(along) / unit,
            run.bits_per_byte,
            color=f"C{place % _COLOURS}",
            linestyle=_DASHES[place // _COLOURS % len(_DASHES)],
            marker="o",
            markersize=3,
            zorder=3 + len(runs) - place,  # the best lies on top
        )[0]
        for place, (_, run) in enumerate(drawn)
    ]
    axes.set_title("Validation text, less is better")
    axes.set_xlabel(unit_name)
    axes.set_ylabel("bits per byte")
    if along != "time":
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: count(value)))
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(lines, labels, loc="outside lower center", ncols=abreast, frameon=False)
    return figure


def _unit(runs: Sequence[Compared], along: Along) -> tuple[float, str]:
    """What the values on the x axis are divided by, and what the axis is called."""
    if along != "time":
        return 1.0, along
    longest = max((float(np.nanmax(run.elapsed_at)) for run in runs if len(run.elapsed_at)), default=0.0)
    return next(((unit, name) for unit, name in _TIMES if longest >= 2 * unit), (1.0, "seconds of training"))
