"""Which tokens a model looks at: its attention weights for a text, and their picture. Imports torch, `models`, and
matplotlib when something is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from tui_llm.config import MODEL_FIELDS, ModelConfig
from tui_llm.errors import InputError
from tui_llm.inspection.figures import new_figure, short_label
from tui_llm.inspection.tokens import token_labels
from tui_llm.models.attention import watched_attention
from tui_llm.presets import PRESETS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

    from tui_llm.generation.loading import Trained

#: Inches: of a token on an axis, and of a whole head at least and at most; tokens beyond that share a label.
_TOKEN, _LEAST, _MOST = 0.14, 2.2, 5.6


@dataclass(frozen=True)
class AttentionMaps:
    """What each head of each layer looks at. `weights[layer][head, t, s]`: how much token t takes from token s.

    `tokens` are labels, see `tokens.token_labels`; `weights` has a (H, T, T) float32 for each layer, the first one
    first. Rows sum to 1, and nothing is above the diagonal.
    """

    tokens: list[str]
    weights: list[Tensor]


def has_attention(config: ModelConfig) -> bool:
    """Whether there is attention to look at."""
    return "n_head" in MODEL_FIELDS[config.name]


def attention_maps(trained: Trained, text: str) -> AttentionMaps:
    """The attention weights for the first `block_size` tokens of `text`.

    Raises:
        InputError: the model has no attention, or the text has no token.
    """
    if not has_attention(trained.config.model):
        with_it = [
            name for name, preset in PRESETS.items() if "n_head" in MODEL_FIELDS[preset.settings["model"]["name"]]
        ]
        raise InputError(
            f"the model {trained.config.model.name} has no attention.",
            f"the presets with attention are {', '.join(with_it)}.",
        )
    try:
        ids = trained.tokenizer.encode(text)[: trained.model.block_size].astype(np.int64)
    except UnicodeEncodeError as error:
        raise InputError("the text for the attention is not UTF-8.", "type it again.") from error
    if not len(ids):
        raise InputError("there is no text to look at the attention of.", "give one that is not empty.")
    with watched_attention() as watched, torch.no_grad():
        trained.model(torch.from_numpy(ids)[None].to(trained.model.device))
    labels = token_labels(trained.tokenizer)
    return AttentionMaps([labels[token] for token in ids.tolist()], [layer[0].float().cpu() for layer in watched])


def draw_attention(tokens: Sequence[str], weights: Tensor, title: str) -> Figure:
    """The heads of one layer, (H, T, T), side by side: a row for each token, as dark as it looks at each column."""
    heads, T, _ = weights.shape
    columns = min(heads, 4 if heads > 6 else 3 if heads > 4 else 2)
    rows = math.ceil(heads / columns)
    side = min(max(T * _TOKEN, _LEAST), _MOST)
    figure = new_figure(columns * side + 1.6, rows * side + 1.3)
    figure.suptitle(title)
    panels = figure.subplots(rows, columns, squeeze=False).flatten().tolist()
    every = math.ceil(T * _TOKEN / side)
    for head, panel in enumerate(panels):
        if head >= heads:
            panel.set_axis_off()
            continue
        image = _draw_head(panel, weights[head])
        panel.set_title(f"head {head + 1}", fontsize=9)
        named = range(0, T, every)
        texts = [short_label(tokens[place]) for place in named]
        panel.set_yticks(named, texts if head % columns == 0 else [""] * len(texts), fontsize=7)
        lowest = head + columns >= heads
        panel.set_xticks(named, texts if lowest else [""] * len(texts), fontsize=7, rotation=90)
        panel.tick_params(length=2)
    figure.colorbar(image, ax=panels, shrink=0.6, aspect=30, label="share of the attention")
    return figure


def _draw_head(panel: Axes, weights: Tensor) -> AxesImage:
    """One (T, T) map; faint shares are drawn stronger than they are, for among many tokens every share is faint."""
    from matplotlib.colors import PowerNorm

    seen = np.tril(np.ones(weights.shape, dtype=bool))
    shares = np.ma.masked_where(~seen, weights.numpy())
    return panel.imshow(shares, cmap="Blues", norm=PowerNorm(0.5, vmin=0.0, vmax=1.0), interpolation="nearest")
