"""From any text to tokens on disk: read it once, train a tokenizer on a part of it, encode it. No torch, no faces.

Both results are kept under `home/corpora` and found again by content: the cleaned text with its split, and below it one
folder of tokens for each choice of tokenizer. Memory stays bounded however large the text is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from tui_llm.errors import from_os_error
from tui_llm.text.cleaned import CleanedText, write_cleaned
from tui_llm.text.corpora import TOKENIZER_FOLDER, CorpusInfo, PreparedCorpus, read_corpus_info, write_corpus_info
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.scratch import publish, scratch
from tui_llm.text.sources import Source, find_sources, fingerprint
from tui_llm.text.splitting import SPLITS, SplitName, SplitRule, choose_split, split_parts
from tui_llm.text.store import INFO_FILE, SplitSize, TokensInfo, TokenWriter, write_info
from tui_llm.text.tokenizers import Kind, Tokenizer, train_tokenizer

#: Part of every key: another one makes texts that were prepared by older versions be prepared anew.
_FORMAT = 1

#: Bytes of text that a tokenizer is trained on, and the number of stretches they are taken in.
_SAMPLE = 16 << 20
_STRETCHES = 256

#: Characters, and texts, that are handed to a tokenizer's threads at once.
_BATCH_CHARACTERS = 1 << 21
_BATCH_TEXTS = 1 << 15


class Progress(NamedTuple):
    """How far a preparation is: the share of one stage that is done, 0 to 1."""

    stage: Literal["reading", "tokenizer", "encoding"]
    fraction: float


OnProgress = Callable[[Progress], None]


def prepare(
    inputs: Sequence[str],
    read: ReadOptions,
    tokenizer: Kind,
    vocab_size: int | None,
    home: Path,
    on_progress: OnProgress | None = None,
) -> PreparedCorpus:
    """Make the text that `inputs` name ready to train on, or find it again where that was done before.

    Args:
        inputs: files, folders, archives, patterns, or - for the standard input.
        read: how to read them.
        tokenizer: its kind.
        vocab_size: None lets the size of the text decide.
        home: the folder under which `corpora/` is.
        on_progress: called often, from this thread.

    Raises:
        InputError: the text cannot be read or is too short, or `vocab_size` does not fit it.
        RunFailedError: the disk is full, a folder may not be written, or what was prepared before is damaged.
    """
    tell = on_progress or (lambda _: None)
    try:
        folder = _prepare_text(inputs, read, home / "corpora", tell)
        tokens_folder = folder / "tokens" / f"{tokenizer}-{'auto' if vocab_size is None else vocab_size}"
        if not (tokens_folder / INFO_FILE).exists():
            _prepare_tokens(folder, tokens_folder, tokenizer, vocab_size, tell)
    except OSError as error:
        raise from_os_error(error, "preparing the text") from error
    return PreparedCorpus(tokens_folder)


def _prepare_text(inputs: Sequence[str], read: ReadOptions, corpora: Path, tell: OnProgress) -> Path:
    """The folder of the cleaned text."""
    with scratch(corpora) as spool, scratch(corpora) as folder:
        tell(Progress("reading", 0.0))
        sources = find_sources(inputs, spool)
        key = _key(sources, read)
        for found in corpora.glob(f"[!.]*-{key[:12]}"):
            return found
        report = ReadReport()
        size = write_cleaned(folder, read_pieces(sources, read, report, _reading(tell)))
        tell(Progress("reading", 1.0))
        with CleanedText(folder, size.bytes, size.documents) as text:
            rule = choose_split(text, size.characters)
        write_corpus_info(folder, CorpusInfo(list(inputs), key, read, *size, rule, report))
        target = corpora / f"{_slug(inputs[0])}-{key[:12]}"
        publish(folder, target)
        return target


def _prepare_tokens(folder: Path, target: Path, kind: Kind, vocab_size: int | None, tell: OnProgress) -> None:
    info = read_corpus_info(folder)
    with CleanedText(folder, info.bytes, info.documents) as text, scratch(target.parent) as made:
        tell(Progress("tokenizer", 0.0))
        # Every character counts; of the others' merges a part of the text tells enough.
        sample = _training_text(text, info.split, None if kind == "char" else _SAMPLE)
        tokenizer = train_tokenizer(kind, vocab_size, sample, info.bytes)
        tokenizer.save(made / TOKENIZER_FOLDER)
        tell(Progress("tokenizer", 1.0))
        sizes = _encode(text, info.split, tokenizer, made, tell)
        dtype: Literal["uint16", "uint32"] = "uint16" if tokenizer.dtype == np.uint16 else "uint32"
        write_info(made, TokensInfo(kind, tokenizer.vocab_size, dtype, sizes))
        publish(made, target)


def _training_text(text: CleanedText, rule: SplitRule, limit: int | None) -> Iterator[str]:
    """The text of the training split; where it has more bytes than `limit`, evenly spaced stretches of it."""
    stretches = [(0, text.size)]
    if limit is not None and text.size > limit:
        starts = [text.size * number // _STRETCHES for number in range(_STRETCHES)]
        stretches = [(start, start + limit // _STRETCHES) for start in starts]
    for start, stop in stretches:
        for part in split_parts(text, rule, start):
            if part.start >= stop:
                break
            if part.split == "train":
                first, last = max(part.start, start), min(part.stop, stop)
                yield from (piece.text for piece in text.pieces(text.character_at(first), text.character_at(last)))


def _encode(
    text: CleanedText, rule: SplitRule, tokenizer: Tokenizer, folder: Path, tell: OnProgress
) -> dict[str, SplitSize]:
    """Write the tokens of every split into `folder`, each document followed by its end, and say how much there was."""
    size: Counter[SplitName] = Counter()
    documents: Counter[SplitName] = Counter()
    end = np.array([tokenizer.eot], dtype=tokenizer.dtype)
    with ExitStack() as stack:
        writers = {name: stack.enter_context(TokenWriter(folder, name, tokenizer.dtype)) for name in SPLITS}
        for batch in _batches(text, rule):
            encoded = tokenizer.encode_many([chunk.text for chunk in batch])
            for chunk, ids in zip(batch, encoded, strict=True):
                writers[chunk.split].append(ids)
                if chunk.ends_document:
                    writers[chunk.split].append(end)
                size[chunk.split] += chunk.bytes
                documents[chunk.split] += chunk.begins_part
            tell(Progress("encoding", size.total() / text.size))
    return {name: SplitSize(writers[name].tokens, size[name], documents[name]) for name in SPLITS}


class _Chunk(NamedTuple):
    split: SplitName
    text: str
    bytes: int
    begins_part: bool
    ends_document: bool


def _batches(text: CleanedText, rule: SplitRule) -> Iterator[list[_Chunk]]:
    """The whole text in its order, in lists that are large enough for threads and small enough for memory."""
    batch: list[_Chunk] = []
    characters = 0
    for part in split_parts(text, rule):
        for piece in text.pieces(part.start, part.stop):
            begins = piece.start == part.start
            ends = part.ends_document and piece.stop == part.stop
            batch.append(_Chunk(part.split, piece.text, piece.stop - piece.start, begins, ends))
            characters += len(piece.text)
            if characters >= _BATCH_CHARACTERS or len(batch) >= _BATCH_TEXTS:
                yield batch
                batch, characters = [], 0
    if batch:
        yield batch


def _key(sources: Sequence[Source], read: ReadOptions) -> str:
    """A name for what reading `sources` with `read` gives: 64 hex digits."""
    made_of = [str(_FORMAT), fingerprint(sources), msgspec.json.encode(read).decode("utf-8")]
    return blake2b("\n".join(made_of).encode("utf-8"), digest_size=32).hexdigest()


def _slug(name: str) -> str:
    """What is left of a file's name for a folder of any file system."""
    plain = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "text"


def _reading(tell: OnProgress) -> Callable[[int, int], None]:
    return lambda done, total: tell(Progress("reading", min(done / total, 1.0) if total else 1.0))
