"""What lesson 9 claims in its prose, and that its figures take any text."""

from __future__ import annotations

import math
from functools import cache
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.lessons import bigram
from tui_llm.lessons.course.lesson09_bigrams import figures
from tui_llm.lessons.course.lesson09_bigrams.figures import WORD, counted, learnt, least_loss, losses_of, smoothed
from tui_llm.lessons.course.lesson09_bigrams.texts import MOST, mark, prepared, shown, some_stories, wrapped
from tui_llm.text.stories import SEPARATOR, stories


@cache
def text_in(language: str) -> str:
    return prepared("\n\n".join(islice(stories(language), 100)))


in_all_languages = pytest.mark.parametrize("language", ["en", "es", "pt"])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson09_bigrams", text)


@given(st.text(max_size=300))
def test_a_prepared_text_has_only_what_can_be_shown(text: str) -> None:
    found = prepared(text)
    assert all(character == "\n" or character.isprintable() for character in found)
    assert all(len(mark(character)) == 1 for character in found)
    assert prepared(found) == found


def test_a_large_alphabet_is_cut_to_the_most_frequent() -> None:
    text = "".join(chr(0x4E00 + place) * (400 - place) for place in range(300))
    found = prepared(text)
    assert len(found) == len(text)
    assert len(set(found)) == MOST
    assert found[:400] == text[:400]
    assert found[-1] == "□"


def test_accents_line_breaks_and_separators() -> None:
    assert prepared(f"e\u0301\r\na\tb\rc{SEPARATOR}\x00") == "é\na b\nc□"
    assert [shown(one) for one in "\n a\u0301"] == ["↵", "·", "a", "◌\u0301"]


def test_lines_are_as_wide_as_they_may_be() -> None:
    assert wrapped("abcdef", 2, 2) == ["ab", "cd"]
    assert wrapped("漢字a", 3, 2) == ["漢", "字", "a"]
    assert wrapped("", 3) == [""]


def test_five_a_and_ten_pairs_of_which_four_begin_with_a() -> None:
    counts = counted(WORD).counts
    assert WORD.count("a") == 5
    assert counts.sum() == 10
    assert counts[counted(WORD).alphabet.index("a")].sum() == 4


def test_the_logarithms_given_as_a_help() -> None:
    assert [round(math.log(count), 1) for count in (10, 20, 30)] == [2.3, 3.0, 3.4]
    assert figures.even_loss.function() == pytest.approx(math.log(27))


@in_all_languages
def test_knowing_more_costs_less(language: str) -> None:
    losses = losses_of(counted(text_in(language)))
    assert losses["even"] > losses["single"] + 0.5 > losses["pair"] + 1.0


@in_all_languages
def test_smoothing_costs_on_what_was_counted_and_pays_on_what_was_not(language: str) -> None:
    found = smoothed(text_in(language))
    on_counted = [first for _, first, _ in found]
    assert on_counted == sorted(on_counted)
    assert all(last < math.inf for k, _, last in found if k > 0)
    assert math.isinf(smoothed("ab" * 100 + "aa")[0][2])


@in_all_languages
def test_the_network_comes_ever_closer_and_never_below(language: str) -> None:
    seen = counted(text_in(language))
    gaps = [learnt(seen.text, steps, 50.0)[1][-1] - least_loss(seen) for steps in (10, 100, 1000)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] > 0
    rng = np.random.default_rng(0)
    table = bigram.softmax(rng.normal(size=seen.counts.shape))
    assert bigram.mean_loss(table, seen.ids) > least_loss(seen)


@in_all_languages
def test_frequent_characters_are_learnt_early(language: str) -> None:
    seen = counted(text_in(language))
    shares = bigram.transition_probabilities(seen.counts, 0.0)
    apart = np.abs(bigram.softmax(learnt(seen.text, 100, 50.0)[0]) - shares).sum(axis=1)
    assert apart[:3].mean() < 0.7 * apart[11]
    assert np.abs(bigram.softmax(learnt(seen.text, 1000, 50.0)[0]) - shares).sum(axis=1)[0] < 0.05


def test_to_look_back_ten_takes_more_rows_than_any_text_has_characters() -> None:
    assert counted(some_stories()).vocabulary ** 10 > 10**16
