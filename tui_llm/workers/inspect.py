"""The worker that looks into trained models: `python -m tui_llm.workers.inspect`, asked over pipes (`service.py`).
May import all but the faces.

    tensors     {run, step}                           what each parameter holds, in figures
    tensor      {run, step, name, rows, columns}      the values of one, as the means of blocks
    attention   {run, step, text, limit, layer, head} which tokens each token looks at, in one head
    neighbours  {run, step, token or text, count}     the tokens whose embeddings are nearest
    plane       {run, step}                           every token as a point

Everything is computed on the CPU: the GPU is the training's. The two checkpoints that were used last stay loaded.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import torch
from msgspec import Meta

from tui_llm.errors import InputError
from tui_llm.generation.loading import Trained, chosen_checkpoint, load_trained
from tui_llm.inspection.attention import AttentionMaps, attention_maps
from tui_llm.inspection.blocks import Values, as_matrix, block_means, blocks
from tui_llm.inspection.embeddings import neighbours, plane
from tui_llm.inspection.parameters import summarize
from tui_llm.inspection.tokens import BLANK, token_axes, token_labels, tokens_of_texts
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import MANIFEST
from tui_llm.text.tokenizers.base import Tokenizer
from tui_llm.workers.service import Asked, Job, Operation, Slices, serve

#: Checkpoints that are kept.
_KEPT = 2

#: Characters of a text for each token that is wanted of it; what lies beyond is not even cut into tokens.
_CHARACTERS = 16

Extent = Annotated[int, Meta(ge=1, le=4096)]


class Tensors(Asked, frozen=True):
    """The parameters of a checkpoint; `run` is a path."""

    run: str
    step: int


class OneTensor(Tensors, frozen=True):
    """The values of `name`, in at most `rows` times `columns` numbers."""

    name: str
    rows: Extent
    columns: Extent


class Attention(Tensors, frozen=True):
    """The weights of one head, counted from 0, for at most `limit` tokens of `text`."""

    text: str
    limit: Extent = 64
    layer: int = 0
    head: int = 0


class Neighbours(Tensors, frozen=True):
    """The tokens next to `token`; without one, to the one that `text` is, or begins with."""

    token: int | None = None
    text: str = ""
    count: Extent = 10


class _Checkpoint:
    """A checkpoint, of which each part is computed when it is first asked for."""

    def __init__(self, trained: Trained) -> None:
        self.trained = trained
        self.maps: tuple[str, AttentionMaps] | None = None
        """The last text, and what attention there was in it."""

    @cached_property
    def labels(self) -> list[str]:
        """Each token for the eye, and the blank that some models put before a text."""
        return [*token_labels(self.trained.tokenizer), BLANK]

    @cached_property
    def shown(self) -> list[int]:
        """The tokens that are compared."""
        return tokens_of_texts(self.trained.tokenizer)

    @cached_property
    def embedding(self) -> torch.Tensor:
        """(V, C) float32."""
        return self.trained.model.token_embedding().detach().float()

    @cached_property
    def _token_axes(self) -> dict[str, list[bool]]:
        return token_axes(self.trained.config.model, self.trained.tokenizer.vocab_size)

    def has_token_rows(self, name: str) -> bool:
        """Whether each row of a matrix belongs to a token."""
        axes = self._token_axes[name]
        return len(axes) > 1 and axes[0]

    def rows_of_tokens(self, rows: int) -> list[int]:
        """Those of a table's rows that are worth a look: the tokens of texts, and what stands behind all tokens."""
        return [*self.shown, *range(self.trained.tokenizer.vocab_size, rows)]


class Inspector:
    """The operations, and the checkpoints that are kept between them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], _Checkpoint] = OrderedDict()

    def tensors(self, asked: Tensors, _job: Job) -> Slices:
        """ "done" has figures for each parameter, null where they are not finite, and whether its rows are tokens."""
        checkpoint = self._checkpoint(asked)
        yield
        return {
            "tensors": [
                {**msgspec.to_builtins(line), "of_tokens": checkpoint.has_token_rows(line.name)}
                for line in summarize(checkpoint.trained.model.state_dict())
            ]
        }

    def tensor(self, asked: OneTensor, _job: Job) -> Slices:
        """ "done" has rows of values. If rows are tokens, it has those that texts are made of, and the token of each
        row (of a block, the first).
        """
        checkpoint = self._checkpoint(asked)
        yield
        there = checkpoint.trained.model.state_dict()
        if asked.name not in there:
            raise InputError(f"there is no parameter {asked.name!r}.", "the model may have changed: look again.")
        tensor = there[asked.name]
        matrix = as_matrix(tensor)
        tokens = checkpoint.rows_of_tokens(len(matrix)) if checkpoint.has_token_rows(asked.name) else None
        if tokens is not None:
            matrix = matrix[tokens]
        rows, columns = blocks(matrix.shape[0], asked.rows), blocks(matrix.shape[1], asked.columns)
        return {
            "name": asked.name,
            "shape": list(tensor.shape),
            "drawn": list(matrix.shape),
            "values": _told(block_means(matrix, rows, columns)),
            "row_labels": None if tokens is None else [checkpoint.labels[tokens[place]] for place in rows],
        }

    def attention(self, asked: Attention, _job: Job) -> Slices:
        """ "done" has the tokens (T), how many layers and heads there are, and one head's weights, T rows of T."""
        checkpoint = self._checkpoint(asked)
        yield
        text = asked.text[: _CHARACTERS * asked.limit]
        if checkpoint.maps is None or checkpoint.maps[0] != text:
            checkpoint.maps = text, attention_maps(checkpoint.trained, text)
        maps = checkpoint.maps[1]
        if not (0 <= asked.layer < len(maps.weights) and 0 <= asked.head < len(maps.weights[asked.layer])):
            raise InputError(
                f"there is no head {asked.head} in a layer {asked.layer}.", "the model may have changed: look again."
            )
        # A token sees no later one, so what the first tokens look at is the same without the rest.
        weights = maps.weights[asked.layer][asked.head, : asked.limit, : asked.limit]
        return {
            "layer": asked.layer,
            "head": asked.head,
            "tokens": maps.tokens[: asked.limit],
            "whole": len(maps.tokens) <= asked.limit and text == asked.text,
            "layers": len(maps.weights),
            "heads": len(maps.weights[asked.layer]),
            "weights": _told(weights.double().numpy()),
        }

    def neighbours(self, asked: Neighbours, _job: Job) -> Slices:
        """ "done" has the token, whether it is all of the text, and those next to it with the cosine of the angle."""
        checkpoint = self._checkpoint(asked)
        yield
        labels = checkpoint.labels
        token, is_all = _chosen_token(checkpoint.trained.tokenizer, asked, checkpoint.shown)
        rows = checkpoint.shown if token in checkpoint.shown else [*checkpoint.shown, token]
        count = min(asked.count, len(rows) - 1)
        near = neighbours(checkpoint.embedding[rows], rows.index(token), count)
        return {
            "token": token,
            "label": labels[token],
            "is_all": is_all,
            "neighbours": [
                {"token": rows[place], "label": labels[rows[place]], "cosine": _finite(cosine)}
                for place, cosine in near
            ],
        }

    def plane(self, asked: Tensors, _job: Job) -> Slices:
        """ "done" has the tokens that texts are made of, their labels, and their points."""
        checkpoint = self._checkpoint(asked)
        yield
        points = plane(checkpoint.embedding[checkpoint.shown])
        return {
            "tokens": checkpoint.shown,
            "labels": [checkpoint.labels[token] for token in checkpoint.shown],
            "points": _told(points.double().numpy()),
        }

    def _checkpoint(self, asked: Tensors) -> _Checkpoint:
        """The checkpoint that is asked for, kept or loaded now."""
        run = RunDirectory(Path(asked.run))
        if not run.exists():
            raise InputError(f"there is no run {run.name}.", "it may have been renamed or deleted.")
        folder = chosen_checkpoint(run, str(asked.step))
        try:
            return self._kept_or_loaded(run, folder)
        except (InputError, FileNotFoundError):
            if folder.is_dir():
                raise
            # A training that goes on has removed it meanwhile: the list of checkpoints says so, or has it elsewhere.
            return self._kept_or_loaded(run, chosen_checkpoint(run, str(asked.step)))

    def _kept_or_loaded(self, run: RunDirectory, folder: Path) -> _Checkpoint:
        manifest = (folder / MANIFEST).stat()
        # A run that was deleted and made anew has the same paths.
        key = (folder, manifest.st_ino, manifest.st_mtime_ns)
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.popitem(last=False)
            self._kept[key] = _Checkpoint(load_trained(run, folder=folder, device="cpu"))
        self._kept.move_to_end(key)
        return self._kept[key]


def _chosen_token(tokenizer: Tokenizer, asked: Neighbours, shown: list[int]) -> tuple[int, bool]:
    """The token that is asked for, or that is just the text (with a space in front if need be); else the text's first
    one, and then False: there are others behind it.
    """
    if asked.token is not None:
        if not 0 <= asked.token < tokenizer.vocab_size:
            raise InputError(f"there is no token {asked.token}.", f"there are {tokenizer.vocab_size}, counted from 0.")
        return asked.token, True
    try:
        wanted = asked.text.encode()
    except UnicodeEncodeError as error:
        raise InputError("the text has a character that is none.", "take it out, or type it again.") from error
    if not wanted:
        raise InputError("there is no text.", "type a character or a word.")
    known = {tokenizer.token_bytes[token]: token for token in reversed(shown)}
    for text in (wanted, b" " + wanted):
        if text in known:
            return known[text], True
    ids = tokenizer.encode(asked.text)
    return int(ids[0]), len(ids) == 1


def _told(values: Values) -> list[list[float | None]]:
    """Rows of numbers in few digits; what is not finite is None."""
    return [[_finite(value) for value in row] for row in values.tolist()]


def _finite(value: float) -> float | None:
    return float(f"{value:.5g}") if np.isfinite(value) else None


def main() -> None:
    """Answer until the input ends."""
    inspector = Inspector()
    operations: dict[str, Operation[Any]] = {
        "tensors": Operation(Tensors, inspector.tensors, "reading the parameters"),
        "tensor": Operation(OneTensor, inspector.tensor, "reading the parameters"),
        "attention": Operation(Attention, inspector.attention, "computing the attention"),
        "neighbours": Operation(Neighbours, inspector.neighbours, "comparing the embeddings"),
        "plane": Operation(Tensors, inspector.plane, "comparing the embeddings"),
    }
    serve(operations)


if __name__ == "__main__":
    main()
