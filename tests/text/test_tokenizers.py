"""Tokenizers: nothing is lost, the ecosystem's libraries agree, and the size is as asked or refused."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_llm.errors import InputError, RunFailedError
from tui_llm.text.tokenizers import EOT, Kind, StreamDecoder, Tokenizer, load_tokenizer, train_tokenizer

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
KINDS: tuple[Kind, ...] = get_args(Kind)

TEXT = (
    "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.\n"
    "No coração do menino havia uma canção: «é a vida», dizia-lhe a avó — e ele ria, ria.\n"
    "    def suma(a, b):\n        return a + b  # 12345\n"
    "¿Qué? ¡Ñandú! <unk> <0x41> <|endoftext|> <|endoftext|>\n"
) * 40

# What breaks tokenizers, more often than chance would bring it; and any other Unicode.
WORDS = [
    "la casa",
    "123",
    "'s",
    "é",
    "e\u0301",
    "👨‍👩‍👧‍👦",
    "שלום",
    "مرحبا",
    "漢字",
    "\U0010ffff",
    EOT,
    "<unk>",
    "<s>",
    "<0x41>",
]
SIGNS = [
    "\u2581",
    "\u2585",
    "\0",
    "\t",
    "\r\n",
    "\n",
    " ",
    "  ",
    "\u00a0",
    "\u2028",
    "\x1c",
    "\x85",
    "\ufeff",
    "\ufffd",
    "\uffff",
]
TEXTS = st.lists(st.one_of(st.sampled_from([*WORDS, *SIGNS]), st.text(max_size=8)), max_size=12).map("".join)


@cache
def trained(kind: Kind) -> Tokenizer:
    return train_tokenizer(kind, None, [TEXT], len(TEXT.encode()))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
@example(text="")
@example(text=" " * 50)
@example(text="\u2581")
@example(text=" \u2581 \u2581\u2581")
@example(text=EOT * 3)
def test_decode_undoes_encode_for_any_text(kind: Kind, text: str) -> None:
    tokenizer = trained(kind)
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert tokenizer.eot not in ids
    assert tokenizer.byte_lengths[ids].sum() == len(text.encode())
    assert ids.dtype == np.uint16
    assert ids.ndim == 1


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXTS, max_size=5))
def test_encoding_many_is_encoding_each(kind: Kind, texts: list[str]) -> None:
    tokenizer = trained(kind)
    assert [ids.tolist() for ids in tokenizer.encode_many(texts)] == [tokenizer.encode(text).tolist() for text in texts]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=200, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_ids_are_the_same_when_cut_before_a_lone_space(kind: Kind, before: str, after: str) -> None:
    if not before or before[-1].isspace() or not after or after[0].isspace():
        return
    tokenizer = trained(kind)
    parts = [tokenizer.encode(before), tokenizer.encode(" " + after)]
    assert tokenizer.encode(before + " " + after).tolist() == np.concatenate(parts).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_text_has_the_ids_that_the_library_gives_it_whole(kind: Kind, tmp_path: Path) -> None:
    trained(kind).save(tmp_path)
    assert trained(kind).encode(TEXT).tolist() == library_ids(tmp_path, TEXT)


def library_ids(folder: Path, text: str) -> list[int]:
    ids: list[int]
    if (folder / "bpe_sp.model").exists():
        import sentencepiece

        ids = sentencepiece.SentencePieceProcessor(model_file=str(folder / "bpe_sp.model")).encode(text)
    else:
        import tokenizers

        backend = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        backend.encode_special_tokens = True
        ids = backend.encode(text).ids
    return ids


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_hugging_face_reads_the_characters_alike(text: str) -> None:
    backend = hugging_face_char()
    ids = trained("char").encode(text).tolist()
    assert backend.encode(text).ids == ids
    assert backend.decode(ids, skip_special_tokens=False) == text


@cache
def hugging_face_char() -> Any:
    import tempfile

    import tokenizers

    with tempfile.TemporaryDirectory() as folder:
        trained("char").save(Path(folder))
        backend = tokenizers.Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    backend.encode_special_tokens = True
    return backend


def test_transformers_loads_the_characters(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    trained("char").save(tmp_path)
    loaded = transformers.PreTrainedTokenizerFast(tokenizer_file=str(tmp_path / "tokenizer.json"))
    text = "vivía un hidalgo 漢 en la Mancha"
    assert loaded(text)["input_ids"] == trained("char").encode(text).tolist()
    assert loaded.decode(trained("char").encode(text).tolist()) == text


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_streaming_gives_what_decoding_at_once_gives(kind: Kind, data: st.DataObject) -> None:
    tokenizer = trained(kind)
    ids = data.draw(st.lists(st.integers(0, tokenizer.vocab_size - 1), max_size=30))
    decoder = StreamDecoder(tokenizer)
    assert "".join(decoder.feed(token) for token in ids) + decoder.flush() == tokenizer.decode(ids)


def test_streaming_waits_for_a_whole_character() -> None:
    tokenizer = trained("char")
    decoder = StreamDecoder(tokenizer)
    assert [decoder.feed(token) for token in tokenizer.encode("漢").tolist()] == ["", "", "漢"]


@pytest.mark.parametrize("kind", KINDS)
def test_saved_and_loaded_is_the_same(kind: Kind, tmp_path: Path) -> None:
    tokenizer = trained(kind)
    tokenizer.save(tmp_path / "tokenizer")
    loaded = load_tokenizer(tmp_path / "tokenizer")
    assert loaded.kind == kind
    assert loaded.token_bytes == tokenizer.token_bytes
    assert loaded.eot == tokenizer.eot
    assert loaded.encode(TEXT + "漢\u2581").tolist() == tokenizer.encode(TEXT + "漢\u2581").tolist()


def test_the_files_are_the_ecosystems_own(tmp_path: Path) -> None:
    for kind in KINDS:
        trained(kind).save(tmp_path / kind)
    assert {path.name for path in (tmp_path / "sentencepiece").iterdir()} == {"bpe_sp.model", "bpe_sp.vocab"}
    assert {path.name for path in (tmp_path / "char").iterdir()} == {"tokenizer.json"}
    assert {path.name for path in (tmp_path / "bpe").iterdir()} == {"tokenizer.json"}


@pytest.mark.parametrize("kind", KINDS)
def test_training_twice_gives_the_same_files(kind: Kind, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train_tokenizer(kind, None, [TEXT], len(TEXT)).save(tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"model": 3}', b'{"model": {"byte_fallback": 1}}']
)
def test_a_damaged_tokenizer_is_told(content: bytes, tmp_path: Path) -> None:
    for name in ("tokenizer.json", "bpe_sp.model"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RunFailedError, match="damaged"):
            load_tokenizer(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_truncated_tokenizer_is_told(kind: Kind, tmp_path: Path) -> None:
    trained(kind).save(tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(RunFailedError, match="damaged"):
        load_tokenizer(tmp_path)


def test_a_missing_tokenizer_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tokenizer"):
        load_tokenizer(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_vocabulary_too_large_names_the_largest(kind: Kind) -> None:
    with pytest.raises(InputError) as caught:
        train_tokenizer(kind, 10**9, ["una casa, otra casa, la casa"], 28)
    largest = int(caught.value.hint.split("--vocab-size ")[1].split()[0])
    assert train_tokenizer(kind, largest, ["una casa, otra casa, la casa"], 28).vocab_size == largest
    with pytest.raises(InputError):
        train_tokenizer(kind, largest + 1, ["una casa, otra casa, la casa"], 28)


@pytest.mark.parametrize("kind", KINDS)
def test_a_vocabulary_too_small_names_the_smallest(kind: Kind) -> None:
    with pytest.raises(InputError) as caught:
        train_tokenizer(kind, 10, [TEXT], len(TEXT))
    smallest = int(caught.value.hint.split("--vocab-size ")[1].split()[0])
    assert train_tokenizer(kind, smallest, [TEXT], len(TEXT)).vocab_size == smallest
    with pytest.raises(InputError):
        train_tokenizer(kind, smallest - 1, [TEXT], len(TEXT))


@pytest.mark.parametrize("kind", ["sentencepiece", "bpe"])
@pytest.mark.parametrize(("text_bytes", "vocab_size"), [(1_000_000, 1024), (4_000_000, 2048), (100_000_000, 8192)])
def test_the_size_follows_the_text(kind: Kind, text_bytes: int, vocab_size: int) -> None:
    words = np.random.default_rng(0).integers(0, 26, (40_000, 6)) + ord("a")
    sample = " ".join(bytes(word.tolist()).decode() for word in words)
    assert train_tokenizer(kind, None, [sample], text_bytes).vocab_size == vocab_size


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", ["a", "a" * 5000, " " * 5000, "0123456789" * 9, "a\tb\n\tc", "\u2581a\u2585b"])
def test_a_poor_text_gives_a_small_tokenizer(kind: Kind, sample: str) -> None:
    tokenizer = train_tokenizer(kind, None, [sample], len(sample))
    assert 257 < tokenizer.vocab_size + (kind == "bpe") < 600
    assert tokenizer.decode(tokenizer.encode(sample + TEXT)) == sample + TEXT


def test_thousands_of_characters_raise_the_default() -> None:
    sample = "".join(map(chr, range(0x4E00, 0x4E00 + 3000))) * 2
    assert train_tokenizer("sentencepiece", None, [sample], len(sample)).vocab_size > 3200
    assert train_tokenizer("char", None, [sample], len(sample)).vocab_size == 3257


def test_the_most_frequent_characters_are_kept() -> None:
    tokenizer = train_tokenizer("char", 259, ["aaab", "bbcc", "dab"], 11)
    assert tokenizer.token_bytes[257:] == [b"a", b"b"]


def test_more_than_65536_tokens_take_four_bytes() -> None:
    sample = "".join(chr(point) for point in range(32, 80_000) if not 0xD800 <= point < 0xE000)
    tokenizer = train_tokenizer("char", 70_000, [sample], len(sample))
    assert tokenizer.encode(sample).dtype == np.uint32
    assert tokenizer.decode(tokenizer.encode(sample)) == sample


def test_words_merge_and_digits_do_not() -> None:
    tokens = trained("sentencepiece").token_bytes
    assert b" casa" not in tokens
    assert any(len(token) > 4 and token.isalpha() for token in tokens)
    assert not [token for token in tokens if len(token) > 1 and any(48 <= byte < 58 for byte in token)]


def test_training_says_nothing(tmp_path: Path) -> None:
    program = (
        "from tui_llm.text.tokenizers import train_tokenizer\n"
        "for kind in ('char', 'sentencepiece', 'bpe'):\n"
        "    train_tokenizer(kind, None, ['hola \\t que tal ' * 99], 1500).encode('hola')\n"
        "import os\n"
        "if os.fork() == 0: os._exit(0)\n"
        "os.wait()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["pt/machado_poesia.txt", "messy/emoji_es.jsonl", "es/tldr_es.md"])
def test_real_texts_come_back(kind: Kind, name: str) -> None:
    if not CORPORA.exists():
        pytest.skip(f"the texts at {CORPORA} are not here")
    text = (CORPORA / name).read_text(encoding="utf-8")
    tokenizer = train_tokenizer(kind, None, [text], len(text))
    assert tokenizer.decode(tokenizer.encode(text)) == text
