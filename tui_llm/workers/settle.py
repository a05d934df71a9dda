"""From what was asked to what is done: the text prepared, `auto`'s choices made, the result checked and written down.
May import all but the faces.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tui_llm.config import DataConfig, Request, RunConfig, merge, read_request, to_request, to_toml
from tui_llm.errors import InputError
from tui_llm.files import write_atomically
from tui_llm.presets import CHARACTERS_BELOW, choose_tokenizer, resolve
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import corpora_folder, home
from tui_llm.text.corpora import TOKENIZER_FOLDER, PreparedCorpus
from tui_llm.text.preparation import Progress, prepare
from tui_llm.text.reading import ReadOptions
from tui_llm.text.sources import find_sources
from tui_llm.text.splitting import SPLITS
from tui_llm.training import auto
from tui_llm.training.devices import Device, choose_device


def settle(
    run: RunDirectory, say: Callable[[str], None], on_progress: Callable[[str, float], None]
) -> tuple[RunConfig, PreparedCorpus, Device]:
    """Prepare the run's text and complete its `run.toml`, or find both as they were settled before.

    Raises:
        UserError: the text, the configuration and the device do not go together.
    """
    config, corpus, device = settle_request(read_request(run.config_path), say, on_progress)
    shutil.copytree(corpus.tokens_folder / TOKENIZER_FOLDER, run.tokenizer_path, dirs_exist_ok=True)
    write_atomically(run.config_path, to_toml(to_request(config)))
    return config, corpus, device


def settle_request(
    request: Request, say: Callable[[str], None], on_progress: Callable[[str, float], None]
) -> tuple[RunConfig, PreparedCorpus, Device]:
    """The same for a `request` that no run has yet; nothing but the prepared text is written.

    Raises:
        UserError: as `settle`.
    """
    config = resolve(request)
    device = choose_device(config.system)
    if config.preset == "auto" and "tokenizer" not in request.get("data", {}) and not _is_prepared(config.data):
        request = merge(request, {"data": {"tokenizer": choose_tokenizer(_text_bytes(config.data))}})
        config = resolve(request)
    corpus = _corpus(config.data, lambda progress: on_progress(progress.stage, progress.fraction))
    chosen: Request = {}
    if config.preset == "auto" and auto.is_open(request):
        facts = _facts(corpus, config, device)
        chosen = auto.choose_for(request, facts, device)
        say(auto.explain(facts, chosen, request))
    found = {
        "corpus": str(corpus.tokens_folder.relative_to(corpora_folder())),
        "tokenizer": corpus.stats.kind,
        "vocab_size": corpus.stats.vocab_size,
    }
    config = resolve(merge(request, {"data": found}), chosen)
    device = choose_device(config.system)
    _check_block(config, corpus)
    return config, corpus, device


def _text_bytes(data: DataConfig) -> int:
    """About how much text there is; standard input, not yet read, counts as much."""
    if "-" in data.texts:
        return CHARACTERS_BELOW
    return sum(source.size for source in find_sources(data.texts))


def _corpus(data: DataConfig, tell: Callable[[Progress], None]) -> PreparedCorpus:
    """The prepared text that is named, where it is still there; else prepared from the texts."""
    if data.corpus is not None and _is_prepared(data):
        return PreparedCorpus(corpora_folder() / data.corpus)
    read = ReadOptions(text_field=data.text_field, nfc=data.nfc, documents=data.documents)
    corpus = prepare(data.texts, read, data.tokenizer, data.vocab_size, home(), tell)
    if data.corpus is not None and corpus.folder.name.rpartition("-")[2] != _content_key(data.corpus):
        raise InputError(
            "the text is not the one that this run was begun with.",
            "bring the old text back, or train a new run on the new one.",
        )
    return corpus


def _is_prepared(data: DataConfig) -> bool:
    return data.corpus is not None and (corpora_folder() / data.corpus).is_dir()


def _content_key(corpus: str) -> str:
    return Path(corpus).parts[0].rpartition("-")[2]


def _facts(corpus: PreparedCorpus, config: RunConfig, device: Device) -> auto.Facts:
    tokens = {split: corpus.stats.splits[split].tokens for split in SPLITS}
    return auto.Facts(
        train_tokens=tokens["train"],
        smallest_split=min(tokens.values()),
        vocab_size=corpus.stats.vocab_size,
        seconds=auto.seconds_of(config.training),
        rates=auto.matrix_rates(device, config.system.dtype),
        device=device.torch_device.type,
    )


def _check_block(config: RunConfig, corpus: PreparedCorpus) -> None:
    """A block must fit into each split, with one token to foretell after it."""
    tokens = {split: corpus.stats.splits[split].tokens for split in SPLITS}
    smallest = min(tokens, key=lambda split: tokens[split])
    largest_block = tokens[smallest] - 1
    if config.model.block_size <= largest_block:
        return
    if largest_block < 1:
        raise InputError(
            f"the text is too short: its {smallest} split has {tokens[smallest]} tokens.", "give more text."
        )
    raise InputError(
        f"a block of {config.model.block_size} tokens does not fit into the {smallest} split of "
        f"{tokens[smallest]:,} tokens.",
        f"take --block-size {largest_block} or less, or more text.",
    )
