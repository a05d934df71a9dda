"""The models, all with one protocol, built from the same parts. Imports torch; no Textual, rich or typer."""

from __future__ import annotations

from tui_llm.config import ModelConfig
from tui_llm.models.base import LanguageModel
from tui_llm.models.gpt import GPT
from tui_llm.models.modern import Modern

MODELS: dict[str, type[LanguageModel]] = {"gpt": GPT, "modern": Modern}


def build_model(config: ModelConfig, vocab_size: int) -> LanguageModel:
    """The model that `config` names, with fresh weights drawn from torch's global generator."""
    return MODELS[config.name](config, vocab_size)
