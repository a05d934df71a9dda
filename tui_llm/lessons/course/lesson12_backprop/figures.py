"""What lesson 12 computes: the three rules, the whole way back, and how a gradient is checked. Imports numpy, the
network, the kit and `checking`.
"""

from __future__ import annotations

import numpy as np

from tui_llm.lessons import backprop
from tui_llm.lessons.backprop import PARAMETERS, STEPS
from tui_llm.lessons.bigram import alphabet_of, encode, softmax
from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Matrix, Plot, Points, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.course.lesson12_backprop.checking import (
    SMALL,
    E,
    H,
    N,
    T,
    V,
    apart,
    error_of_difference,
    problem,
    shape,
)
from tui_llm.lessons.mlp import windows

#: What each step of `forward` computes.
FORMULAS = {
    "embedded": "C[contexts]",
    "joined": "embedded.reshape(N, T·E)",
    "pre_activation": "joined @ W1",
    "mean": "pre_activation.mean(axis=0)",
    "centred": "pre_activation - mean",
    "squares": "centred ** 2",
    "variance": "squares.mean(axis=0)",
    "inverse_deviation": "(variance + ε) ** -0.5",
    "normalised": "centred * inverse_deviation",
    "scaled": "normalised * gamma + beta",
    "hidden": "tanh(scaled)",
    "logits": "hidden @ W2 + b2",
    "maximum": "logits.max(axis=1)",
    "shifted": "logits - maximum",
    "exponentials": "exp(shifted)",
    "sums": "exponentials.sum(axis=1)",
    "inverse_sums": "sums ** -1",
    "probabilities": "exponentials * inverse_sums",
    "log_probabilities": "log(probabilities)",
    "loss": "-log_probabilities[targets].mean()",
}

#: Where each part of the way begins and ends.
PARTS = {"layer": (0, 3), "norm": (3, 10), "output": (10, 12), "softmax": (12, 20)}


def _signed(value: float, how: str = "g") -> str:
    text = format(float(value), how).replace("-", "−")
    return text[1:] if text.startswith("−") and not float(text[1:]) else text


@figure(part=Knob(tuple(PARTS), "layer"))
def way(words: Words, part: str) -> Drawing:
    """The steps of one part, with what each computes."""
    s = backprop.forward(*problem())
    rows = [(name, FORMULAS[name], shape(s[name])) for name in STEPS[slice(*PARTS[part])]]
    wide = max(len(formula) for _name, formula, _sizes in rows)
    return Table(
        columns=(words("name"), f"{words('formula'):<{wide}}", words("shape")),
        rows=[(name, f"{formula:<{wide}}", sizes) for name, formula, sizes in rows],
    )


@number(tolerance=0.01)
def times() -> float:
    return 4.0 * -2.0


@figure(a=Knob(span(-3, 3, 1), 3), b=Knob(span(-3, 3, 1), -2), arriving=Knob(span(-4, 4, 1), 4))
def product(words: Words, a: int, b: int, arriving: int) -> Drawing:
    """The gradient of a product's factors."""
    x, y, d = _signed(a), _signed(b), _signed(arriving)
    return Lines(
        lines=[
            f"y = a · b = {x} · {y} = {_signed(a * b)}",
            f"{words('arrives')}: d_y = {d}",
            f"d_a = d_y · b = {d} · {y} = {_signed(arriving * b)}",
            f"d_b = d_y · a = {d} · {x} = {_signed(arriving * a)}",
        ],
        marked=[2, 3],
    )


@number(tolerance=0.01)
def copies() -> float:
    return float(np.sum([1.0, 2.0, -1.0, 3.0]))


@figure(examples=Knob((1, 2, 4, 6), 4))
def spread_out(words: Words, examples: int) -> Drawing:
    """What arrives at the copies of a bias, and its own gradient."""
    arriving = np.array([[1.0, -0.5, 0.0], [2.0, 1.0, -1.0], [-1.0, 0.5, 2.0], [3.0, 0.0, 1.0], [0.5, 2.0, -2.0]])
    arriving = np.vstack([arriving, [[-1.5, 1.0, 0.5]]])[:examples]
    labels = [words("example", place=place) for place in range(1, examples + 1)]
    return Matrix(
        values=[*arriving.tolist(), arriving.sum(axis=0).tolist()],
        rows=[*labels, words("total")],
        columns=["b[0]", "b[1]", "b[2]"],
        reach=6.0,
        digits=1,
    )


@figure(x=Knob(span(-3, 3, 0.5), 1.5))
def twice(words: Words, x: float) -> Drawing:
    """A number that is used twice: x · x, and on its way into a sum."""
    uses = [words(name) for name in ("first", "second", "third")]
    wide = max(map(len, uses))
    back = [f"d_y · x = {_signed(x)}", f"d_y · x = {_signed(x)}", "d_y · 1 = 1"]
    return Lines(
        lines=[
            f"y = x · x + x = {_signed(x * x + x)}",
            *(f"{use:<{wide}}   {line}" for use, line in zip(uses, back, strict=True)),
            f"d_x = {_signed(x)} + {_signed(x)} + 1 = {_signed(2 * x + 1)}".replace("+ −", "− "),
        ],
        marked=[4],
    )


@choice
def fits() -> str:
    hidden, d_logits = np.zeros((N, H)), np.zeros((N, V))
    offered = {
        "straight": (hidden, d_logits),
        "logits_turned": (d_logits, hidden.T),
        "hidden_turned": (hidden.T, d_logits),
    }
    return next(
        name
        for name, (left, right) in offered.items()
        if left.shape[1] == right.shape[0] and (left @ right).shape == (H, V)
    )


@figure(examples=Knob((8, 32), 32), neurons=Knob((16, 64), 64), tokens=Knob((5, 27), 27))
def shapes(words: Words, examples: int, neurons: int, tokens: int) -> Drawing:
    """Shapes on the way forwards and back."""
    hidden, w2, logits = f"{examples} × {neurons}", f"{neurons} × {tokens}", f"{examples} × {tokens}"
    rows = [
        ("logits   = hidden @ W2", f"({hidden}) @ ({w2})", logits),
        ("d_hidden = d_logits @ W2.T", f"({logits}) @ ({tokens} × {neurons})", hidden),
        ("d_W2     = hidden.T @ d_logits", f"({neurons} × {examples}) @ ({logits})", w2),
    ]
    return Table(columns=(words("product"), words("shapes"), words("result")), rows=rows, marked=[1, 2])


#: How far a weight is moved to check its gradient: 1, 0.1, ... 1e-14.
MOVES = tuple(float(f"1e-{power}") for power in range(15))


@choice
def smaller() -> str:
    errors = [error_of_difference("W1", h)[2] for h in MOVES]
    best = int(np.argmin(errors))
    if best == len(errors) - 1:
        return "always"
    return "until" if best > 2 and errors[-1] > 100 * errors[best] else "never"


#: Names of words are of small letters.
_NAMES = {name.lower(): name for name in PARAMETERS}


@figure(h=Knob(MOVES, 0.01), parameter=Knob(tuple(_NAMES), "w1"))
def difference(words: Words, h: float, parameter: str) -> list[Drawing]:
    """The gradient by hand and by difference, for one move h and over all."""
    name = _NAMES[parameter]
    errors = [max(error_of_difference(name, one)[2], 1e-14) for one in MOVES]
    powers = list(range(len(MOVES)))
    by_hand, by_difference, far = error_of_difference(name, h)
    plot = Plot(
        x="h = 10^−x",
        y=words("apart"),
        curves=[Curve("", powers, errors)],
        points=[Points("", "●", [MOVES.index(h)], [errors[MOVES.index(h)]])],
        x_range=(0, 14),
        y_range=(1e-14, 1.0),
        y_log=True,
    )
    row = (_signed(by_hand, ".12f"), _signed(by_difference, ".12f"), _small(far))
    return [plot, Table(columns=(words("hand"), words("by_difference"), words("apart")), rows=[row])]


def _small(value: float) -> str:
    """A distance; most are tiny."""
    return f"{value:.2f}" if value >= 0.01 else f"{value:.0e}".replace("e-0", "e-")


@choice
def pulled() -> str:
    d = backprop.cross_entropy_backward(np.array([[0.7, 0.2, 0.1]]), np.array([1]))[0]
    offered = {"minus": [0.7, -0.8, 0.1], "plus": [-0.7, 0.8, -0.1], "share": [0.7, 0.2, 0.1]}
    return next(name for name, values in offered.items() if np.allclose(values, d))


@figure(logit=Knob(span(-3, 3, 0.5), 1.5), target=Knob(("a", "b", "c"), "b"))
def errors(words: Words, logit: float, target: str) -> Drawing:
    """Probabilities of three tokens, and the gradient of their logits."""
    logits = np.array([[logit, 0.25, -0.5]])
    probabilities = softmax(logits)
    place = "abc".index(target)
    d = backprop.cross_entropy_backward(probabilities, np.array([place]))[0]
    rows = [
        (words(token), _signed(one, ".2f"), f"{share:.2f}", _signed(gradient, ".2f"))
        for token, one, share, gradient in zip("abc", logits[0], probabilities[0], d, strict=True)
    ]
    rows.append((words("total"), "", f"{probabilities.sum():.2f}", _signed(round(d.sum(), 6), ".2f")))
    columns = (words("token"), "logit", words("probability"), words("gradient"))
    return Table(columns=columns, rows=rows, marked=[place])


@figure(gradient=Knob(("random", "alike", "along"), "random"))
def taken_out(words: Words, gradient: str) -> Drawing:
    """What BatchNorm lets through of the gradient of four neurons, of spread 1, in a batch of six."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(6, 4))
    normalised = (x - x.mean(axis=0)) / x.std(axis=0)
    arriving = {"random": rng.normal(size=(6, 4)), "alike": np.ones((6, 4)), "along": normalised}[gradient]
    through = backprop.batch_norm_backward(arriving, normalised, np.ones(4), np.ones(4))
    through = np.where(np.abs(through) < 1e-4, 0.0, through)
    return Beside(
        parts=[
            Matrix(title=words("before"), values=arriving.tolist(), reach=2.0, digits=1),
            Matrix(title=words("after"), values=through.tolist(), reach=2.0, digits=1),
        ]
    )


@figure(start=Knob(span(0, 13 * N, N), 0), text=TEXT)
def rows_of_c(words: Words, start: int, text: str) -> Drawing:
    """Which rows of C a batch of the learner's text touches, how often, and how far each is pulled."""
    text = text[:5_000] or " "
    text *= 1 + 500 // len(text)
    alphabet = alphabet_of(text)
    contexts, targets = windows(encode(text, alphabet), T)
    contexts, targets = contexts[start : start + N], targets[start : start + N]
    p = backprop.initial(len(alphabet), T, E, H, np.random.default_rng(0))
    d = backprop.backward(p, backprop.forward(p, contexts, targets), contexts, targets)["C"]
    times = np.bincount(contexts.ravel(), minlength=len(alphabet))
    most = np.argsort(-times, kind="stable")[:5]
    rows = [
        (repr(alphabet[token]), str(times[token]), f"{np.abs(d[token]).max():.4f}") for token in most if times[token]
    ]
    rest = times == 0
    rows.append((words("others", count=rest.sum()), "0", f"{np.abs(d[rest]).max(initial=0.0):.4f}"))
    return Table(columns=(words("token"), words("times"), words("largest")), rows=rows)


@choice
def forgotten() -> str:
    wrong = {name for name, far in apart("slope").items() if far > 1e-6}
    return {frozenset(("W2", "b2")): "above", frozenset(PARAMETERS): "every"}.get(frozenset(wrong), "below")


@figure(mistake=Knob(("none", "count", "slope", "constant", "last"), "slope"))
def checked(words: Words, mistake: str) -> Drawing:
    """Every parameter's gradient against the engine's, in the order of the way back."""
    found, p = apart(mistake), problem(SMALL)[0]
    names = list(reversed(PARAMETERS))
    rows = [(name, shape(p[name]), _small(found[name]), "✗" if found[name] > 1e-6 else "✓") for name in names]
    bad = [place for place, row in enumerate(rows) if row[3] == "✗"]
    return Table(columns=(words("parameter"), words("shape"), words("apart"), ""), rows=rows, marked=bad)
