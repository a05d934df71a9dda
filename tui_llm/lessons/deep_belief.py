"""The deep belief network: machines stacked, each learning from what the one below makes of the data. Imports numpy,
`rbm`, and the letters of `hopfield`.

Hinton, Osindero & Teh (2006), "A fast learning algorithm for deep belief nets", brought deep networks back: train an
RBM on the data, leave it as it is, train another on its hidden units, and so on, greedily, a layer at a time, with no
labels at all. Upwards the stack recognises. Downwards it dreams: the top two layers, still an RBM, are sampled for a
while, and what they settle on is handed down to the pixels.

Each layer makes two pictures of the same thing more alike, and of different things less. After that a label for one
picture of each thing is enough to name the others, which from the pixels alone goes wrong far more often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.hopfield import flip, letters
from tui_llm.lessons.rbm import RBM, draw, rbm, train

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DeepBelief:
    """A stack of machines, the lowest first: the hidden units of each are the visible ones of the next."""

    layers: tuple[RBM, ...]

    def up(self, v: Floats) -> list[Floats]:
        """Probabilities that units are on: `v` (B, V) itself, then (B, H) for each layer up to the top."""
        activations = [v]
        for layer in self.layers:
            activations.append(layer.up(activations[-1]))
        return activations

    def down(self, h: Floats) -> Floats:
        """Probabilities of the visible units, (B, V), from the top's `h` (B, H)."""
        for layer in reversed(self.layers):
            h = layer.down(h)
        return h

    def reconstruct(self, v: Floats) -> Floats:
        """What is left of `v` (B, V) after going all the way up and down."""
        return self.down(self.up(v)[-1])

    def dream(self, count: int, sweeps: int, rng: np.random.Generator) -> Floats:
        """`count` pictures, (B, V) probabilities: Gibbs sampling in the top machine from noise, then down."""
        top = self.layers[-1]
        noise = draw(np.full((count, len(top.visible_bias)), 0.5), rng)
        return self.down(top.up(top.gibbs(noise, sweeps, rng)))


def train_stack(
    data: Floats, sizes: list[int], epochs: int, rng: np.random.Generator, rate: float = 0.1
) -> tuple[DeepBelief, list[list[float]]]:
    """Layer by layer: a machine with each of `sizes` hidden units, trained for `epochs` on the activations below it.

    Args:
        data: (N, V), numbers from 0 to 1.

    Returns:
        The stack, and for each layer its reconstruction error of its own input, before the first epoch and after each.
    """
    layers, curves = [], []
    for size in sizes:
        layer, errors = train(rbm(data.shape[1], size, rng), data, epochs, rng, rate=rate)
        layers.append(layer)
        curves.append(errors)
        data = layer.up(data)
    return DeepBelief(tuple(layers)), curves


def noisy_letters(names: str, copies: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """`copies` of each letter with that share of its pixels turned over: (N, 64) of 0 and 1, and which letter (N,)."""
    labels = np.repeat(np.arange(len(names)), copies)
    return (flip(letters(names)[labels], noise, rng) + 1) / 2, labels


# What the layers are good for, measured in the units of any of them.


def spread(features: Floats, labels: Ints) -> float:
    """How far pictures of one letter lie from their mean, over how far the means lie apart: in mean squares.

    `features` (N, F), `labels` (N,) with every number from 0 on. The less it is, the better they are told apart.
    """
    means = np.stack([features[labels == label].mean(axis=0) for label in range(labels.max() + 1)])
    within = ((features - means[labels]) ** 2).sum(axis=1).mean()
    between = ((means - means.mean(axis=0)) ** 2).sum(axis=1).mean()
    return float(within / between)


def name(features: Floats, examples: Floats) -> Ints:
    """For each of `features` (N, F) the number of the nearest of `examples` (L, F): (N,)."""
    nearest: Ints = ((features[:, None] - examples) ** 2).sum(axis=2).argmin(axis=1)
    return nearest


def one_label_each(features: Floats, labels: Ints, rng: np.random.Generator, trials: int = 20) -> float:
    """The share of `features` (N, F) that get their right name if one picture of each letter has a label.

    The mean of `trials` choices of which picture that is.
    """
    shares = []
    for _ in range(trials):
        shown = [rng.choice(np.flatnonzero(labels == label)) for label in range(labels.max() + 1)]
        shares.append((name(features, features[shown]) == labels).mean())
    return float(np.mean(shares))
