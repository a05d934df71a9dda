"""The GPT that lesson 15 trains on the spot: the product's own model, optimizers and loss, small, on characters.
Imports torch, `config`, `models`, `training`; from lessons `bigram` (the alphabet) and `switches` (one thread).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.lessons.bigram import alphabet_of, decode, encode
from tui_llm.lessons.switches import one_thread
from tui_llm.models import build_model
from tui_llm.models.attention import watched_attention
from tui_llm.models.base import LanguageModel
from tui_llm.training.optimizers import Optimizers

#: Steps after which it is looked at; the last ends the training.
MARKS = (0, 10, 25, 50, 100, 150)

#: So small that it takes a second or two.
CONTEXT, BATCH = 48, 8
SIZE = ModelConfig(name="modern", n_layer=2, n_head=2, n_embd=48, block_size=CONTEXT)
TRAINING = TrainingConfig(optimizer="muon", lr=1e-2)

#: Shorter texts are repeated up to this length.
_LEAST = 1500

#: Characters that it writes at each mark.
_WRITTEN = 70


@dataclass(frozen=True)
class Tiny:
    """A trained model and how it came to be."""

    alphabet: str
    model: LanguageModel
    losses: list[float]
    """Of each step, in nats a character."""
    held_out: list[float]
    """At each of MARKS, on text that it does not learn from."""
    written: list[str]
    """At each of MARKS."""


@lru_cache(maxsize=8)
@one_thread()
def tiny(text: str, held_out: str = "") -> Tiny:
    """Train it on `text`; `held_out` is what it is tested on, the last tenth of `text` if there is none."""
    text = text * (1 + _LEAST // max(len(text), 1))
    if not held_out:
        cut = len(text) * 9 // 10
        text, held_out = text[:cut], text[cut:]
    alphabet = alphabet_of(text + held_out)
    learnt, unseen = windows(encode(text, alphabet)), windows(encode(held_out, alphabet))[:: CONTEXT + 1]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = build_model(SIZE, len(alphabet))
    optimizers = Optimizers(model, TRAINING)
    draw = torch.Generator().manual_seed(0)
    made = Tiny(alphabet, model, [], [], [])
    for step in range(MARKS[-1] + 1):
        if step in MARKS:
            made.held_out.append(loss_of(model, unseen[:64]))
            made.written.append(write(model, alphabet))
        if step < MARKS[-1]:
            batch = learnt[torch.randint(len(learnt), (BATCH,), generator=draw)]
            loss = model.loss(batch[:, :-1], batch[:, 1:])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizers.step(TRAINING.lr)
            made.losses.append(loss.item())
    return made


def windows(ids: object) -> Tensor:
    """(N, T + 1) every piece of `ids` that is one longer than the context."""
    return torch.as_tensor(ids).unfold(0, CONTEXT + 1, 1)


@torch.no_grad()
def loss_of(model: LanguageModel, pieces: Tensor) -> float:
    """The mean loss on `pieces` (B, T + 1), in nats a character."""
    return model.loss(pieces[:, :-1], pieces[:, 1:]).item()


@torch.no_grad()
def write(model: LanguageModel, alphabet: str) -> str:
    """What it writes after a line break, drawn always by the same dice."""
    dice = torch.Generator().manual_seed(0)
    ids = torch.tensor([[max(alphabet.find("\n"), 0)]])
    for _ in range(_WRITTEN):
        chances = model(ids[:, -CONTEXT:])[0, -1].softmax(dim=-1)
        ids = torch.cat((ids, torch.multinomial(chances, 1, generator=dice)[None]), dim=1)
    return decode(ids[0, 1:].numpy(), alphabet)


def attention_of(made: Tiny, text: str) -> list[Tensor]:
    """A layer's weights (H, T, T) after another, for `text`."""
    ids = torch.as_tensor(encode(text, made.alphabet))
    with watched_attention() as watched, torch.no_grad():
        made.model(ids[None])
    return [layer[0] for layer in watched]
