"""Tokens a second of generation on the CPU, batch after batch: this engine through PyTorch alone, the same with its
compiled kernels, and transformers' `generate` with a GPT-2 of the same size: interleaved, medians.

    .venv/bin/python bench/generation.py [--size b|124m] [--model gpt|modern] [--samples 1] [--rounds 5]

Weights are random: the time of a token does not depend on them. Every token is sampled (temperature 0.8, top-k 40,
top-p 0.95), and none ends the text. Kernels are compiled before the clock starts; what that takes is printed.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from tui_llm.config import ModelConfig
from tui_llm.generation.engine import Engine, Request
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.text.tokenizers.base import Ids, Tokenizer

#: Layers, heads, width, block, vocabulary, tokens that are generated in a round.
SIZES = {"b": (6, 6, 384, 256, 322, 200), "124m": (12, 12, 768, 1024, 50257, 64)}
PROMPT = [1, 2, 3]


class Numbers(Tokenizer):
    """Any text is the same three tokens, and no token is an end."""

    def __init__(self, vocab_size: int) -> None:
        super().__init__([b"a"] * vocab_size, eot=vocab_size)

    def encode_many(self, texts: Sequence[str]) -> list[Ids]:
        """PROMPT for each."""
        return [np.array(PROMPT, dtype=self.dtype) for _ in texts]

    def save(self, folder: Path) -> None:
        """Nothing to save."""


def plain(model: LanguageModel) -> LanguageModel:
    """The same weights as a kind of model for which there are no kernels."""
    kind: type[LanguageModel] = type("Plain", (type(model),), {})
    other = kind.__new__(kind)
    other.__dict__ = model.__dict__
    return other


def ours(model: LanguageModel, tokens: int, samples: int, *, ready: bool) -> Callable[[], object]:
    """What generates once with the engine."""
    engine = Engine(model, Numbers(model.vocab_size))
    if ready:
        began = time.perf_counter()
        engine.prepare()
        print(f"kernels ready in {time.perf_counter() - began:.1f} s")
    return lambda: list(engine.generate(Request("", max_new_tokens=tokens, num_samples=samples)))


def theirs(size: str, samples: int) -> Callable[[], object]:
    """What generates once with transformers."""
    layers, heads, width, block, vocabulary, tokens = SIZES[size]
    config = GPT2Config(vocab_size=vocabulary, n_positions=block, n_embd=width, n_layer=layers, n_head=heads)
    config.bos_token_id = config.eos_token_id = None
    model = GPT2LMHeadModel(config).eval()
    ids = torch.tensor([PROMPT] * samples)
    settings = {
        "do_sample": True,
        "temperature": 0.8,
        "top_k": 40,
        "top_p": 0.95,
        "max_new_tokens": tokens,
        "pad_token_id": 0,
    }
    return lambda: model.generate(ids, attention_mask=torch.ones_like(ids), **settings)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="b")
    parser.add_argument("--model", choices=["gpt", "modern"], default="gpt")
    parser.add_argument("--samples", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    layers, heads, width, block, vocabulary, tokens = SIZES[arguments.size]
    config = ModelConfig(name=arguments.model, n_layer=layers, n_head=heads, n_embd=width, block_size=block)
    torch.manual_seed(0)
    model = build_model(config, vocabulary)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {platform.machine()}")
    print(
        f"{arguments.model}, {model.parameter_count():,} parameters, {arguments.samples} at once, {tokens} tokens each"
    )
    ways = {
        "transformers": theirs(arguments.size, arguments.samples),
        "plain": ours(plain(model), tokens, arguments.samples, ready=False),
        "kernels": ours(model, tokens, arguments.samples, ready=True),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(arguments.rounds + 1):
        for name, generate in ways.items():
            began = time.perf_counter()
            generate()
            rates[name].append(arguments.samples * tokens / (time.perf_counter() - began))
    medians = {name: statistics.median(measured[1:]) for name, measured in rates.items()}
    for name, median in medians.items():
        best = max(rates[name][1:])
        print(f"  {name:<14} {median:8.1f} tokens/s  {median / medians['transformers']:5.2f}x  (best {best:.1f})")


if __name__ == "__main__":
    main()
