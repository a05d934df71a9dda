"""Batches are functions of (seed, n), and an epoch shows every window once."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.conftest import MakeStore
from tui_llm.training.batches import Batches


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    tokens=st.integers(9, 400),
    block_size=st.integers(1, 8),
    batch_size=st.integers(1, 7),
    seed=st.integers(0, 2**31 - 1),
)
def test_any_batch_can_be_asked_for_in_any_order(
    make_store: MakeStore, tokens: int, block_size: int, batch_size: int, seed: int
) -> None:
    store = make_store(np.arange(tokens), tokens)
    batches = Batches(store, block_size, batch_size, seed)
    forward = [batches[n] for n in range(12)]
    for n in reversed(range(12)):
        ids, targets = Batches(store, block_size, batch_size, seed)[n]
        assert torch.equal(ids, forward[n][0])
        assert torch.equal(targets, forward[n][1])
        assert ids.shape == targets.shape == (batch_size, block_size)
        assert torch.equal(targets, ids + 1)  # the tokens count upwards, so the next one is one more


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tokens=st.integers(20, 400), block_size=st.integers(1, 8), seed=st.integers(0, 1000))
def test_an_epoch_shows_no_target_twice_and_misses_less_than_two_blocks(
    make_store: MakeStore, tokens: int, block_size: int, seed: int
) -> None:
    batches = Batches(make_store(np.arange(tokens), tokens), block_size, 1, seed)
    for epoch in range(2):
        first = epoch * batches.windows_per_epoch
        seen = [batches[first + n][1].flatten().tolist() for n in range(batches.windows_per_epoch)]
        targets = [token for window in seen for token in window]
        assert len(set(targets)) == len(targets)
        assert tokens - len(targets) <= 2 * block_size + 1


def test_epochs_and_seeds_differ(make_store: MakeStore) -> None:
    store = make_store(np.arange(1000), 1000)
    batches = Batches(store, 8, 4, seed=1)
    per_epoch = batches.windows_per_epoch // 4
    assert not torch.equal(batches[0][0], batches[per_epoch][0])
    assert not torch.equal(batches[0][0], Batches(store, 8, 4, seed=2)[0][0])
