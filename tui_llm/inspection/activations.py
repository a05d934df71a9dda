"""How healthy a training was, layer by layer: what `train --probe` recorded, as pictures and a table.
Imports `runs`, and matplotlib when something is drawn; no torch.

The pictures are those of Karpathy's makemore, part 3: activations and gradients of each layer, saturated and dead
units, and how large the updates are beside the values that they change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tui_llm.errors import from_os_error
from tui_llm.files import write_atomically
from tui_llm.inspection.figures import drawable, new_figure, save_figure
from tui_llm.inspection.tables import aligned, figure, shape
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.probes import Histogram, LayerProbe, ProbeRecord, read_probes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Lines that a legend names; of more, only the first and the last.
_NAMED = 16

#: Inches of a panel.
_WIDTH, _HEIGHT = 4.2, 2.8

#: The share of the values at each end that a histogram may leave out.
_TAIL = 0.002

#: Updates about a thousandth as large as the values: neither too slow nor too fast, as a rule of thumb.
_GOOD_UPDATE = -3.0

Values = npt.NDArray[np.float64]


def write_activations(run: RunDirectory, out: Path, say: Callable[[str], None]) -> list[Path]:
    """Write what was recorded of the training of `run` into `out`, and return the files; says so if there is nothing.

    Raises:
        RunFailedError: a file cannot be written.
    """
    records = read_probes(run)
    if not records:
        say("activations, gradients and updates: none were recorded; train with --probe to have them.")
        return []
    pictures = {
        "activations.png": _histograms(records, "activations", lambda layer: layer.activation),
        "gradients.png": _histograms(records, "gradients of activations", lambda layer: layer.gradient),
        "saturation.png": _saturation(records),
        "updates.png": _updates(records),
    }
    files = []
    for name, drawn in pictures.items():
        if drawn is not None:
            save_figure(drawn, out / name)
            files.append(out / name)
    table = out / "activations.txt"
    try:
        write_atomically(table, _table(records[-1]), durable=False)
    except OSError as error:
        raise from_os_error(error, f"writing {table}") from error
    return [*files, table]


# -- Histograms --------------------------------------------------------------------------------------------------------


def _histograms(
    records: Sequence[ProbeRecord], what: str, chosen: Callable[[LayerProbe], Histogram | None]
) -> Figure | None:
    """A row of panels for each kind of layer, a column for the first, a middle and the last step."""
    stages = [records[place] for place in sorted({0, len(records) // 2, len(records) - 1})]
    kinds = list(dict.fromkeys(layer.kind for layer in records[-1].layers if chosen(layer) is not None))
    if not kinds:
        return None
    drawn = new_figure(_WIDTH * len(stages) + 2, _HEIGHT * len(kinds) + 0.6)
    drawn.suptitle(f"{what}: how often each value occurs; every layer is drawn equally high", fontsize=11)
    panels = drawn.subplots(len(kinds), len(stages), squeeze=False, sharex="row")
    for row, kind in zip(panels, kinds, strict=True):
        shapes = [
            [(layer.name, _shape(chosen(layer))) for layer in record.layers if layer.kind == kind] for record in stages
        ]
        for panel, record, layers in zip(row, stages, shapes, strict=True):
            for (name, (values, heights)), colour in zip(layers, _colours(len(layers)), strict=True):
                panel.plot(values, heights, color=colour, label=drawable(name), linewidth=1.0)
            panel.set_title(f"{kind}, step {record.step:,}", fontsize=9)
            panel.set_yticks([])
            panel.grid(alpha=0.2)
        _frame(row[0], [shape for layers in shapes for _name, shape in layers])
        _legend(row[-1])
    return drawn


def _shape(histogram: Histogram | None) -> tuple[Values, Values]:
    """The middle of each bin, and its count beside that of the fullest."""
    counts = np.array(histogram.counts if histogram else [], dtype=np.float64)
    if histogram is None or not counts.any():
        return np.empty(0), np.empty(0)
    edges = np.linspace(histogram.low, histogram.high, len(counts) + 1)
    return (edges[:-1] + edges[1:]) / 2, counts / counts.max()


def _frame(panel: Axes, shapes: Sequence[tuple[Values, Values]]) -> None:
    """Show what has nearly all of each layer's values: the few far out would make everything else narrow."""
    ends = [
        values[np.searchsorted(heights.cumsum() / heights.sum(), (_TAIL, 1.0 - _TAIL))]
        for values, heights in shapes
        if len(values)
    ]
    low, high = (min(end[0] for end in ends), max(end[1] for end in ends)) if ends else (0.0, 0.0)
    if high > low:
        room = 0.05 * (high - low)
        panel.set_xlim(low - room, high + room)
    panel.locator_params(axis="x", nbins=5)
    panel.ticklabel_format(axis="x", scilimits=(-2, 4))


# -- Over the training -------------------------------------------------------------------------------------------------


def _saturation(records: Sequence[ProbeRecord]) -> Figure | None:
    """The share of saturated and of dead units in each layer that can have such."""
    measures: dict[str, Callable[[LayerProbe], float | None]] = {
        "saturated: |tanh| > 0.97, % of the values": lambda layer: layer.saturated,
        "dead: never above zero in the batch, % of the units": lambda layer: layer.dead,
    }
    curves = {
        title: _over_steps((record.step, one.name, _percent(value(one))) for record in records for one in record.layers)
        for title, value in measures.items()
    }
    return _curves({title: lines for title, lines in curves.items() if lines})


def _over_steps(found: Iterable[tuple[int, str, float | None]]) -> dict[str, list[tuple[int, float]]]:
    """Step and value by name, for the names that ever have a value."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for step, name, value in found:
        if value is not None:
            lines.setdefault(name, []).append((step, value))
    return lines


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _updates(records: Sequence[ProbeRecord]) -> Figure | None:
    """The size of each step's change of a matrix beside that of its values."""
    lines = _over_steps(
        (record.step, one.name, _log10(one.update_ratio))
        for record in records
        for one in record.parameters
        if len(one.shape) >= 2
    )
    title = "update : value, log10 of the ratio of their standard deviations; dashed: a thousandth"
    drawn = _curves({title: lines} if lines else {})
    if drawn is not None:
        drawn.axes[0].axhline(_GOOD_UPDATE, color="black", linestyle="--", linewidth=1.0)
    return drawn


def _log10(ratio: float | None) -> float | None:
    return float(np.log10(ratio)) if ratio else None


def _curves(panels: dict[str, dict[str, list[tuple[int, float]]]]) -> Figure | None:
    """Panels by title, in each a curve over the steps for each name; none without panels."""
    if not panels:
        return None
    drawn = new_figure(2 * _WIDTH + 2, 3.6 * len(panels))
    for panel, (title, lines) in zip(drawn.subplots(len(panels), squeeze=False)[:, 0], panels.items(), strict=True):
        for (name, points), colour in zip(lines.items(), _colours(len(lines)), strict=True):
            steps, values = zip(*points, strict=True)
            marker = "o" if len(points) < 3 else None  # a line of one point would not be seen
            panel.plot(steps, values, color=colour, label=drawable(name), linewidth=1.0, marker=marker)
        panel.set_title(title, fontsize=9, loc="left")
        panel.set_xlabel("step")
        panel.grid(alpha=0.3)
        _legend(panel)
    return drawn


# -- Names and figures -------------------------------------------------------------------------------------------------


def _colours(count: int) -> list[tuple[float, ...]]:
    """From the first layer, dark, to the last, bright."""
    from matplotlib import colormaps

    return [colormaps["viridis"](share) for share in np.linspace(0.0, 0.92, count)]


def _legend(panel: Axes) -> None:
    """Name the lines at the panel's right; of very many, the first and the last."""
    lines, names = panel.get_legend_handles_labels()
    if len(lines) > _NAMED:
        lines, names = [lines[0], lines[-1]], [names[0], names[-1]]
    if lines:
        panel.legend(lines, names, loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=7, frameon=False)


def _table(record: ProbeRecord) -> str:
    """The figures of one step: the layers, then the parameters."""
    layers = [("layer", "kind", "mean", "std", "saturated", "dead", "gradient std")]
    layers += [
        (
            layer.name,
            layer.kind,
            figure(layer.mean),
            figure(layer.std),
            _as_percent(layer.saturated),
            _as_percent(layer.dead),
            figure(layer.gradient_std),
        )
        for layer in record.layers
    ]
    parameters = [("parameter", "shape", "std", "gradient std", "update : value", "log10")]
    parameters += [
        (
            one.name,
            shape(one.shape),
            figure(one.std),
            figure(one.gradient_std),
            figure(one.update_ratio),
            figure(_log10(one.update_ratio)),
        )
        for one in record.parameters
    ]
    return "\n".join([f"step {record.step}", "", *aligned(layers), "", *aligned(parameters), ""])


def _as_percent(share: float | None) -> str:
    percent = _percent(share)
    return "" if percent is None else f"{percent:.1f} %"
