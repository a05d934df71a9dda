"""BPE of lesson 16: each merge is the most frequent pair of the text as it then is, and any text comes back."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.lessons.bpe import (
    Merge,
    character_costs,
    costs,
    decode,
    encode,
    join,
    merges_of,
    token_bytes,
)

TEXT = (Path(__file__).resolve().parents[2] / "data" / "dichos.txt").read_text(encoding="utf-8")
MERGES = list(merges_of(TEXT, 150))


def pairs_of(text: str, merges: list[Merge]) -> Counter[tuple[bytes, bytes]]:
    """How often each two tokens stand together inside a word, each word of the text cut by itself."""
    tokens = token_bytes(merges)
    found: Counter[tuple[bytes, bytes]] = Counter()
    for word in re.findall(r" ?\S+|\s", text):
        pieces = [bytes([byte]) for byte in word.encode()]
        for left, right in ((tokens[first], tokens[second]) for first, second in (merge.pair for merge in merges)):
            place = 0
            while place + 1 < len(pieces):
                if (pieces[place], pieces[place + 1]) == (left, right):
                    pieces[place : place + 2] = [left + right]
                place += 1
        found.update(pairwise(pieces))
    return found


def test_every_merge_is_of_the_most_frequent_pair() -> None:
    tokens = token_bytes(MERGES)
    for done in (0, 1, 2, 10, 25):
        found = pairs_of(TEXT, MERGES[:done])
        merge = MERGES[done]
        left, right = (tokens[index] for index in merge.pair)
        assert merge.seen == found[left, right] == max(found.values())
        assert merge.token == left + right
        assert merge.id == 256 + done


def test_the_text_is_as_long_as_told_after_each_merge() -> None:
    for done in (1, 5, 60, 150):
        assert MERGES[done - 1].tokens == len(encode(TEXT, MERGES[:done]))
    lengths = [len(TEXT.encode()), *(merge.tokens for merge in MERGES)]
    assert all(after < before for before, after in pairwise(lengths))
    counts = [merge.seen for merge in MERGES]
    assert counts[-1] < counts[0] / 5


@given(st.text(max_size=80), st.integers(0, 150))
def test_any_text_comes_back(text: str, most: int) -> None:
    assert decode(encode(text, MERGES[:most]), MERGES[:most]) == text


@given(st.text("ab \n", max_size=60))
def test_any_text_comes_back_by_merges_of_its_own(text: str) -> None:
    merges = list(merges_of(text, 20))
    ids = encode(text, merges)
    assert decode(ids, merges) == text
    assert len(ids) == (merges[-1].tokens if merges else len(text))
    assert all(merge.seen > 1 for merge in merges)


def test_pairs_are_joined_from_the_left() -> None:
    assert join((1, 1, 1, 2, 1, 1), (1, 1), 9) == (9, 1, 2, 9)
    (merge,) = merges_of("aaaa aaaa", 1)
    assert (merge.token, merge.seen, merge.tokens) == (b"aa", 6, 5)


def test_it_ends_where_nothing_is_seen_twice() -> None:
    assert list(merges_of("abcdef", 10)) == []
    assert list(merges_of("", 10)) == []
    assert [merge.token for merge in merges_of("hola hola", 10)] == [b"ho", b"la", b"hola"]


def test_words_are_not_joined_and_an_accent_is_two_bytes() -> None:
    assert not any(b" " in merge.token[1:] or b"\n" in merge.token[1:] for merge in MERGES)
    spanish = [merge.token.decode(errors="replace") for merge in MERGES]
    assert "á" in spanish
    assert encode("á", []) == list("á".encode())
    assert len(encode("á", MERGES)) == 1
    assert decode(encode("á", [])[:1], []) == "�"


def test_more_merges_cost_fewer_tokens_and_more_vocabulary() -> None:
    letters, few, many = character_costs(TEXT), costs(TEXT, MERGES[:50]), costs(TEXT, MERGES)
    assert letters.tokens == len(TEXT)
    assert letters.vocabulary == len(set(TEXT))
    assert (few.vocabulary, many.vocabulary) == (306, 406)
    assert letters.tokens > few.tokens > many.tokens == MERGES[-1].tokens
    for cost in (letters, few, many):
        assert cost.bytes_per_token == pytest.approx(len(TEXT.encode()) / cost.tokens)


def test_on_other_text_it_saves_less() -> None:
    half = len(TEXT) // 2
    merges = list(merges_of(TEXT[:half], 150))
    assert costs(TEXT[:half], merges).bytes_per_token > costs(TEXT[half:], merges).bytes_per_token > 1.2
