"""A picture of a parameter at each checkpoint, and an animation of them. Imports torch, and matplotlib when it draws.

Matrices are heat maps, vectors lines. One parameter has one scale in all its pictures, so that they compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from tui_llm.inspection.blocks import Values, as_matrix, block_means
from tui_llm.inspection.figures import new_figure, rendered, save_animation, save_image, short_label
from tui_llm.inspection.tables import shape as in_words
from tui_llm.runs.checkpoints import checkpoint_name

if TYPE_CHECKING:
    from matplotlib.axis import XAxis, YAxis

#: Cells that a heat map has at most, a side.
MOST_CELLS = 512

#: Tokens that are named on an axis at most; inches for a name, and for all that is around the cells.
_NAMED, _NAME, _AROUND = 128, 0.1, 1.9

#: Inches of a picture whose axes name no tokens.
_WIDTH, _HEIGHT = 7.5, 5.5

#: Beyond this share of the values the colours end: a single outlier would make all others pale.
_QUANTILE = 0.995

#: How long a frame of an animation stays.
_MILLISECONDS = 500


@dataclass(frozen=True)
class TokenAxis:
    """An axis that counts tokens: those of them that are shown, and what they are called."""

    shown: Sequence[int]
    labels: Sequence[str]


@dataclass(frozen=True)
class _Stage:
    """A parameter as it is drawn at one step: a vector or a matrix; `block` (down, across) values make one of it."""

    step: int
    shape: Sequence[int]
    values: Values
    block: tuple[int, ...] = (1, 1)
    counts: bool = False
    """Whether they are counts, drawn as log10(1 + count)."""


def draw_parameter(
    name: str, axes: Sequence[TokenAxis | None], at_steps: Iterable[tuple[int, Tensor]], folder: Path
) -> list[Path]:
    """Write the pictures of a parameter into `folder`: NAME/step-NNNNNNNN.png, and NAME.gif where there are several.

    Args:
        name: what the parameter is called.
        axes: for each axis of its values, the tokens that it counts; None where it counts something else.
        at_steps: step and values, of one shape; each is reduced to what is drawn before the next is asked for.

    Returns:
        The files.

    Raises:
        RunFailedError: a file cannot be written; those before it are whole.
    """
    stages = [_stage(step, tensor, axes) for step, tensor in at_steps]
    picture = _Line(stages, axes) if stages[0].values.ndim == 1 else _HeatMap(stages, axes)
    place = folder / re.sub(r"[^\w.-]|^\.", "_", name)
    files, frames = [], []
    for stage in stages:
        picture.panel.set_title(_title(name, stage), fontsize=9, loc="left")
        picture.show(stage.values)
        frames.append(rendered(picture.figure))
        picture.figure.set_layout_engine("none")  # nothing moves from one step to the next
        files.append(place / f"{checkpoint_name(stage.step)}.png")
        save_image(frames[-1], files[-1])
    if len(frames) > 1:
        files.append(place.with_name(f"{place.name}.gif"))
        save_animation(frames, files[-1], _MILLISECONDS)
    return files


def _title(name: str, stage: _Stage) -> str:
    said = [f"step {stage.step:,}"]
    if stage.block != (1, 1):
        said.append(f"a cell is the mean of {stage.block[0]} × {stage.block[1]} values")
    lost = int((~np.isfinite(stage.values)).sum())
    if lost:
        said.append(f"{lost:,} are not finite")
    return f"{name}   {in_words(stage.shape)}\n{', '.join(said)}"


# -- What is drawn -----------------------------------------------------------------------------------------------------


def _stage(step: int, tensor: Tensor, axes: Sequence[TokenAxis | None]) -> _Stage:
    """The tensor without the tokens that are not shown, unfolded to a matrix, and reduced."""
    shape, counts = list(tensor.shape), not tensor.is_floating_point()
    for place, axis in enumerate(axes):
        if axis is not None:
            tensor = tensor.index_select(place, torch.tensor(axis.shown))
    matrix = as_matrix(tensor)
    if tensor.dim() < 2:
        return _Stage(step, shape, matrix[0], counts=counts)
    block = tuple(-(-size // MOST_CELLS) for size in matrix.shape)
    if block != (1, 1):
        matrix = block_means(matrix, *(np.arange(0, size, one) for size, one in zip(matrix.shape, block, strict=True)))
    return _Stage(step, shape, np.log10(1.0 + matrix) if counts else matrix, block, counts)


class _HeatMap:
    """Colours for values: blue below zero, red above, white at zero; counts from white to blue."""

    def __init__(self, stages: Sequence[_Stage], axes: Sequence[TokenAxis | None]) -> None:
        rows, columns = axes if len(axes) == 2 else (None, None)
        self.figure = new_figure(_inches(columns, _WIDTH), _inches(rows, _HEIGHT))
        self.panel = self.figure.add_subplot()
        height, width = stages[0].values.shape
        down, across = stages[0].block
        counts = stages[0].counts
        limit = max(_limit(stage.values, 1.0 if counts else _QUANTILE) for stage in stages)
        self._image = self.panel.imshow(
            stages[0].values,
            cmap="Blues" if counts else "RdBu_r",
            vmin=0.0 if counts else -limit,
            vmax=limit,
            aspect="auto",
            extent=(-0.5, width * across - 0.5, height * down - 0.5, -0.5),
        )
        beyond = any(np.nanmax(np.abs(stage.values), initial=0.0) > limit for stage in stages)
        self.figure.colorbar(
            self._image,
            fraction=0.05,
            extend="both" if beyond else "neither",
            label="log10(1 + count)" if counts else None,
        )
        _name(self.panel.yaxis, rows, "token")
        _name(self.panel.xaxis, columns, "token" if rows is None else "next token")

    def show(self, values: Values) -> None:
        """Draw another stage."""
        self._image.set_data(values)


class _Line:
    """A vector, value by value."""

    def __init__(self, stages: Sequence[_Stage], axes: Sequence[TokenAxis | None]) -> None:
        tokens = axes[0] if axes else None
        self.figure = new_figure(_inches(tokens, _WIDTH), 3.5)
        self.panel = self.figure.add_subplot()
        values = stages[0].values
        (self._line,) = self.panel.plot(
            values, linewidth=0.8, marker="o" if len(values) <= _NAMED else None, markersize=3
        )
        finite = np.concatenate([stage.values[np.isfinite(stage.values)] for stage in stages])
        low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
        room = 0.05 * (high - low) or max(0.05 * abs(high), 1e-3)
        self.panel.set_ylim(low - room, high + room)
        self.panel.margins(x=0.01)
        self.panel.grid(alpha=0.3)
        _name(self.panel.xaxis, tokens, "token")

    def show(self, values: Values) -> None:
        """Draw another stage."""
        self._line.set_ydata(values)


def _limit(values: Values, quantile: float) -> float:
    """Where the colours end: so many of the absolute values are not larger."""
    sizes = np.abs(values[np.isfinite(values)])
    if not len(sizes) or not sizes.any():
        return 1.0
    return float(np.quantile(sizes, quantile)) or float(sizes.max())


def _inches(tokens: TokenAxis | None, otherwise: float) -> float:
    """How long a side of the picture is, so that its names have room."""
    if tokens is None or len(tokens.shown) > _NAMED:
        return otherwise
    return max(_AROUND + len(tokens.shown) * _NAME, otherwise)


def _name(axis: XAxis | YAxis, tokens: TokenAxis | None, label: str) -> None:
    """Write the tokens along an axis: themselves where there are few enough to be read, else their numbers."""
    if tokens is None:
        return
    axis.set_label_text(label)
    ids = dict(enumerate(tokens.shown))
    if len(ids) > _NAMED:
        axis.set_major_formatter(lambda place, _: str(ids.get(round(place), "")))
    else:
        names = [short_label(name) for name in tokens.labels]
        axis.set_ticks(range(len(names)), names, fontsize=6, rotation=90 if axis.axis_name == "x" else 0)
        axis.set_tick_params(length=0)
