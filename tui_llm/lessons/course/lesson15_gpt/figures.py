"""What lesson 15 computes: a small GPT trained on the learner's text, what its heads look at; and the same of a run of
their own. Imports numpy, the run directory and the kit; torch and what needs it inside functions.
"""

from __future__ import annotations

import math
import textwrap
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tui_llm.config import ModelConfig
from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Matrix, Plot, Points, Table
from tui_llm.lessons.course.kit import RUN, TEXT, Knob, Words, choice, figure, number, span
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.metrics_reader import MetricsReader
from tui_llm.text.stories import SEPARATOR, stories

if TYPE_CHECKING:
    from tui_llm.generation.loading import Trained
    from tui_llm.inspection.attention import AttentionMaps
    from tui_llm.lessons.course.lesson15_gpt.tiny import Tiny

MARKS = (0, 10, 25, 50, 100, 150)
WIDE = 72

#: Characters that it learns by heart, and nine tenths of a hundred stories.
FEW, MANY = 1500, 81_646


def learner(text: str) -> Tiny:
    """The small GPT, trained on the learner's text."""
    from tui_llm.lessons.course.lesson15_gpt.tiny import tiny

    return tiny(text.replace(SEPARATOR, ""))


# The whole of it.


@figure(
    vocabulary=Knob((64, 1024, 16384), 64), layers=Knob((1, 2, 4, 6, 12), 2), channels=Knob((64, 128, 384, 768), 64)
)
def sizes(words: Words, vocabulary: int, layers: int, channels: int) -> Drawing:
    """How many numbers each part of a GPT of this size is made of."""
    counts = weights(vocabulary, layers, channels)
    total = sum(counts.values())
    rows = [(words(part), _spaced(count), f"{count / total:.0%}") for part, count in counts.items()]
    return Table(columns=("", words("weights"), ""), rows=[*rows, (words("total"), _spaced(total), "")], marked=[4])


def _spaced(count: int) -> str:
    """A number that is read alike in every language."""
    return f"{count:_}".replace("_", " ")


def weights(vocabulary: int, layers: int, channels: int) -> dict[str, int]:
    """The product's model of this size, its parameters counted by what they are for."""
    from tui_llm.models import build_model
    from tui_llm.models.shapes import shapes_alone

    with shapes_alone():  # counted, never filled
        model = build_model(ModelConfig(n_layer=layers, n_head=2, n_embd=channels, block_size=64), vocabulary)
    counts = {"embedding": 0, "attention": 0, "feed_forward": 0, "norms": 0}
    for name, parameter in model.named_parameters():
        places = {"embed_tokens": "embedding", "_proj": "attention", "mlp": "feed_forward", "norm": "norms"}
        found = [part for sign, part in places.items() if sign in name]
        counts["feed_forward" if "feed_forward" in found else found[0]] += parameter.numel()
    return counts


# Before it has learnt, and while it learns.


@number(tolerance=0.05)
def surprise() -> float:
    return math.log(64)


@figure(text=TEXT)
def untrained(words: Words, text: str) -> Drawing:
    """What the small GPT writes before its first step."""
    made = learner(text)
    told = words(
        "loss", count=len(made.alphabet), even=f"{math.log(len(made.alphabet)):.2f}", loss=f"{made.losses[0]:.2f}"
    )
    return Lines(lines=[told, "", *_folded(made.written[0])])


def _folded(text: str, lines: int = 3) -> list[str]:
    """The beginning of `text` as lines that fit."""
    return textwrap.wrap(" ".join(text.split()), WIDE, drop_whitespace=True)[:lines] or [""]


@figure(step=Knob(MARKS, 0), text=TEXT)
def learning(words: Words, step: int, text: str) -> list[Drawing]:
    """The loss up to a step, and what it writes there."""
    return _course(words, learner(text), step)


def _course(words: Words, made: Tiny, step: int) -> list[Drawing]:
    seen = MARKS.index(step) + 1
    means = np.array(made.losses).reshape(-1, 5).mean(axis=1)[: max(step // 5, 1)]
    plot = Plot(
        x=words("steps"),
        y=words("loss"),
        curves=[Curve(words("train"), (np.arange(len(means)) * 5.0 + 2.5).tolist(), means.tolist())],
        points=[Points(words("val"), "o", list(MARKS[:seen]), made.held_out[:seen])],
        x_range=(0, MARKS[-1]),
        y_range=(0, 5),
        height=8,
    )
    return [plot, Lines(lines=_folded(made.written[seen - 1], 2))]


# Learning by heart.


def by_heart(characters: int) -> Tiny:
    """The small GPT trained on the first `characters` of the stories, and tested on the last tenth of them."""
    from tui_llm.lessons.course.lesson15_gpt.tiny import tiny

    text = "\n\n".join(islice(stories("en"), 100))
    return tiny(text) if characters == MANY else tiny(text[:characters], text[MANY:])


@choice
def few() -> str:
    held_out = by_heart(FEW).held_out
    if held_out[-1] > held_out[0]:
        return "never"
    return "rises" if held_out[-1] > min(held_out) + 0.1 else "falls"


@figure(characters=Knob((FEW, MANY), FEW))
def memory(words: Words, characters: int) -> Drawing:
    """The losses of a training on so many characters."""
    return _course(words, by_heart(characters), MARKS[-1])[0]


# A run of the learner's own.


@figure(run=RUN)
def own_loss(words: Words, run: RunDirectory) -> Drawing:
    """The losses that the run has recorded."""
    reader = MetricsReader(run)
    reader.poll(None)
    loss = reader.curves.loss
    measured = [one for one in reader.evaluations if one.loss is not None and not one.final and one.split == "val"]
    return Plot(
        title=words("run", run=run.name[:40]),
        x=words("steps"),
        y=words("loss"),
        curves=[Curve(words("train"), loss.step.tolist(), loss.mean.tolist())],
        points=[Points(words("val"), "o", [float(one.step) for one in measured], [one.loss for one in measured])],
        height=8,
    )


@figure(part=Knob((0, 25, 50, 75, 100), 100), run=RUN)
def own_texts(words: Words, part: int, run: RunDirectory) -> Drawing:
    """What the run wrote when it was so far."""
    reader = MetricsReader(run)
    reader.poll(None)
    if not reader.samples:
        return Lines(lines=[words("none", run=run.name[:40])])
    sample = reader.samples[round(part / 100 * (len(reader.samples) - 1))]
    return Lines(title=words("after", run=run.name[:40], step=sample.step), lines=_folded(sample.text, 5))


# What its heads look at.


def line_of(text: str, length: int) -> str:
    """The first `length` characters of the first line that is long enough."""
    lines = [line for line in text.replace(SEPARATOR, "").splitlines() if len(line) >= length]
    return (lines[0] if lines else text.replace(SEPARATOR, "").replace("\n", " ").ljust(length))[:length]


def looked(made: Tiny, text: str, length: int) -> tuple[list[str], list[np.ndarray]]:
    """The characters of the beginning of a text, and the weights (H, T, T) of each layer."""
    from tui_llm.lessons.course.lesson15_gpt.tiny import attention_of

    line = line_of(text, length)
    line = "".join(one if one in made.alphabet else made.alphabet[0] for one in line)
    return [_seen(one) for one in line], [layer.numpy() for layer in attention_of(made, line)]


def _seen(label: str) -> str:
    return "␣" if label == " " else label if label.isprintable() else "·"


@number(tolerance=0)
def row() -> float:
    _, layers = looked(by_heart(FEW), "", 7)
    return float((layers[0][0, 4] > 0).sum())


@figure(layer=Knob((1, 2), 1), text=TEXT)
def rows(words: Words, layer: int, text: str) -> Drawing:
    """The weights of both heads of a layer for the first characters of the text."""
    labels, layers = looked(learner(text), text, 7)
    return Beside(
        parts=[
            Matrix(
                title=words("head", head=head),
                values=layers[layer - 1][head - 1].tolist(),
                rows=labels,
                columns=labels,
                reach=1.0,
            )
            for head in (1, 2)
        ]
    )


def mean_distance(weights: np.ndarray) -> float:
    """How far back (T, T) weights look, in tokens: the mean over the rows."""
    places = np.arange(len(weights))
    return float((weights * (places[:, None] - places)).sum(axis=1).mean())


@lru_cache(maxsize=2)
def _opened(run: RunDirectory, checkpoint: Path) -> Trained:
    from tui_llm.generation.loading import load_trained

    return load_trained(run, folder=checkpoint, device="cpu")


def own_attention(run: RunDirectory, text: str) -> AttentionMaps:
    """The attention of the run's model for what it wrote last; for `text` if it wrote nothing.

    Raises:
        InputError: the model has no attention.
    """
    from tui_llm.generation.loading import chosen_checkpoint
    from tui_llm.inspection.attention import attention_maps

    reader = MetricsReader(run)
    reader.poll(None)
    written = [sample.text.strip() for sample in reader.samples if sample.text.strip()]
    return attention_maps(_opened(run, chosen_checkpoint(run, None)), (written[-1] if written else text)[:400])


@figure(layer=Knob(span(1, 12, 1), 1), run=RUN, text=TEXT)
def own_heads(words: Words, layer: int, run: RunDirectory, text: str) -> Drawing:
    """How far each head of a layer looks back, and how much it gives to itself, the token before, and the first."""
    maps = own_attention(run, text)
    place = min(layer, len(maps.weights))
    table = []
    for head, one in enumerate(maps.weights[place - 1].numpy()[:8], 1):
        shares = [np.diagonal(one).mean(), np.diagonal(one, -1).mean() if len(one) > 1 else 0.0, one[:, 0].mean()]
        table.append((words("head", head=head), f"{mean_distance(one):.1f}", *(f"{share:.0%}" for share in shares)))
    columns = ("", words("distance"), words("itself"), words("before"), words("first"))
    title = words("layer", layer=place, layers=len(maps.weights), run=run.name[:30])
    return Table(title=title, columns=columns, rows=table)


@figure(layer=Knob(span(1, 12, 1), 1), head=Knob(span(1, 12, 1), 1), run=RUN, text=TEXT)
def own_map(words: Words, layer: int, head: int, run: RunDirectory, text: str) -> Drawing:
    """What one head of the run's model looks at."""
    maps = own_attention(run, text)
    chosen = maps.weights[min(layer, len(maps.weights)) - 1]
    labels = [label[:8] for label in maps.tokens[:9]]
    values = chosen[min(head, len(chosen)) - 1, :9, :9].tolist()
    title = words(
        "which",
        layer=min(layer, len(maps.weights)),
        head=min(head, len(chosen)),
        layers=len(maps.weights),
        heads=len(chosen),
    )
    columns = labels if max(map(len, labels)) <= 2 else ()
    return Matrix(title=title, values=values, rows=labels, columns=columns, reach=1.0)
