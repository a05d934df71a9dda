"""`tui-llm data prepare`: a text made ready to train on, kept and found again by its content. Never loads torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tui_llm.cli.arguments import Json
from tui_llm.cli.output import STAGES, emit, emit_json, emit_table, narrate, narrator

if TYPE_CHECKING:
    from tui_llm.text.corpora import PreparedCorpus
    from tui_llm.text.preparation import Progress

#: Of many warnings the first ones are said; `data inspect` tells them all.
_WARNINGS = 5


def prepare(
    texts: Annotated[
        list[str], typer.Argument(metavar="TEXT...", help="Files, folders, archives, patterns, or - for stdin.")
    ],
    tokenizer: Annotated[
        Literal["char", "sentencepiece", "bpe"], typer.Option("--tokenizer", help="How text is cut into tokens.")
    ] = "sentencepiece",
    vocab_size: Annotated[
        int | None, typer.Option("--vocab-size", metavar="N", min=1, help="Tokens; else as many as suit the text.")
    ] = None,
    text_field: Annotated[
        str | None, typer.Option("--text-field", metavar="NAME", help="The field of the records that holds the text.")
    ] = None,
    nfc: Annotated[bool, typer.Option("--nfc", help="Compose accents (Unicode NFC).")] = False,
    documents: Annotated[
        Literal["auto", "file", "line"], typer.Option("--documents", help="What a document is; auto looks at the text.")
    ] = "auto",
    json: Json = False,
) -> None:
    """Make a text ready to train on: clean it, split it, train a tokenizer, cut it into tokens."""
    from tui_llm.runs.home import home
    from tui_llm.text.preparation import prepare as prepare_corpus
    from tui_llm.text.reading import ReadOptions

    read = ReadOptions(text_field=text_field, nfc=nfc, documents=documents)
    with _progress() as on_progress:
        corpus = prepare_corpus(texts, read, tokenizer, vocab_size, home(), on_progress)
    for warning in corpus.report.warnings[:_WARNINGS]:
        narrate(f"warning: {warning}")
    if json:
        emit_json(_document(corpus))
    else:
        _show(corpus)


def _document(corpus: PreparedCorpus) -> dict[str, object]:
    return {
        "folder": str(corpus.folder),
        "tokens_folder": str(corpus.tokens_folder),
        "tokens": corpus.stats,
        "corpus": corpus.info,
    }


def _show(corpus: PreparedCorpus) -> None:
    stats, info = corpus.stats, corpus.info
    emit(f"{info.documents:,} documents, {info.characters:,} characters, {info.bytes:,} bytes")
    emit(f"{stats.kind} tokenizer with {stats.vocab_size:,} tokens")
    emit_table(
        ("split", "tokens", "bytes", "documents", "bytes/token"),
        (
            (name, f"{size.tokens:,}", f"{size.bytes:,}", f"{size.documents:,}", f"{size.bytes / size.tokens:.2f}")
            for name, size in stats.splits.items()
        ),
        right=("tokens", "bytes", "documents", "bytes/token"),
    )
    emit(str(corpus.tokens_folder))


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on stderr where a person looks at it, else a line for each stage."""
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = narrator()
    if not console.is_terminal:
        told: set[str] = set()

        def tell(progress: Progress) -> None:
            if progress.stage not in told:
                narrate(STAGES[progress.stage])
            told.add(progress.stage)

        yield tell
        return
    columns = (TextColumn("{task.description:22}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda progress: bar.update(task, description=STAGES[progress.stage], completed=progress.fraction)
