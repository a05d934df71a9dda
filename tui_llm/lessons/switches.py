"""A small GPT with switches: each part of `lessons.modern_parts` in the place of GPT-2's, by itself or with others.

Whoever wants to know what a part is worth trains twice, with it and without, all else alike: the size, the text, the
batches in their order, the steps, the learning rate. `trained` does that in half a second, for one block of few
channels on short pieces of text. Imports torch, and from lessons `bigram` (characters) and `modern_parts` (a constant).

Sizes: B texts, T positions, C channels, H heads of D channels each, V characters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tui_llm.lessons.bigram import alphabet_of, encode
from tui_llm.lessons.modern_parts import QUINTIC

#: The switches. All off is GPT-2, all on is `models/modern.py`.
PARTS = ("rms_norm", "rope", "qk_norm", "swiglu", "grouped", "muon")

LAYERS, CHANNELS, HEADS, CONTEXT = 1, 48, 4, 32
KEY_HEADS = 2  #: if grouped; else each head has keys and values of its own
SIZE = CHANNELS // HEADS
STEPS, BATCH, RATE, WARMUP = 150, 8, 1e-2, 10
EPSILON = 1e-6


class Attention(nn.Module):
    """Causal attention; `rope`, `qk_norm` and `grouped` are here."""

    def __init__(self, on: Collection[str]) -> None:
        super().__init__()
        self.rope = "rope" in on
        self.kv_heads = KEY_HEADS if "grouped" in on else HEADS
        self.q = nn.Linear(CHANNELS, CHANNELS, bias=False)
        self.kv = nn.Linear(CHANNELS, 2 * self.kv_heads * SIZE, bias=False)
        self.out = nn.Linear(CHANNELS, CHANNELS, bias=False)
        self.q_norm = nn.RMSNorm(SIZE, EPSILON) if "qk_norm" in on else nn.Identity()
        self.k_norm = nn.RMSNorm(SIZE, EPSILON) if "qk_norm" in on else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        B, T, C = x.shape
        q = self.q(x).view(B, T, HEADS, SIZE).transpose(1, 2)  # (B, H, T, D)
        k, v = self.kv(x).view(B, T, 2, self.kv_heads, SIZE).permute(2, 0, 3, 1, 4)
        q, k = self.q_norm(q), self.k_norm(k)
        if self.rope:
            q, k = turned(q), turned(k)
        k, v = (one.repeat_interleave(HEADS // self.kv_heads, dim=1) for one in (k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(B, T, C))  # type: ignore[no-any-return]


def turned(x: Tensor, theta: float = 10_000.0) -> Tensor:
    """The pairs of channels (i, i + D/2) of x (..., T, D) turned by angles that grow with the position: rope."""
    cos, sin = _turns(x.shape[-2], x.shape[-1] // 2, theta)
    left, right = x.chunk(2, dim=-1)
    return torch.cat((left * cos - right * sin, right * cos + left * sin), dim=-1)


@cache
def _turns(T: int, half: int, theta: float) -> tuple[Tensor, Tensor]:
    """(T, D/2) cosines and sines."""
    angle = torch.arange(T)[:, None] * theta ** (-torch.arange(half) / half)
    return angle.cos(), angle.sin()


class FeedForward(nn.Module):
    """Widen, bend, narrow; with `swiglu` a gate bends. Its three matrices weigh about what the two others do."""

    def __init__(self, on: Collection[str]) -> None:
        super().__init__()
        width = 8 * CHANNELS // 3 if "swiglu" in on else 4 * CHANNELS
        self.gate = nn.Linear(CHANNELS, width, bias=False) if "swiglu" in on else None
        self.up = nn.Linear(CHANNELS, width, bias=False)
        self.down = nn.Linear(width, CHANNELS, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        bent = F.gelu(self.up(x)) if self.gate is None else F.silu(self.gate(x)) * self.up(x)
        return self.down(bent)  # type: ignore[no-any-return]


class GPT(nn.Module):
    """The whole of it, with the parts that are `on`."""

    def __init__(self, vocabulary: int, on: Collection[str]) -> None:
        super().__init__()
        norm = nn.RMSNorm if "rms_norm" in on else nn.LayerNorm
        self.tokens = nn.Embedding(vocabulary, CHANNELS)
        self.places = None if "rope" in on else nn.Embedding(CONTEXT, CHANNELS)
        self.blocks = nn.ModuleList(
            nn.ModuleList([norm(CHANNELS, EPSILON), Attention(on), norm(CHANNELS, EPSILON), FeedForward(on)])
            for _ in range(LAYERS)
        )
        self.norm = norm(CHANNELS, EPSILON)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.1)

    def forward(self, ids: Tensor) -> Tensor:
        """Logits (B, T, V) for ids (B, T)."""
        x = self.tokens(ids)
        if self.places is not None:
            x = x + self.places.weight[: ids.shape[1]]
        for block in self.blocks:
            norm1, attention, norm2, feed_forward = block.children()
            x = x + attention(norm1(x))
            x = x + feed_forward(norm2(x))
        return F.linear(self.norm(x), self.tokens.weight)

    def loss(self, ids: Tensor) -> Tensor:
        """The mean loss, in nats, of each of ids (B, T + 1) but the first."""
        return F.cross_entropy(self(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())


@dataclass(frozen=True)
class Measured:
    """What came of one training."""

    losses: list[float]
    """Of each step, in nats a character."""
    held_out: float
    """At the end, on text that it was not trained on."""
    weights: int
    """How many numbers the model is made of."""
    kept: int
    """How many keys and values it keeps of each token while it writes."""


class Muon(torch.optim.Optimizer):
    """`modern_parts.muon_step` for torch's matrices."""

    def __init__(self, matrices: list[nn.Parameter], rate: float) -> None:
        super().__init__(matrices, {"lr": rate})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]  # noqa: ARG002
        """One step for every matrix, by the gradient that it has."""
        for group in self.param_groups:
            for matrix in group["params"]:
                momentum = self.state[matrix].setdefault("momentum", torch.zeros_like(matrix))
                momentum.lerp_(matrix.grad, 0.05)
                direction = newton_schulz(matrix.grad.lerp(momentum, 0.95))
                matrix.sub_(direction, alpha=group["lr"] * 0.2 * max(matrix.shape) ** 0.5)


def newton_schulz(x: Tensor) -> Tensor:
    """What five iterations make of the matrix x (R, C): its directions, all about as long."""
    a, b, c = QUINTIC
    tall = len(x) > x.shape[1]
    x = (x.T if tall else x) / x.norm().clamp(min=1e-7)
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


def optimizers(model: GPT, on: Collection[str]) -> list[torch.optim.Optimizer]:
    """Adam for all; with `muon` the blocks' matrices have that."""
    if "muon" not in on:
        return [torch.optim.Adam(model.parameters(), fused=True)]
    matrices = [parameter for parameter in model.blocks.parameters() if parameter.dim() == 2]
    ids = set(map(id, matrices))
    others = [parameter for parameter in model.parameters() if id(parameter) not in ids]
    return [Muon(matrices, RATE), torch.optim.Adam(others, fused=True)]


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread: for nets this small, others would wait for each other more than they help."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@cache
@one_thread()
def trained(
    text: str, on: frozenset[str] = frozenset(), steps: int = STEPS, seed: int = 0, rate: float = RATE
) -> Measured:
    """Train the GPT with the parts `on` on nine tenths of `text`, from random weights by `seed`.

    Which batches it sees, and in which order, is the same whatever is on. The learning rate rises to `rate` in WARMUP
    steps, and falls to 0 until the end: two trainings then differ less by chance. torch's own random state stays as it
    was.
    """
    alphabet = alphabet_of(text)
    ids = torch.from_numpy(encode(text, alphabet))
    cut = len(ids) * 9 // 10
    windows = ids.unfold(0, CONTEXT + 1, 1)  # (N, T + 1)
    draw = torch.Generator().manual_seed(0)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = GPT(len(alphabet), on)
    moving = optimizers(model, on)
    losses = []
    for step in range(steps):
        loss = model.loss(windows[torch.randint(cut - CONTEXT, (BATCH,), generator=draw)])
        model.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for one in moving:
            one.param_groups[0]["lr"] = rate * min((step + 1) / WARMUP, 1 - step / steps)
            one.step()
        losses.append(loss.item())
    with torch.no_grad():
        held_out = model.loss(windows[cut :: CONTEXT + 1]).item()
    weights = sum(parameter.numel() for parameter in model.parameters())
    kept = 2 * LAYERS * SIZE * (KEY_HEADS if "grouped" in on else HEADS)
    return Measured(losses, held_out, weights, kept)
