"""Milliseconds of a training step on the CPU, part by part, each way that docs/decisions/training-speed.md compares,
interleaved, each measurement in a process of its own: medians.

    .venv/bin/python bench/cpu_step.py [--shape a|b|c] [--model modern|gpt] [--rounds 3] [--steps 20]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

import torch

from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.models import build_model, fused
from tui_llm.training.compiling import compiled_loss
from tui_llm.training.devices import Device, dtype_name, keep_freed_memory
from tui_llm.training.optimizers import Optimizers

#: Layers, heads, width, block, batch, vocabulary.
SHAPES = {"a": (4, 4, 128, 64, 12, 322), "b": (6, 6, 384, 256, 8, 322), "c": (4, 4, 128, 128, 16, 2048)}

#: Each way: memory kept, precision, kernels of `models.fused`, compiled, optimizer.
WAYS = {
    "float32": (True, "float32", False, False, "adamw"),
    "float32, Muon": (True, "float32", False, False, "muon"),
    "float32, fused, Muon": (True, "float32", True, False, "muon"),
    "float32, compiled by blocks": (True, "float32", False, True, "adamw"),
    "bfloat16, memory given back": (False, "bfloat16", False, False, "adamw"),
    "bfloat16": (True, "bfloat16", False, False, "adamw"),
    "bfloat16, compiled by blocks": (True, "bfloat16", False, True, "adamw"),
    "bfloat16, fused": (True, "bfloat16", True, False, "adamw"),
    "bfloat16, fused, the rest compiled": (True, "bfloat16", True, True, "adamw"),
    "bfloat16, fused, Muon": (True, "bfloat16", True, False, "muon"),
}


def measure(way: str, shape: str, name: str, steps: int) -> None:
    """Print the medians of this process as JSON: forward and backward, then the optimizer, in seconds."""
    kept, precision, by_kernels, compiled, optimizer = WAYS[way]
    if kept:
        keep_freed_memory()
    if not by_kernels:
        fused.FEWEST = sys.maxsize
    n_layer, n_head, n_embd, block_size, batch, vocab_size = SHAPES[shape]
    torch.manual_seed(0)
    config = ModelConfig(
        name=name,  # type: ignore[arg-type]
        n_layer=n_layer,
        n_head=n_head,
        n_embd=n_embd,
        block_size=block_size,
    )
    model = build_model(config, vocab_size)
    device = Device(torch.device("cpu"), torch.bfloat16)
    if precision != dtype_name(device.dtype):
        device = Device(torch.device("cpu"), torch.float32)
    loss_of, complaint = compiled_loss(model, compiled, device, batch)
    assert complaint is None, complaint
    optimizers = Optimizers(model, TrainingConfig(optimizer=optimizer))  # type: ignore[arg-type]
    passes, updates = [], []
    for step in range(steps + 3):
        ids = torch.randint(vocab_size, (batch, block_size + 1))
        began = time.perf_counter()
        with device.precision():
            loss = loss_of(ids[:, :-1], ids[:, 1:])
        loss.backward()  # type: ignore[no-untyped-call]
        between = time.perf_counter()
        optimizers.step(1e-3)
        if step >= 3:
            passes.append(between - began)
            updates.append(time.perf_counter() - between)
    print(json.dumps([statistics.median(passes), statistics.median(updates)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=SHAPES, default="c")
    parser.add_argument("--model", choices=("modern", "gpt"), default="modern")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        measure(arguments.way, arguments.shape, arguments.model, arguments.steps)
        return
    found: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for _ in range(arguments.rounds):
        for way, results in found.items():
            answer = subprocess.run(
                [sys.executable, __file__, *sys.argv[1:], "--way", way], stdout=subprocess.PIPE, check=True
            )
            results.append(json.loads(answer.stdout))
    print(f"| {arguments.model}, shape {arguments.shape} | forward and backward | optimizer |\n|---|---|---|")
    for way, results in found.items():
        passes, update = (1000 * statistics.median(column) for column in zip(*results, strict=True))
        print(f"| {way} | {passes:.1f} ms | {update:.1f} ms |")


if __name__ == "__main__":
    main()
