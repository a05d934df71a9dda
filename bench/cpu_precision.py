"""Training steps on the CPU in float32, in bfloat16 with torch's fused attention, and in bfloat16 with attention
written out: interleaved, medians, as ratios to float32.

    .venv/bin/python bench/cpu_precision.py [--rounds 7] [--steps 20]

Tokens are random: the time of a step does not depend on them.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.models import attention, build_model, gpt, modern
from tui_llm.training.devices import Device
from tui_llm.training.optimizers import Optimizers

VOCABULARY = 322
Attention = Callable[..., Tensor]


def fused(q: Tensor, k: Tensor, v: Tensor, dropout: float = 0.0, _mask: Tensor | None = None) -> Tensor:
    """Torch's own kernel, whatever the precision."""
    return F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)


VARIANTS: dict[str, tuple[torch.dtype, Attention]] = {
    "float32, fused": (torch.float32, fused),
    "bfloat16, fused": (torch.bfloat16, fused),
    "bfloat16, written out": (torch.bfloat16, attention.causal_attention),
}

SHAPES = {
    "4 layers, 128 wide, block 64, batch 12": (4, 4, 128, 64, 12),
    "4 layers, 128 wide, block 256, batch 4": (4, 4, 128, 256, 4),
    "6 layers, 384 wide, block 256, batch 8": (6, 6, 384, 256, 8),
}


class Setting:
    """A model in one precision with one attention, and its optimizer."""

    def __init__(self, name: str, shape: tuple[int, ...], variant: tuple[torch.dtype, Attention]) -> None:
        layers, heads, width, self.block, self.batch = shape
        torch.manual_seed(0)
        config = ModelConfig(name=name, n_layer=layers, n_head=heads, n_embd=width, block_size=self.block)  # type: ignore[arg-type]
        self.model = build_model(config, VOCABULARY)
        self.optimizers = Optimizers(self.model, TrainingConfig(optimizer="adamw"))
        self.device, self.attention = Device(torch.device("cpu"), variant[0]), variant[1]

    def seconds(self, steps: int) -> float:
        """The time of one step, the mean of `steps`."""
        for module in (gpt, modern):
            module.causal_attention = self.attention  # type: ignore[attr-defined]
        ids = torch.randint(VOCABULARY, (self.batch, self.block + 1))
        began = time.perf_counter()
        for _ in range(steps):
            with self.device.precision():
                loss = self.model.loss(ids[:, :-1], ids[:, 1:])
            loss.backward()  # type: ignore[no-untyped-call]
            self.optimizers.step(1e-3)
        return (time.perf_counter() - began) / steps


def main() -> None:
    """Print a table a shape and model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=20)
    arguments = parser.parse_args()
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {platform.machine()}")
    for model in ("gpt", "modern"):
        for shape_name, shape in SHAPES.items():
            settings = {name: Setting(model, shape, variant) for name, variant in VARIANTS.items()}
            times: dict[str, list[float]] = {name: [] for name in settings}
            for _ in range(arguments.rounds + 1):
                for name, setting in settings.items():
                    times[name].append(setting.seconds(arguments.steps))
            medians = {name: statistics.median(measured[1:]) for name, measured in times.items()}
            print(f"\n{model}: {shape_name}")
            for name, median in medians.items():
                tokens = shape[3] * shape[4] / median
                ratio = medians["float32, fused"] / median
                print(f"  {name:<22} {median * 1000:7.1f} ms  {tokens:8,.0f} tokens/s  {ratio:.2f}x float32")


if __name__ == "__main__":
    main()
