"""The worker that reads and prepares texts: `python -m tui_llm.workers.prepare`, asked over pipes (`service.py`).
May import `text`, `runs`, `config`, `files` and the errors; no torch.

    inspect   {texts, text_field, documents, nfc}   "progress", a "preview" where reading takes its time, a "report"
    cut       {the same, tokenizer, vocab_size, sample_bytes, show}   a "cut"
    prepare   {the same, tokenizer, vocab_size}     "progress"
    stories   {language, megabytes, out, seed, replace}   "progress"

What `cut` has read is kept, and so are the tokenizers that it trained on it, until another text is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, cast

from tui_llm.config import Count
from tui_llm.errors import InputError
from tui_llm.files import replacing
from tui_llm.runs.home import corpora_folder, home
from tui_llm.text.documents import Piece
from tui_llm.text.preparation import prepare
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.sources import Source, find_sources
from tui_llm.text.stories import LANGUAGES
from tui_llm.text.stories.book import write_book
from tui_llm.text.tokenizers import Kind, Tokenizer, default_vocab_size, train_tokenizer
from tui_llm.text.tokenizers.base import EOT
from tui_llm.text.tokenizers.byte_bpe import train_byte_bpe
from tui_llm.text.tokenizers.char import train_char
from tui_llm.text.tokenizers.sentencepiece_bpe import train_sentencepiece
from tui_llm.workers.pieces import printable
from tui_llm.workers.service import Asked, Fields, Job, Operation, Slices, serve

#: Characters of the cleaned text that are shown before all of it is read.
_PREVIEW = 20_000

#: Documents whose beginnings are shown, and characters of each.
_BEGINNINGS = 20
_BEGINNING = 200

#: Characters that are read before others have their turn: some hundredths of a second.
_SLICE = 1 << 20


class Text(Asked, frozen=True):
    """Which text, and how to read it; the fields are those of a run's configuration."""

    texts: list[str]
    text_field: str | None = None
    documents: Literal["auto", "file", "line"] = "auto"
    nfc: bool = False

    @property
    def read(self) -> ReadOptions:
        return ReadOptions(text_field=self.text_field, nfc=self.nfc, documents=self.documents)


class Cut(Text, frozen=True, kw_only=True):
    """Train a tokenizer on the first `sample_bytes` and show how it cuts the first `show` characters."""

    tokenizer: Kind
    vocab_size: int | None = None
    sample_bytes: Count = 1_000_000
    show: Count = 4_000


class Prepare(Text, frozen=True, kw_only=True):
    """Prepare the whole text."""

    tokenizer: Kind
    vocab_size: int | None = None


class Stories(Asked, frozen=True):
    """Write a book of stories to the file `out`; one that exists is replaced only with `replace`."""

    language: str
    megabytes: float
    out: str
    seed: int = 0
    replace: bool = False


class _TextKey(NamedTuple):
    """What says that a text is still the one that was read."""

    files: tuple[tuple[Path, int, int], ...]
    read: ReadOptions


@dataclass
class _Sample:
    """The beginning of a text, and the tokenizers that were trained on it."""

    text_key: _TextKey
    wanted_bytes: int
    pieces: list[Piece]
    is_whole: bool
    tokenizers: dict[tuple[Kind, int | None], Tokenizer] = field(default_factory=dict)

    @cached_property
    def texts(self) -> list[str]:
        return [piece.text for piece in self.pieces]

    @cached_property
    def characters(self) -> int:
        return sum(map(len, self.texts))

    @cached_property
    def bytes(self) -> int:
        return sum(len(text.encode()) for text in self.texts)


class Preparer:
    """The operations, and what is kept between them."""

    def __init__(self) -> None:
        self._sample: _Sample | None = None
        self._sizes: dict[_TextKey, int] = {}

    def inspect(self, asked: Text, job: Job) -> Slices:
        """Read everything and tell what it is; the preview comes as soon as there is enough to show."""
        sources = find_sources(asked.texts)
        key = _key(sources, asked.read)
        report, preview = ReadReport(), _Preview()
        is_shown = False
        characters = 0
        for piece in read_pieces(sources, asked.read, report, lambda done, total: _tell_reading(job, done, total)):
            preview.add(piece)
            if preview.is_full and not is_shown:
                is_shown = True
                job.send("preview", **preview.told())
            characters += len(piece.text)
            if characters >= _SLICE:
                characters = 0
                yield
        self._sizes = {key: report.bytes}
        job.send("report", report=report, **preview.told())
        return {}

    def cut(self, asked: Cut, job: Job) -> Slices:
        """Show how a tokenizer cuts the text; "cut" has the tokens of the passage and the averages of the sample."""
        sources = find_sources(asked.texts)
        sample = self._read(asked, sources)
        yield
        raw = sum(source.size for source in sources)
        size = sample.bytes if sample.is_whole else self._sizes.get(sample.text_key, raw)
        tokenizer = _trained(asked, sample, size)
        yield
        tokens = max(1, sum(map(len, tokenizer.encode_many(sample.texts))))
        job.send(
            "cut",
            tokens=_passage(tokenizer, sample.pieces, asked.show),
            vocab_size=tokenizer.vocab_size,
            characters_per_token=sample.characters / tokens,
            bytes_per_token=sample.bytes / tokens,
            trained_on=sample.bytes,
            whole=sample.is_whole,
        )
        return {}

    def prepare(self, asked: Prepare, job: Job) -> Slices:
        """Make the text ready to train on; "done" says where it is, below corpora/, and how many tokens it has."""
        yield
        corpus = prepare(
            asked.texts,
            asked.read,
            asked.tokenizer,
            asked.vocab_size,
            home(),
            lambda progress: job.progress(progress.stage, progress.fraction),
        )
        return {
            "corpus": str(corpus.tokens_folder.relative_to(corpora_folder())),
            "name": corpus.folder.name,
            "stats": corpus.stats,
        }

    def stories(self, asked: Stories, job: Job) -> Slices:
        """Write stories; "done" says where, and how much, in bytes."""
        path = Path(asked.out).expanduser()
        if asked.language not in LANGUAGES:
            raise InputError(f"there are no stories in {asked.language!r}.", f"choose one of: {', '.join(LANGUAGES)}.")
        if not 0 < asked.megabytes < math.inf:
            raise InputError(f"{asked.megabytes:g} megabytes are no size.", "give a number above 0.")
        if path.exists() and not (asked.replace and path.is_file()):
            raise InputError(f"{path} exists already.", "choose another name.")
        yield
        size = int(asked.megabytes * 1_000_000)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            tally = write_book(cast(BinaryIO, _Told(file, size, job)), asked.language, asked.seed, size)
        return {"path": str(path), "size": tally.size, "stories": tally.stories, "words": tally.words}

    def _read(self, asked: Cut, sources: list[Source]) -> _Sample:
        """The sample that is kept, if it is of this text; else it is read, and kept from now on."""
        key = _key(sources, asked.read)
        kept = self._sample
        if kept is None or (kept.text_key, kept.wanted_bytes) != (key, asked.sample_bytes):
            kept = self._sample = _read_sample(asked, sources, key)
        return kept


def _tell_reading(job: Job, done: int, total: int) -> None:
    job.progress("reading", min(done / total, 1.0) if total else 1.0)


def _key(sources: list[Source], read: ReadOptions) -> _TextKey:
    stats = [(source.path, source.path.stat()) for source in sources]
    return _TextKey(tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats), read)


def _read_sample(asked: Cut, sources: list[Source], key: _TextKey) -> _Sample:
    """About the first `sample_bytes` of the text."""
    left = asked.sample_bytes
    taken: list[Piece] = []
    for piece in read_pieces(sources, asked.read, ReadReport()):
        content = piece.text.encode()
        if len(content) > left:
            taken.append(Piece(content[:left].decode(errors="ignore"), ends_document=False))
            return _Sample(key, asked.sample_bytes, taken, is_whole=False)
        taken.append(piece)
        left -= len(content)
    return _Sample(key, asked.sample_bytes, taken, is_whole=True)


def _trained(asked: Cut, sample: _Sample, size: int) -> Tokenizer:
    """The tokenizer that is asked for, trained now or before; `size`: bytes of the whole text."""
    key = asked.tokenizer, asked.vocab_size
    if key not in sample.tokenizers:
        sample.tokenizers[key] = _train(asked, sample, size)
    return sample.tokenizers[key]


def _train(asked: Cut, sample: _Sample, size: int) -> Tokenizer:
    if sample.is_whole:
        return train_tokenizer(asked.tokenizer, asked.vocab_size, sample.texts, size)
    # A part of a text may give fewer tokens than are asked for where the whole gives them all: no error here.
    wanted = asked.vocab_size or default_vocab_size(size)
    match asked.tokenizer:
        case "char":
            return train_char(sample.texts, asked.vocab_size)
        case "bpe":
            return train_byte_bpe(sample.texts, wanted)
        case "sentencepiece":
            return train_sentencepiece(sample.texts, wanted, grow=asked.vocab_size is None)


def _passage(tokenizer: Tokenizer, pieces: list[Piece], characters: int) -> list[str]:
    """The tokens of about the first `characters`, as people see them, with the ends of documents."""
    shown: list[str] = []
    for piece in pieces:
        if characters <= 0:
            break
        text = piece.text[:characters]
        characters -= len(text)
        shown += [printable(tokenizer.token_bytes[token]) for token in tokenizer.encode(text).tolist()]
        if piece.ends_document and len(text) == len(piece.text):
            shown.append(EOT)
    return shown


class _Preview:
    """The beginning of a text and of its documents, gathered while it is read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._left = _PREVIEW
        self._beginnings: list[str] = []
        self._is_inside = False

    @property
    def is_full(self) -> bool:
        return self._left <= 0

    def add(self, piece: Piece) -> None:
        if not self._is_inside and len(self._beginnings) < _BEGINNINGS:
            self._beginnings.append(piece.text[:_BEGINNING])
        self._is_inside = not piece.ends_document
        if self._left > 0:
            text = piece.text[: self._left] + ("\n" if piece.ends_document else "")
            self._parts.append(text)
            self._left -= len(text)

    def told(self) -> Fields:
        """`preview`, with a line break after each document, and `beginnings`."""
        return {"preview": "".join(self._parts), "beginnings": self._beginnings}


class _Told:
    """A file for `write_book` that tells how full it is, and stops when nobody wants it any more."""

    def __init__(self, file: BinaryIO, size: int, job: Job) -> None:
        self._file, self._size, self._job = file, size, job
        self._written = 0

    def write(self, data: bytes) -> int:
        self._job.progress("writing", min(self._written / self._size, 1.0))
        self._written += len(data)
        return self._file.write(data)


def main() -> None:
    """Answer until the input ends."""
    preparer = Preparer()
    serve(
        {
            "inspect": Operation(Text, preparer.inspect, "reading the text"),
            "cut": Operation(Cut, preparer.cut, "cutting the text"),
            "prepare": Operation(Prepare, preparer.prepare, "preparing the text"),
            "stories": Operation(Stories, preparer.stories, "writing the stories"),
        }
    )


if __name__ == "__main__":
    main()
