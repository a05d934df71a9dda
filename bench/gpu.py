"""A GPU in one command of under ten minutes: training and generation with GPT-2's 124M parameters beside nanoGPT, the
share of the device's peak that training uses, and tiny Shakespeare to a validation loss of 1.47.

    .venv/bin/python bench/gpu.py [--nanogpt DIR] [--batch-size 32] [--rounds 1] [--write] [--dry-run]

Tokens are random letters, as many different ones as GPT-2 has tokens: the time of a step does not depend on them.
Model FLOPs are counted as in PaLM (Chowdhery et al. 2022, appendix B) and nanoGPT: 6 for each weight and token, and 12
for each layer, channel and position of the block, masked or not. `--dry-run` does it all on the CPU, on tiny models.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from peers.measuring import LETTERS
from peers.running import ROOT, Answer, Contender, Row, add_to_results, run, table
from peers.shapes import SHAPES, Shape

from tui_llm.training.utilisation import STATED

HEADING = "On a GPU: `bench/gpu.py`"
SHAKESPEARE = ROOT.parent / "shared" / "corpora" / "en" / "tinyshakespeare.txt"

#: Letters of the random text: enough for fifty batches.
CHARACTERS = 2_000_000


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is measured, on what; `dry` is the same on a CPU at tiny sizes."""

    shape: str
    device: str
    steps: int
    warm_up: int
    new_tokens: int
    product: int

    @property
    def dry(self) -> bool:
        """Whether it is only to see that it works."""
        return self.device == "cpu"


REAL = Plan("124m", "cuda", steps=60, warm_up=20, new_tokens=1000, product=8192)
DRY = Plan("tiny", "cpu", steps=600, warm_up=20, new_tokens=20, product=256)


def matrix_rate(plan: Plan) -> float:
    """Operations a second of one large product in bfloat16, the best of 5 times 20."""
    a, b = (torch.randn(plan.product, plan.product, device=plan.device, dtype=torch.bfloat16) for _ in range(2))
    best = float("inf")
    for _ in range(6):  # the first one is slower
        _wait(plan)
        began = time.perf_counter()
        for _ in range(20):
            a @ b
        _wait(plan)
        best = min(best, (time.perf_counter() - began) / 20)
    return 2 * plan.product**3 / best


def _wait(plan: Plan) -> None:
    if plan.device == "cuda":
        torch.cuda.synchronize()


def write_random(path: Path, shape: Shape) -> None:
    """A text in which as many letters occur as the vocabulary has room for beside our 257 byte tokens."""
    letters = np.frombuffer(LETTERS[: shape.vocab_size - 257].encode("utf-32-le"), dtype="<u4").copy()
    letters[0] = ord("\n")
    drawn = np.random.default_rng(1337).choice(letters, CHARACTERS)
    path.write_text(drawn.tobytes().decode("utf-32-le"), encoding="utf-8")


def training(plan: Plan, text: Path, batch_size: int, nanogpt: Path | None) -> Row:
    """Tokens a second of training: nanoGPT compiled, and ours by its defaults, which compile on CUDA."""
    size = (f"--shape={plan.shape}", f"--batch-size={batch_size}")
    length = (f"--steps={plan.steps}", f"--warm-up={plan.warm_up}")
    common = ("train", f"--text={text}", f"--device={plan.device}", *size, *length)
    its_own = ("--dtype=bfloat16", *([] if plan.dry else ["--compile"]))
    contenders = [
        _of_nanogpt("nanoGPT", nanogpt, *common, *its_own),
        Contender("tui-llm, gpt, adamw", "ours", (*common, "--model=gpt", "--optimizer=adamw")),
        Contender("tui-llm, modern, muon", "ours", common),
    ]
    block = SHAPES[plan.shape].block_size
    return Row(f"Training, {plan.shape}, block {block}, batch {batch_size}", "tokens_per_second", contenders)


def generation(plan: Plan, nanogpt: Path | None) -> Row:
    """Tokens a second of one text, random weights."""
    common = ("generate", f"--shape={plan.shape}", f"--device={plan.device}", f"--new-tokens={plan.new_tokens}")
    contenders = [
        _of_nanogpt("nanoGPT", nanogpt, *common),
        Contender("tui-llm, gpt", "ours", (*common, "--model=gpt")),
        Contender("tui-llm, modern", "ours", common),
    ]
    return Row(f"Generation of one text, {plan.shape}", "tokens_per_second", contenders)


def to_loss(plan: Plan, shakespeare: Path) -> Row:
    """The whole command on tiny Shakespeare; see TO_LOSS_CUDA of bench/peers/ours.py."""
    flags = ("to-loss", f"--text={shakespeare}", f"--device={plan.device}", *(["--quick"] if plan.dry else []))
    title = "Whole command, tiny Shakespeare to 1.47 (nanoGPT's README: 3 minutes on an A100)"
    return Row(title, "seconds", [Contender("tui-llm", "ours", flags)])


def _of_nanogpt(label: str, nanogpt: Path | None, *arguments: str) -> Contender:
    if nanogpt is None:
        return Contender(label, "nanogpt", arguments, missing="there is no checkout: give --nanogpt DIR")
    return Contender(label, "nanogpt", (*arguments, f"--nanogpt={nanogpt}"))


def with_utilisation(answer: Answer, shape: Shape, peak: float) -> Answer:
    """`answer` with the share of `peak` that its tokens a second are; learnt positions, no product, are counted out."""
    weights = answer["parameters"] - shape.block_size * shape.n_embd
    operations = 6 * weights + 12 * shape.n_layer * shape.n_embd * shape.block_size
    return {**answer, "utilisation": operations * answer["tokens_per_second"] / peak}


def main() -> None:
    """Print the peak and a table for each of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nanogpt", type=Path, metavar="DIR", help="a checkout of nanoGPT")
    parser.add_argument("--shakespeare", type=Path, default=SHAKESPEARE, metavar="FILE")
    parser.add_argument("--batch-size", type=int, default=SHAPES[REAL.shape].batch_size)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--dry-run", action="store_true", help="on the CPU, tiny, only to see that it works")
    parser.add_argument("--write", action="store_true", help="add the tables to bench/RESULTS.md")
    arguments = parser.parse_args()
    plan = DRY if arguments.dry_run else REAL
    nanogpt = arguments.nanogpt.resolve() if arguments.nanogpt else None
    shape, device = SHAPES[plan.shape], "CPU" if plan.dry else torch.cuda.get_device_name()
    measured = matrix_rate(plan)
    stated = next((rate for name, rate in STATED.items() if name in device), None)
    peak = stated or measured
    said = f", {stated / 1e12:,.0f} stated" if stated else ""
    intro = f"{time.strftime('%Y-%m-%d')}, {device}, torch {torch.__version__}; a product of two {plan.product} x"
    lines = [f"{intro} {plan.product} matrices in bfloat16: {measured / 1e12:,.1f} TFLOP/s measured{said}."]
    print(lines[0], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "letters.txt"
        write_random(text, shape)
        rows = [
            training(plan, text, arguments.batch_size, nanogpt),
            generation(plan, nanogpt),
            to_loss(plan, arguments.shakespeare.resolve()),
        ]
        for row in rows:
            outcome = run(row, arguments.rounds)
            if row is rows[0]:
                for answers in outcome.answers.values():
                    answers[:] = [with_utilisation(answer, shape, peak) for answer in answers]
            block = ["", f"{row.title}:", "", *table(row, outcome)]
            print("\n".join(block), flush=True)
            lines += block
    if arguments.write:
        add_to_results(HEADING, lines)


if __name__ == "__main__":
    main()
