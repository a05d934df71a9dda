"""Prepared texts as the other layers see them: what is in them, their tokens and tokenizer. No torch.

A corpus is a folder under `corpora/` with `corpus.json`, the cleaned text, and a folder for each way of cutting it into
tokens under `tokens/`. `preparation` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from tui_llm.errors import RunFailedError
from tui_llm.files import write_atomically
from tui_llm.text.reading import ReadOptions
from tui_llm.text.report import ReadReport
from tui_llm.text.splitting import SplitName, SplitRule
from tui_llm.text.store import TokensInfo, TokenStore, read_info
from tui_llm.text.tokenizers import Tokenizer, load_tokenizer

CORPUS_FILE = "corpus.json"
TOKENIZER_FOLDER = "tokenizer"


class CorpusInfo(msgspec.Struct, frozen=True):
    """What `corpus.json` says. `key` is made of the texts' content and of `read`, not of their names.

    `bytes` (UTF-8), `characters` and `documents` are those of the cleaned text.
    """

    inputs: list[str]
    key: str
    read: ReadOptions
    bytes: int
    characters: int
    documents: int
    split: SplitRule
    report: ReadReport


@dataclass(frozen=True)
class ListedCorpus:
    """A corpus in the list of all."""

    folder: Path
    info: CorpusInfo


class PreparedCorpus:
    """A text that is ready to train on: `folder` is the corpus, `tokens_folder` one way of cutting it into tokens.

    Raises:
        RunFailedError: a file of it is missing or damaged (at the first use of that file).
    """

    def __init__(self, tokens_folder: Path) -> None:
        self.tokens_folder = tokens_folder
        self.folder = tokens_folder.parents[1]

    @cached_property
    def stats(self) -> TokensInfo:
        """How much each split holds, in tokens, bytes and documents."""
        return read_info(self.tokens_folder)

    @cached_property
    def info(self) -> CorpusInfo:
        """What the text is."""
        return read_corpus_info(self.folder)

    @property
    def report(self) -> ReadReport:
        """What reading the text found out."""
        return self.info.report

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer; its files lie in `tokens_folder / TOKENIZER_FOLDER`."""
        return load_tokenizer(self.tokens_folder / TOKENIZER_FOLDER)

    def store(self, split: SplitName) -> TokenStore:
        """The tokens of one split."""
        return TokenStore(self.tokens_folder, split)


def list_corpora(home: Path) -> list[ListedCorpus]:
    """The corpora under `home`, by the names of their folders; opens nothing but each one's `corpus.json`."""
    files = sorted((home / "corpora").glob(f"*/{CORPUS_FILE}"))
    return [ListedCorpus(file.parent, read_corpus_info(file.parent)) for file in files]


def write_corpus_info(folder: Path, info: CorpusInfo) -> None:
    """Write `corpus.json`."""
    write_atomically(folder / CORPUS_FILE, msgspec.json.format(msgspec.json.encode(info)))


def read_corpus_info(folder: Path) -> CorpusInfo:
    """What `corpus.json` in `folder` says.

    Raises:
        RunFailedError: it is missing or damaged.
    """
    try:
        return msgspec.json.decode((folder / CORPUS_FILE).read_bytes(), type=CorpusInfo)
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise RunFailedError(
            f"the prepared text in {folder} is damaged.", "delete that folder and prepare the text again."
        ) from error
