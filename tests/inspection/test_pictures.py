"""The pictures of parameters, looked at pixel by pixel."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from tui_llm.inspection.pictures import TokenAxis, draw_parameter

Pixels = np.ndarray[tuple[int, int, int], np.dtype[np.int16]]


def pixels(path: Path) -> Pixels:
    """(height, width, 3) from 0 to 255."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(np.int16)


def cells(path: Path) -> Pixels:
    """The inside of a heat map: what lies within its frame, the black lines around it and the colour bar cut off."""
    picture = pixels(path)
    black: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = np.all(picture < 40, axis=2)
    columns = np.flatnonzero(black.mean(axis=0) > 0.5)
    rows = np.flatnonzero(black[:, columns[0] : columns[0] + 200].mean(axis=1) > 0.9)
    right = columns[np.flatnonzero(np.diff(columns) > 100)[0] + 1]
    return picture[rows[0] + 4 : rows[-1] - 4, columns[0] + 4 : right - 4]


def reds(found: Pixels) -> float:
    """By how much the red of `found` exceeds its blue, on the average."""
    return float((found[..., 0] - found[..., 2]).mean())


def draw(tmp_path: Path, *values: Tensor, axes: list[TokenAxis | None] | None = None) -> list[Path]:
    stages = [(100 * number, tensor) for number, tensor in enumerate(values, 1)]
    return draw_parameter("h.0.w", axes or [None] * values[0].dim(), stages, tmp_path)


def test_files_are_named_after_parameter_and_step(tmp_path: Path) -> None:
    files = draw(tmp_path, torch.ones(3, 4), torch.ones(3, 4))
    names = [str(path.relative_to(tmp_path)) for path in files]
    assert names == ["h.0.w/step-00000100.png", "h.0.w/step-00000200.png", "h.0.w.gif"]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(files)
    alone = draw_parameter("../x y", [None], [(7, torch.ones(3))], tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in alone] == ["_._x_y/step-00000007.png"]


def test_positive_is_red_negative_is_blue_and_zero_white(tmp_path: Path) -> None:
    matrix = torch.tensor([[1.0, 0.0, -1.0], [-1.0, 0.0, 1.0]])
    found = cells(draw(tmp_path, matrix)[0])
    height, width = found.shape[0] // 2, found.shape[1] // 3
    for row in range(2):
        for column in range(3):
            place = found[row * height + 9 : (row + 1) * height - 9, column * width + 9 : (column + 1) * width - 9]
            value = float(matrix[row, column])
            assert reds(place) * value > 0 or (value == 0 and place.min() > 235)


def test_one_scale_serves_all_steps(tmp_path: Path) -> None:
    faint, strong = draw(tmp_path, torch.full((4, 4), 0.1), torch.full((4, 4), 1.0))[:2]
    assert 5 < reds(cells(faint)) < 0.4 * reds(cells(strong))
    assert pixels(faint).shape == pixels(strong).shape


def test_an_outlier_does_not_make_the_others_pale(tmp_path: Path) -> None:
    matrix = torch.ones(60, 60)
    matrix[0, 0] = 1000.0
    assert reds(cells(draw(tmp_path, matrix)[0])) > 60


def test_large_matrices_are_drawn_as_means_of_blocks(tmp_path: Path) -> None:
    chess = torch.ones(1400, 2100)
    chess[::2, 1::2] = -1
    chess[1::2, ::2] = -1
    chess[:, 1050:] = 1
    found = cells(draw(tmp_path, chess)[0])
    middle = found.shape[1] // 2
    # Blocks of 3 × 5: what is left of the chess pattern is a fifteenth of a field's value.
    assert abs(reds(found[:, : middle - 9])) < 0.2 * reds(found[:, middle + 9 :])


def test_counts_are_white_to_blue(tmp_path: Path) -> None:
    counts = torch.tensor([[0, 10], [100, 100_000]])
    found = cells(draw(tmp_path, counts)[0])
    height, width = found.shape[0] // 2, found.shape[1] // 2
    quarters = [found[9 : height - 9, 9 : width - 9], found[9 : height - 9, width + 9 :]]
    quarters += [found[height + 9 :, 9 : width - 9], found[height + 9 :, width + 9 :]]
    light = [float(quarter.mean()) for quarter in quarters]
    assert light == sorted(light, reverse=True)
    assert min(a - b for a, b in pairwise(light)) > 15  # each is told from the next


@pytest.mark.parametrize(
    "values",
    [
        torch.zeros(5, 6),
        torch.full((5, 6), math.nan),
        torch.tensor([[1.0, math.inf], [-math.inf, math.nan]]),
        torch.zeros(7),
        torch.full((7,), math.nan),
        torch.tensor([1.0, math.inf]),
        torch.tensor(3.0),
        torch.tensor(3),
        torch.arange(60.0).sin().view(3, 4, 5),
        torch.zeros(4, 4, dtype=torch.int64),
        torch.arange(12.0).sin().view(3, 4).bfloat16(),
        torch.arange(3000.0).sin()[None],
    ],
    ids=lambda tensor: f"{list(tensor.shape)} {tensor.flatten()[0]}",
)
def test_whatever_the_values_there_is_a_picture(values: Tensor, tmp_path: Path) -> None:
    files = draw(tmp_path, values, values)
    assert [path.suffix for path in files] == [".png", ".png", ".gif"]
    assert pixels(files[0]).std() > 3


def test_tokens_that_are_not_shown_are_not_drawn(tmp_path: Path) -> None:
    matrix = torch.full((300, 8), -1.0)
    shown = [0, 7, 299]
    matrix[shown] = 1.0
    found = cells(draw(tmp_path, matrix, axes=[TokenAxis(shown, ["a", "$", "🚀"]), None])[0])
    assert found[..., 2].max() < 120  # no blue anywhere


def test_a_picture_grows_with_the_tokens_that_it_names(tmp_path: Path) -> None:
    def height(count: int) -> int:
        axis = TokenAxis(range(count), ["x"] * count)
        return pixels(draw(tmp_path, torch.randn(count, 4), axes=[axis, None])[0]).shape[0]

    assert height(100) > height(30)
    assert height(3000) == height(30)  # so many are not named
