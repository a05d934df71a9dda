"""nanoGPT's small setting on tiny Shakespeare: at least the loss that its README states. Takes two to four minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program

TEXT = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "en" / "tinyshakespeare.txt"

SETTING = [
    *("--tokenizer", "char", "--model", "gpt", "--n-layer", "4", "--n-head", "4", "--n-embd", "128"),
    *("--block-size", "64", "--batch-size", "12", "--max-steps", "2000", "--lr", "1e-3", "--dropout", "0"),
]


@pytest.mark.slow
def test_the_loss_is_nanogpts_or_lower(program: Program) -> None:
    if not TEXT.exists():
        pytest.skip(f"there is no {TEXT}")
    del program.environment["OMP_NUM_THREADS"]  # large enough for all cores
    answer = program("train", str(TEXT), *SETTING, "--json", timeout=1200)
    assert answer.code == 0, answer.err
    assert answer.json["val"]["loss"] <= 1.88
    assert answer.json["val"]["tokens"] > 50_000
