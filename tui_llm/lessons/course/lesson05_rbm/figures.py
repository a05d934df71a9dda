"""What lesson 5 computes: bars and stripes, an RBM that learns them by contrastive divergence, its filters, its dreams.
Imports numpy, the network and the kit.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Matrix, Plot, Points, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.lessons.rbm import RBM, bars_and_stripes, draw, log_likelihood, rbm, reconstruction_error, train

Floats = NDArray[np.float64]

SIDE = 4
PICTURES = bars_and_stripes(SIDE)  # (30, 16)
HIDDEN = 12
RATE = 0.3
EPOCHS = (0, 25, 100, 400)
SWEEPS = (0, 1, 3, 10, 30, 100)
DREAMS = 300
PICTURE = Knob(span(1, 30, 1), 8)


@cache
def trained(epochs: int, hidden: int = HIDDEN, rate: float = RATE, k: int = 1) -> tuple[RBM, list[float]]:
    """A net after so many epochs of CD-k on all 30 pictures, and its reconstruction errors."""
    rng = np.random.default_rng(0)
    return train(rbm(SIDE * SIDE, hidden, rng), PICTURES, epochs, rng, k=k, rate=rate)


def _square(pixels: Floats, title: str = "") -> Matrix:
    """A picture of 16 pixels, or the 16 weights of a hidden unit."""
    return Matrix(title=title, values=pixels.reshape(SIDE, SIDE).tolist(), reach=1)


@figure(visible=Knob((4, 8, 16, 64), 16), hidden=Knob((4, 8, 12, 40), 12))
def cut(words: Words, visible: int, hidden: int) -> Drawing:
    """Connections, and draws one after another in a sweep, with all connections and with those between layers alone."""
    units = visible + hidden
    rows = [
        (words("boltzmann"), str(units * (units - 1) // 2), str(units)),
        (words("restricted"), str(visible * hidden), "2"),
    ]
    return Table(columns=("", words("connections"), words("turns")), rows=rows, marked=[1])


@figure(kind=Knob(("bars", "stripes", "noise"), "bars"))
def pictures(words: Words, kind: str) -> list[Drawing]:  # noqa: ARG001 - figures take them
    """Twelve of the pictures, or pixels by chance."""
    chance = draw(np.full((12, SIDE * SIDE), 0.5), np.random.default_rng(0))
    chosen = {"bars": PICTURES[2:14], "stripes": PICTURES[16:28], "noise": chance}[kind]
    return [Beside(parts=[_square(one) for one in chosen[half : half + 6]]) for half in (0, 6)]


@figure(picture=PICTURE, epochs=Knob(EPOCHS, 400))
def mirror(words: Words, picture: int, epochs: int) -> Drawing:
    """Up and down again: a picture, the hidden units' probabilities, the pixels' probabilities."""
    net, _ = trained(epochs)
    v = PICTURES[[picture - 1]]
    up = Matrix(title=words("hidden"), values=net.up(v).reshape(3, 4).tolist(), reach=1, digits=1)
    down = Matrix(title=words("down"), values=net.reconstruct(v).reshape(SIDE, SIDE).tolist(), reach=1, digits=1)
    return Beside(parts=[_square(v[0], words("picture")), up, down])


@number(tolerance=0.02)
def start_error() -> float:
    return trained(0)[1][0]


@figure(hidden=Knob((2, 4, 8, 12, 20), 12), rate=Knob((0.03, 0.1, 0.3, 1.0), 0.3))
def errors(words: Words, hidden: int, rate: float) -> Drawing:
    """The reconstruction error as it learns."""
    curve = trained(200, hidden, rate)[1]
    return Plot(
        x=words("epochs"),
        y=words("error"),
        curves=[Curve("", list(range(len(curve))), curve)],
        x_range=(0, 200),
        y_range=(0, 0.26),
    )


@figure(epochs=Knob(EPOCHS, 400))
def filters(words: Words, epochs: int) -> list[Drawing]:
    """The weights of each hidden unit, in the places of the pixels."""
    weights = trained(epochs)[0].weights
    squares = [
        Matrix(values=weights[:, unit].reshape(SIDE, SIDE).tolist(), reach=5, title=words("unit", number=unit + 1))
        for unit in range(HIDDEN)
    ]
    return [Beside(parts=squares[:6]), Beside(parts=squares[6:])]


def spoilt(picture: int, pixel: int) -> Floats:
    """One picture with one pixel turned over, (16,)."""
    v: Floats = PICTURES[picture - 1].copy()
    v[pixel - 1] = 1 - v[pixel - 1]
    return v


@figure(picture=PICTURE, pixel=Knob(span(1, 16, 1), 6))
def repair(words: Words, picture: int, pixel: int) -> Drawing:
    """A wrong pixel, and what is left of it after going up and down."""
    v = spoilt(picture, pixel)
    after = trained(400)[0].reconstruct(v[None])[0]
    values = after.reshape(SIDE, SIDE).tolist()
    return Beside(
        parts=[
            _square(PICTURES[picture - 1], words("whole")),
            _square(v, words("spoilt")),
            Matrix(title=words("repaired"), values=values, reach=1, digits=1),
        ]
    )


@cache
def dreamt(sweeps: int) -> Floats:
    """What the trained net has in its visible units after so many sweeps from chance, (300, 16)."""
    rng = np.random.default_rng(0)
    return trained(400)[0].gibbs(draw(np.full((DREAMS, SIDE * SIDE), 0.5), rng), sweeps, rng)


def whole(states: Floats) -> NDArray[np.bool_]:
    """Which of `states` (B, 16) are bars or stripes to the last pixel, (B,) of booleans."""
    found: NDArray[np.bool_] = (states[:, None] == PICTURES).all(axis=2).any(axis=1)
    return found


@choice
def share() -> str:
    right = whole(dreamt(100)).mean()
    if right < 0.05:
        return "hardly"
    return "tenth" if right < 0.25 else "half"


@figure(sweeps=Knob(SWEEPS, 0))
def dreams(words: Words, sweeps: int) -> list[Drawing]:
    """Six of the dreams, how many of all are whole, and how many of the 30 pictures are among them."""
    states = dreamt(sweeps)
    right = whole(states)
    kinds = len(np.unique(states[right], axis=0))
    squares = [_square(states[place], words("yes") if right[place] else words("no")) for place in range(6)]
    return [Beside(parts=squares), Lines(lines=[words("right", percent=f"{100 * right.mean():.1f}", kinds=kinds)])]


@cache
def likelihoods(k: int) -> tuple[list[int], list[float], float]:
    """The log-likelihood of the pictures along 400 epochs of CD-k: epochs, values; the last reconstruction error."""
    rng = np.random.default_rng(0)
    net, at = rbm(SIDE * SIDE, HIDDEN, rng), list(range(0, 401, 25))
    values: list[float] = []
    for epoch in at:
        if epoch:
            net, _ = train(net, PICTURES, 25, rng, k=k, rate=RATE)
        values.append(log_likelihood(net, PICTURES))
    return at, values, reconstruction_error(net, PICTURES)


@choice
def longer() -> str:
    one, five = likelihoods(1)[1][-1], likelihoods(5)[1][-1]
    if abs(one - five) < 0.1:
        return "same"
    return "five" if five > one else "one"


@figure(k=Knob((1, 2, 5, 10), 5))
def likelier(words: Words, k: int) -> Drawing:
    """The log-likelihood with chains of one step and of k."""
    at, once, _ = likelihoods(1)
    _, more, _ = likelihoods(k)
    return Plot(
        x=words("epochs"),
        y=words("likelihood"),
        curves=[Curve("CD-1", at, once), Curve(f"CD-{k}", at, more)] if k > 1 else [Curve("CD-1", at, once)],
        points=[Points(words("best"), "●", [400], [-float(np.log(30))])],
        x_range=(0, 400),
        y_range=(-12, -3),
    )
