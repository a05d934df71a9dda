"""Back-propagation by hand through a whole network, every number on the way with its gradient.

The network is Bengio's (`lessons.mlp`) with BatchNorm in its hidden layer, cut into the smallest steps that have a
name: each is one line forwards and one or two backwards, and three rules do nearly all of it. What was multiplied gets
the gradient times the other factor. What was spread out (broadcast) gets the sum of the gradients of its copies. What
was used twice gets the sum of both. Then the same in big steps: whole formulas melt down to one line (Rumelhart, Hinton
& Williams 1986, "Learning representations by back-propagating errors"; Ioffe & Szegedy 2015, "Batch normalization").
Imports numpy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

#: By name: parameters, the numbers on the way, or the gradients of either.
Named = dict[str, Array]

EPSILON = 1e-5

#: What is learnt: embeddings C (V, E), hidden layer W1 (T E, H), gamma and beta (H,), logits W2 (H, V) and b2 (V,).
PARAMETERS = ("C", "W1", "gamma", "beta", "W2", "b2")

#: What lies on the way from them to the loss, in the order of computation.
STEPS = (
    "embedded", "joined", "pre_activation",
    "mean", "centred", "squares", "variance", "inverse_deviation", "normalised", "scaled", "hidden", "logits",
    "maximum", "shifted", "exponentials", "sums", "inverse_sums", "probabilities", "log_probabilities", "loss",
)  # fmt: skip


def initial(vocabulary: int, context: int, embedding: int, hidden: int, rng: np.random.Generator) -> Named:
    """Random parameters; none of them is at 0 or 1, where mistakes could hide."""
    return {
        "C": rng.normal(0.0, 1.0, (vocabulary, embedding)),
        "W1": rng.normal(0.0, 1 / np.sqrt(context * embedding), (context * embedding, hidden)),
        "gamma": rng.normal(1.0, 0.1, hidden),
        "beta": rng.normal(0.0, 0.1, hidden),
        "W2": rng.normal(0.0, 1 / np.sqrt(hidden), (hidden, vocabulary)),
        "b2": rng.normal(0.0, 0.1, vocabulary),
    }


def forward(p: Named, contexts: Ids, targets: Ids) -> Named:
    """Every number on the way from `contexts` (N, T) to the loss at `targets` (N,), by the names in STEPS."""
    s: Named = {}
    s["embedded"] = p["C"][contexts]  # (N, T, E)
    s["joined"] = s["embedded"].reshape(len(contexts), -1)  # (N, T E)
    s["pre_activation"] = s["joined"] @ p["W1"]  # (N, H)
    # BatchNorm
    s["mean"] = s["pre_activation"].mean(axis=0)  # (H,)
    s["centred"] = s["pre_activation"] - s["mean"]
    s["squares"] = s["centred"] ** 2
    s["variance"] = s["squares"].mean(axis=0)  # (H,)
    s["inverse_deviation"] = (s["variance"] + EPSILON) ** -0.5
    s["normalised"] = s["centred"] * s["inverse_deviation"]
    s["scaled"] = s["normalised"] * p["gamma"] + p["beta"]
    s["hidden"] = np.tanh(s["scaled"])
    s["logits"] = s["hidden"] @ p["W2"] + p["b2"]  # (N, V)
    # Softmax and cross-entropy
    s["maximum"] = s["logits"].max(axis=1, keepdims=True)  # (N, 1)
    s["shifted"] = s["logits"] - s["maximum"]
    s["exponentials"] = np.exp(s["shifted"])
    s["sums"] = s["exponentials"].sum(axis=1, keepdims=True)  # (N, 1)
    s["inverse_sums"] = s["sums"] ** -1
    s["probabilities"] = s["exponentials"] * s["inverse_sums"]
    s["log_probabilities"] = np.log(s["probabilities"])
    s["loss"] = -s["log_probabilities"][np.arange(len(targets)), targets].mean()
    return s


def backward(p: Named, s: Named, contexts: Ids, targets: Ids) -> Named:
    """d loss / d each of PARAMETERS and STEPS, given what `forward` computed: its lines in reverse order."""
    N, rows = len(targets), np.arange(len(targets))
    d: Named = {"loss": np.array(1.0)}
    # loss = -mean(log_probabilities at the targets): all others have no part in it
    d["log_probabilities"] = np.zeros_like(s["log_probabilities"])
    d["log_probabilities"][rows, targets] = -1.0 / N
    d["probabilities"] = d["log_probabilities"] / s["probabilities"]
    # probabilities = exponentials * inverse_sums, where inverse_sums (N, 1) was spread over a row: hence the sum
    d["inverse_sums"] = (d["probabilities"] * s["exponentials"]).sum(axis=1, keepdims=True)
    d["sums"] = -d["inverse_sums"] * s["sums"] ** -2
    # exponentials were used twice: in probabilities, and in sums
    d["exponentials"] = d["probabilities"] * s["inverse_sums"] + d["sums"]
    d["shifted"] = d["exponentials"] * s["exponentials"]
    # all but 0: shifting a row's logits together changes no probability
    d["maximum"] = -d["shifted"].sum(axis=1, keepdims=True)
    d["logits"] = d["shifted"].copy()
    d["logits"][rows, s["logits"].argmax(axis=1)] += d["maximum"][:, 0]
    # logits = hidden @ W2 + b2
    d["hidden"] = d["logits"] @ p["W2"].T
    d["W2"] = s["hidden"].T @ d["logits"]
    d["b2"] = d["logits"].sum(axis=0)
    d["scaled"] = d["hidden"] * (1.0 - s["hidden"] ** 2)
    # scaled = normalised * gamma + beta, both (H,) spread over the batch
    d["gamma"] = (d["scaled"] * s["normalised"]).sum(axis=0)
    d["beta"] = d["scaled"].sum(axis=0)
    d["normalised"] = d["scaled"] * p["gamma"]
    # normalised = centred * inverse_deviation
    d["inverse_deviation"] = (d["normalised"] * s["centred"]).sum(axis=0)
    d["variance"] = d["inverse_deviation"] * -0.5 * (s["variance"] + EPSILON) ** -1.5
    d["squares"] = np.broadcast_to(d["variance"] / N, s["squares"].shape)
    # centred was used twice: in normalised, and in squares
    d["centred"] = d["normalised"] * s["inverse_deviation"] + d["squares"] * 2.0 * s["centred"]
    d["mean"] = -d["centred"].sum(axis=0)
    # pre_activation was used twice: in centred, and in mean
    d["pre_activation"] = d["centred"] + d["mean"] / N
    d["joined"] = d["pre_activation"] @ p["W1"].T
    d["W1"] = s["joined"].T @ d["pre_activation"]
    d["embedded"] = d["joined"].reshape(s["embedded"].shape)
    # a row of C was used wherever its token stood
    d["C"] = np.zeros_like(p["C"])
    np.add.at(d["C"], contexts, d["embedded"])
    return d


def cross_entropy_backward(probabilities: Array, targets: Ids) -> Array:
    """d loss / d logits (N, V) at once: what was predicted less what came, over N. Eight steps above in one line."""
    d_logits: Array = (probabilities - np.eye(probabilities.shape[1])[targets]) / len(targets)
    return d_logits


def batch_norm_backward(d_scaled: Array, normalised: Array, inverse_deviation: Array, gamma: Array) -> Array:
    """d loss / d pre_activation (N, H) at once, given d loss / d scaled (N, H).

    The gradient, less its mean, less what of it lies along `normalised`: those two are what the norm takes away.
    """
    along = (d_scaled * normalised).mean(axis=0)
    d_pre_activation: Array = gamma * inverse_deviation * (d_scaled - d_scaled.mean(axis=0) - normalised * along)
    return d_pre_activation


def differences(mine: Named, right: Named) -> dict[str, float]:
    """For each gradient in `mine` the largest difference from the right one; inf where the shape is another."""
    return {
        name: float(np.abs(gradient - right[name]).max()) if gradient.shape == right[name].shape else float("inf")
        for name, gradient in mine.items()
    }
