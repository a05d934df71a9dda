"""The Boltzmann machine: a net that doubts. It does not rest, it samples. Imports numpy alone.

Ackley, Hinton & Sejnowski (1985), "A learning algorithm for Boltzmann machines": Hopfield's energy, but each unit, of
0 or 1, only *probably* does what lowers it. At temperature T a net left to itself visits state s with Boltzmann's
probability, exp(−E(s) / T) / Z: when hot it is anywhere, when cold in the deepest valleys. Cooled slowly it finds
them (Kirkpatrick, Gelatt & Vecchi 1983, "Optimization by simulated annealing").

So it can learn to dream what it has seen: what units do together while data are held on the visible units (the
clamped phase), less what they do together when nothing is held (the free phase), says how each weight must change.
Units that are not visible are free to find out what the visible ones have in common: without them, XOR cannot be
learnt here either.

The nets are small, so that every state can be counted: what sampling says can be held against the exact answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Machine:
    """weights (n, n): symmetric, zero on the diagonal. biases (n,). The first `visible` of the n units can be seen."""

    weights: Floats
    biases: Floats
    visible: int

    @property
    def n(self) -> int:
        return len(self.biases)


def sigmoid(x: Floats) -> Floats:
    """1 / (1 + e⁻ˣ), written so that no exponential overflows."""
    value: Floats = 0.5 * (1 + np.tanh(0.5 * x))
    return value


def machine(visible: int, hidden: int, rng: np.random.Generator, scale: float = 3.0) -> Machine:
    """A machine with random weights, normal with standard deviation `scale`, and biases of 0."""
    upper = np.triu(rng.standard_normal((visible + hidden, visible + hidden)) * scale, k=1)
    return Machine(upper + upper.T, np.zeros(visible + hidden), visible)


# What it does.


def energy(net: Machine, states: Floats) -> Floats:
    """E = −½ Σᵢⱼ wᵢⱼ sᵢ sⱼ − Σᵢ bᵢ sᵢ of `states` (..., n): (...)."""
    value: Floats = -0.5 * (states @ net.weights * states).sum(axis=-1) - states @ net.biases
    return value


def gibbs(
    net: Machine, states: Floats, temperature: float, sweeps: int, rng: np.random.Generator, clamped: int = 0
) -> Floats:
    """`states` (B, n) after every unit has been drawn anew `sweeps` times, given all others; the first `clamped` stay.

    P(sᵢ = 1 | the others) = σ((Σⱼ wᵢⱼ sⱼ + bᵢ) / T)
    """
    s = states.copy()
    for _ in range(sweeps):
        for i in range(clamped, net.n):
            field = s @ net.weights[i] + net.biases[i]
            s[:, i] = rng.random(len(s)) < sigmoid(field / temperature)
    return s


def all_states(n: int) -> Floats:
    """Every state of n units, (2ⁿ, n) of 0 and 1, in the order of counting."""
    return (np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1).astype(np.float64)


def exact(net: Machine, temperature: float = 1.0) -> Floats:
    """Boltzmann's probability of each of `all_states(n)`, (2ⁿ,): exp(−E / T) / Z."""
    logits = -energy(net, all_states(net.n)) / temperature
    weight = np.exp(logits - logits.max())
    probabilities: Floats = weight / weight.sum()
    return probabilities


def frequencies(states: Floats) -> Floats:
    """How often each of `all_states(n)` is among `states` (B, n): (2ⁿ,)."""
    n = states.shape[1]
    codes = states.astype(np.int64) @ (1 << np.arange(n)[::-1])
    return np.bincount(codes, minlength=2**n) / len(states)


def divergence(p: Floats, q: Floats) -> float:
    """KL(p ‖ q) = Σ p log(p / q) in nats: 0 if they are the same, else more."""
    there = p > 0
    return float((p[there] * np.log(p[there] / q[there])).sum())


def anneal(net: Machine, states: Floats, temperatures: Floats, rng: np.random.Generator) -> Floats:
    """A sweep of `states` (B, n) at each of T `temperatures`; the energies before and after each, (T + 1, B)."""
    energies = [energy(net, states)]
    for temperature in temperatures:
        states = gibbs(net, states, float(temperature), 1, rng)
        energies.append(energy(net, states))
    return np.stack(energies)


# How it learns.


def seen(net: Machine) -> Floats:
    """The probability of each visible state, (2ᵛ,), whatever the hidden units do."""
    marginal: Floats = exact(net).reshape(2**net.visible, -1).sum(axis=1)
    return marginal


def log_likelihood(net: Machine, data: Floats) -> float:
    """Mean log P(v) in nats of `data` (B, v); at best minus the entropy of what is in it."""
    p = frequencies(data)
    return float((p[p > 0] * np.log(seen(net)[p > 0])).sum())


def together(states: Floats, probabilities: Floats) -> Floats:
    """How often each two units are on together, (n, n), and, on the diagonal, each alone: Σ p(s) sᵢ sⱼ."""
    return states.T @ (probabilities[:, None] * states)


def phases(net: Machine, data: Floats) -> tuple[Floats, Floats]:
    """`together` in the clamped phase, with `data` (B, v) on the visible units, and in the free one: exactly."""
    joint = exact(net).reshape(2**net.visible, -1)  # (2ᵛ, 2ʰ)
    held = frequencies(data)[:, None] * joint / joint.sum(axis=1, keepdims=True)  # q(v) P(h | v)
    states = all_states(net.n)
    return together(states, held.ravel()), together(states, joint.ravel())


def sampled_phases(net: Machine, data: Floats, free: Floats, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """The same by sampling, as a machine too large to count must. `free` (C, n): the chains of the free phase.

    Returns:
        `together` clamped and free, and the chains, which go on from there at the next call.
    """
    hidden = rng.integers(0, 2, (len(data), net.n - net.visible)).astype(np.float64)
    held = gibbs(net, np.hstack([data, hidden]), 1.0, 5, rng, clamped=net.visible)
    free = gibbs(net, free, 1.0, 5, rng)
    return held.T @ held / len(held), free.T @ free / len(free), free


def step(net: Machine, clamped: Floats, free: Floats, rate: float) -> Machine:
    """Δwᵢⱼ = η (⟨sᵢ sⱼ⟩ clamped − ⟨sᵢ sⱼ⟩ free): up the gradient of the log-likelihood at T = 1."""
    change = rate * (clamped - free)
    biases = net.biases + np.diag(change)
    return Machine(net.weights + change - np.diag(np.diag(change)), biases, net.visible)


def learn(net: Machine, data: Floats, steps: int, rate: float) -> tuple[Machine, list[float]]:
    """`net` after `steps` of exact phases on `data` (B, v), and the log-likelihood before each and at the end."""
    curve = [log_likelihood(net, data)]
    for _ in range(steps):
        net = step(net, *phases(net, data), rate)
        curve.append(log_likelihood(net, data))
    return net, curve


def learn_by_sampling(
    net: Machine, data: Floats, steps: int, rate: float, rng: np.random.Generator, chains: int = 200
) -> tuple[Machine, list[float]]:
    """As `learn`, with phases that are sampled; `chains` machines dream side by side."""
    free = rng.integers(0, 2, (chains, net.n)).astype(np.float64)
    curve = [log_likelihood(net, data)]
    for _ in range(steps):
        clamped, dreamt, free = sampled_phases(net, data, free, rng)
        net = step(net, clamped, dreamt, rate)
        curve.append(log_likelihood(net, data))
    return net, curve


XOR = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], dtype=np.float64)  # a, b, a XOR b
