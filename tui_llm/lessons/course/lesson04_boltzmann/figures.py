"""What lesson 4 computes: a unit that doubts, Boltzmann's distribution, sampling, cooling, learning XOR. Imports numpy,
the network and the kit.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.boltzmann import (
    XOR,
    Machine,
    all_states,
    anneal,
    energy,
    exact,
    frequencies,
    gibbs,
    learn,
    learn_by_sampling,
    machine,
    phases,
    seen,
    sigmoid,
)
from tui_llm.lessons.course.drawings import Bars, Beside, Curve, Drawing, Plot, Points, Table
from tui_llm.lessons.course.kit import Knob, Words, choice, figure, number, span

Floats = NDArray[np.float64]

TEMPERATURE = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
HOT = (0.1, 0.5, 1.0, 5.0, 50.0, 1000.0)
WEIGHT = span(-3, 3, 1)
SWEEPS = (0, 1, 2, 5, 20)
COPIES = 5000
COOLING = 40
NETS = 8
STEPS = (0, 10, 50, 200, 1000)
HIDDEN = (0, 1, 2, 3)


@figure(field=Knob(span(-4, 4, 0.5), 1.0), temperature=Knob(TEMPERATURE, 1.0))
def doubt(words: Words, field: float, temperature: float) -> Drawing:
    """The probability that a unit is on, for every sum of its inputs."""
    x = np.linspace(-4, 4, 161)
    chance = float(sigmoid(np.array(field / temperature)))
    return Plot(
        title=words("chance", chance=f"{chance:.2f}"),
        x=words("sum"),
        y=words("probability"),
        curves=[Curve("", x.tolist(), sigmoid(x / temperature).tolist())],
        points=[Points("", "●", [field], [chance])],
        x_range=(-4, 4),
        y_range=(0, 1),
    )


def three(weight: float) -> Machine:
    """Three units: `weight` between the first and the second, −2 between the second and the third, biases 1, 0, 1."""
    weights = np.array([[0, weight, 0], [weight, 0, -2], [0, -2, 0]], dtype=np.float64)
    return Machine(weights, np.array([1.0, 0.0, 1.0]), visible=3)


def _names(n: int) -> list[str]:
    """Every state as it is written: 000, 001, ..."""
    return ["".join(str(int(unit)) for unit in state) for state in all_states(n)]


def _bars(net: Machine, temperature: float) -> Bars:
    """Boltzmann's probability of every state, with its energy; the deepest is marked."""
    energies = energy(net, all_states(net.n))
    pairs = zip(_names(net.n), energies + 0.0, strict=True)  # + 0.0: no −0
    labels = [f"{name}  E = {value:2.0f}".replace("-", "−") for name, value in pairs]
    return Bars(
        labels=labels, values=exact(net, temperature).tolist(), reach=1, marked=[int(energies.argmin())], digits=3
    )


@figure(weight=Knob(WEIGHT, 2), temperature=Knob(TEMPERATURE, 1.0))
def states(words: Words, weight: float, temperature: float) -> Drawing:  # noqa: ARG001 - figures take them
    """The energy and the probability of each of the eight states."""
    return _bars(three(weight), temperature)


@number(tolerance=0.01)
def hottest() -> float:
    return float(exact(three(2), HOT[-1])[0])


@figure(temperature=Knob(HOT, 1000.0))
def heat(words: Words, temperature: float) -> Drawing:  # noqa: ARG001 - figures take them
    """The same with more heat."""
    return _bars(three(2), temperature)


@cache
def sampled(sweeps: int) -> Floats:
    """How often each state is met after so many sweeps of machines that all began at 000."""
    net, rng = three(2), np.random.default_rng(0)
    return frequencies(gibbs(net, np.zeros((COPIES, net.n)), 1.0, sweeps, rng))


@figure(sweeps=Knob(SWEEPS, 0))
def sampling(words: Words, sweeps: int) -> Drawing:
    """What is met by sampling, and what counting foretells."""
    both = {"met": sampled(sweeps), "counted": exact(three(2))}
    bars = [
        Bars(title=words(name), labels=_names(3), values=shares.tolist(), reach=1, digits=3)
        for name, shares in both.items()
    ]
    return Beside(parts=bars)


@cache
def cooled(seed: int) -> tuple[Floats, Floats, float]:
    """Energies of 200 copies of a net of 12 units, (41, 200), cooled slowly and at once; and the deepest there is."""
    rng = np.random.default_rng(seed)
    net = machine(12, 0, rng, scale=1.0)
    start = rng.integers(0, 2, (200, 12)).astype(np.float64)
    slow = anneal(net, start, np.geomspace(3, 0.05, COOLING), rng)
    sudden = anneal(net, start, np.full(COOLING, 0.05), rng)
    return slow, sudden, float(energy(net, all_states(12)).min())


def arrived(energies: Floats, deepest: float) -> float:
    """The share of copies that end in the deepest valley."""
    return float((energies[-1] < deepest + 1e-9).mean())


@choice
def way() -> str:
    ways = [cooled(seed) for seed in range(NETS)]
    slow = float(np.mean([arrived(one[0], one[2]) for one in ways]))
    sudden = float(np.mean([arrived(one[1], one[2]) for one in ways]))
    if abs(slow - sudden) < 0.05:
        return "same"
    return "slow" if slow > sudden else "sudden"


@figure(net=Knob(span(1, NETS, 1), 3))
def cooling(words: Words, net: int) -> Drawing:
    """How far above the deepest valley the copies are on both ways down."""
    slow, sudden, deepest = cooled(int(net) - 1)
    passed = list(range(COOLING + 1))
    percent = [f"{100 * arrived(energies, deepest):.0f}" for energies in (slow, sudden)]
    above = [np.maximum(energies.mean(axis=1) - deepest, 0.01).tolist() for energies in (slow, sudden)]
    return Plot(
        title=words("arrived", slow=percent[0], sudden=percent[1]),
        x=words("sweeps"),
        y=words("energy"),
        curves=[Curve(words("slow"), passed, above[0]), Curve(words("sudden"), passed, above[1])],
        y_range=(0.01, 20),
        y_log=True,
        height=7,
    )


@cache
def learnt(hidden: int, steps: int) -> tuple[Machine, list[float]]:
    """A machine with so many hidden units after so many steps on XOR, counted, and its log-likelihoods."""
    return learn(machine(3, hidden, np.random.default_rng(0)), XOR, steps, rate=1.0)


@figure(steps=Knob(STEPS, 0))
def together(words: Words, steps: int) -> Drawing:
    """For every pair of four units: how often they are on together in both phases, and what follows."""
    net, _ = learnt(1, steps)
    clamped, free = phases(net, XOR)
    names = ("a", "b", words("xor"), words("hidden"))
    rows = []
    for i in range(net.n):
        for j in range(i + 1, net.n):
            numbers = [f"{clamped[i, j]:.2f}", f"{free[i, j]:.2f}", f"{clamped[i, j] - free[i, j]:+.2f}"]
            rows.append((f"{names[i]} – {names[j]}", *(one.replace("-", "−") for one in numbers)))
    return Table(columns=(words("pair"), words("clamped"), words("free"), words("difference")), rows=rows)


@choice
def blind() -> str:
    right = seen(learnt(0, 1000)[0])[[int(row @ [4, 2, 1]) for row in XOR]].sum()
    if right > 0.9:
        return "all"
    return "some" if right > 0.6 else "nothing"


@figure(hidden=Knob(HIDDEN, 0))
def rising(words: Words, hidden: int) -> Drawing:
    """The log-likelihood as it learns, between guessing and the best there can be."""
    curve = learnt(hidden, 1000)[1]
    return Plot(
        x=words("steps"),
        y=words("likelihood"),
        curves=[
            Curve(words("best"), [0, 1000], [-np.log(4)] * 2),
            Curve(words("guessing"), [0, 1000], [-np.log(8)] * 2),
            Curve(words("machine"), list(range(0, len(curve), 10)), curve[::10]),
        ],
        x_range=(0, 1000),
        y_range=(-2.6, -1.2),
    )


@figure(hidden=Knob(HIDDEN, 1), steps=Knob(STEPS, 1000))
def dreams(words: Words, hidden: int, steps: int) -> Drawing:
    """How often each case is dreamt; those of XOR are marked."""
    right = [int(row @ [4, 2, 1]) for row in XOR]
    p = seen(learnt(hidden, steps)[0])
    return Bars(
        title=words("right", percent=f"{100 * p[right].sum():.0f}"),
        labels=[" ".join(name) for name in _names(3)],
        values=p.tolist(),
        reach=0.5,
        marked=right,
    )


@cache
def by_sampling(chains: int) -> list[float]:
    """The log-likelihoods of a machine with two hidden units that learns XOR from samples."""
    rng = np.random.default_rng(0)
    start = machine(3, 2, rng)
    return learn_by_sampling(start, np.repeat(XOR, 10, axis=0), 300, 1.0, rng, chains=chains)[1]


@figure(chains=Knob((10, 50, 200), 50))
def noisy(words: Words, chains: int) -> Drawing:
    """Learning from samples beside learning from counting."""
    counted = learnt(2, 1000)[1][:301]
    return Plot(
        x=words("steps"),
        y=words("likelihood"),
        curves=[
            Curve(words("counted"), list(range(0, 301, 3)), counted[::3]),
            Curve(words("sampled"), list(range(0, 301, 3)), by_sampling(chains)[::3]),
        ],
        x_range=(0, 300),
        y_range=(-2.5, -1.5),
    )
