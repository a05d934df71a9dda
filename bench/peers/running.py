"""Calls the peers in turn, each time in a process of its own, and makes a table of their medians. Imports no torch."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
ROOT = BENCH.parent
RESULTS = BENCH / "RESULTS.md"

#: What peers tell, by the name in their answer: the column's head and the figure's form. The table keeps this order.
FIGURES = {
    "parameters": ("parameters", "{:,.0f}"),
    "steps": ("steps", "{:,.0f}"),
    "loss": ("nats a token, last tenth", "{:.4f}"),
    "bits_per_byte": ("bits per byte, last tenth", "{:.4f}"),
    "seconds": ("whole command, s", "{:.1f}"),
    "tokens_per_second": ("tokens/s", "{:,.0f}"),
    "utilisation": ("of the device's peak", "{:.1%}"),
    "megabytes_per_second": ("MB/s", "{:,.1f}"),
}

Answer = dict[str, float]


@dataclass(frozen=True)
class Contender:
    """One line of a table: a file of this folder, and how it is called; `missing` says why it cannot be."""

    label: str
    peer: str
    arguments: tuple[str, ...]
    missing: str | None = None


@dataclass(frozen=True)
class Row:
    """One thing that is measured for each contender; `figure` is what is compared."""

    title: str
    figure: str
    contenders: Sequence[Contender]


@dataclass(frozen=True)
class Outcome:
    """The answers of each contender, one a round, and a note for each that was left out or failed."""

    answers: dict[Contender, list[Answer]]
    notes: list[str]
    failed: bool


class PeerFailedError(Exception):
    """A peer could not be measured; the message is what it printed."""


def measure(contender: Contender) -> Answer:
    """One measurement in a process of its own.

    Raises:
        PeerFailedError: it ended with an error.
    """
    command = [sys.executable, "-m", f"peers.{contender.peer}", *contender.arguments]
    paths = [str(BENCH), str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PeerFailedError(done.stderr.strip() or f"exit {done.returncode}")
    answer: Answer = json.loads(done.stdout.splitlines()[-1])
    return answer


def run(row: Row, rounds: int) -> Outcome:
    """Measure all contenders in turn, `rounds` times; who fails once is not measured again."""
    narrate(row.title)
    answers: dict[Contender, list[Answer]] = {one: [] for one in row.contenders if one.missing is None}
    notes = [f"{one.label}: left out, {one.missing}." for one in row.contenders if one.missing is not None]
    failed = False
    for number in range(rounds):
        for one in list(answers):
            try:
                answer = measure(one)
            except PeerFailedError as error:
                narrate(f"  {one.label} failed:\n{error}")
                notes.append(f"{one.label}: failed.")
                failed = True
                del answers[one]
            else:
                narrate(f"  round {number + 1}, {one.label}: {FIGURES[row.figure][1].format(answer[row.figure])}")
                answers[one].append(answer)
    return Outcome(answers, notes, failed)


def narrate(line: str) -> None:
    """What is going on, on stderr; stdout is for the tables."""
    print(line, file=sys.stderr, flush=True)


def table(row: Row, outcome: Outcome) -> list[str]:
    """Markdown: a line a contender, with the medians of its figures, and how much better `row.figure` is than the
    first one's.

    That is the median of the rounds' ratios, since a machine that drifts slows neighbours in time alike; behind it,
    the lowest and the highest of them.
    """
    notes = [f"- {note}" for note in outcome.notes]
    if not outcome.answers:
        return notes
    first, base = next(iter(outcome.answers.items()))
    told = [name for name in FIGURES if name in base[0]]
    heads = ["what", *(FIGURES[name][0] for name in told), f"times {first.label}"]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for one, own in outcome.answers.items():
        medians = {name: statistics.median(answer[name] for answer in own) for name in told}
        cells = [FIGURES[name][1].format(medians[name]) for name in told]
        lines.append("| " + " | ".join([one.label, *cells, _compared(row.figure, own, base)]) + " |")
    return [*lines, *(["", *notes] if notes else [])]


def _compared(figure: str, own: list[Answer], base: list[Answer]) -> str:
    """How much better, and the spread over the rounds; time to a loss is compared only where the loss was reached."""
    # In bits per byte, since nats a token depend on what a token is.
    bits = ((mine["bits_per_byte"], theirs["bits_per_byte"]) for mine, theirs in zip(own, base, strict=True))
    if figure == "seconds" and any(mine > theirs for mine, theirs in bits):
        return "loss not reached"
    ratios = [_ratio(figure, mine, theirs) for mine, theirs in zip(own, base, strict=True)]
    spread = f" ({min(ratios):.2f} to {max(ratios):.2f})" if own is not base and len(ratios) > 1 else ""
    return f"{statistics.median(ratios):.2f}{spread}"


def _ratio(figure: str, own: Answer, base: Answer) -> float:
    """Above 1 where `own` is better."""
    less_is_better = figure in ("seconds", "loss", "bits_per_byte")
    return base[figure] / own[figure] if less_is_better else own[figure] / base[figure]


def add_to_results(heading: str, lines: Sequence[str]) -> None:
    """Add `lines` at the end of the section `heading` of RESULTS.md, which is begun where it is not there yet."""
    text = RESULTS.read_text(encoding="utf-8")
    sections = text.split("\n## ")
    block = "\n".join(lines) + "\n"
    for number, section in enumerate(sections):
        if section.startswith(f"{heading}\n"):
            sections[number] = f"{section.rstrip()}\n\n{block}"
            break
    else:
        sections.append(f"{heading}\n\n{block}")
    RESULTS.write_text("\n## ".join(sections), encoding="utf-8")
