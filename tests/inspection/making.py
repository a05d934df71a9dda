"""What these tests share: a model that can be used without a run, and a file of tokens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from tui_llm.config import ModelConfig, RunConfig
from tui_llm.generation.loading import Trained
from tui_llm.models import build_model
from tui_llm.runs.directory import RunDirectory
from tui_llm.text.store import SplitSize, TokensInfo, TokenStore, TokenWriter, write_info
from tui_llm.text.tokenizers import train_tokenizer
from tui_llm.training.devices import Device

TEXT = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.\n"


def trained_of(name: str) -> Trained:
    """A model called `name` with random weights, a block of 16, and the characters of `TEXT` for tokens."""
    tokenizer = train_tokenizer("char", None, [TEXT], len(TEXT))
    config = ModelConfig(name=name, n_layer=2, n_head=4, n_embd=32, block_size=16)  # type: ignore[arg-type]
    torch.manual_seed(0)
    model = build_model(config, tokenizer.vocab_size)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    device = Device(torch.device("cpu"), torch.float32)
    return Trained(RunDirectory(Path("run")), RunConfig(model=config), model.eval(), tokenizer, device, Path("none"))


def store_of(folder: Path, ids: list[int]) -> TokenStore:
    """The tokens `ids` on disk."""
    with TokenWriter(folder, "text", np.dtype("uint16")) as writer:
        writer.append(np.array(ids, dtype=np.uint16))
    size = SplitSize(tokens=len(ids), bytes=len(ids), documents=1)
    write_info(folder, TokensInfo("char", 1 << 15, "uint16", {"text": size}))
    return TokenStore(folder, "text")
