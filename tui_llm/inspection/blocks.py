"""Large matrices made small enough for a terminal: the means of blocks. Imports torch and numpy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from torch import Tensor

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def as_matrix(tensor: Tensor) -> Values:
    """(R, C): a matrix as it is, a vector as one row, what has more axes with all but the first laid side by side."""
    values = tensor.detach().cpu().double()
    flat = values.reshape(1, -1) if values.dim() < 2 else values.reshape(values.shape[0], -1)
    matrix: Values = flat.numpy()
    return matrix


def blocks(size: int, most: int) -> Places:
    """Where `size` places (1 or more), cut into at most `most` blocks, as equal as can be, begin."""
    count = min(size, most)
    return np.arange(count) * size // count


def block_means(matrix: Values, rows: Places, columns: Places) -> Values:
    """(r, c): the means of the blocks of `matrix` (R, C) that begin at `rows` (r,) and `columns` (c,)."""
    sums = np.add.reduceat(np.add.reduceat(matrix, rows, axis=0), columns, axis=1)
    heights, widths = np.diff([*rows, matrix.shape[0]]), np.diff([*columns, matrix.shape[1]])
    means: Values = sums / np.outer(heights, widths)
    return means
