"""What lesson 15 claims in its prose."""

from __future__ import annotations

import math
import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.workers.conftest import trained
from tui_llm.errors import InputError
from tui_llm.lessons.course.computing import draw
from tui_llm.lessons.course.lesson15_gpt import figures
from tui_llm.lessons.course.lesson15_gpt.figures import (
    FEW,
    MANY,
    by_heart,
    learner,
    looked,
    mean_distance,
    own_attention,
    weights,
)
from tui_llm.lessons.course.lesson15_gpt.tiny import MARKS, attention_of, tiny
from tui_llm.runs.directory import RunDirectory
from tui_llm.text.stories import SEPARATOR, stories

__all__ = ["trained"]  # the fixture

TEXT = f"\n{SEPARATOR}\n".join(islice(stories("en"), 100))
FOLDER = "lesson15_gpt"


def test_the_figures_and_the_training_have_the_same_marks() -> None:
    assert figures.MARKS == MARKS


def test_the_parts_are_all_that_the_model_is_made_of() -> None:
    made = learner(TEXT)
    counts = weights(len(made.alphabet), 2, 48)
    assert counts["embedding"] == len(made.alphabet) * 48
    assert counts["attention"] == 2 * 4 * 48 * 48
    assert sum(counts.values()) == sum(one.numel() for one in made.model.parameters())


def test_before_the_first_step_the_loss_is_that_of_even_chances() -> None:
    made = learner(TEXT)
    assert made.losses[0] == pytest.approx(math.log(len(made.alphabet)), abs=0.1)


def test_it_learns_and_what_it_writes_gets_words() -> None:
    made = learner(TEXT)
    assert made.held_out[-1] < 2.1
    words = set(re.findall(r"[a-z]+", TEXT.lower()))
    found = [[word in words for word in re.findall(r"[a-z]+", text.lower())] for text in made.written]
    assert np.mean(found[-1]) > 0.4 > np.mean(found[0]) + 0.1


def test_few_characters_are_learnt_by_heart_and_many_are_not() -> None:
    few, many = by_heart(FEW), by_heart(MANY)
    assert min(few.held_out) + 0.1 < few.held_out[-1] < few.held_out[0]
    assert np.mean(few.losses[-10:]) < few.held_out[-1] - 1
    assert many.held_out[-1] == min(many.held_out)
    assert many.held_out[-1] < np.mean(many.losses[-10:]) + 0.2


def test_many_are_all_that_the_learner_s_stories_have_and_trained_but_once() -> None:
    assert by_heart(MANY) is learner(TEXT)
    assert len(TEXT.replace(SEPARATOR, "")) * 9 // 10 == MANY


def test_a_training_is_the_same_each_time_and_leaves_the_dice_alone() -> None:
    before = torch.get_rng_state()
    again = tiny.__wrapped__("ab")
    assert again.losses == tiny("ab").losses
    assert again.written == tiny("ab").written
    assert torch.equal(torch.get_rng_state(), before)


def test_the_shortest_text_is_enough() -> None:
    assert len(tiny("ab").losses) == MARKS[-1]
    assert len(looked(tiny("ab"), "abc", 8)[0]) == 8


def test_rows_are_masked_and_sum_to_1() -> None:
    for layer in attention_of(learner(TEXT), "Many years"):
        np.testing.assert_allclose(layer.sum(dim=-1), 1.0, atol=1e-5)
        assert (np.triu(layer.numpy(), 1) == 0).all()


def test_the_mean_distance_of_the_exercise() -> None:
    rows = np.array([[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0.25, 0.25, 0.25, 0.25]])
    assert mean_distance(rows) == pytest.approx(0.625)
    assert mean_distance(np.array([[1, 0], [1, 0]])) == 0.5


def test_figures_of_an_own_run_show_that_run(trained: RunDirectory) -> None:
    path = str(trained.path)
    (plot,) = draw(FOLDER, "own_loss", "en", {}, run=path)
    assert plot["title"] == "tiny"
    assert plot["points"][0]["x"] == [0.0, 20.0, 40.0]
    assert plot["curves"][0]["x"][-1] == 40.0
    (table,) = draw(FOLDER, "own_heads", "en", {"layer": 12}, run=path)
    assert "layer 2 of 2" in table["title"]
    assert len(table["rows"]) == 2
    maps = own_attention(trained, "x")
    (matrix,) = draw(FOLDER, "own_map", "en", {"layer": 1, "head": 2}, run=path)
    np.testing.assert_allclose(matrix["values"], maps.weights[0][1, :9, :9], atol=1e-6)


def test_without_a_run_they_say_how_to_train_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))
    for name, knobs in (("own_loss", {}), ("own_texts", {"part": 100}), ("own_heads", {"layer": 1})):
        with pytest.raises(InputError) as caught:
            draw(FOLDER, name, "en", knobs)
        assert "train" in caught.value.hint
