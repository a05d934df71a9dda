"""What the Inspect screen says: tokens, numbers, steps; whatever they are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from tui_llm.screens.inspect_head import Steps
from tui_llm.screens.inspect_updates import log10
from tui_llm.screens.inspect_words import FIGURE, figure, fitted, flow, looks_at, shape, share, visible

LABELS = st.text(st.characters(codec="utf-8"), max_size=12)


@given(LABELS, st.booleans())
def test_a_label_is_one_line_that_steers_nothing(label: str, ascii_only: bool) -> None:
    seen = visible(label, ascii_only=ascii_only)
    assert seen
    assert cell_len(seen) >= 1
    assert not {"\n", "\r", "\t", "\x1b"} & set(seen)
    assert not any(ord(one) < 32 or 0x7F <= ord(one) < 0xA0 for one in seen)


def test_what_cannot_be_seen_has_a_sign_on_any_terminal() -> None:
    assert visible("␣a↵⟨C3⟩⇥") == "␣a↵⟨C3⟩⇥"
    assert visible("␣a↵⟨C3⟩⇥", ascii_only=True) == "_a\\n<C3>\\t"
    assert visible("") == "''"


@given(LABELS, st.integers(2, 20), st.booleans())
def test_what_is_too_long_is_cut(label: str, width: int, ascii_only: bool) -> None:
    assert cell_len(fitted(visible(label), width, ascii_only)) <= max(width, 2)


@given(st.floats(width=32) | st.none())
def test_figures_are_short_and_near(value: float | None) -> None:
    told = figure(value)
    if value is None or not math.isfinite(value):
        assert told == "-"
    else:
        assert float(told) == pytest.approx(value, rel=6e-2, abs=1e-45)
        assert len(told) <= FIGURE


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0.0 %"), (0.0123, "1.2 %"), (0.41, "41 %"), (1.0, "100 %"), (None, "")]
)
def test_shares_are_percents(value: float | None, told: str) -> None:
    assert share(value) == told


def test_shapes() -> None:
    assert [shape(sizes) for sizes in ([], [3], [340, 128])] == ["1", "3", "340x128"]


def test_a_token_looks_at_the_largest_shares_first() -> None:
    tokens = ["a", "b", "a", "␣", "c"]
    assert " ".join(looks_at(tokens, 2, [0.5, 0.1, 0.4])) == '"a" (3) looks at: "a" (1) 50 %, itself 40 %, "b" 10 %'
    assert looks_at(tokens, 4, [0.0, 0.004, 0.0, 0.0, 0.996]) == ['"c" looks at:', "itself 100 %"]
    assert looks_at(tokens, 0, [None]) == ['"a" (1) looks at:']


@given(st.lists(st.text("abc ", min_size=1, max_size=9), max_size=20), st.integers(10, 40))
def test_parts_flow_into_lines_that_fit(parts: list[str], width: int) -> None:
    flowed = flow([Text(part) for part in parts], width)
    lines = flowed.plain.split("\n")
    assert all(len(line) <= width for line in lines)
    assert " ".join(lines) == " ".join(parts)


STEPS = st.lists(st.integers(0, 50), unique=True, max_size=8).map(sorted)


@given(STEPS, STEPS, st.lists(st.sampled_from([-1, 1]), max_size=6))
def test_steps_are_walked_in_order_and_the_newest_is_followed(
    before: list[int], after: list[int], moves: list[int]
) -> None:
    steps = Steps()
    steps.know(before)
    assert steps.step == (before[-1] if before else None)
    for by in moves:
        here = steps.step
        steps.move(by)
        beyond = [one for one in before if here is not None and (one - here) * by > 0]
        assert steps.step == ((beyond[0] if by > 0 else beyond[-1]) if beyond else here)
    here, at_newest = steps.step, not before or steps.step == before[-1]
    steps.know(after)
    assert steps.step == (after[-1] if after and at_newest else here)
    assert steps.place == (after.index(steps.step) if steps.step in after else None)


@pytest.mark.parametrize(("ratio", "logarithm"), [(1e-3, -3.0), (1.0, 0.0)])
def test_ratios_become_logarithms(ratio: float, logarithm: float) -> None:
    assert log10(ratio) == pytest.approx(logarithm)


@pytest.mark.parametrize("ratio", [None, 0.0, math.nan, math.inf])
def test_what_has_no_logarithm_is_left_out(ratio: float | None) -> None:
    assert math.isnan(log10(ratio))
