"""What lesson 10 claims in its prose, and that its figures take any text."""

from __future__ import annotations

import math
from functools import cache
from itertools import islice, pairwise

import numpy as np
import pytest

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.lessons import bigram, mlp
from tui_llm.lessons.course.lesson09_bigrams.texts import prepared
from tui_llm.lessons.course.lesson10_mlp import learning
from tui_llm.lessons.course.lesson10_mlp.figures import contexts, size, sizes
from tui_llm.lessons.course.lesson10_mlp.learning import (
    CONTEXT,
    MOMENTS,
    RATE,
    counting,
    final,
    fitted,
    new_contexts,
    parts_of,
    searched,
    trained,
    tried,
    vowels_apart,
)
from tui_llm.lessons.course.lesson10_mlp.letters import kind, kinds_of
from tui_llm.text.stories import stories

LANGUAGES = ["en", "es", "pt"]


@cache
def text_in(language: str) -> str:
    return prepared("\n\n".join(islice(stories(language), 100)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_figure_takes_any_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "STEPS", 40)  # how well it learns is not looked at here
    monkeypatch.setattr(learning, "FEW_STEPS", 40)
    draws_in_any_look("lesson10_mlp", text)


def test_contexts_outgrow_the_text_and_ever_more_are_new() -> None:
    text = text_in("en")
    parts = parts_of(text)
    new = [new_contexts(parts, int(context))[1] for context in contexts.knobs["context"].values]
    assert parts.vocabulary**3 > len(text)
    assert all(one <= other for one, other in pairwise(new))
    assert new[0] < 0.01
    assert new[-1] > 0.2


def test_contexts_are_counted_as_in_three_lines() -> None:
    parts = parts_of("abracadabra " * 60)
    known = {tuple(parts.train[place : place + 2]) for place in range(len(parts.train) - 1)}
    pairs = [tuple(parts.validation[place : place + 2]) for place in range(len(parts.validation) - 1)]
    assert new_contexts(parts, 2) == (len(known), sum(pair not in known for pair in pairs) / len(pairs))


def test_a_longer_context_gives_w1_rows_and_the_table_a_cube() -> None:
    small, large = sizes(27, 3, 2, 64), sizes(27, 6, 2, 64)
    assert {name for name in small if small[name] != large[name]} == {"W1"}
    assert large["W1"][0] - small["W1"][0] == 3 * 2
    assert 1 < size(6) / size(3) < 1.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_context_beats_the_pairs_and_one_character_does_not(language: str) -> None:
    parts = parts_of(text_in(language))
    pairs = counting(parts, parts.validation)
    last = {context: trained(text_in(language), context)[1][-1].validation for context in (1, 2, 3, 5, 8)}
    assert last[1] > pairs
    assert max(last[2], last[3], last[5], last[8]) < pairs - 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_is_flat_then_falls_then_flies_off(language: str) -> None:
    places, losses = searched(text_in(language))
    valley = int(np.nanargmin(losses))
    assert -0.5 < places[valley] < 1
    assert abs(losses[60] - losses[0]) < 0.1  # up to 0.01
    assert losses[valley] < losses[0] - 0.8
    assert not losses[-1] < losses[0]
    at_the_chosen = losses[int(np.searchsorted(places, math.log10(RATE)))]
    assert losses[valley] < at_the_chosen < losses[0] - 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_rates_too_small_and_too_large(language: str) -> None:
    even = math.log(parts_of(text_in(language)).vocabulary)
    last = {rate: tried(text_in(language), rate)[-1].train for rate in (0.001, 0.5, 10.0)}
    assert even - last[0.001] < 0.2
    assert not last[10.0] < 1.3 * even
    assert last[0.5] < even - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_vowels_lie_nearer_to_each_other_than_to_consonants(language: str) -> None:
    among, across = vowels_apart(text_in(language), MOMENTS[-1])
    assert among < 0.8 * across


def test_every_kind_has_its_own_colour() -> None:
    alphabet = " etaoinás,EñT1λ"
    places = kinds_of(alphabet)
    assert sorted(place for place in places if place is not None) == list(range(len(alphabet)))
    assert all(kind(alphabet[place]) == turn % 6 for turn, place in enumerate(places) if place is not None)
    assert [kind(one) for one in "aáñE.λ"] == [0, 0, 1, 2, 3, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_learns_a_short_piece_by_heart_and_more_text_or_fewer_neurons_help(language: str) -> None:
    def rise(characters: int, hidden: int) -> float:
        losses = [record.validation for record in fitted(text_in(language), characters, hidden)]
        return losses[-1] - min(losses)

    records = fitted(text_in(language), 1000, 64)
    assert records[-1].train < 0.6
    assert min(record.validation for record in records) < records[0].validation - 0.5
    assert rise(1000, 64) > 0.5
    assert rise(100_000, 64) < 0.2
    assert rise(1000, 4) < 0.5 * rise(1000, 64)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_is_best_on_the_test_part_too(language: str) -> None:
    found = final(text_in(language))
    for part in range(3):
        assert found["network"][part] < found["pairs"][part] - 0.1 < found["even"][part] - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_of_what_the_network_writes_are_words(language: str) -> None:
    text = text_in(language)
    parts = parts_of(text)
    known = {word for word in text.split() if len(word) > 2}
    start = parts.train[:CONTEXT]
    table = bigram.transition_probabilities(bigram.count_pairs(parts.train, parts.vocabulary), 0.0)
    p = trained(text, CONTEXT)[0]
    written = {
        "network": mlp.generate(p, start, 3000, np.random.default_rng(1)),
        "pairs": bigram.generate(table, int(start[-1]), 3000, np.random.default_rng(1)),
    }
    share = {}
    for name, ids in written.items():
        words = [word for word in bigram.decode(ids, parts.alphabet).split() if len(word) > 2]
        share[name] = sum(word in known for word in words) / len(words)
    assert share["network"] > 1.3 * share["pairs"]
