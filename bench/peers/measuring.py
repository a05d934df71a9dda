"""What the peers share: how they are called, how they answer, the clock, and a training loop for those without one.
torch is imported where it is needed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from peers.shapes import SHAPES, Shape

if TYPE_CHECKING:
    from torch import Tensor

Command = Callable[[argparse.Namespace], None]

#: One way of sampling for all that generate: nothing but the 40 likeliest tokens may come.
TEMPERATURE, TOP_K = 0.8, 40

#: Tokens of the prompt.
PROMPT = 8

#: 50,000 letters (CJK and Hangul), for a character vocabulary as large as GPT-2's.
LETTERS = "".join(
    chr(point)
    for start, many in ((0x3400, 6592), (0x4E00, 20992), (0xAC00, 11172), (0x20000, 11244))
    for point in range(start, start + many)
)


def call(commands: dict[str, Command], add_own: Callable[[argparse.ArgumentParser], object] | None = None) -> None:
    """Parse the arguments and call the command that they name. `add_own` adds what one peer alone needs."""
    parser = argparse.ArgumentParser(description=f"measures one of: {', '.join(commands)}")
    parser.add_argument("what", choices=list(commands))
    parser.add_argument("--text", type=Path)
    parser.add_argument("--shape", type=SHAPES.__getitem__, help=", ".join(SHAPES))
    parser.add_argument("--batch-size", type=int, help="in place of the shape's own")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", default="float32", help="float32 or bfloat16, where it can be chosen")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--steps", type=int, default=100, help="training steps that are measured")
    parser.add_argument("--warm-up", type=int, default=10, help="training steps before them")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--new-tokens", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="only to see that it works: to-loss makes 50 steps")
    if add_own is not None:
        add_own(parser)
    arguments = parser.parse_args()
    if arguments.batch_size is not None:
        arguments.shape = dataclasses.replace(arguments.shape, batch_size=arguments.batch_size)
    commands[arguments.what](arguments)


def tell(**figures: float) -> None:
    """Answer: one line of JSON."""
    print(json.dumps(figures), flush=True)


def characters(text: str) -> tuple[np.ndarray, int]:
    """The text as nanoGPT's ids, (characters,) int64, and how many different ones there are."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    known, ids = np.unique(points, return_inverse=True)
    return ids.astype(np.int64), len(known)


def training_rate(
    parameters: list[Tensor], loss_of: Callable[[Tensor, Tensor], Tensor], arguments: argparse.Namespace
) -> float:
    """Tokens a second of the usual training step, in float32: a random batch, backward, clipping, fused AdamW.

    Args:
        parameters: what is learnt.
        loss_of: from ids and targets, each (B, T) int64, to the loss.
        arguments: with `shape`, `text`, `steps` and `warm_up`.
    """
    import torch

    shape: Shape = arguments.shape
    ids = torch.from_numpy(characters(arguments.text.read_text(encoding="utf-8"))[0])
    window = torch.arange(shape.block_size + 1)
    optimizer = torch.optim.AdamW(parameters, lr=1e-3, betas=(0.9, 0.99), weight_decay=0.1, fused=True)
    began = time.perf_counter()
    for step in range(arguments.warm_up + arguments.steps):
        if step == arguments.warm_up:
            began = time.perf_counter()
        starts = torch.randint(len(ids) - shape.block_size, (shape.batch_size, 1))
        rows = ids[starts + window]
        loss = loss_of(rows[:, :-1], rows[:, 1:])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss.item()
    steps: int = arguments.steps
    return shape.tokens_per_step * steps / (time.perf_counter() - began)


def generation_rate(generate: Callable[[int], int], new_tokens: int, warm_up: int = 8) -> float:
    """Tokens a second of `generate`, which makes so many tokens after a prompt and says how many they are."""
    generate(warm_up)
    began = time.perf_counter()
    made = generate(new_tokens)
    seconds = time.perf_counter() - began
    if made != new_tokens:
        raise RuntimeError(f"{made} tokens were generated, not {new_tokens}")
    return made / seconds


def encoding_rate(encode: Callable[[str], Any], text: Path) -> float:
    """Megabytes (UTF-8) a second of `encode`, the median of five times after one."""
    content = text.read_text(encoding="utf-8")
    seconds = []
    for _ in range(6):
        began = time.perf_counter()
        encode(content)
        seconds.append(time.perf_counter() - began)
    return len(content.encode("utf-8")) / 1e6 / statistics.median(seconds[1:])
