"""tui-llm beside nanoGPT, transformers, litgpt and llama.cpp, interleaved, each measurement in a process of its own:
medians, and ratios to the first line of each table. The losing rows, too.

    pip install -e '.[bench]'
    .venv/bin/python bench/compare.py --nanogpt DIR [--only train-a encode ...] [--rounds 3] [--quick] [--write]

    train-a, train-b             training: tokens a second at two sizes, on tiny Shakespeare
    to-loss                      the whole command, from the text file to the loss of nanoGPT's README run
    minutes                      the whole command with a budget of minutes: bits per byte
    generate-b, generate-124m    one text at a time, random weights: tokens a second
    encode                       characters to ids: MB a second

nanoGPT is a checkout that you have; peers that are not there are left out, with a line that says so. `--write` adds the
tables to bench/RESULTS.md. How each is measured is told in bench/peers/.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import sys
import time
from pathlib import Path

from peers.running import ROOT, Contender, Row, add_to_results, run, table

CORPORA = ROOT.parent / "shared" / "corpora"
HEADING = "Beside its peers: `bench/compare.py`"

#: Each peer's package, as it is imported and as it is installed.
PACKAGES = {
    "hf": ("transformers", "transformers"),
    "litgpt": ("litgpt", "litgpt"),
    "llamacpp": ("llama_cpp", "llama-cpp-python"),
}


class Rows:
    """The rows by name, each a method's work, for the arguments of the command."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._nanogpt: Path | None = arguments.nanogpt
        self._shakespeare: Path = arguments.shakespeare
        self._text: Path = arguments.text
        self._minutes: list[float] = arguments.minutes
        self._quick: bool = arguments.quick

    def named(self, name: str) -> list[Row]:
        """What `--only name` measures."""
        match name:
            case "train-a":
                return [self._train("a", "4 layers, 4 heads, 128 wide, block 64, batch 12", *self._steps(400, 20))]
            case "train-b":
                return [self._train("b", "6 layers, 6 heads, 384 wide, block 256, batch 64", *self._steps(3, 1))]
            case "to-loss":
                return [self._to_loss()]
            case "minutes":
                return [self._for_minutes(minutes) for minutes in self._minutes]
            case "generate-b":
                return [self._generate("b", "6 layers, 6 heads, 384 wide, block 256")]
            case "generate-124m":
                return [self._generate("124m", "12 layers, 12 heads, 768 wide, 50,257 tokens, block 1024")]
        return [self._encode()]

    def _steps(self, steps: int, warm_up: int) -> tuple[int, int]:
        return (max(1, steps // 2), max(1, warm_up // 4)) if self._quick else (steps, warm_up)

    def _train(self, shape: str, described: str, steps: int, warm_up: int) -> Row:
        size = (f"--shape={shape}", f"--steps={steps}", f"--warm-up={warm_up}")
        common = ("train", f"--text={self._shakespeare}", *size)
        ours = [
            self._ours(f"{model}, {optimizer}", *common, f"--model={model}", f"--optimizer={optimizer}")
            for model, optimizer in (("gpt", "adamw"), ("modern", "adamw"), ("modern", "muon"))
        ]
        compiled = [
            self._of_nanogpt("nanoGPT, compiled", *common, "--compile"),
            self._ours("gpt, adamw, compiled", *common, "--model=gpt", "--optimizer=adamw", "--compile"),
            self._ours("modern, muon, compiled", *common, "--compile"),
        ]
        contenders = [
            self._of_nanogpt("nanoGPT", *common),
            self._of_nanogpt("nanoGPT, patched to bf16 autocast", *common, "--dtype=bfloat16"),
            _packaged("transformers", "hf", *common),
            _packaged("litgpt", "litgpt", *common),
            *ours,
            *([] if self._quick else compiled),
        ]
        return Row(f"Training, {described}", "tokens_per_second", contenders)

    def _to_loss(self) -> Row:
        common = ("to-loss", f"--text={self._shakespeare}", *(["--quick"] if self._quick else []))
        contenders = [
            self._of_nanogpt("nanoGPT, its README's small run", *common),
            *(self._ours(f"train, {kind}", *common, f"--tokenizer={kind}") for kind in ("char", "sentencepiece")),
        ]
        return Row("Whole command to the loss of nanoGPT's small run (1.8977)", "seconds", contenders)

    def _for_minutes(self, minutes: float) -> Row:
        minutes = 0.3 if self._quick else minutes
        common = ("minutes", f"--text={self._text}", f"--minutes={minutes}")
        nanogpt = self._of_nanogpt("nanoGPT, its README's small setting", *common)
        contenders = [nanogpt, self._ours(f"train --minutes {minutes:g}", *common)]
        return Row(f"Whole command, {minutes:g} minutes on {self._text.name}", "bits_per_byte", contenders)

    def _generate(self, shape: str, described: str) -> Row:
        common = ("generate", f"--shape={shape}", f"--new-tokens={24 if self._quick else 200}")
        contenders = [
            _packaged("transformers", "hf", *common),
            _packaged("transformers, bf16", "hf", *common, "--dtype=bfloat16"),
            self._of_nanogpt("nanoGPT", *common),
            _packaged("llama.cpp, F32", "llamacpp", *common),
            _packaged("llama.cpp, F16", "llamacpp", *common, "--dtype=float16"),
            self._ours("gpt", *common, "--model=gpt"),
            self._ours("modern", *common),
        ]
        return Row(f"Generation of one text, {described}", "tokens_per_second", contenders)

    def _encode(self) -> Row:
        common = ("encode", f"--text={self._shakespeare}")
        loop = Contender("nanoGPT's loop over a dictionary", "nanogpt", common)  # written out here: no checkout needed
        return Row("Characters to ids, tiny Shakespeare", "megabytes_per_second", [loop, self._ours("char", *common)])

    def _of_nanogpt(self, label: str, *arguments: str) -> Contender:
        if self._nanogpt is None:
            return Contender(label, "nanogpt", arguments, missing="there is no checkout: give --nanogpt DIR")
        return Contender(label, "nanogpt", (*arguments, f"--nanogpt={self._nanogpt}"))

    @staticmethod
    def _ours(label: str, *arguments: str) -> Contender:
        return Contender(f"tui-llm, {label}", "ours", arguments)


def _packaged(label: str, peer: str, *arguments: str) -> Contender:
    module, name = PACKAGES[peer]
    missing = None if importlib.util.find_spec(module) else f"it is not installed: pip install {name}"
    return Contender(label, peer, arguments, missing)


def _machine() -> str:
    names = ["torch", *(name for _, name in PACKAGES.values())]
    versions = [f"{name} {one.version}" for name in names for one in importlib.metadata.distributions(name=name)]
    return f"{platform.machine()}, {os.cpu_count()} cores; {', '.join(versions)}"


def main() -> None:
    """Print a table a row; leave with 1 if something that is there could not be measured."""
    names = ["train-a", "train-b", "to-loss", "minutes", "generate-b", "generate-124m", "encode"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--nanogpt", type=_existing, metavar="DIR", help="a checkout of nanoGPT")
    parser.add_argument("--shakespeare", type=_existing, default=CORPORA / "en" / "tinyshakespeare.txt", metavar="FILE")
    parser.add_argument("--text", type=_existing, default=CORPORA / "es" / "novelas.txt", help="for minutes")
    parser.add_argument("--minutes", nargs="+", type=float, default=[1.0, 5.0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="only to see that it works: little of all, no compiling")
    parser.add_argument("--write", action="store_true", help="add the tables to bench/RESULTS.md")
    arguments = parser.parse_args()
    rows, failed = Rows(arguments), False
    lines = [f"{time.strftime('%Y-%m-%d')}, {_machine()}; rounds: {arguments.rounds}."]
    print(lines[0], flush=True)
    for row in (row for name in arguments.only for row in rows.named(name)):
        outcome = run(row, arguments.rounds)
        failed |= outcome.failed
        block = ["", f"{row.title}:", "", *table(row, outcome)]
        print("\n".join(block), flush=True)
        lines += block
    if arguments.write:
        add_to_results(HEADING, lines)
    sys.exit(int(failed))


def _existing(path: str) -> Path:
    if not Path(path).exists():
        raise argparse.ArgumentTypeError(f"there is no {path}")
    return Path(path).resolve()


if __name__ == "__main__":
    main()
