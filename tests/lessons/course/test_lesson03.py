"""What lesson 3 claims in its prose."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from tui_llm.lessons.course.checker import outcome
from tui_llm.lessons.course.exercises import folder_of
from tui_llm.lessons.course.lesson03_hopfield.figures import (
    FIVE,
    LETTERS,
    NAMES,
    SIX,
    STARTS,
    UNITS,
    WEIGHTS,
    agree_once,
    attended,
    compared,
    eighty,
    energy_does,
    fates,
    from_nothing,
    how_many,
    limit,
    stay,
    strangers,
    way,
)
from tui_llm.lessons.course.reading import read_lesson
from tui_llm.lessons.hopfield import at_rest, capacity, energy, letters, overlap, recall, store


def test_the_first_figure_repairs_every_letter_from_a_little_noise() -> None:
    for name in NAMES:
        stored = LETTERS[FIVE.index(name.upper())]
        for noise in (0, 5, 10, 15, 20, 25):
            found = way(name, noise)
            assert (found.end[0] == stored).all()
            assert (found.states[0, 0] != stored).sum() == round(noise / 100 * UNITS)
    assert not (way("a", 50).end[0] == LETTERS[0]).all()


@pytest.mark.parametrize("noise", [10, 20, 30, 40])
def test_the_a_is_repaired_within_the_sweeps_of_the_knob_and_the_last_changes_nothing(noise: int) -> None:
    states = way("a", noise).states[:, 0]
    assert 2 <= len(states) - 1 <= 3
    assert (states[-1] == LETTERS[0]).all()
    assert (states[-1] == states[-2]).all()


def test_what_one_pattern_adds_the_other_takes_away() -> None:
    assert agree_once.function() == "zero"
    assert store(np.array([[1.0, 1.0], [-1.0, -1.0]]))[0, 1] == 2


def test_the_energy_falls_by_twice_the_field_or_stays() -> None:
    assert energy_does.function() == "never_rises"
    rng = np.random.default_rng(0)
    state = rng.choice([-1.0, 1.0], size=UNITS)
    for unit in range(UNITS):
        field = WEIGHTS[unit] @ state
        after = state.copy()
        after[unit] = np.sign(field) or state[unit]
        fall = float(energy(WEIGHTS, state) - energy(WEIGHTS, after))
        assert fall == (0 if after[unit] == state[unit] else 2 * abs(field))
        state = after


def test_letters_come_back_up_to_thirty_and_their_negatives_from_eighty() -> None:
    found = fates(len(FIVE))
    assert min(found[noise][0] for noise in range(0, 31, 5)) > 0.8
    assert found[80][1] > 0.95
    assert found[50][2] > 0.9
    assert eighty.function() == "negative"
    assert all(sum(shares) == pytest.approx(1) for shares in found.values())
    assert fates(2)[40][0] > fates(3)[40][0] > fates(5)[40][0] + 0.1  # fewer letters bear more noise


@pytest.mark.parametrize("pattern", [[1, 1, -1], [1, -1, 1], [1, 1, 1]])
def test_of_eight_states_two_are_at_rest_and_all_fall_into_the_nearer(pattern: list[int]) -> None:
    stored = np.array([pattern], dtype=float)
    weights = store(stored)
    states = np.array(list(itertools.product((1.0, -1.0), repeat=3)))
    resting = states[at_rest(weights, states)].tolist()
    assert sorted(resting) == sorted([stored[0].tolist(), (-stored[0]).tolist()])
    nearer = np.sign(overlap(states, stored[0]))[:, None] * stored
    for seed in range(5):
        np.testing.assert_array_equal(recall(weights, states, np.random.default_rng(seed)).end, nearer)
    np.testing.assert_allclose(energy(weights, states), energy(weights, -states))


def test_a_quarter_of_random_starts_end_at_what_was_never_stored_mostly_mixtures_of_three() -> None:
    shares, stranger = from_nothing()
    assert 0.2 < 1 - sum(shares) < 0.33
    assert strangers.function() == "quarter"
    assert at_rest(WEIGHTS, stranger[None]).all()
    mixtures = {
        tuple(np.sign(np.array(signs) @ LETTERS[list(three)]).tolist())
        for three in itertools.combinations(range(len(FIVE)), 3)
        for signs in itertools.product((1, -1), repeat=3)
    }
    rng = np.random.default_rng(0)
    ends = recall(WEIGHTS, rng.choice([-1.0, 1.0], size=(STARTS, UNITS)), rng).end
    others = [tuple(end.tolist()) for end in ends if np.abs(LETTERS @ end).max() < UNITS]
    assert len(others) == round((1 - sum(shares)) * STARTS)
    assert sum(other in mixtures for other in others) > len(others) / 2
    assert tuple(stranger.tolist()) in mixtures


def test_with_a_t_three_letters_stay_and_i_and_t_flow_into_one() -> None:
    assert at_rest(store(LETTERS), LETTERS).all()
    shown = letters(SIX)
    ends = recall(store(shown), shown, np.random.default_rng(0)).end
    changed = dict(zip(SIX, (ends != shown).sum(axis=1).tolist(), strict=True))
    assert stay.function() == sum(count == 0 for count in changed.values()) == 3
    assert (ends[SIX.index("I")] == ends[SIX.index("T")]).all()
    assert changed["A"] == 1
    assert overlap(shown[SIX.index("T")], shown[SIX.index("I")]) > 0.5


def test_nine_of_ten_random_patterns_are_kept_up_to_about_fourteen_hundredths() -> None:
    assert limit(200) == pytest.approx(0.14, abs=0.015)
    assert how_many.function() == round(200 * limit(200))
    # Others are drawn: the same comes out, and above it the memory breaks down.
    rng = np.random.default_rng(7)
    kept = np.mean([capacity(200, [0.10, 0.13, 0.28], rng)[:, 1] for _ in range(4)], axis=0)
    assert kept[0] > 0.95
    assert kept[1] > 0.9
    assert kept[2] < 0.2


def test_the_memory_of_2020_keeps_far_more_and_is_attention_with_the_patterns_as_keys_and_values() -> None:
    old, new = zip(*(compared(count) for count in (5, 10, 20, 50, 100, 200)), strict=True)
    assert old[0] == 1
    assert old[2:] == (0, 0, 0, 0)
    assert set(new) == {1}
    rng = np.random.default_rng(0)
    patterns, state = rng.choice([-1.0, 1.0], size=(7, 12)), rng.choice([-1.0, 1.0], size=12)
    likeness = [sum(a * b for a, b in zip(state, pattern, strict=True)) / 2 for pattern in patterns]
    shares = [np.exp(one) / sum(np.exp(likeness)) for one in likeness]
    expected = np.sign(sum(share * pattern for share, pattern in zip(shares, patterns, strict=True)))
    np.testing.assert_array_equal(attended(patterns, state[None])[0], expected)


def test_the_exercises_examples_are_those_of_the_network() -> None:
    assert store(np.array([[1.0, -1.0]])).tolist() == [[0, -1], [-1, 0]]
    after = recall(np.array([[0.0, -2.0], [-2.0, 0.0]]), np.array([[1.0, 1.0]]), np.random.default_rng(0), sweeps=1)
    assert sorted(after.end[0].tolist()) == [-1, 1]


def test_who_forgets_the_field_of_0_is_told_so(tmp_path: Path) -> None:
    lesson = read_lesson("lesson03_hopfield", "en")
    exercise = next(one for one in lesson.exercises if one.name == "update")
    file = tmp_path / "update.py"
    file.write_text(
        "def update(weights, states, unit):\n"
        "    field = sum(weight * state for weight, state in zip(weights[unit], states))\n"
        "    if field > 0:\n        return 1\n    if field < 0:\n        return -1\n",
        encoding="utf-8",
    )
    assert outcome(folder_of(lesson, exercise), file).hint == "tie"
