"""What is compared of runs: their scores, their curves, and whether these compare at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.scored import SECONDS, TOKENS, measures, perplexity, scored_run
from tui_llm.runs.compared import Compared, CompareWatch, best_first, by_text, share_tokenizer
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.metrics import MetricsWriter

CURVE = {0: 6.5, 100: 3.25, 200: 2.5, 300: 2.75}


def read(*runs: RunDirectory) -> list[Compared]:
    """What the runs' folders say now."""
    found = CompareWatch(runs).poll(None)
    assert found is not None
    return found


def test_a_finished_run_has_its_final_scores(tmp_path: Path) -> None:
    (run,) = read(scored_run(tmp_path, "novela", CURVE, final=(2.6, 2.7), preset="pyllm", vocab_size=2048))
    assert (run.val_bits_per_byte, run.test_bits_per_byte, run.score) == (2.6, 2.7, 2.6)
    assert (run.best, run.best_step) == (2.5, 200)
    assert run.perplexity == pytest.approx(perplexity(2.6))
    assert (run.preset, run.model, run.tokenizer, run.vocab_size) == ("pyllm", "gpt", "sentencepiece", 2048)
    assert (run.text, run.active) == ("novela-0123456789ab", False)
    assert run.steps.tolist() == [0, 100, 200, 300]
    assert run.bits_per_byte.tolist() == [6.5, 3.25, 2.5, 2.75]


def test_a_run_under_way_has_its_best_so_far(tmp_path: Path) -> None:
    folder = scored_run(tmp_path, "novela", CURVE, state="running")
    (run,) = read(folder)
    assert run.active
    assert (run.val_bits_per_byte, run.test_bits_per_byte, run.score) == (None, None, 2.5)
    assert run.perplexity == pytest.approx(perplexity(2.5))
    with MetricsWriter(folder.metrics_path) as metrics:
        metrics.write({"kind": "eval", "split": "val", "step": 400, **measures(2.25)})
    assert read(folder)[0].score == 2.25


def test_what_was_measured_again_after_a_resumption_counts(tmp_path: Path) -> None:
    folder = scored_run(tmp_path, "novela", {**CURVE, 400: 1.0})
    with MetricsWriter(folder.metrics_path) as metrics:
        metrics.write({"kind": "event", "event": "resumed", "step": 300})
        metrics.write({"kind": "eval", "split": "val", "step": 400, **measures(2.0)})
    (run,) = read(folder)
    assert run.bits_per_byte.tolist() == [6.5, 3.25, 2.5, 2.75, 2.0]
    assert (run.score, run.best_step) == (2.0, 400)


def test_a_curve_over_steps_time_and_tokens(tmp_path: Path) -> None:
    (run,) = read(scored_run(tmp_path, "novela", CURVE))
    steps = np.array([0.0, 100.0, 200.0, 300.0])
    np.testing.assert_allclose(run.along("step"), steps)
    np.testing.assert_allclose(run.along("time"), steps * SECONDS)
    np.testing.assert_allclose(run.along("tokens"), steps * TOKENS)


def test_time_and_tokens_of_an_evaluation_are_found_where_it_does_not_tell_them(tmp_path: Path) -> None:
    folder = scored_run(tmp_path, "novela", {})
    with MetricsWriter(folder.metrics_path) as metrics:
        for step in range(100, 401, 100):
            metrics.write({"kind": "train", "step": step, "tokens": step * 1536, "elapsed": step * 0.05, "loss": 2.0})
        for step in (0, 100, 250, 400):
            metrics.write({"kind": "eval", "step": step, **measures(2.0)})
    (run,) = read(folder)
    assert run.steps.tolist() == [0, 100, 250, 400]
    np.testing.assert_allclose(run.tokens_at, run.steps * 1536)
    np.testing.assert_allclose(run.elapsed_at, run.steps * 0.05)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    watch = CompareWatch([scored_run(tmp_path, "novela", CURVE)])
    assert watch.poll(10.0)
    assert watch.poll(10.0) is None


def test_a_run_without_evaluations_and_a_damaged_one(tmp_path: Path) -> None:
    empty, damaged = scored_run(tmp_path, "vacia", {}), scored_run(tmp_path, "rota", {})
    empty.metrics_path.unlink()
    damaged.metrics_path.write_bytes(b"\xff\x00{\n" * 100)
    damaged.status_path.write_text("?", encoding="utf-8")
    damaged.config_path.write_text("=", encoding="utf-8")
    first, second = read(empty, damaged)
    for run in (first, second):
        assert (run.score, run.best_step, run.test_bits_per_byte, run.perplexity) == (None, None, None, None)
        assert len(run.along("time")) == 0
    assert (first.state, first.parameters, first.preset) == ("finished", 421_000, "gpt-mini")
    assert (second.state, second.parameters, second.preset, second.text) == ("damaged", None, None, None)


@given(scores=st.lists(st.none() | st.floats(0.1, 8.0), max_size=8))
def test_the_best_comes_first_and_runs_without_a_score_last(scores: list[float | None]) -> None:
    ordered = [run.score for run in best_first(made(score=score) for score in scores)]
    known = [score for score in ordered if score is not None]
    assert known == sorted(score for score in scores if score is not None)
    assert ordered[len(known) :] == [None] * (len(scores) - len(known))


def test_a_text_is_told_by_its_content() -> None:
    one = [made("a", text="novela-11"), made("b", text="otra-novela-11"), made("c", text=None)]
    assert by_text(one) == {"novela": ["a", "b"]}
    assert by_text([*one, made("d", text="novela-22")]) == {"novela-11": ["a", "b"], "novela-22": ["d"]}
    assert by_text([made("a", text="x-1"), made("b", text="y-2")]) == {"x": ["a"], "y": ["b"]}


def test_tokenizers_differ_by_kind_or_by_size() -> None:
    char = made(tokenizer="char", vocab_size=96)
    assert share_tokenizer([])
    assert share_tokenizer([char, made(tokenizer="char", vocab_size=96)])
    assert share_tokenizer([char, made(text=None, tokenizer=None, vocab_size=None)])
    assert not share_tokenizer([char, made(tokenizer="char", vocab_size=97)])
    assert not share_tokenizer([char, made(tokenizer="bpe", vocab_size=96)])


def made(
    name: str = "run",
    *,
    score: float | None = None,
    text: str | None = "novela-11",
    tokenizer: str | None = "char",
    vocab_size: int | None = 96,
) -> Compared:
    """What is compared of a run, without the run."""
    none = np.empty(0)
    return Compared(
        name=name,
        path=Path(name),
        state="finished",
        active=False,
        preset="gpt-mini",
        model="gpt",
        tokenizer=tokenizer,
        vocab_size=vocab_size,
        text=text,
        parameters=None,
        tokens=None,
        elapsed=None,
        tokens_per_second=None,
        best=score,
        best_step=None,
        val_bits_per_byte=None,
        test_bits_per_byte=None,
        perplexity=None,
        steps=none,
        tokens_at=none,
        elapsed_at=none,
        bits_per_byte=none,
        read_share=1.0,
    )
