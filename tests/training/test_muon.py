"""Muon: orthogonal updates of the right size, whatever the shape, and the same for a matrix alone or in company."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from tui_llm.training.muon import Muon, orthogonalised

SHAPES = [(8, 8), (24, 8), (8, 24)]


def matrix(shape: tuple[int, ...], seed: int = 0) -> Tensor:
    """A random matrix."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@given(rows=st.integers(1, 20), columns=st.integers(1, 20), seed=st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_the_singular_vectors_stay_and_the_values_come_near_one(rows: int, columns: int, seed: int) -> None:
    given_ = matrix((rows, columns), seed)
    u, s, vt = torch.linalg.svd(given_, full_matrices=False)
    found = orthogonalised(given_[None], 5)[0].float()
    values = (u.T @ found @ vt.T).diagonal()
    counted = values[s > 0.02 * s.norm()]  # what is nearly nothing is lifted, but not to one
    assert ((counted > 0.6) & (counted < 1.3)).all(), values
    within = u @ values.diag() @ vt
    assert torch.linalg.norm(found - within) < 0.05 * math.sqrt(min(rows, columns))


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_torchs_muon_within_the_iterations_exactness(shape: tuple[int, int]) -> None:
    ours, theirs = (nn.Parameter(matrix(shape)) for _ in range(2))
    muon = Muon([ours], lr=0.01, weight_decay=0.1, momentum=0.9, iterations=5)
    reference = torch.optim.Muon([theirs], lr=0.01, weight_decay=0.1, momentum=0.9, adjust_lr_fn="match_rms_adamw")
    start = matrix(shape)
    for step in range(4):
        for parameter, optimizer in ((ours, muon), (theirs, reference)):
            parameter.grad = matrix(shape, seed=step + 1)
            optimizer.step()
    moved, expected = (ours - start).flatten(), (theirs - start).flatten()
    # Five of their iterations end anywhere between 0.7 and 1.2; ours nearer to 1.
    assert torch.cosine_similarity(moved, expected, dim=0) > 0.97
    assert 0.8 < moved.norm() / expected.norm() < 1.25
    torch.testing.assert_close(muon.state[ours]["momentum_buffer"], reference.state[theirs]["momentum_buffer"])


def test_company_changes_nothing() -> None:
    shapes = [*SHAPES, *SHAPES]

    def trained(together: bool) -> list[Tensor]:
        parameters = [nn.Parameter(matrix(shape, seed=at)) for at, shape in enumerate(shapes)]
        groups = [parameters] if together else [[parameter] for parameter in parameters]
        optimizers = [Muon(group, lr=0.02, weight_decay=0.1, momentum=0.85, iterations=3) for group in groups]
        for step in range(3):
            for at, parameter in enumerate(parameters):
                parameter.grad = matrix(parameter.shape, seed=100 * step + at)
            for optimizer in optimizers:
                optimizer.step()
        return [parameter.detach() for parameter in parameters]

    for alone, in_company in zip(trained(together=False), trained(together=True), strict=True):
        torch.testing.assert_close(alone, in_company, atol=1e-3, rtol=0.0)


def test_a_parameter_without_a_gradient_is_left_alone() -> None:
    still, moving = (nn.Parameter(torch.ones(4, 4)) for _ in range(2))
    moving.grad = matrix((4, 4))
    Muon([still, moving], lr=0.1, weight_decay=0.1, momentum=0.9, iterations=3).step()
    assert torch.equal(still, torch.ones(4, 4))
    assert not torch.equal(moving, torch.ones(4, 4))
