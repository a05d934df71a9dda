"""The restricted Boltzmann machine of lesson 5: what contrastive divergence does, against what can be counted."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tui_llm.lessons.boltzmann import Machine, all_states
from tui_llm.lessons.boltzmann import exact as boltzmann_exact
from tui_llm.lessons.rbm import (
    RBM,
    bars_and_stripes,
    contrastive_divergence,
    draw,
    exact_gradient,
    log_likelihood,
    log_partition,
    rbm,
    reconstruction_error,
    train,
)

SEEDS = range(3)
PICTURES = bars_and_stripes(4)


@cache
def trained(seed: int, k: int = 1) -> tuple[RBM, list[float]]:
    """A net that has learnt `PICTURES` by CD-k, and its reconstruction errors."""
    rng = np.random.default_rng(seed)
    return train(rbm(16, 12, rng), PICTURES, 400, rng, k=k, rate=0.3)


def random_rbm(visible: int, hidden: int, seed: int) -> RBM:
    rng = np.random.default_rng(seed)
    return RBM(rng.standard_normal((visible, hidden)), rng.standard_normal(visible), rng.standard_normal(hidden))


def flat(gradient: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    return np.concatenate([part.ravel() for part in gradient])


def share_of_pictures(states: np.ndarray, pictures: np.ndarray) -> float:
    """The share of `states` that are pictures to the last pixel."""
    known = {tuple(picture) for picture in pictures.tolist()}
    return float(np.mean([tuple(state) in known for state in states.tolist()]))


def test_bars_and_stripes_are_thirty_pictures() -> None:
    assert PICTURES.shape == (30, 16)
    assert len({tuple(picture) for picture in PICTURES.tolist()}) == 30
    for picture in PICTURES.reshape(-1, 4, 4):
        assert (picture == picture[0]).all() or (picture == picture[:, :1]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_a_boltzmann_machine_with_no_weights_within_a_layer(seed: int) -> None:
    net = random_rbm(4, 3, seed)
    weights = np.block([[np.zeros((4, 4)), net.weights], [net.weights.T, np.zeros((3, 3))]])
    joint = boltzmann_exact(Machine(weights, np.concatenate([net.visible_bias, net.hidden_bias]), visible=4)).reshape(
        16, 8
    )
    v, h = all_states(4), all_states(3)
    np.testing.assert_allclose(np.exp(-net.free_energy(v) - log_partition(net)), joint.sum(axis=1))
    np.testing.assert_allclose(net.up(v), joint @ h / joint.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(net.down(h), joint.T @ v / joint.sum(axis=0)[:, None])
    assert log_likelihood(net, v[[3, 5]]) == pytest.approx(np.log(joint.sum(axis=1)[[3, 5]]).mean())


def test_gibbs_sampling_reaches_the_models_own_distribution() -> None:
    net = random_rbm(3, 2, seed=0)
    states = net.gibbs(np.zeros((8000, 3)), 30, np.random.default_rng(0))
    found = np.bincount((states @ [4, 2, 1]).astype(int), minlength=8) / 8000
    np.testing.assert_allclose(found, np.exp(-net.free_energy(all_states(3)) - log_partition(net)), atol=0.02)


def test_the_exact_gradient_is_the_slope_of_the_log_likelihood() -> None:
    net, data, size = random_rbm(4, 3, seed=1), bars_and_stripes(2), 1e-5
    slopes = []
    for part in ("weights", "visible_bias", "hidden_bias"):
        for place in np.ndindex(getattr(net, part).shape):
            ends = []
            for move in (size, -size):
                moved = {name: getattr(net, name).copy() for name in ("weights", "visible_bias", "hidden_bias")}
                moved[part][place] += move
                ends.append(log_likelihood(RBM(**moved), data))
            slopes.append((ends[0] - ends[1]) / (2 * size))
    np.testing.assert_allclose(flat(exact_gradient(net, data)), slopes, atol=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_contrastive_divergence_points_the_way_of_the_gradient(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data, net = bars_and_stripes(3), rbm(9, 6, rng)
    for _ in range(3):
        exact = flat(exact_gradient(net, data))
        dreamt = np.mean([flat(contrastive_divergence(net, data, 1, rng)) for _ in range(100)], axis=0)
        cosine = dreamt @ exact / np.linalg.norm(dreamt) / np.linalg.norm(exact)
        assert 0.6 < cosine < 1
        net, _ = train(net, data, 50, rng)


def test_with_many_steps_it_is_the_gradient() -> None:
    rng = np.random.default_rng(0)
    net, data = random_rbm(4, 3, seed=2), np.repeat(bars_and_stripes(2), 1000, axis=0)
    exact = flat(exact_gradient(net, data))
    far, near = (np.abs(flat(contrastive_divergence(net, data, k, rng)) - exact).max() for k in (1, 30))
    assert near < 0.03 < far


@pytest.mark.parametrize("seed", SEEDS)
def test_cd1_lowers_the_reconstruction_error_and_raises_the_likelihood(seed: int) -> None:
    net, errors = trained(seed)
    start = rbm(16, 12, np.random.default_rng(seed))
    assert errors[0] == pytest.approx(0.25, abs=0.02)  # it knows nothing: a half for every pixel
    assert all(after < before for before, after in zip(errors[:-1:50], errors[50::50], strict=True))
    assert errors[-1] < 0.005
    assert reconstruction_error(net, PICTURES) == errors[-1]
    assert log_likelihood(start, PICTURES) == pytest.approx(-16 * np.log(2), abs=0.5)
    assert -np.log(30) > log_likelihood(net, PICTURES) > -6.5


@pytest.mark.parametrize("seed", SEEDS)
def test_it_dreams_bars_and_stripes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    start, (net, _) = rbm(16, 12, rng), trained(seed)
    noise = draw(np.full((300, 16), 0.5), rng)
    assert share_of_pictures(start.gibbs(noise, 100, rng), PICTURES) < 0.02
    assert share_of_pictures(net.gibbs(noise, 100, rng), PICTURES) > 0.4
    # Its free energy tells a picture from noise.
    assert net.free_energy(PICTURES).mean() < net.free_energy(noise).mean() - 5


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reconstruction_repairs_a_wrong_pixel(seed: int) -> None:
    net, _ = trained(seed)
    whole = np.repeat(PICTURES, 16, axis=0)
    spoilt = np.abs(whole - np.tile(np.eye(16), (30, 1)))  # each picture with each pixel wrong, one at a time
    assert (np.abs(net.reconstruct(spoilt) - whole) > 0.5).mean() < 0.5 * (spoilt != whole).mean()


def test_a_longer_chain_learns_a_better_model_though_not_a_better_mirror() -> None:
    gained, mirrored = [], []
    for seed in SEEDS:
        nets = [trained(seed, k)[0] for k in (1, 5)]
        gained.append(log_likelihood(nets[1], PICTURES) - log_likelihood(nets[0], PICTURES))
        mirrored.append(max(reconstruction_error(net, PICTURES) for net in nets))
    assert np.mean(gained) > 0.2
    assert max(mirrored) < 0.005
