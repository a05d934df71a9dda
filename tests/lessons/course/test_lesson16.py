"""What lesson 16 claims in its prose."""

from __future__ import annotations

from itertools import islice, pairwise
from math import log2

import pytest

from tests.lessons.course.any_text import TEXTS, draws_in_any_look
from tui_llm.lessons.bpe import decode, encode, merges_of, token_bytes
from tui_llm.lessons.course.lesson16_tokenizers import figures
from tui_llm.lessons.course.lesson16_tokenizers.figures import (
    LETTERS,
    LONGER,
    TOY,
    bits_per_byte,
    halves,
    learnt,
    tale,
    tokenizer,
    toy_pairs,
)
from tui_llm.text.stories import LANGUAGES, stories
from tui_llm.text.tokenizers import default_vocab_size


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def told(request: pytest.FixtureRequest) -> str:
    """Stories of each language, about as much as the figures learn from."""
    return "\n".join(islice(stories(request.param), 45))[: figures.LEARNT]


def test_the_bytes_of_a_word() -> None:
    sizes = [len(one.encode()) for one in "mañana ☕"]
    assert (len(sizes), sizes.count(1), len("ñ".encode()), len("☕".encode())) == (8, 6, 2, 3)
    assert figures.how_many_bytes.function() == sum(sizes) == 6 + 2 + 3
    assert {len(chr(one).encode()) for one in range(128)} == {1}  # ASCII: all of an American keyboard
    assert [len(one.encode()) for one in "ñλ語🙂"] == [2, 2, 3, 4]


def test_the_toy_text_by_hand() -> None:
    tokens = token_bytes(learnt(TOY, 10))
    named = {tokens[left] + b" " + tokens[right]: seen for (left, right), seen in toy_pairs(0)}
    assert (named[b"a n"], named[b"n a"], named[b"b a"]) == (4, 3, 2)
    assert all(word.count("an") == 2 for word in TOY.split())
    assert [merge.token for merge in learnt(TOY, 10)] == [b"an", b"ban", b"ana"]
    assert max(seen for _, seen in toy_pairs(3)) == 1


def test_counting_stops_at_the_borders_of_words() -> None:
    assert sum(seen for _, seen in toy_pairs(0)) == len("banana") - 1 + len(" bandana") - 1


def test_first_letters_then_whole_words(told: str) -> None:
    merges = learnt(told, figures.MOST)
    lengths = [len(merge.token) for merge in merges]
    assert sum(lengths[:20]) / 20 < 3 < 4.5 < sum(lengths[-100:]) / 100
    words = {f" {word}" for word in told.split()}
    early, late = (
        sum(merge.token.decode(errors="replace") in words for merge in part) for part in (merges[:50], merges[-50:])
    )
    assert late > early
    assert not any(b" " in merge.token[1:] for merge in merges)


def test_the_next_hundred_merges_save_less_and_the_best_come_first(told: str) -> None:
    merges = learnt(told, figures.MOST)
    seen = [merge.seen for merge in merges]
    assert all(one >= other for one, other in pairwise(seen))
    lengths = [len(told.encode()), *(merge.tokens for merge in merges)]
    assert lengths[0] - lengths[100] > 3 * (lengths[100] - lengths[200])
    assert figures.next_hundred.function() == "less"


def test_each_merge_shortens_by_as_often_as_its_pair_is_seen(told: str) -> None:
    lengths = [len(told.encode()), *(merge.tokens for merge in learnt(told, 50))]
    for (before, after), merge in zip(pairwise(lengths), learnt(told, 50), strict=True):
        double = merge.pair[0] == merge.pair[1]  # of three alike in a row, two are joined
        assert before - after == merge.seen or (double and before - after < merge.seen)


def test_a_new_word_comes_in_pieces_and_nothing_is_unknown() -> None:
    merges = learnt(tale(), figures.MOST)
    assert len(merges) == 1000
    ids = encode(" candlelight", merges)
    assert 2 <= len(ids) <= 4
    assert len("candlelight") == 11
    assert decode(encode(" 🙂 x", merges), merges) == " 🙂 x"
    assert figures.new_word.function() == "pieces"


def test_sentencepiece_has_places_for_characters_and_needs_more_tokens(told: str) -> None:
    bpe, sentencepiece = tokenizer("bpe", told, 512), tokenizer("sentencepiece", told, 512)
    assert bpe.vocab_size == sentencepiece.vocab_size == 512
    merged = [
        sum(len(token.decode(errors="replace")) > 1 for token in made.token_bytes) for made in (bpe, sentencepiece)
    ]
    assert merged[0] > merged[1]
    for made in (bpe, sentencepiece):
        assert {bytes([byte]) for byte in range(256)} <= set(made.token_bytes)
    counts = [len(tokenizer(kind, told, 512).encode(told)) for kind in ("bpe", "sentencepiece", "char")]
    assert counts == sorted(counts)
    assert figures.fewer.function() == "bpe"


def test_a_character_has_its_own_token_and_the_bytes_are_there_too(told: str) -> None:
    made = tokenizer("char", told, 512)
    assert made.vocab_size == 1 + 256 + len(set(told))
    assert len(made.encode(told)) == len(told)


def test_on_the_other_half_the_tokens_are_shorter_and_late_merges_tell_more(told: str) -> None:
    found = halves(told)
    gaps = [own - other for _, own, other in found]
    assert gaps[-1] > gaps[len(gaps) // 2] > 0
    assert figures.other_text.function() == "shorter"


def test_bits_per_byte_make_losses_comparable() -> None:
    assert bits_per_byte(*LETTERS) > bits_per_byte(*LONGER)
    assert bits_per_byte(6.0, LONGER[1]) > bits_per_byte(*LETTERS)  # the loss can be turned up until the letters win
    assert (LETTERS, LONGER) == ((1.3, 1.0), (3.2, 3.5))
    assert figures.better.function() == "longer"


def test_the_vocabulary_is_about_the_root_of_the_texts_bytes() -> None:
    for size in (1 << 20, 5_000_000, 100_000_000):
        assert abs(log2(default_vocab_size(size)) - log2(size) / 2) <= 0.5
    assert 256 + 50_000 + 1 == 50_257


def test_a_text_of_any_kind_is_drawn() -> None:
    assert list(merges_of("", 5)) == []
    assert figures._own("")[0] == TOY
    assert halves("ab") == [(0, 1.0, 1.0)]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_figure_takes_any_text(text: str) -> None:
    draws_in_any_look("lesson16_tokenizers", text)
