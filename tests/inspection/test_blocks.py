"""Means of blocks: every number of a matrix counts once, in the block where it lies."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.inspection.blocks import as_matrix, block_means, blocks

SIZES = st.integers(1, 40)


@given(SIZES, st.integers(1, 60))
def test_blocks_are_as_equal_as_can_be(size: int, most: int) -> None:
    begins = blocks(size, most)
    lengths = np.diff([*begins, size])
    assert len(begins) == min(size, most)
    assert begins[0] == 0
    assert lengths.sum() == size
    assert lengths.max() - lengths.min() <= 1


@given(SIZES, SIZES, st.integers(1, 60), st.integers(1, 60), st.integers(0, 9))
def test_a_block_is_the_mean_of_what_lies_in_it(R: int, C: int, r: int, c: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).normal(size=(R, C))
    rows, columns = blocks(R, r), blocks(C, c)
    means = block_means(matrix, rows, columns)
    assert means.shape == (min(R, r), min(C, c))
    ends = [*rows[1:], R], [*columns[1:], C]
    for i, (top, bottom) in enumerate(zip(rows, ends[0], strict=True)):
        for j, (left, right) in enumerate(zip(columns, ends[1], strict=True)):
            assert means[i, j] == pytest.approx(matrix[top:bottom, left:right].mean())


@pytest.mark.parametrize(("shape", "expected"), [((), (1, 1)), ((5,), (1, 5)), ((3, 4), (3, 4)), ((3, 4, 2), (3, 8))])
def test_any_tensor_is_a_matrix(shape: tuple[int, ...], expected: tuple[int, int]) -> None:
    tensor = torch.arange(int(np.prod(shape)), dtype=torch.int64).reshape(shape)
    matrix = as_matrix(tensor)
    assert matrix.shape == expected
    assert matrix.flatten().tolist() == tensor.flatten().tolist()
