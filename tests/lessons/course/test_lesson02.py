"""What lesson 2 claims in its prose."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui_llm.lessons.course.lesson02_hebb.figures import (
    BELL,
    BORN,
    CAPITALS,
    COUNTRIES,
    KEY,
    PAIRS,
    RATE,
    bell_alone,
    direction,
    fires,
    grown,
    how_long,
    how_often,
    mixed,
    path,
    read,
    remembered,
    seen,
    sixty,
    spelt,
    spread,
    trained,
    where,
    wired,
)
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.lessons.hebb import alignment, crosstalk, first_component, learn, wire
from tui_llm.translation import LANGUAGES

ANGLES = range(0, 180, 30)


def test_the_bell_alone_is_enough_after_it_came_with_food_often_enough() -> None:
    assert not fires(BORN, BELL)
    first = {rate: [fires(w, BELL) for w in trained(rate, 12)].index(True) for rate in (0.1, 0.2, 0.3, 0.5, 1.0)}
    assert first == {0.1: 10, 0.2: 5, 0.3: 4, 0.5: 2, 1.0: 1}
    assert how_often.function() == first[0.3]
    assert [round(float(w[0, 1]), 9) for w in trained(0.3, 4)[3:]] == [0.9, 1.2]


def test_hebbs_rule_changes_nothing_unless_both_are_active() -> None:
    assert {(x, y): grown(x, y, 0.3) for x in (0, 1) for y in (0, 1)} == {(0, 0): 0, (0, 1): 0, (1, 0): 0, (1, 1): 0.3}
    assert bell_alone.function() == "stays"
    assert all((w == BORN).all() for w in trained(0.2, 0, alone=5))


def test_once_learnt_the_bells_weight_rises_without_food() -> None:
    alone = [float(w[0, 1]) for w in trained(0.3, 4, alone=6)[4:]]
    assert (np.diff(alone) > 0.29).all()
    # With activities of 0 and 1 no weight ever falls: this rule cannot forget.
    assert min(grown(x, y) for x in (0, 1) for y in (0, 1)) == 0


def test_hebbs_rule_over_a_text_counts_which_letter_follows_which() -> None:
    text = "Que la pequeña abeja\nque vuela"
    kinds, weights = wired(text)
    assert len(kinds) == len(set(text.lower().replace("\n", " ")))
    place = {kind: index for index, kind in enumerate(kinds)}
    expected = np.zeros_like(weights)
    letters = text.lower().replace("\n", " ")
    for before, after in pairwise(letters):
        expected = wire(expected, np.eye(len(kinds))[place[before]], np.eye(len(kinds))[place[after]])
    np.testing.assert_array_equal(weights, expected)
    assert weights[place["u"], place["q"]] == 3
    assert weights[:, place["q"]].sum() == 3
    counts = [letters.count(kind) for kind in kinds]
    assert counts == sorted(counts, reverse=True)


def test_at_sixty_degrees_half_of_the_second_answer_comes_along_and_at_ninety_nothing() -> None:
    assert sixty.function() == "half"
    np.testing.assert_allclose(mixed(60), [1, 0.5])
    np.testing.assert_allclose(mixed(90), [1, 0], atol=1e-12)
    np.testing.assert_allclose(mixed(0), [1, 1])


def test_keys_of_random_signs_are_nearly_at_right_angles() -> None:
    shares = crosstalk(np.random.default_rng(0).choice([-1.0, 1.0], size=(max(PAIRS), KEY)))
    off = np.abs(shares[~np.eye(max(PAIRS), dtype=bool)])
    assert off.mean() < 0.1  # the cosines: within 6 degrees of 90
    assert off.max() < 0.4


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_memory_of_capitals_wears_out_little_by_little(language: str) -> None:
    figure = next(one for one in read_lesson("lesson02_hebb", language).figures if one.name == "capitals")
    capitals = tuple(figure.words[name].split(": ")[1] for name in COUNTRIES)
    assert [read(spelt(word)) for word in capitals] == list(capitals)
    right = {(pairs, noise): np.mean(remembered(capitals, pairs, noise)[1]) for pairs in PAIRS for noise in (0, 20, 40)}
    assert remembered(capitals, 6, 0)[0] == list(capitals)
    assert remembered(capitals, 6, 20)[0] == list(capitals)
    for noise in (0, 20, 40):  # more pairs, and more noise, spoil more
        shares = [right[pairs, noise] for pairs in PAIRS]
        assert (np.diff(shares) < 0.02).all()
    assert all(right[pairs, 0] > right[pairs, 40] for pairs in PAIRS)
    assert 0.9 < right[40, 0] < 1  # a letter, then several: still much like the answer
    assert right[160, 0] > 0.75  # half the signs would be right by chance
    if language == "en":
        assert capitals == CAPITALS


def test_hebbs_weights_grow_ever_faster_and_beyond_ten_billion() -> None:
    assert how_long.function() == "faster"
    lengths = np.linalg.norm(path(30, 0.1, forgetting=False), axis=1)[:201]
    assert 1e10 < lengths[-1] < 1e15
    assert (np.linalg.norm(path(30, 0.05, forgetting=False), axis=1)[:201] < 1e15).all()


@pytest.mark.parametrize("angle", ANGLES)
def test_oja_rests_at_length_1_along_the_cloud(angle: int) -> None:
    w = path(angle, RATE, forgetting=True)
    assert np.linalg.norm(w[100:], axis=1).mean() == pytest.approx(1, abs=0.03)
    assert alignment(w[-1], first_component(seen(angle))) > 0.98
    assert where.function() == "long"
    hebb = path(angle, RATE, forgetting=False)
    assert np.linalg.norm(hebb[100]) > 6 > 2 > np.linalg.norm(w, axis=1).max()  # Hebb's leave the picture, Oja's never
    spreads = [spread(seen(angle), degrees) for degrees in range(180)]
    assert spread(seen(angle), direction(w[-1])) > 0.96 * max(spreads)
    assert abs((int(np.argmax(spreads)) - angle + 90) % 180 - 90) < 5


def test_forgetting_balances_where_the_length_is_1() -> None:
    """On average the length of a vector of length 1 stays: y (x − y w) is at right angles to w."""
    w = np.array([0.6, 0.8])
    for x in seen(30)[:20]:
        y = w @ x
        assert y * (x - y * w) @ w == pytest.approx(0)


def test_the_exercises_example_is_that_of_the_network() -> None:
    after = learn(np.array([[1.0, 0.0]]), 0.1, np.array([2.0, 1.0]), forgetting=True)[-1]
    np.testing.assert_allclose(after, [1.4, 0.6])
    assert wire(np.array([[0.0, 0.0]]), np.array([1.0, 0.0]), np.array([1.0]), 0.5).tolist() == [[0.5, 0]]
