"""Evaluating a trained model on its own test split, or on any text. May import all but the faces."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec
import numpy as np

from tui_llm.errors import RunFailedError
from tui_llm.generation.loading import Trained, load_trained
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import corpora_folder
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.sources import find_sources
from tui_llm.text.store import SplitSize, TokensInfo, TokenStore, TokenWriter, write_info
from tui_llm.training.checkpoints import load_state
from tui_llm.training.evaluation import evaluate

#: Sequences in a forward pass.
BATCH_SIZE = 32


class EvaluationReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `tui-llm evaluate --json` prints; see `training.evaluation.Evaluation` for the measures."""

    run: str
    step: int
    text: str
    loss: float
    perplexity: float
    bits_per_byte: float
    tokens: int
    bytes: int


def evaluate_run(run: RunDirectory, texts: Sequence[str], *, checkpoint: str | None, device: str) -> EvaluationReport:
    """Evaluate a checkpoint of `run` on all of `texts`, or on all of its test split if there are none.

    Raises:
        InputError: the run, the checkpoint or the text is missing or damaged.
    """
    trained = load_trained(run, checkpoint=checkpoint, device=device)
    with ExitStack() as stack:
        if texts:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            store, name = _encoded(texts, trained, folder), ", ".join(texts)
        else:
            store, name = _test_split(trained), "test split"
        result = evaluate(
            trained.model, store, trained.tokenizer.byte_lengths, trained.device, BATCH_SIZE, limit=len(store)
        )
    return EvaluationReport(
        run=run.name,
        step=load_state(trained.checkpoint).step,
        text=name,
        loss=result.loss,
        perplexity=result.perplexity,
        bits_per_byte=result.bits_per_byte,
        tokens=result.tokens,
        bytes=result.bytes,
    )


def _encoded(texts: Sequence[str], trained: Trained, folder: Path) -> TokenStore:
    """The tokens of `texts`, on disk, so that their size does not matter."""
    tokenizer, data = trained.tokenizer, trained.config.data
    read = ReadOptions(text_field=data.text_field, nfc=data.nfc, documents=data.documents)
    end = np.array([tokenizer.eot], dtype=tokenizer.dtype)
    with TokenWriter(folder, "text", tokenizer.dtype) as writer:
        writer.append(end)  # so that the first token is foretold, too
        for piece in read_pieces(find_sources(texts, folder), read, ReadReport()):
            writer.append(tokenizer.encode(piece.text))
            if piece.ends_document:
                writer.append(end)
    size = SplitSize(tokens=writer.tokens, bytes=0, documents=0)
    write_info(
        folder,
        TokensInfo(
            tokenizer.kind,
            tokenizer.vocab_size,
            "uint16" if tokenizer.dtype.itemsize == 2 else "uint32",
            {"text": size},
        ),
    )
    return TokenStore(folder, "text")


def _test_split(trained: Trained) -> TokenStore:
    corpus = corpora_folder() / (trained.config.data.corpus or "")
    if trained.config.data.corpus is None or not corpus.is_dir():
        raise RunFailedError(
            f"the prepared text of run {trained.run.name} is gone.", "give a text to evaluate on: --text FILE."
        )
    return PreparedCorpus(corpus).store("test")
