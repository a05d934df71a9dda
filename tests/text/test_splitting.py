"""The split: 90, 5 and 5 %, by document where there are many, else by stretch; nothing lost, nothing twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.text.cleaned import CleanedText, write_cleaned
from tui_llm.text.documents import Piece
from tui_llm.text.splitting import SPLITS, ByDocument, ByStretch, SplitRule, choose_split, split_parts


@contextmanager
def split(documents: list[str]) -> Iterator[tuple[CleanedText, SplitRule]]:
    with TemporaryDirectory() as name:
        size = write_cleaned(Path(name), [Piece(document, True) for document in documents])
        with CleanedText(Path(name), size.bytes, size.documents) as text:
            yield text, choose_split(text, size.characters)


def shares(text: CleanedText, rule: SplitRule) -> dict[str, float]:
    sizes: Counter[str] = Counter()
    for part in split_parts(text, rule):
        sizes[part.split] += part.stop - part.start
    return {name: sizes[name] / text.size for name in SPLITS}


def words(count: int, seed: int = 0, *, longest: int = 12) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("aeiouñçlmst", k=rng.randint(1, longest))) for _ in range(count)]


@settings(max_examples=150, deadline=None)
@given(documents=st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=150))
def test_every_byte_is_in_one_split(documents: list[str]) -> None:
    if len("".join(documents)) < 200:
        return
    with split(documents) as (text, rule):
        parts = list(split_parts(text, rule))
        assert [part.start for part in parts] == [0, *(part.stop for part in parts[:-1])]
        assert parts[-1].stop == text.size
        assert sum(part.ends_document for part in parts) == len(documents)
        assert {part.split for part in parts} == set(SPLITS)
        for part in parts:
            assert text.read(part.start, part.stop).decode()
        if isinstance(rule, ByStretch):
            assert [part.split for part in parts] == sorted((part.split for part in parts), key=SPLITS.index)


@pytest.mark.parametrize("count", [100, 150, 1_000, 30_000])
def test_many_documents_are_split_by_the_document(count: int) -> None:
    documents = [f"{number} {word}" for number, word in enumerate(words(count))]
    with split(documents) as (text, rule):
        assert isinstance(rule, ByDocument)
        parts = list(split_parts(text, rule))
        assert [text.read(part.start, part.stop).decode() for part in parts] == documents
        share = shares(text, rule)
    assert share["train"] == pytest.approx(0.90, abs=0.02)
    assert share["val"] == pytest.approx(0.05, abs=0.02)
    assert share["test"] == pytest.approx(0.05, abs=0.02)


def test_the_order_of_documents_does_not_matter() -> None:
    documents = sorted(set(words(2_000)))
    assert by_text(documents) == by_text(documents[::-1])


def by_text(documents: list[str]) -> dict[str, str]:
    with split(documents) as (text, rule):
        assert isinstance(rule, ByDocument)
        return {text.read(part.start, part.stop).decode(): part.split for part in split_parts(text, rule)}


def test_equal_documents_are_on_the_same_side() -> None:
    documents = random.Random(1).choices(words(400), k=3_000)
    with split(documents) as (text, rule):
        assert isinstance(rule, ByDocument)
        sides: dict[bytes, set[str]] = {}
        for part in split_parts(text, rule):
            sides.setdefault(text.read(part.start, part.stop), set()).add(part.split)
    assert all(len(names) == 1 for names in sides.values())


@pytest.mark.parametrize(
    "documents",
    [words(99), [*words(200), "x" * 200], ["sí, señor. "] * 500, [*words(150), *["sí, señor. "] * 50]],
    ids=["few", "one large", "all equal", "one often"],
)
def test_other_texts_are_split_by_stretch(documents: list[str]) -> None:
    with split(documents) as (text, rule):
        assert isinstance(rule, ByStretch)
        assert shares(text, rule) == pytest.approx({"train": 0.90, "val": 0.05, "test": 0.05}, abs=0.02)


def test_stretches_begin_where_lines_do() -> None:
    lines = [" ".join(words(10, seed)) + "\n" for seed in range(2_000)]
    with split(["".join(lines)]) as (text, rule):
        parts = list(split_parts(text, rule))
        assert [part.split for part in parts] == list(SPLITS)
        assert [part.ends_document for part in parts] == [False, False, True]
        for part in parts[1:]:
            assert text.read(part.start - 1, part.start) == b"\n"


def test_stretches_begin_before_a_space_where_there_are_no_lines() -> None:
    with split([" ".join(words(5_000))]) as (text, rule):
        for part in list(split_parts(text, rule))[1:]:
            assert text.read(part.start, part.start + 1) == b" "


def test_stretches_begin_with_a_document_where_one_is_near() -> None:
    with split([" ".join(words(100, seed, longest=5)) for seed in range(99)]) as (text, rule):
        assert all(part.ends_document for part in split_parts(text, rule))


def test_a_document_that_a_border_cuts_ends_once() -> None:
    with split(["漢字" * 1_000, "仮名" * 1_000]) as (text, rule):
        parts = list(split_parts(text, rule))
    assert [(part.split, part.ends_document) for part in parts] == [
        ("train", True), ("train", False), ("val", False), ("test", True)
    ]  # fmt: skip


def test_parts_are_found_from_any_place() -> None:
    for documents in (words(1_000), ["a b\n" * 1_000, "c d\n" * 3_000]):
        with split(documents) as (text, rule):
            start = text.size * 2 // 3
            found = list(split_parts(text, rule, start))
            assert found == list(split_parts(text, rule))[-len(found) :]
            assert found[0].start <= start


def test_a_short_text_is_refused() -> None:
    with pytest.raises(InputError, match="characters: 199") as caught, split(["á" * 199]):
        pass
    assert "200" in caught.value.hint
    with split(["á" * 200]) as (text, rule):
        assert all(share > 0 for share in shares(text, rule).values())
