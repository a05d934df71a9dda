"""SentencePiece BPE with byte fallback, trained on one's own text. Imports `sentencepiece` where used."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from tui_llm.files import write_atomically
from tui_llm.text.tokenizers.base import (
    EOT,
    Ids,
    Kind,
    Tokenizer,
    codepoints,
    count_characters,
    cut_text,
    in_parts,
    most_frequent,
    rejoin,
    vocabulary_too_small,
)

if TYPE_CHECKING:
    import sentencepiece

MODEL_FILE = "bpe_sp.model"
VOCAB_FILE = "bpe_sp.vocab"

#: What the library writes for a space. In somebody's text it would come back as one, so it goes by its bytes.
_SPACE = "\u2581"

#: The library's own marks inside training sentences; a text's own are left out of the training.
_RESERVED = (0x2581, 0x2585)

#: The unknown token (never used: there are bytes), the end of text, the line break, the 256 bytes.
_FIXED = 3 + 256

#: The share of the text that the characters with a token of their own make; the rarest go by their bytes.
_COVERAGE = 0.9995

#: Characters; the trainer drops sentences of more than 4192 bytes, and a character has 4 at most.
_LONGEST_SENTENCE = 1000


class SentencePieceTokenizer(Tokenizer):
    """Merged characters inside words with their space in front; digits and line breaks stand alone."""

    kind: ClassVar[Kind] = "sentencepiece"

    def __init__(self, model: bytes) -> None:
        """`model`: the bytes of a model file. Raises whatever the library says of a bad one."""
        import sentencepiece

        self._model = model
        self._processor = sentencepiece.SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(model)
        token_bytes = [_bytes_of(self._processor, index) for index in range(self._processor.get_piece_size())]
        super().__init__(token_bytes, eot=self._processor.piece_to_id(EOT))
        if not self._processor.is_control(self.eot):
            raise ValueError("a model without an end of text")
        self._mark = np.array([self._processor.piece_to_id(f"<0x{byte:02X}>") for byte in _SPACE.encode()])

    def encode_many(self, texts: Sequence[str]) -> list[Ids]:
        parts, counts = in_parts(texts)
        encoded: list[Ids] = self._processor.encode(parts, out_type="numpy", num_threads=_threads())
        for index, part in enumerate(parts):
            if _SPACE in part:
                encoded[index] = self._encode_around_marks(part)
        return rejoin(encoded, counts, self.dtype)

    def _encode_around_marks(self, text: str) -> Ids:
        between = self._processor.encode(text.split(_SPACE), out_type="numpy", num_threads=1)
        pieces = between[:1]
        for ids in between[1:]:
            pieces += [self._mark, ids]
        return np.concatenate(pieces)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / MODEL_FILE, self._model)
        pieces = self._processor.id_to_piece(list(range(self.vocab_size)))
        scores = self._processor.get_score(list(range(self.vocab_size)))
        # As the library's own trainer writes it, so a line break's piece is one in the file too.
        lines = [f"{piece}\t{score:g}\n" for piece, score in zip(pieces, scores, strict=True)]
        write_atomically(folder / VOCAB_FILE, "".join(lines))


def train_sentencepiece(sample: Iterable[str], vocab_size: int, *, grow: bool) -> SentencePieceTokenizer:
    """A tokenizer with up to `vocab_size` tokens: fewer where nothing in `sample` is left to merge.

    With `grow`, a size without room for the text's characters is raised to the smallest that has it.

    Raises:
        InputError: `vocab_size` has no such room.
    """
    import sentencepiece

    texts = list(sample)
    alphabet = _alphabet(texts)
    smallest = _FIXED + len(alphabet)
    if vocab_size < smallest and not grow:
        raise vocabulary_too_small(vocab_size, smallest)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=_sentences(texts, alphabet),
        model_writer=model,
        model_type="bpe",
        # Each merge needs a character of text: more than these there cannot be.
        vocab_size=min(max(vocab_size, smallest), smallest + sum(map(len, texts))),
        hard_vocab_limit=False,
        character_coverage=1.0,
        byte_fallback=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        # Without it every space of an indentation is a token: 2.1 instead of 3.2 bytes a token on program code.
        allow_whitespace_only_pieces=True,
        split_digits=True,
        user_defined_symbols=["\n"],
        unk_id=0,
        eos_id=1,
        bos_id=-1,
        pad_id=-1,
        eos_piece=EOT,
        num_threads=_threads(),
        minloglevel=2,
    )
    return SentencePieceTokenizer(model.getvalue())


def _alphabet(texts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The code points that get a token of their own: the space and the most frequent, up to `_COVERAGE` of the text."""
    counts = count_characters(texts)
    counts[: ord(" ") + 1] = 0
    counts[list(_RESERVED)] = 0
    ranked = most_frequent(counts)
    covered = np.cumsum(counts[ranked])
    kept = ranked[: 1 + np.searchsorted(covered, _COVERAGE * covered[-1])] if len(ranked) else ranked
    return np.concatenate([[ord(" ")], kept])


def _sentences(texts: Iterable[str], alphabet: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[str]:
    """The lines of `texts` in lengths that the trainer takes; characters outside `alphabet` end a line too."""
    known = np.full(0x110000, ord("\n"), dtype="<u4")
    known[alphabet] = alphabet
    yield " "  # The library would otherwise spell the spaces of later texts with the bytes of its own mark.
    for text in texts:
        for line in known[codepoints(text)].tobytes().decode("utf-32-le").split("\n"):
            for part in cut_text(line, _LONGEST_SENTENCE // 2):
                for start in range(0, len(part), _LONGEST_SENTENCE):
                    yield part[start : start + _LONGEST_SENTENCE]


def _bytes_of(processor: sentencepiece.SentencePieceProcessor, index: int) -> bytes:
    if processor.is_control(index) or processor.is_unknown(index):
        return b""
    piece: str = processor.id_to_piece(index)
    return bytes([int(piece[3:5], 16)]) if processor.is_byte(index) else piece.replace(_SPACE, " ").encode("utf-8")


def _threads() -> int:
    """As many as this process may use: a scheduler often lends fewer cores than the machine has."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
