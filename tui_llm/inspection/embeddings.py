"""Which tokens a model holds for alike: neighbours by cosine, and all of them in a plane. Imports torch, and matplotlib
when something is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from tui_llm.inspection.figures import new_figure, short_label
from tui_llm.inspection.tokens import cells

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import BboxBase

#: Up to so many columns, principal components are computed to the last digit; of wider tables, by iteration.
_EXACT = 1024

#: Texts that are tried for a place in the picture.
_LABELS = 400

_INCHES = 9.0


def neighbours(embedding: Tensor, token: int, count: int) -> list[tuple[int, float]]:
    """The `count` rows of `embedding` (V, C) nearest to row `token` by cosine, the nearest first, itself left out.

    A row of zeros, or with a value that is not finite, has no direction: its cosine with any other is 0.
    """
    return neighbour_table(embedding, [token], count)[0]


def neighbour_table(embedding: Tensor, tokens: Sequence[int], count: int) -> list[list[tuple[int, float]]]:
    """The `neighbours` of each of `tokens`."""
    unit = F.normalize(embedding.detach().float(), dim=1)  # (V, C)
    found = []
    for token in tokens:
        cosines = (unit @ unit[token]).nan_to_num(0.0)  # (V,)
        cosines[token] = -torch.inf
        near = cosines.topk(min(count, len(unit) - 1))
        found.append(list(zip(near.indices.tolist(), near.values.clamp(-1.0, 1.0).tolist(), strict=True)))
    return found


def plane(embedding: Tensor) -> Tensor:
    """(V, 2): the rows of `embedding` (V, C) along their two principal components (Pearson 1901).

    The sign of a component is such that its largest entry is positive: the same rows give the same picture. Values
    that are not finite count as 0.
    """
    values = embedding.detach().double().nan_to_num(0.0, 0.0, 0.0)
    centred = values - values.mean(dim=0)
    axes = _principal_axes(centred)  # (C, up to 2)
    largest = axes.abs().argmax(dim=0)
    axes = axes * torch.where(axes.gather(0, largest[None]) < 0, -1.0, 1.0)
    points = (centred @ axes).float()
    return F.pad(points, (0, 2 - points.shape[1]))


def _principal_axes(centred: Tensor) -> Tensor:
    if centred.shape[1] <= _EXACT:
        vectors: Tensor = torch.linalg.eigh(centred.T @ centred).eigenvectors
        return vectors.flip(1)[:, :2]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return torch.svd_lowrank(centred, q=min(10, *centred.shape), niter=10)[2][:, :2]


def neighbours_text(labels: Sequence[str], tokens: Sequence[int], near: Sequence[Sequence[tuple[int, float]]]) -> str:
    """A line for each of `tokens`: its label, and behind it its neighbours with their cosines."""
    rows = [
        [labels[token], *(f"{labels[other]} {cosine:.2f}" for other, cosine in others)]
        for token, others in zip(tokens, near, strict=True)
    ]
    widths = [
        max((cells(row[place]) for row in rows if place < len(row)), default=0) for place in range(_longest(rows))
    ]
    padded = [[cell + " " * (widths[place] - cells(cell)) for place, cell in enumerate(row)] for row in rows]
    return "".join("  ".join(row).rstrip() + "\n" for row in padded)


def _longest(rows: Sequence[Sequence[str]]) -> int:
    return max(map(len, rows), default=0)


def draw_plane(points: Tensor, labels: Sequence[str], title: str) -> Figure:
    """Every point (N, 2) as a dot, with its label where no label that stands before it in `labels` is in the way."""
    figure = new_figure(_INCHES, _INCHES)
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10)
    axes.set_xlabel("first principal component")
    axes.set_ylabel("second principal component")
    axes.grid(alpha=0.2)
    x, y = points[:, 0].tolist(), points[:, 1].tolist()
    axes.scatter(x, y, s=6, color="C0", alpha=0.35, linewidths=0)
    axes.margins(0.06)
    taken: list[BboxBase] = []
    figure.draw_without_rendering()  # so that texts know where they stand
    right = axes.get_xlim()[1] - 0.15 * (axes.get_xlim()[1] - axes.get_xlim()[0])
    for place in range(min(len(labels), _LABELS)):
        text = axes.annotate(
            short_label(labels[place]),
            (x[place], y[place]),
            xytext=(-3 if x[place] > right else 3, 0),
            textcoords="offset points",
            fontsize=8,
            verticalalignment="center",
            horizontalalignment="right" if x[place] > right else "left",
        )
        box = text.get_window_extent()
        if any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)
    return figure
