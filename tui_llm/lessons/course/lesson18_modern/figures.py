"""What lesson 18 computes: each of six parts by itself, by `lessons.modern_parts`; and what they are worth, by training
the small GPT of `lessons.switches`. Imports numpy, the networks and the kit; torch where something is trained.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tui_llm.lessons import modern_parts as parts
from tui_llm.lessons.attention import attention, entropy, gelu, layer_norm
from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Matrix, Plot, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span
from tui_llm.text.stories import stories

if TYPE_CHECKING:
    from tui_llm.lessons.switches import Measured

PARTS = ("rms_norm", "rope", "qk_norm", "swiglu", "grouped", "muon")

#: The seeds of GPT-2's random weights, to see what chance does; and the steps of each training.
BEGINNINGS, STEPS = (1, 2, 3), 150

#: The step from which the losses are drawn: before it, all fall alike.
START = 30

#: What each is in the place of, where, and the year of its paper.
EXCHANGED = [
    ("rms_norm", "rms_norm_old", "rms_norm_at", 2019),
    ("rope", "rope_old", "rope_at", 2021),
    ("qk_norm", "qk_norm_old", "qk_norm_at", 2023),
    ("swiglu", "swiglu_old", "swiglu_at", 2020),
    ("grouped", "grouped_old", "grouped_at", 2023),
    ("muon", "muon_old", "muon_at", 2024),
]


@figure(part=Knob(PARTS, "rms_norm"))
def overview(words: Words, part: str) -> Drawing:
    """What each part takes the place of, and since when; one of them marked."""
    rows = [(words(name), words(old), words(at), str(year)) for name, old, at, year in EXCHANGED]
    columns = (words("today"), words("before"), words("place"), words("year"))
    return Table(columns=columns, rows=rows, marked=[PARTS.index(part)])


# RMSNorm.

CHANNELS = np.array([0.5, -1.0, 1.5, 0.0, -0.5, 1.0])


@figure(size=Knob((0.1, 1, 10, 100), 1), shift=Knob(span(0, 4, 1), 0))
def norms(words: Words, size: float, shift: float) -> Drawing:
    """Six channels, and what both norms make of them."""
    x = CHANNELS * size + shift
    ones = np.ones(len(x))
    return Matrix(
        values=[x.tolist(), layer_norm(x, ones).tolist(), parts.rms_norm(x, ones).tolist()],
        rows=[words("channels"), "LayerNorm", "RMSNorm"],
        reach=2.0,
        digits=2,
    )


@choice
def tenfold() -> str:
    ones = np.ones(len(CHANNELS))
    before, after = parts.rms_norm(CHANNELS, ones), parts.rms_norm(10 * CHANNELS, ones)
    factor = float(np.linalg.norm(after) / np.linalg.norm(before))
    return {1: "same", 10: "ten", 100: "hundred"}[round(factor)]


# Rotary positions.

HEAD = 16
QUERY, KEY = np.random.default_rng(5).normal(size=(2, 1, HEAD))


def score(at: int, of: int) -> float:
    """The product of the query at one position and the key at another."""
    return float((parts.rope(QUERY, np.array([at])) * parts.rope(KEY, np.array([of]))).sum())


@choice
def moved() -> str:
    here, there = score(10, 7), score(110, 107)
    if abs(there - here) < 1e-9:
        return "same"
    return "weaker" if abs(there) < abs(here) else "stronger"


@figure(key=Knob((0, 1, 10, 100, 1000), 10), distance=Knob(span(0, 20, 1), 3))
def turning(words: Words, key: int, distance: int) -> list[Drawing]:
    """The angles of the first pairs of a key and of a query behind it, and what their product comes to."""
    frequencies = 10_000.0 ** (-np.arange(HEAD // 2) / (HEAD // 2))
    angles = np.degrees(np.array([key, key + distance, distance])[:, None] * frequencies) % 360  # (3, D/2)
    rows = [(words("pair", count=pair + 1), *(f"{one:.0f}°" for one in angles[:, pair])) for pair in range(3)]
    table = Table(columns=("", words("key"), words("query"), words("apart")), rows=rows)
    return [table, Bars(labels=[words("score")], values=[score(key + distance, key)], reach=8.0)]


# Norms on queries and keys.


def looked(growth: float, normal: bool) -> np.ndarray:
    """The attention weights (T,) of the last of eight positions, queries and keys `growth` times their first size."""
    q, k, v = np.random.default_rng(2).normal(size=(3, 8, HEAD))
    q, k = growth * q, growth * k
    if normal:
        q, k = parts.qk_norm(q, k, np.ones(HEAD), np.ones(HEAD))
    found: np.ndarray = attention(q, k, v)[1][-1]
    return found


@figure(growth=Knob((1, 2, 4, 8), 1))
def grown(words: Words, growth: float) -> Drawing:
    """Where the last position looks, without the norms and with them."""
    labels = [str(place) for place in range(1, 9)]
    return Beside(
        parts=[
            Bars(title=words(name, bits=f"{entropy(weights):.2f}"), labels=labels, values=weights.tolist(), reach=1.0)
            for name, weights in (("without", looked(growth, False)), ("with", looked(growth, True)))
        ]
    )


# SwiGLU.


@figure(up=Knob((-2.0, -1.0, 0.5, 1.0, 2.0), 1.0))
def gates(words: Words, up: float) -> Drawing:
    """What comes through the gate, as its own sum goes from closed to open; GELU beside it."""
    x = np.linspace(-4, 2.5, 81)
    return Plot(
        x=words("gate"),
        y=words("through"),
        curves=[
            Curve(words("swiglu", up=f"{up:g}".replace("-", "−")), x.tolist(), (parts.silu(x) * up).tolist()),
            Curve("GELU", x.tolist(), gelu(x).tolist()),
        ],
        x_range=(-4, 2.5),
        y_range=(-4, 4),
        height=7,
    )


# Grouped queries.

LAYERS, HEADS, HEAD_SIZE = 32, 32, 128


def gigabytes(kv_heads: int, positions: int) -> float:
    """What keys and values of a model of 32 layers and heads weigh, two bytes a number."""
    return 2 * parts.cache_numbers(LAYERS, kv_heads, HEAD_SIZE, positions) / 1e9


@number(tolerance=0)
def smaller() -> float:
    return gigabytes(32, 8192) / gigabytes(8, 8192)


@figure(tokens=Knob((1024, 8192, 32768, 131072), 131072))
def caches(words: Words, tokens: int) -> Drawing:
    """The memory that a text of so many tokens takes, by how many heads have keys and values of their own."""
    counts = (32, 16, 8, 4, 1)
    sizes = [gigabytes(count, tokens) for count in counts]
    labels = [words("heads", count=count) for count in counts]
    return Bars(title=words("memory"), labels=labels, values=sizes, reach=80.0)


# Muon.


def gradient() -> np.ndarray:
    """(6, 6) a matrix whose strongest direction is 20 times its weakest."""
    rng = np.random.default_rng(0)
    left, right = (np.linalg.qr(rng.normal(size=(6, 6)))[0] for _ in range(2))
    made: np.ndarray = (left * np.geomspace(1.0, 0.05, 6)) @ right
    return made


def singular_values(iterations: int) -> np.ndarray:
    """(6,) how far each direction goes after so many iterations of Newton-Schulz."""
    values: np.ndarray = np.linalg.svd(parts.newton_schulz(gradient(), 5)[iterations], compute_uv=False)
    return values


@choice
def evened() -> str:
    values = singular_values(5)
    ratio = values[0] / values[-1]
    return "alike" if ratio < 2 else "twenty" if ratio > 10 else "five"


@figure(iterations=Knob(span(0, 5, 1), 0))
def directions(words: Words, iterations: int) -> Drawing:
    """How far each direction of a gradient goes."""
    labels = [words("direction", count=place) for place in range(1, 7)]
    return Bars(labels=labels, values=singular_values(iterations).tolist(), reach=1.3)


# Each switched on alone, and measured.


@cache
def measured(*on: str, seed: int = BEGINNINGS[0]) -> Measured:
    """The small GPT with these parts, trained on a hundred stories."""
    from tui_llm.lessons.switches import trained

    return trained("\n\n".join(islice(stories("en"), 100)), frozenset(on), STEPS, seed)


def by_chance() -> list[float]:
    """The losses on held-out text, in order, of GPT-2 begun from other and other random weights."""
    return sorted(measured(seed=seed).held_out for seed in BEGINNINGS)


def gain(*on: str) -> float:
    """By how much the loss on held-out text is lower with these parts than GPT-2's is in the mean."""
    return float(np.mean(by_chance())) - measured(*on).held_out


@choice
def alone() -> str:
    lowest, *_, highest = by_chance()
    loss = measured("muon").held_out
    return "better" if loss < lowest else "worse" if loss > highest else "same"


@figure(part=Knob(PARTS, "muon"), beginning=Knob(BEGINNINGS, BEGINNINGS[0]))
def curves(words: Words, part: str, beginning: int) -> Drawing:
    """The loss while training, without and with one part, both begun by the same dice."""
    plain, other = measured(seed=beginning), measured(part, seed=beginning)
    return Plot(
        title=words("held", before=f"{plain.held_out:.2f}", after=f"{other.held_out:.2f}"),
        x=words("steps"),
        y=words("loss"),
        curves=[Curve(words(name), *_smooth(one.losses)) for name, one in (("gpt", plain), (part, other))],
        x_range=(START, STEPS),
        y_range=(2.2, 3.0),
        height=7,
    )


def _smooth(losses: list[float], width: int = 10) -> tuple[list[float], list[float]]:
    """The means of ten steps at a time, from `START` on."""
    means = np.array(losses[START:]).reshape(-1, width).mean(axis=1)
    return (np.arange(len(means)) * width + START + width / 2).tolist(), means.tolist()


@choice
def together() -> str:
    apart, whole = sum(gain(part) for part in PARTS), gain(*PARTS)
    if abs(whole - apart) < 0.02:
        return "sum"
    return "more" if whole > apart else "less"


@figure()
def account(words: Words) -> Drawing:
    """What each part is worth alone, and what all of them are together."""
    lowest, *_, highest = by_chance()
    plain = measured()
    rows = [(words("gpt"), f"{lowest:.2f}–{highest:.2f}", "", str(plain.weights), str(plain.kept))]
    for name, on in [*((part, (part,)) for part in PARTS), ("all", PARTS)]:
        one, change = measured(*on), f"{-gain(*on):+.2f}".replace("-", "−")
        rows.append((words(name), f"{one.held_out:.2f}", change, str(one.weights), str(one.kept)))
    columns = ("", words("loss"), words("change"), words("weights"), words("kept"))
    return Table(columns=columns, rows=rows, marked=[0, len(rows) - 1])
