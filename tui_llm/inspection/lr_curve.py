"""The picture of a learning-rate range test. Imports `training`, and matplotlib when one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_llm.training.lr_finder import LrCurve

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Inches.
_WIDTH, _HEIGHT = 8.0, 5.0

#: Of the loss's own height: room below the lowest point and above the first.
_MARGIN = 0.1


def draw_lr_curve(curve: LrCurve) -> Figure:
    """Loss and smoothed loss over the rate, and the suggestion; what rises far above the beginning is cut off."""
    from tui_llm.inspection.figures import new_figure

    rates = [point.lr for point in curve.points]
    losses = [point.loss for point in curve.points]
    figure = new_figure(_WIDTH, _HEIGHT)
    axes = figure.add_subplot()
    axes.plot(rates, losses, color="C0", alpha=0.35, label="loss")
    axes.plot(rates, [point.smoothed for point in curve.points], color="C0", label="smoothed")
    if curve.suggestion is not None:
        axes.axvline(curve.suggestion, color="C1", linestyle="--", label=f"suggested: {curve.suggestion:.2g}")
    low, high = min(losses), ceiling(curve)
    axes.set_ylim(low - _MARGIN * (high - low), high + _MARGIN * (high - low))
    axes.set_xscale("log")
    axes.set_title("One step at each learning rate")
    axes.set_xlabel("learning rate")
    axes.set_ylabel("loss, nats a token")
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return figure


def ceiling(curve: LrCurve) -> float:
    """The highest loss worth drawing, in nats: where a model diverges, its loss would flatten all that came before."""
    first = curve.points[0].loss
    lowest = min(point.loss for point in curve.points)
    highest = max(point.loss for point in curve.points)
    return min(highest, first + (first - lowest) / 2) if first > lowest else highest
