"""What lesson 17 claims in its prose."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.generation.sampling import Sampling
from tui_llm.lessons.course.lesson17_sampling import figures
from tui_llm.lessons.course.lesson17_sampling.figures import (
    LUNCH,
    Followers,
    circle_of,
    counted,
    falls_on,
    stay,
    tale,
    written,
)
from tui_llm.lessons.sampling import entropy, top_k, top_p, with_temperature
from tui_llm.text.stories import LANGUAGES, stories


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def table(request: pytest.FixtureRequest) -> Followers:
    return counted("\n".join(islice(stories(request.param), 100)))


def test_all_probabilities_are_above_0_and_together_1(table: Followers) -> None:
    for name in figures.PLACES:
        chances = np.exp(table.logits(table.places[name]))
        assert chances.min() > 0
        assert chances.sum() == pytest.approx(1)


def test_the_counts_are_those_of_the_text() -> None:
    table = counted("a b a b a c " * 20)
    after = np.exp(table.logits(table.names.index("a")))
    assert after[table.names.index("b")] == pytest.approx((40 + 1 / 3) / 61)
    assert table.shares.sum() == pytest.approx(1)


def test_the_three_words_are_sure_open_and_between(table: Followers) -> None:
    sure, middle, wide = (entropy(np.exp(table.logits(table.places[name]))) for name in figures.PLACES)
    assert sure < middle < wide
    assert np.exp(table.logits(table.places["sure"])).max() > 0.9


def test_the_likeliest_word_leads_into_a_circle(table: Followers) -> None:
    for name in figures.PLACES:
        ids, circle = circle_of(table, table.places[name])
        went_on = written(table, table.places[name], len(ids) + 2 * circle, 0, temperature=0.0, k=0, p=1.0)
        assert went_on[: len(ids)] == ids
        assert went_on[-circle:] == went_on[-2 * circle : -circle] == ids[-circle:]
        assert len(ids) < 100
    assert figures.always.function() == "loop"


def test_what_is_drawn_for_lunch() -> None:
    assert LUNCH.tolist() == [0.5, 0.3, 0.15, 0.05]
    assert np.cumsum(LUNCH)[:3] == pytest.approx([0.5, 0.8, 0.95])
    assert figures.NAMES[falls_on(LUNCH, 0.83)] == figures.falls.function() == "cake"
    assert [falls_on(LUNCH, uniform) for uniform in (0.0, 0.49, 0.51, 0.79, 0.81, 0.96)] == [0, 0, 1, 1, 2, 3]


def test_half_the_temperature_squares() -> None:
    assert with_temperature(np.log([0.8, 0.2]), 0.5) == pytest.approx(np.array([0.64, 0.04]) / 0.68)
    assert with_temperature(np.array([2.0, 0.0]), 2.0) == pytest.approx(
        [0.73, 0.27], abs=0.005
    )  # the exercise's example


def test_cold_sharpens_and_heat_flattens(table: Followers) -> None:
    logits = table.logits(table.places["middle"])
    tops = [with_temperature(logits, temperature).max() for temperature in (0.0, 0.5, 1.0, 2.0)]
    assert tops[0] == 1
    assert tops == sorted(tops, reverse=True)


def test_hardly_a_text_has_nothing_from_the_tail() -> None:
    assert figures.unbroken.function() == pytest.approx(1.76, abs=0.01)
    drawn = np.random.default_rng(0).random((20_000, 200))
    assert 100 * (drawn >= 0.02).all(axis=1).mean() == pytest.approx(figures.unbroken.function(), abs=0.4)


def test_top_p_keeps_three_for_lunch() -> None:
    assert figures.kept.function() == 3
    assert top_p(np.array([0.2, 0.5, 0.3]), 0.6) == pytest.approx([0, 0.625, 0.375])  # the exercise's example


def test_top_k_keeps_as_many_everywhere_and_top_p_what_fits(table: Followers) -> None:
    sure, wide = (np.exp(table.logits(table.places[name])) for name in ("sure", "open"))
    assert (top_k(sure, 10) > 0).sum() == (top_k(wide, 10) > 0).sum() == 10
    assert (top_p(sure, 0.9) > 0).sum() == 1
    assert (top_p(wide, 0.9) > 0).sum() > 40
    assert wide[top_k(wide, 10) == 0].sum() > 0.5  # too few
    assert sure[top_k(sure, 1) == 0].sum() < 0.1  # and here too many


def test_a_higher_temperature_makes_top_p_keep_more(table: Followers) -> None:
    counts = [stay(table, table.places["open"], temperature, 0.9) for temperature in (0.3, 0.7, 1.0, 1.5)]
    assert counts == sorted(set(counts))
    assert figures.hotter.function() == "more"
    assert stay(table, table.places["open"], 1.5, 0.5) < stay(table, table.places["open"], 1.5, 0.9)


def test_heat_makes_the_text_varied_and_cuts_make_it_less_so(table: Followers) -> None:
    def different(**how: float) -> float:
        return float(
            np.mean([len(set(written(table, table.places["open"], 50, seed, **how))) for seed in range(1, 10)])
        )

    cold, warm, hot = (different(temperature=one, k=0, p=1.0) for one in (0.0, 0.5, 2.0))
    assert cold < warm < hot
    assert different(temperature=2.0, k=3, p=1.0) < hot > different(temperature=2.0, k=0, p=0.5)


def test_the_same_seed_gives_the_same_text() -> None:
    table = counted(tale())
    how = {"temperature": 1.0, "k": 0, "p": 1.0}
    assert written(table, 0, 50, 1, **how) == written(table, 0, 50, 1, **how) != written(table, 0, 50, 2, **how)


def test_the_program_begins_with_what_is_said() -> None:
    assert (Sampling().temperature, Sampling().top_k, Sampling().top_p) == (0.8, 40, 0.95)


@pytest.mark.parametrize("text", ["", "…", "a", "a b", "¿?"])
def test_a_text_of_any_length_has_a_next_word(text: str) -> None:
    table = counted(text)
    for name in figures.PLACES:
        assert np.exp(table.logits(table.places[name])).sum() == pytest.approx(1)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson17_sampling", text)
