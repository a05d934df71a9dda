"""Byte-pair encoding: tokens grow out of a text by joining, again and again, the pair that is seen most often.

Gage (1994, "A new algorithm for data compression") did it to bytes; Sennrich, Haddow & Birch (2016, "Neural machine
translation of rare words with subword units") made vocabularies of it: frequent words become one token, rare ones stay
in pieces, and nothing is ever unknown. Here as in GPT-2 it begins with the 256 bytes of UTF-8, so that any text can be
encoded (á is two bytes, which a Spanish text soon joins), and words are never joined to each
other: each keeps the space before it. Imports the standard library alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

Pair = tuple[int, int]
Word = tuple[int, ...]  # its tokens: ids below 256 are bytes, 256 + i is what merge i made

#: Words with the space before them; any other white space by itself. Together they are the whole text. What is longer
#: than a word is cut: a text in Chinese has no spaces, and would be one word of thousands of characters.
_WORDS = re.compile(r" ?\S{1,20}|\s")


class Merge(NamedTuple):
    """One step: `pair` was seen `seen` times and became the token `id`, whose bytes are `token`.

    tokens: how long the text is after it, in tokens.
    """

    id: int
    pair: Pair
    token: bytes
    seen: int
    tokens: int


def merges_of(text: str, most: int) -> Iterator[Merge]:
    """Up to `most` merges, the most frequent pair first; of equals, the one with the smallest ids. Ends when no pair is
    seen twice.
    """
    # Each word once, with how often it comes: its pairs are the same everywhere.
    times = Counter(_WORDS.findall(text))
    words = [tuple(word.encode()) for word in times]
    weights = list(times.values())
    pairs: Counter[Pair] = Counter()  # how often each is seen
    homes: defaultdict[Pair, set[int]] = defaultdict(set)  # in which words
    for place, word in enumerate(words):
        for pair in pairwise(word):
            pairs[pair] += weights[place]
            homes[pair].add(place)
    queue = [(-seen, pair) for pair, seen in pairs.items()]  # the most frequent first; what is not true any more stays
    heapify(queue)
    tokens = [bytes([byte]) for byte in range(256)]
    length = len(text.encode())
    while queue and len(tokens) < 256 + most:
        seen, best = -queue[0][0], heappop(queue)[1]
        if seen != pairs[best]:
            continue
        if seen < 2:
            return
        new = len(tokens)
        tokens.append(tokens[best[0]] + tokens[best[1]])
        changed: set[Pair] = set()
        for place in homes[best]:  # only these words change, and with them the pairs inside
            before, after = words[place], join(words[place], best, new)
            changed.update(pairwise(before), pairwise(after))
            for pair in pairwise(before):
                pairs[pair] -= weights[place]
            for pair in pairwise(after):
                pairs[pair] += weights[place]
                homes[pair].add(place)
            length -= (len(before) - len(after)) * weights[place]
            words[place] = after
        for pair in changed:
            heappush(queue, (-pairs[pair], pair))
        yield Merge(new, best, tokens[-1], seen, length)


def join(word: Word, pair: Pair, new: int) -> Word:
    """`word` with every `pair` in it, from the left, replaced by the token `new`."""
    joined: list[int] = []
    place = 0
    while place < len(word):
        if word[place : place + 2] == pair:
            joined.append(new)
            place += 2
        else:
            joined.append(word[place])
            place += 1
    return tuple(joined)


def encode(text: str, merges: Sequence[Merge]) -> list[int]:
    """The token ids of any text: in each word the merges are made that are possible, in the order they were learnt."""
    new = {merge.pair: merge.id for merge in merges}
    known: dict[str, Word] = {}
    ids: list[int] = []
    for text_word in _WORDS.findall(text):
        if text_word not in known:
            word = tuple(text_word.encode())
            while possible := [new[pair] for pair in pairwise(word) if pair in new]:
                first = min(possible)  # the id tells the order
                word = join(word, merges[first - 256].pair, first)
            known[text_word] = word
        ids.extend(known[text_word])
    return ids


def token_bytes(merges: Sequence[Merge]) -> list[bytes]:
    """The bytes of every token, by id: the vocabulary."""
    return [bytes([byte]) for byte in range(256)] + [merge.token for merge in merges]


def decode(ids: Sequence[int], merges: Sequence[Merge]) -> str:
    """The text of `ids`. Bytes that make no character, as half an á, become �."""
    tokens = token_bytes(merges)
    return b"".join(tokens[index] for index in ids).decode(errors="replace")


class Costs(NamedTuple):
    """What a way of cutting costs on a text: more tokens take more computing, a larger vocabulary more parameters."""

    vocabulary: int
    tokens: int
    bytes_per_token: float


def costs(text: str, merges: Sequence[Merge]) -> Costs:
    """Of this vocabulary on `text`, which need not be the one it was learnt from and is not empty."""
    tokens = len(encode(text, merges))
    return Costs(256 + len(merges), tokens, len(text.encode()) / tokens)


def character_costs(text: str) -> Costs:
    """Of one token for each character of `text`, which is not empty."""
    return Costs(len(set(text)), len(text), len(text.encode()) / len(text))
