"""llama.cpp, by its Python binding (pip install llama-cpp-python gguf): GPT-2's architecture with random weights."""

from __future__ import annotations

import argparse
import os
import tempfile
from itertools import islice
from pathlib import Path

import gguf
import numpy as np
from llama_cpp import Llama

from peers.measuring import PROMPT, TEMPERATURE, TOP_K, call, generation_rate, tell
from peers.shapes import Shape


def generate(arguments: argparse.Namespace) -> None:
    """Tokens a second of its `generate` on all cores, in float32 or float16 (--dtype)."""
    shape: Shape = arguments.shape
    prompt = list(range(1, PROMPT + 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "random.gguf"
        parameters = write_random(path, shape, np.dtype(arguments.dtype))
        cores = os.cpu_count()
        model = Llama(str(path), n_ctx=shape.block_size, n_threads=cores, n_threads_batch=cores, verbose=False)

        def run(tokens: int) -> int:
            made = model.generate(prompt, top_k=TOP_K, top_p=1.0, min_p=0.0, temp=TEMPERATURE)
            return len(list(islice(made, tokens)))

        tell(tokens_per_second=generation_rate(run, arguments.new_tokens), parameters=parameters)
        model.close()


def write_random(path: Path, shape: Shape, dtype: np.dtype[np.generic]) -> int:
    """Write GPT-2 of `shape` as GGUF, its matrices as `dtype` and all else as float32; give the number of weights."""
    writer = gguf.GGUFWriter(path, "gpt2")
    writer.add_context_length(shape.block_size)
    writer.add_embedding_length(shape.n_embd)
    writer.add_feed_forward_length(4 * shape.n_embd)
    writer.add_block_count(shape.n_layer)
    writer.add_head_count(shape.n_head)
    writer.add_layer_norm_eps(1e-5)
    writer.add_vocab_size(shape.vocab_size)
    writer.add_tokenizer_model("no_vocab")
    generator = np.random.default_rng(1337)
    count = 0
    for name, size in _tensors(shape):
        values = generator.standard_normal(size, dtype=np.float32) * np.float32(0.02)
        is_matrix = len(size) == 2 and not name.startswith("position")
        writer.add_tensor(name, values.astype(dtype) if is_matrix else values)
        count += values.size
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return count


def _tensors(shape: Shape) -> list[tuple[str, tuple[int, ...]]]:
    """Every tensor by llama.cpp's name, with its size; the head is the embedding."""
    C = shape.n_embd
    linear = {"attn_qkv": (3 * C, C), "attn_output": (C, C), "ffn_up": (4 * C, C), "ffn_down": (C, 4 * C)}
    tensors: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (shape.vocab_size, C)),
        ("position_embd.weight", (shape.block_size, C)),
    ]
    for layer in range(shape.n_layer):
        for name, size in linear.items():
            tensors += [(f"blk.{layer}.{name}.weight", size), (f"blk.{layer}.{name}.bias", size[:1])]
        for name in ("attn_norm", "ffn_norm"):
            tensors += [(f"blk.{layer}.{name}.weight", (C,)), (f"blk.{layer}.{name}.bias", (C,))]
    return [*tensors, ("output_norm.weight", (C,)), ("output_norm.bias", (C,))]


if __name__ == "__main__":
    call({"generate": generate})
