"""Curves in a line of text."""

from __future__ import annotations

import math

import pytest

from tui_llm.widgets.sparks import ASCII, BLOCKS, spark


@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_least_is_the_lowest_level_and_the_greatest_the_highest(ascii_only: bool) -> None:
    levels = ASCII if ascii_only else BLOCKS
    drawn = spark([3.0, 1.0, 2.0], 10, ascii_only=ascii_only)
    assert drawn[0] == levels[-1]
    assert drawn[1] == levels[0]
    assert drawn[2] not in (levels[0], levels[-1])


@pytest.mark.parametrize("count", [0, 1, 5, 24, 100, 1000])
@pytest.mark.parametrize("width", [0, 1, 7, 24])
def test_there_is_a_character_for_each_value_while_there_is_room(count: int, width: int) -> None:
    assert len(spark([float(number) for number in range(count)], width)) == min(count, width)


def test_more_values_than_characters_are_averaged() -> None:
    assert spark([0.0, 0.0, 4.0, 4.0, 8.0, 8.0], 3) == spark([0.0, 4.0, 8.0], 3)


def test_what_is_not_finite_is_a_gap() -> None:
    assert spark([2.0, math.nan, 1.0], 3) == f"{BLOCKS[-1]} {BLOCKS[0]}"
    assert spark([math.nan, math.inf], 3) == ""


def test_a_level_curve_is_a_low_line() -> None:
    assert spark([5.0] * 4, 4) == BLOCKS[0] * 4
