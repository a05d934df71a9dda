"""nanoGPT (Karpathy 2022, MIT), from a checkout that the user has: `--nanogpt DIR`."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Any

from peers import nanogpt_checkout as checkout
from peers.measuring import PROMPT, TEMPERATURE, TOP_K, call, encoding_rate, generation_rate, tell
from peers.shapes import Shape


def train(arguments: argparse.Namespace) -> None:
    """Tokens a second of its train.py, whose clock is around all of a step; with --dtype bfloat16, patched."""
    import torch

    shape: Shape = arguments.shape
    flags = [
        *(f"--{name}={getattr(shape, name)}" for name in ("n_layer", "n_head", "n_embd", "block_size", "batch_size")),
        *(f"--device={arguments.device}", f"--dtype={arguments.dtype}", f"--compile={arguments.compile}"),
        *("--dropout=0.0", "--log_interval=1", "--eval_iters=1", "--eval_interval=1000000000"),
        f"--max_iters={arguments.warm_up + arguments.steps - 1}",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = _workspace(arguments, Path(name) / "run", autocast=arguments.dtype == "bfloat16")
        seconds = checkout.train(folder, "config/train_shakespeare_char.py", *flags)
    measured = seconds[arguments.warm_up :]
    rate = shape.tokens_per_step * len(measured) / sum(measured)
    with torch.device("meta"):
        tell(tokens_per_second=rate, parameters=_model(arguments).get_num_params(non_embedding=False))


def to_loss(arguments: argparse.Namespace) -> None:
    """Its README's small run, from the text file to the last checkpoint; the clock stops before it is evaluated."""
    steps = 50 if arguments.quick else checkout.README_STEPS
    flags = (*checkout.README_RUN, f"--max_iters={steps}", f"--lr_decay_iters={steps}")
    with tempfile.TemporaryDirectory() as name:
        began = time.perf_counter()
        folder = _workspace(arguments, Path(name) / "run")
        checkout.train(folder, *flags, f"--eval_interval={min(250, steps)}")
        _tell_last_tenth(arguments, folder, began, steps)


def minutes(arguments: argparse.Namespace) -> None:
    """Its README's small run with as many steps as fit: 250 steps tell how many those are."""
    flags, trial = checkout.README_RUN, 250
    with tempfile.TemporaryDirectory() as name:
        began = time.perf_counter()
        folder = _workspace(arguments, Path(name) / "trial")
        seconds = checkout.train(folder, *flags, f"--max_iters={trial}", "--eval_interval=250")[1:]
        # One evaluation lies within these steps, as in each 250 of the run itself.
        before_the_steps = time.perf_counter() - began - sum(seconds)
        fit = max(1, int((60 * arguments.minutes - before_the_steps) * len(seconds) / sum(seconds)))
        evaluations = max(1, round(fit / 250))
        steps = fit // evaluations * evaluations  # train.py saves after the last step if it evaluates there
        began = time.perf_counter()
        folder = _workspace(arguments, Path(name) / "run")
        schedule = (f"--max_iters={steps}", f"--lr_decay_iters={steps}", f"--eval_interval={steps // evaluations}")
        checkout.train(folder, *flags, *schedule)
        _tell_last_tenth(arguments, folder, began, steps)


def generate(arguments: argparse.Namespace) -> None:
    """Tokens a second of its model's `generate`, with random weights and no biases, as train.py has it."""
    import torch

    shape: Shape = arguments.shape
    model = _model(arguments).to(arguments.device).eval()
    prompt = torch.randint(shape.vocab_size, (1, PROMPT), device=arguments.device)

    def run(tokens: int) -> int:
        return len(model.generate(prompt, tokens, temperature=TEMPERATURE, top_k=TOP_K)[0].tolist()) - PROMPT

    rate = generation_rate(run, arguments.new_tokens)
    tell(tokens_per_second=rate, parameters=model.get_num_params(non_embedding=False))


def encode(arguments: argparse.Namespace) -> None:
    """Megabytes a second of the loop over a dictionary that its prepare.py encodes with."""
    numbers = checkout.numbers_of(arguments.text.read_text(encoding="utf-8"))
    tell(megabytes_per_second=encoding_rate(lambda text: checkout.encode(text, numbers), arguments.text))


def _workspace(arguments: argparse.Namespace, folder: Path, *, autocast: bool = False) -> Path:
    checkout.prepare(arguments.text, folder / "data" / checkout.DATASET)
    checkout.link(arguments.nanogpt, folder, autocast=autocast)
    return folder


def _tell_last_tenth(arguments: argparse.Namespace, folder: Path, began: float, steps: int) -> None:
    seconds = time.perf_counter() - began
    found = checkout.last_tenth(arguments.nanogpt, folder)
    tell(seconds=seconds, steps=steps, **dataclasses.asdict(found))


def _model(arguments: argparse.Namespace) -> Any:
    shape: Shape = arguments.shape
    module = checkout.load_model(arguments.nanogpt)
    sizes = {name: getattr(shape, name) for name in ("n_layer", "n_head", "n_embd", "block_size", "vocab_size")}
    return module.GPT(module.GPTConfig(**sizes, bias=False))


if __name__ == "__main__":
    call(
        {"train": train, "to-loss": to_loss, "minutes": minutes, "generate": generate, "encode": encode},
        lambda parser: parser.add_argument("--nanogpt", type=Path, metavar="DIR", help="the checkout"),
    )
