"""Everything that can be seen in a run's models, as files. Imports torch, `generation`, `models`, `runs`, `text`.

What is written, and how to read it, is in docs/inspect.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from torch import Tensor

from tui_llm.errors import InputError, from_os_error
from tui_llm.figures import size
from tui_llm.files import write_atomically
from tui_llm.generation.loading import Trained, chosen_checkpoint, load_trained
from tui_llm.inspection.activations import write_activations
from tui_llm.inspection.attention import attention_maps, draw_attention, has_attention
from tui_llm.inspection.embeddings import draw_plane, neighbour_table, neighbours_text, plane
from tui_llm.inspection.figures import drawable, save_figure
from tui_llm.inspection.parameters import TensorSummary, parameters_table, summarize
from tui_llm.inspection.pictures import TokenAxis, draw_parameter
from tui_llm.inspection.tokens import BLANK, beginning, by_frequency, token_axes, token_labels, tokens_of_texts
from tui_llm.runs.checkpoints import list_checkpoints
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.home import corpora_folder
from tui_llm.runs.manifest import verify
from tui_llm.text.splitting import SplitName
from tui_llm.text.store import TokenStore
from tui_llm.training.checkpoints import MODEL_FILE, load_state

#: Tokens of the text for the attention where none is given, and in the table of neighbours.
_TEXT_TOKENS, _LISTED = 32, 200

#: Neighbours of a token.
_NEAR = 8


@dataclass(frozen=True)
class Report:
    """What was written for a run, and the figures of the checkpoint at `step`."""

    folder: Path
    step: int
    files: list[Path]
    parameters: list[TensorSummary]


@dataclass(frozen=True)
class Listener:
    """Who is told how it goes: `say` a sentence, `advance` how many of how many parameters are drawn."""

    say: Callable[[str], None]
    advance: Callable[[int, int], None] = lambda _done, _of: None


def inspect_run(
    run: RunDirectory, out: Path, listener: Listener, *, attention: str | None = None, checkpoint: str | None = None
) -> Report:
    """Write tables and pictures of `run` into `out`.

    Args:
        attention: the text to show the attention for; without one, the beginning of the run's own validation text.
        checkpoint: "best", "last" or a step: only this one is looked at. Without it, parameters are drawn at every
            checkpoint that is kept; all else is of the best one, or of the newest where none was evaluated.

    Raises:
        InputError: the run or the checkpoint is missing or damaged, or the model has no `attention` to show.
        RunFailedError: a file cannot be written; those before it are whole.
    """
    chosen = chosen_checkpoint(run, checkpoint)
    trained = load_trained(run, folder=chosen, device="cpu")
    step = load_state(chosen).step
    with ExitStack() as stack:
        # Opened before anything is drawn: a training that goes on may delete them meanwhile.
        kept = {chosen: step} if checkpoint is not None else _kept(run, listener)
        files = {step: stack.enter_context(_open(folder)) for folder, step in kept.items()}
        written = [*_attention(trained, attention, out, listener)]
        lines = summarize(trained.model.state_dict())
        written.append(_parameters(trained, step, lines, out))
        written += _embedding(trained, step, out)
        written += write_activations(run, out, listener.say)
        written += _pictures(trained, files, out, listener)
    return Report(out, step, written, lines)


# -- Checkpoints -------------------------------------------------------------------------------------------------------


def _kept(run: RunDirectory, listener: Listener) -> dict[Path, int]:
    """The folders of the whole checkpoints with their steps; damaged ones are told of."""
    kept: dict[Path, int] = {}
    for info in list_checkpoints(run):
        folder = Path(info.path)
        try:
            verify(folder)
        except InputError as error:
            if folder.is_dir():  # else it was deleted just now, for newer ones
                listener.say(f"{error.what} It is left out.")
        else:
            kept[folder] = info.step
    return kept


def _open(folder: Path) -> Any:
    """The tensors of a checkpoint, read one by one: `keys()`, `get_tensor(name)`."""
    try:
        return safe_open(folder / MODEL_FILE, framework="pt")
    except SafetensorError as error:
        raise InputError(f"{folder / MODEL_FILE} is damaged: {error}.", "choose another checkpoint.") from error


# -- Parts -------------------------------------------------------------------------------------------------------------


def _parameters(trained: Trained, step: int, lines: list[TensorSummary], out: Path) -> Path:
    tensors = trained.model.state_dict()
    weight = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    head = f"{trained.run.name}, step {step}: {trained.model.parameter_count():,} parameters, {size(weight)}\n\n"
    buffers = dict(trained.model.named_buffers())
    return _write(out / "parameters.txt", head + parameters_table(lines, buffers))


def _attention(trained: Trained, text: str | None, out: Path, listener: Listener) -> Iterator[Path]:
    if text is None:
        if not has_attention(trained.config.model):
            return
        store = _tokens(trained, "val")
        if store is None:
            listener.say("attention: the run's prepared text is gone; --attention TEXT gives another.")
            return
        text = trained.tokenizer.decode(beginning(store, trained.tokenizer.eot, _TEXT_TOKENS))
        text = text.rstrip("\ufffd")  # the last token may have been half a character
        listener.say("attention: for the beginning of the validation text; --attention TEXT shows it for another.")
    maps = attention_maps(trained, text)
    if len(maps.tokens) < len(trained.tokenizer.encode(text)):
        listener.say(f"attention: for the first {len(maps.tokens)} tokens, all that the model sees at once.")
    for number, weights in enumerate(maps.weights, 1):
        path = out / "attention" / f"layer-{number:02d}.png"
        save_figure(draw_attention(maps.tokens, weights, f"attention in layer {number} of {len(maps.weights)}"), path)
        yield path


def _embedding(trained: Trained, step: int, out: Path) -> list[Path]:
    """Neighbours and the plane, of tokens that texts are made of alone."""
    shown = tokens_of_texts(trained.tokenizer)
    order = by_frequency(shown, _tokens(trained, "train"))
    embedding = trained.model.token_embedding().detach()[order]
    every = token_labels(trained.tokenizer)
    labels = [every[token] for token in order]
    listed = range(min(len(order), _LISTED))
    near = neighbour_table(embedding, listed, _NEAR)
    said = "each token, and those nearest to it, with the cosine between their embeddings"
    table = _write(
        out / "neighbours.txt", f"{trained.run.name}, step {step}: {said}\n\n{neighbours_text(labels, listed, near)}"
    )
    picture = out / "embedding.png"
    title = drawable(f"{trained.run.name}, step {step:,}: {len(order):,} tokens")
    save_figure(draw_plane(plane(embedding), labels, title), picture)
    return [table, picture]


def _pictures(trained: Trained, files: Mapping[int, Any], out: Path, listener: Listener) -> Iterator[Path]:
    vocab_size = trained.tokenizer.vocab_size
    shown, labels = tokens_of_texts(trained.tokenizer), [*token_labels(trained.tokenizer), BLANK]
    names = list(trained.model.state_dict())
    axes_of = token_axes(trained.config.model, vocab_size)
    listener.say(f"drawing {_counted(len(names), 'parameter')} at {_counted(len(files), 'checkpoint')}.")
    for number, name in enumerate(names):
        listener.advance(number, len(names))
        sizes = trained.model.state_dict()[name].shape
        axes = [
            _token_axis(shown, labels, size) if counts_tokens else None
            for size, counts_tokens in zip(sizes, axes_of[name], strict=True)
        ]
        yield from draw_parameter(name, axes, _values(name, files), out / "parameters")
    listener.advance(len(names), len(names))


def _token_axis(shown: list[int], labels: list[str], size: int) -> TokenAxis:
    """An axis of `size` tokens; models with a blank have one more than the tokenizer."""
    places = [*shown, *range(len(labels) - 1, size)]
    return TokenAxis(places, [labels[place] for place in places])


def _values(name: str, files: Mapping[int, Any]) -> Iterator[tuple[int, Tensor]]:
    for step, file in files.items():
        yield step, file.get_tensor(name)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tokens(trained: Trained, split: SplitName) -> TokenStore | None:
    """The run's prepared text; None where it is gone."""
    corpus = trained.config.data.corpus
    folder = corpora_folder() / (corpus or "")
    return TokenStore(folder, split) if corpus is not None and folder.is_dir() else None


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text, durable=False)
    except OSError as error:
        raise from_os_error(error, f"writing {path}") from error
    return path
