"""Which part of a text trains, which validates, which tests: 90, 5 and 5 % of it. Imports msgspec and cleaned.

The split is a function of the text alone, so it is the same whatever the tokenizer. Texts of many documents are split
by the document, at random but by content: equal documents never come to lie on both sides. Other texts are split into
three stretches, so that no sentence that was trained on stands beside one that tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import accumulate, islice
from typing import Literal, NamedTuple, get_args

import msgspec

from tui_llm.errors import InputError
from tui_llm.text.cleaned import CleanedText

SplitName = Literal["train", "val", "test"]
SPLITS: tuple[SplitName, ...] = get_args(SplitName)

#: Where, as shares of the bytes, validation and test begin.
_VAL_FROM, _TEST_FROM = 0.90, 0.95

#: A text is split by the document if it has so many, and none holds more than this part of the bytes or so many bytes.
_DOCUMENTS = 100
_LARGEST_SHARE = 1 / 50
_LARGEST_BYTES = 16 << 20

#: Documents on which the thresholds are measured; a million more change them by less than a thousandth.
_MEASURED = 100_000

#: Bytes, and share of the text, that a border may move forward to fall between lines.
_REACH = 4096
_REACH_SHARE = 1 / 50

#: Characters: with fewer, a twentieth is not a text.
_SHORTEST = 200


class ByDocument(msgspec.Struct, frozen=True, tag="documents", tag_field="by"):
    """Documents by their content's digest (16 hex digits): from these on to validation, to test."""

    val_from: str
    test_from: str


class ByStretch(msgspec.Struct, frozen=True, tag="stretches", tag_field="by"):
    """The text in order: from these bytes on to validation, to test."""

    val_from: int
    test_from: int


SplitRule = ByDocument | ByStretch


class Part(NamedTuple):
    """The bytes start..stop-1, a document or what one split has of it."""

    split: SplitName
    start: int
    stop: int
    ends_document: bool


def choose_split(text: CleanedText, characters: int) -> SplitRule:
    """The rule for `text`, which has so many `characters`.

    Raises:
        InputError: there is too little for three parts.
    """
    if characters < _SHORTEST:
        raise InputError(
            f"the text is too short to learn from and to test on (characters: {characters}).",
            f"give at least {_SHORTEST} characters; good results begin at about a million.",
        )
    return _by_document(text) or ByStretch(_border(text, _VAL_FROM), _border(text, _TEST_FROM))


def split_parts(text: CleanedText, rule: SplitRule, start: int = 0) -> Iterator[Part]:
    """Every part of `text` in its order, from the document that holds the byte `start` on."""
    for first, last in text.spans(start):
        if isinstance(rule, ByDocument):
            yield Part(_split_of(_digest(text, first, last), rule), first, last, ends_document=True)
        else:
            borders = [0, rule.val_from, rule.test_from, text.size]
            for split, low, high in zip(SPLITS, borders, borders[1:], strict=False):
                if low < last and first < high:
                    yield Part(split, max(first, low), min(last, high), ends_document=last <= high)


def _by_document(text: CleanedText) -> ByDocument | None:
    """The thresholds, or None where documents are too few, too large, or too often the same."""
    largest = max(last - first for first, last in text.spans())
    if text.documents < _DOCUMENTS or largest > min(_LARGEST_BYTES, _LARGEST_SHARE * text.size):
        return None
    weights: Counter[str] = Counter()
    for first, last in islice(text.spans(), _MEASURED):
        weights[_digest(text, first, last)] += last - first
    total = weights.total()
    if max(weights.values()) > _LARGEST_SHARE * total:
        return None
    digests = sorted(weights)
    before = list(accumulate((weights[digest] for digest in digests), initial=0))
    val, test = (
        next(i for i, weight in enumerate(before) if weight >= share * total) for share in (_VAL_FROM, _TEST_FROM)
    )
    return ByDocument(digests[val], digests[test])


def _digest(text: CleanedText, first: int, last: int) -> str:
    return blake2b(text.read(first, last), digest_size=8).hexdigest()


def _split_of(digest: str, rule: ByDocument) -> SplitName:
    return "train" if digest < rule.val_from else "val" if digest < rule.test_from else "test"


def _border(text: CleanedText, share: float) -> int:
    """The end of the document, else of the line, else of the word in which `share` of the text ends, if it is near."""
    aim = text.character_at(int(share * text.size))
    reach = min(_REACH, int(_REACH_SHARE * text.size))
    first, last = next(text.spans(aim))
    if first == aim or last - aim <= reach:
        return aim if first == aim else last
    following = text.read(aim, aim + reach)
    line, space = following.find(b"\n"), following.find(b" ")
    return aim + line + 1 if line >= 0 else aim + max(space, 0)
