"""Neighbours and the plane, against loops and numpy."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Annotation

from tui_llm.inspection.embeddings import draw_plane, neighbour_table, neighbours, neighbours_text, plane


def _cosine(one: list[float], other: list[float]) -> float:
    sizes = math.sqrt(sum(x * x for x in one)) * math.sqrt(sum(x * x for x in other))
    return sum(x * y for x, y in zip(one, other, strict=True)) / sizes


def test_neighbours_are_those_of_a_loop() -> None:
    embedding = torch.randn(50, 7, generator=torch.Generator().manual_seed(0))
    rows = embedding.tolist()
    for token in range(50):
        others = [other for other in range(50) if other != token]
        nearest = sorted(others, key=lambda other: -_cosine(rows[token], rows[other]))[:8]
        found = neighbours(embedding, token, 8)
        assert [other for other, _ in found] == nearest
        assert [cosine for _, cosine in found] == pytest.approx(
            [_cosine(rows[token], rows[o]) for o in nearest], abs=1e-5
        )


@given(st.integers(1, 12), st.integers(1, 20), st.integers(0, 100))
def test_neighbours_are_others_the_nearest_first(size: int, count: int, seed: int) -> None:
    embedding = torch.randint(-2, 3, (size, 3), generator=torch.Generator().manual_seed(seed)).float()
    for token, found in enumerate(neighbour_table(embedding, range(size), count)):
        cosines = [cosine for _, cosine in found]
        assert len({other for other, _ in found} - {token}) == min(count, size - 1)
        assert cosines == sorted(cosines, reverse=True)
        assert all(-1.0 <= cosine <= 1.0 for cosine in cosines)
        if not embedding[token].any():
            assert cosines == [0.0] * len(cosines)


@pytest.mark.parametrize("shape", [(40, 6), (5, 30), (3, 1), (1, 4), (60, 1100)])
def test_the_plane_is_the_one_of_a_singular_value_decomposition(shape: tuple[int, int]) -> None:
    scale = 0.7 ** torch.arange(shape[1])  # so that the components differ
    embedding = torch.randn(shape, generator=torch.Generator().manual_seed(1)) * scale + 5.0
    points = plane(embedding)
    values = embedding.double().numpy()
    centred = values - values.mean(axis=0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    expected = np.zeros((shape[0], 2))
    expected[:, : min(2, len(s))] = (u * s)[:, :2]
    assert points.shape == (shape[0], 2)
    np.testing.assert_allclose(np.abs(points.numpy()), np.abs(expected), atol=1e-4)
    assert torch.equal(points, plane(embedding))


def test_what_is_not_finite_has_no_direction() -> None:
    embedding = torch.randn(9, 4, generator=torch.Generator().manual_seed(2))
    embedding[3, 1], embedding[5, 0] = math.nan, math.inf
    assert {other: cosine for other, cosine in neighbours(embedding, 0, 8) if other in (3, 5)} == {3: 0.0, 5: 0.0}
    assert [cosine for _, cosine in neighbours(embedding, 3, 8)] == [0.0] * 8
    assert plane(embedding).isfinite().all()


def test_the_wide_plane_leaves_the_random_numbers_of_others_alone() -> None:
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    plane(torch.ones(20, 1200))
    assert torch.equal(torch.rand(4), expected)


def test_labels_in_the_plane_do_not_cover_each_other() -> None:
    generator = torch.Generator().manual_seed(0)
    labels = [f"token{number}" for number in range(300)]
    figure = draw_plane(torch.randn(300, 2, generator=generator), labels, "many")
    texts = [child for child in figure.axes[0].get_children() if isinstance(child, Annotation)]
    shown = {text.get_text() for text in texts}
    assert 30 < len(shown) < 300
    assert "token0" in shown  # the first ones are the last to go
    figure.draw_without_rendering()
    boxes = [text.get_window_extent().padded(-1) for text in texts]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_the_table_of_neighbours_stands_in_columns() -> None:
    near = [[(1, 0.5), (2, 0.25)], [(0, 0.5), (2, -0.125)]]
    text = neighbours_text(["␣casa", "👨", "é"], [0, 1], near)
    assert text == "␣casa  👨 0.50     é 0.25\n👨     ␣casa 0.50  é -0.12\n"
