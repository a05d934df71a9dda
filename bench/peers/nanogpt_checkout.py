"""nanoGPT's own train.py on any text: the checkout that the user has is read, never written to.
torch is imported where it is needed.

train.py reads `data/`, `config/` and `configurator.py` where it is started, so it is started in a folder of its own
with links to them.
"""

from __future__ import annotations

import importlib
import math
import os
import pickle
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

DATASET = "shakespeare_char"

#: The small run of its README, for those who have no GPU.
README_RUN = (
    *("config/train_shakespeare_char.py", "--device=cpu", "--compile=False", "--eval_iters=20", "--log_interval=1"),
    *("--block_size=64", "--batch_size=12", "--n_layer=4", "--n_head=4", "--n_embd=128", "--dropout=0.0"),
    "--always_save_checkpoint=True",  # not the best by 20 noisy batches, but the last one
)
README_STEPS = 2000

#: On a CPU it never uses autocast; the patch is to leave this out of its line `ctx = ...`.
_NO_AUTOCAST = "nullcontext() if device_type == 'cpu' else "

_STEP = re.compile(r"^iter \d+: loss [\d.naif]+, time ([\d.]+)ms", re.MULTILINE)


def encode(text: str, numbers: dict[str, int]) -> list[int]:
    """What data/shakespeare_char/prepare.py does with each character."""
    return [numbers[character] for character in text]


def numbers_of(text: str) -> dict[str, int]:
    """The number of each character of `text`."""
    return {character: number for number, character in enumerate(sorted(set(text)))}


def prepare(text: Path, folder: Path) -> None:
    """Make `folder` and in it train.bin, val.bin and meta.pkl, as its prepare.py makes them of its one text."""
    content = text.read_text(encoding="utf-8")
    numbers = numbers_of(content)
    border = int(len(content) * 0.9)
    folder.mkdir(parents=True)
    for name, part in (("train.bin", content[:border]), ("val.bin", content[border:])):
        np.array(encode(part, numbers), dtype=np.uint16).tofile(folder / name)
    names = {number: character for character, number in numbers.items()}
    meta = {"vocab_size": len(numbers), "itos": names, "stoi": numbers}
    (folder / "meta.pkl").write_bytes(pickle.dumps(meta))


def link(checkout: Path, folder: Path, *, autocast: bool = False) -> None:
    """Put into `folder` what train.py needs beside data; with `autocast`, a train.py that uses it on CPUs, too."""
    for name in ("model.py", "configurator.py", "config"):
        (folder / name).symlink_to(checkout / name)
    source = (checkout / "train.py").read_text(encoding="utf-8")
    if autocast and _NO_AUTOCAST not in source:
        raise RuntimeError(f"{checkout / 'train.py'} has no {_NO_AUTOCAST!r} to leave out")
    (folder / "train.py").write_text(source.replace(_NO_AUTOCAST, "") if autocast else source, encoding="utf-8")


def train(folder: Path, *flags: str) -> list[float]:
    """Run train.py in `folder`; give the seconds of each step, evaluations before it included."""
    command = [sys.executable, "train.py", *flags]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"train.py {' '.join(flags)}: exit {done.returncode}\n{done.stderr}")
    return [float(milliseconds) / 1000 for milliseconds in _STEP.findall(done.stdout)]


def load_model(checkout: Path) -> Any:
    """The module model.py of the checkout."""
    sys.path.insert(0, str(checkout))
    return importlib.import_module("model")


@dataclass(frozen=True)
class LastTenth:
    """How the newest checkpoint does on the whole of val.bin: nats a character, bits a UTF-8 byte."""

    loss: float
    bits_per_byte: float
    parameters: int


def last_tenth(checkout: Path, folder: Path) -> LastTenth:
    """Evaluate what train.py saved, in windows of its block size, each with no context before it."""
    import torch

    (saved,) = folder.glob("out*/ckpt.pt")
    # A pickle, but one that train.py has just written here.
    checkpoint = torch.load(saved, map_location="cpu", weights_only=False)
    module = load_model(checkout)
    model = module.GPT(module.GPTConfig(**checkpoint["model_args"]))
    model.load_state_dict(checkpoint["model"])
    model.eval()
    data = folder / "data" / DATASET
    ids = torch.from_numpy(np.fromfile(data / "val.bin", dtype=np.uint16).astype(np.int64))
    meta = pickle.loads((data / "meta.pkl").read_bytes())
    widths = torch.tensor([len(meta["itos"][number].encode("utf-8")) for number in range(meta["vocab_size"])])
    block = checkpoint["model_args"]["block_size"]
    whole = (len(ids) - 1) // block * block
    inputs, targets = ids[:whole].view(-1, block), ids[1 : whole + 1].view(-1, block)
    batches = [(inputs[at : at + 64], targets[at : at + 64]) for at in range(0, len(inputs), 64)]
    if whole < len(ids) - 1:
        batches.append((ids[None, whole:-1], ids[None, whole + 1 :]))
    nats = 0.0
    with torch.inference_mode():
        for given, wanted in batches:
            nats += model(given, wanted)[1].item() * wanted.numel()
    return LastTenth(
        nats / (len(ids) - 1),
        nats / math.log(2) / int(widths[ids[1:]].sum()),
        model.get_num_params(non_embedding=False),
    )
