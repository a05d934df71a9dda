"""tui-llm itself, as a user has it: `tui-llm train` in a fresh home, and the engine that `tui-llm generate` uses."""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit

from peers.measuring import LETTERS, PROMPT, TEMPERATURE, TOP_K, call, encoding_rate, generation_rate, tell
from peers.shapes import Shape
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.metrics import read_metrics

#: `to-loss`, on a CPU: how to be below nanoGPT's loss soonest with at most 0.85M parameters, by the kind of tokens.
TO_LOSS = {
    "char": (
        *("--model", "modern", "--tokenizer", "char", "--n-layer", "4", "--n-head", "4", "--n-embd", "128"),
        *("--block-size", "64", "--batch-size", "12", "--max-steps", "200", "--eval-interval", "200", "--lr", "6e-3"),
        *("--warmup-steps", "20"),
    ),
    "sentencepiece": (
        *("--model", "modern", "--tokenizer", "sentencepiece", "--vocab-size", "2048"),
        *("--n-layer", "3", "--n-head", "3", "--n-embd", "96", "--block-size", "64", "--batch-size", "12"),
        *("--max-steps", "90", "--eval-interval", "90", "--lr", "8e-3", "--warmup-steps", "10"),
    ),
}

#: The same on a GPU, where the aim is lower: a model of nanoGPT's size for GPUs.
TO_LOSS_CUDA = (
    *("--model", "modern", "--tokenizer", "char", "--n-layer", "6", "--n-head", "6", "--n-embd", "384"),
    *("--block-size", "256", "--batch-size", "64", "--max-steps", "1000", "--dropout", "0.2", "--lr", "3e-3"),
)

#: Tokens of the character tokenizer that are no characters of the text.
BYTES = 257


def train(arguments: argparse.Namespace) -> None:
    """Tokens a second of `tui-llm train`, by its own records, from the first one after the warm-up on."""
    with _fresh_home() as home:
        config = home / "request.toml"
        config.write_text(tomlkit.dumps(_request(arguments)), encoding="utf-8")
        answer, _ = _run_train(str(arguments.text), "--config", str(config))
        records = list(read_metrics(Path(answer["path"]) / "metrics.jsonl", kinds={"train", "event"}))
    not_compiled = [record["reason"] for record in records if record.get("event") == "not_compiled"]
    told = [record for record in records if record["kind"] == "train" and record["step"] >= arguments.warm_up]
    if not_compiled or len(told) < 2:  # a record is written twice a second at most
        raise RuntimeError(not_compiled[0] if not_compiled else "too few --steps to measure: it took no second")
    tokens, seconds = (told[-1][key] - told[0][key] for key in ("tokens", "elapsed"))
    tell(tokens_per_second=tokens / seconds, parameters=answer["parameters"])


def _request(arguments: argparse.Namespace) -> dict[str, Any]:
    """What to train as; the defaults hold for what is not in it."""
    shape: Shape = arguments.shape
    steps = arguments.warm_up + arguments.steps
    sizes = {name: getattr(shape, name) for name in ("n_layer", "n_head", "n_embd", "block_size")}
    request: dict[str, Any] = {
        "data": {"tokenizer": "char"},
        "model": {"name": arguments.model, **sizes},
        "training": {
            "optimizer": arguments.optimizer,
            "batch_size": shape.batch_size,
            "max_steps": steps,
            # Evaluations are not what is measured: two small ones.
            "eval_interval": steps,
            "eval_tokens": shape.tokens_per_step,
        },
        "system": {"device": arguments.device},
    }
    if shape.vocab_size > BYTES:
        request["data"]["vocab_size"] = shape.vocab_size
    if arguments.compile:
        request["system"]["compile"] = True
    return request


def to_loss(arguments: argparse.Namespace) -> None:
    """The whole command `tui-llm train TEXT` with the flags of TO_LOSS."""
    flags = TO_LOSS_CUDA if arguments.device == "cuda" else TO_LOSS[arguments.tokenizer]
    fewer = ("--max-steps", "50", "--eval-interval", "50") if arguments.quick else ()
    _whole_command(arguments, *flags, *fewer, "--device", arguments.device)


def minutes(arguments: argparse.Namespace) -> None:
    """The whole command `tui-llm train TEXT --minutes M`: everything else is left to it."""
    _whole_command(arguments, "--minutes", str(arguments.minutes))


def generate(arguments: argparse.Namespace) -> None:
    """Tokens a second of the engine with random weights, after it has made as many once."""
    from tui_llm.config import ModelConfig
    from tui_llm.generation.engine import Engine, Request
    from tui_llm.generation.sampling import Sampling
    from tui_llm.models import build_model
    from tui_llm.text.tokenizers.char import CharTokenizer

    shape: Shape = arguments.shape
    sizes = {name: getattr(shape, name) for name in ("n_layer", "n_head", "n_embd", "block_size")}
    many = shape.vocab_size - BYTES if shape.vocab_size > BYTES else shape.vocab_size
    tokenizer = CharTokenizer(LETTERS[:many])
    tokenizer.eot = -1  # random weights would soon end the text
    model = build_model(ModelConfig(name=arguments.model, **sizes), tokenizer.vocab_size)
    engine = Engine(model.to(arguments.device), tokenizer)
    engine.prepare()
    sampling = Sampling(temperature=TEMPERATURE, top_k=TOP_K, top_p=None)

    def run(tokens: int) -> int:
        request = Request(prompt=LETTERS[:PROMPT], max_new_tokens=tokens, sampling=sampling)
        return sum(1 for _ in engine.generate(request))

    rate = generation_rate(run, arguments.new_tokens, warm_up=arguments.new_tokens)
    tell(tokens_per_second=rate, parameters=model.parameter_count())


def encode(arguments: argparse.Namespace) -> None:
    """Megabytes a second of the character tokenizer, made of the same text."""
    from tui_llm.text.tokenizers.char import train_char

    tokenizer = train_char([arguments.text.read_text(encoding="utf-8")], None)
    tell(megabytes_per_second=encoding_rate(tokenizer.encode, arguments.text))


@contextmanager
def _fresh_home() -> Iterator[Path]:
    """A home without runs, texts or preferences, for this process and those that it starts."""
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(TUI_LLM_HOME=name, TUI_LLM_CONFIG=os.devnull)
        yield Path(name)


def _run_train(*arguments: str) -> tuple[dict[str, Any], float]:
    """What `tui-llm train ... --json` answers, and the seconds of the whole command."""
    command = [sys.executable, "-m", "tui_llm", "train", *arguments, "--json"]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout), seconds


def _whole_command(arguments: argparse.Namespace, *flags: str) -> None:
    """Train where nothing was ever compiled; the clock stops before the last tenth is evaluated once more, whole."""
    with _fresh_home() as home:
        for name in ("XDG_CACHE_HOME", "TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR", "NUMBA_CACHE_DIR"):
            os.environ[name] = str(home / "caches")
        answer, seconds = _run_train(str(arguments.text), *flags)
        loss, bits_per_byte = _last_tenth(RunDirectory(Path(answer["path"])))
    tell(
        seconds=seconds,
        steps=answer["step"],
        loss=loss,
        bits_per_byte=bits_per_byte,
        parameters=answer["parameters"],
    )


def _last_tenth(run: RunDirectory) -> tuple[float, float]:
    """Nats a token and bits a byte of the best checkpoint, on all of val and all of test."""
    from tui_llm.generation.loading import load_trained
    from tui_llm.runs.home import corpora_folder
    from tui_llm.text.corpora import PreparedCorpus
    from tui_llm.training.evaluation import evaluate

    trained = load_trained(run)
    corpus = PreparedCorpus(corpora_folder() / str(trained.config.data.corpus))
    byte_lengths = trained.tokenizer.byte_lengths
    nats = tokens = stood_for = 0.0
    for split in ("val", "test"):
        store = corpus.store(split)
        found = evaluate(trained.model, store, byte_lengths, trained.device, batch_size=32, limit=len(store))
        nats, tokens, stood_for = nats + found.loss * found.tokens, tokens + found.tokens, stood_for + found.bytes
    return nats / tokens, nats / math.log(2) / stood_for


def _add_own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="modern", help="gpt or modern")
    parser.add_argument("--optimizer", default="muon", help="adamw or muon")
    parser.add_argument("--tokenizer", default="char", choices=TO_LOSS, help="for to-loss")


if __name__ == "__main__":
    call({"train": train, "to-loss": to_loss, "minutes": minutes, "generate": generate, "encode": encode}, _add_own)
