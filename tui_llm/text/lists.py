"""Telling a list (names, proverbs: each line an item) from running text and verse. Standard library only.

The marks of a list: many lines, no empty ones, short, mostly different, and none leading over to the next.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from itertools import pairwise

#: A text is judged by its first characters, or all of it if it is shorter.
SAMPLE_CHARACTERS = 1 << 20

_LEAST_LINES = 50
_MOST_BLANK = 0.02
_MOST_MEAN_LENGTH = 200
#: Standard deviation of the lengths over their mean: 0.3 for names and proverbs, 1.2 for the paragraphs of novels.
_MOST_SPREAD = 0.9
_MOST_INDENTED = 0.05
#: In running text set a word a line, or in a refrain, the same lines come again and again.
_LEAST_DISTINCT = 0.5
#: Verse: so many lines end in the middle of a sentence, at a comma.
_MOST_COMMAS = 0.15
#: Hard-wrapped text: of lines that can be as long as this, so many come near to the longest.
_WRAP_WIDTH = 40
_NEAR_WIDTH = 0.85
_MOST_NEAR_WIDTH = 0.4
_LEAST_BREAKING_OFF = 0.1
#: Running text: of lines with several words each, so many go on from an unfinished line with a small letter.
_WORDS = 5
_MOST_GOING_ON = 0.3

_COMMAS = (",", ";", "—", "-")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", '"', "»", "”", "’", ")", "]")


def judge_list(sample: str, *, is_whole: bool) -> tuple[bool, str]:
    """Whether the text that begins with `sample` is a list, and why: a clause about the text ("its lines are long")."""
    lines = sample.split("\n")
    if not is_whole or not lines[-1]:
        lines.pop()
    items = [line.rstrip() for line in lines if line and not line.isspace()]
    if len(items) < _LEAST_LINES:
        return False, f"it has fewer than {_LEAST_LINES} lines"
    if len(lines) - len(items) > len(lines) * _MOST_BLANK:
        return False, "it has empty lines"
    for objection, holds in _OBJECTIONS:
        if holds(items):
            return False, objection
    return True, "its lines are short, mostly different and each complete in itself, with no empty ones between"


def _share(items: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, items)) / len(items)


def _are_long(items: list[str]) -> bool:
    return statistics.fmean(map(len, items)) > _MOST_MEAN_LENGTH


def _are_uneven(items: list[str]) -> bool:
    lengths = list(map(len, items))
    mean = statistics.fmean(lengths)
    return statistics.fmean((length - mean) ** 2 for length in lengths) > (_MOST_SPREAD * mean) ** 2


def _are_indented(items: list[str]) -> bool:
    return _share(items, lambda line: line[0].isspace()) > _MOST_INDENTED


def _are_repeated(items: list[str]) -> bool:
    return len(set(items)) < len(items) * _LEAST_DISTINCT


def _end_in_commas(items: list[str]) -> bool:
    return _share(items, lambda line: line.endswith(_COMMAS)) > _MOST_COMMAS


def _are_wrapped(items: list[str]) -> bool:
    """Whether many lines come near to the longest (one in a hundred may stick out) and break off there."""
    lengths = sorted(map(len, items))
    width = lengths[len(lengths) * 99 // 100]
    near = sum(length >= width * _NEAR_WIDTH for length in lengths)
    breaking_off = _share(items, lambda line: not line.endswith(_SENTENCE_ENDS))
    return width >= _WRAP_WIDTH and near > len(items) * _MOST_NEAR_WIDTH and breaking_off > _LEAST_BREAKING_OFF


def _lead_over(items: list[str]) -> bool:
    """Whether many lines leave a sentence open that the next takes up with a small letter."""
    if _share(items, lambda line: len(line.split()) >= _WORDS) < 0.5:
        return False
    going_on = sum(not line.endswith(_SENTENCE_ENDS) and after[0].islower() for line, after in pairwise(items))
    return going_on > len(items) * _MOST_GOING_ON


_OBJECTIONS: list[tuple[str, Callable[[list[str]], bool]]] = [
    ("its lines are long", _are_long),
    ("its lines are of very different lengths, as paragraphs are", _are_uneven),
    ("many of its lines are indented", _are_indented),
    ("its lines repeat each other", _are_repeated),
    ("many of its lines end at a comma, as verses do", _end_in_commas),
    ("its lines are broken at a fixed width", _are_wrapped),
    ("its lines lead over to the next", _lead_over),
]
