"""A model's tensors in figures: a line for each. Imports torch."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import msgspec
import torch
from torch import Tensor

from tui_llm.inspection.tables import aligned, figure, shape

_COLUMNS = ("name", "shape", "mean", "std", "min", "max", "norm")


class TensorSummary(msgspec.Struct, frozen=True):
    """What a tensor holds. `std` is of these very values (divided by their number); `norm` is the Euclidean one."""

    name: str
    shape: list[int]
    mean: float
    std: float
    min: float
    max: float
    norm: float


def summarize(tensors: Mapping[str, Tensor]) -> list[TensorSummary]:
    """A line for each tensor, in their order; computed in float64. What is not finite stays so in the figures."""
    return [_summary(name, tensor) for name, tensor in tensors.items()]


def _summary(name: str, tensor: Tensor) -> TensorSummary:
    values = tensor.detach().double()
    std, mean = torch.std_mean(values, correction=0)
    return TensorSummary(
        name=name,
        shape=list(tensor.shape),
        mean=float(mean),
        std=float(std),
        min=float(values.min()),
        max=float(values.max()),
        norm=float(values.norm()),
    )


def parameters_table(lines: Sequence[TensorSummary], buffers: Container[str]) -> str:
    """The lines as a table: first what is learnt by gradient, then the tensors named in `buffers`, which are not."""
    parts = {
        "parameters": [line for line in lines if line.name not in buffers],
        "buffers (kept with the parameters, not learnt by gradient)": [line for line in lines if line.name in buffers],
    }
    rows = [_COLUMNS, *(_cells(line) for part in parts.values() for line in part)]
    head, *rest = aligned(rows)
    written: list[str] = []
    for title, part in parts.items():
        if part:
            written += [title, head, *rest[: len(part)], ""]
            rest = rest[len(part) :]
    return "\n".join(written)


def _cells(line: TensorSummary) -> tuple[str, ...]:
    figures = (line.mean, line.std, line.min, line.max, line.norm)
    return (line.name, shape(line.shape), *map(figure, figures))
