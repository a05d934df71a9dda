"""The models, all with one protocol, built from the same parts. Imports torch; no Textual, rich or typer."""

from __future__ import annotations

from tui_llm.config import ModelConfig
from tui_llm.errors import InputError
from tui_llm.models.base import LanguageModel
from tui_llm.models.bigram import Bigram, BigramCounts
from tui_llm.models.encoder import Encoder
from tui_llm.models.gpt import GPT
from tui_llm.models.mlp import MLP
from tui_llm.models.modern import Modern
from tui_llm.models.wavenet import WaveNet

MODELS: dict[str, type[LanguageModel]] = {
    "bigram-counts": BigramCounts,
    "bigram": Bigram,
    "mlp": MLP,
    "wavenet": WaveNet,
    "encoder": Encoder,
    "gpt": GPT,
    "modern": Modern,
}

#: A table of pairs with more rows than this would weigh a gigabyte and more.
LARGEST_TABLE = 16_384

#: A WaveNet with more layers would look back on more than a million tokens, and put as many blanks before every text.
MOST_FUSIONS = 20


def build_model(config: ModelConfig, vocab_size: int) -> LanguageModel:
    """The model that `config` names, with fresh weights drawn from torch's global generator.

    Raises:
        InputError: a table of all pairs of so many tokens would not fit, or a WaveNet's blanks would not.
    """
    if config.name in ("bigram-counts", "bigram") and vocab_size > LARGEST_TABLE:
        raise InputError(
            f"a table of all pairs of {vocab_size:,} tokens is too large.",
            f"take --tokenizer char, or a --vocab-size of {LARGEST_TABLE} or less.",
        )
    if config.name == "wavenet" and config.n_layer > MOST_FUSIONS:
        raise InputError(
            f"a WaveNet of {config.n_layer} layers would look back on 2^{config.n_layer} tokens.",
            f"take --n-layer {MOST_FUSIONS} or less.",
        )
    return MODELS[config.name](config, vocab_size)
