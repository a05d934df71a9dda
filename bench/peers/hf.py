"""Hugging Face transformers: GPT2LMHeadModel (pip install transformers)."""

from __future__ import annotations

import argparse
from typing import Any

import torch
from torch import Tensor
from transformers import GPT2Config, GPT2LMHeadModel

from peers.measuring import PROMPT, TEMPERATURE, TOP_K, call, generation_rate, tell, training_rate
from peers.shapes import Shape


def train(arguments: argparse.Namespace) -> None:
    """Tokens a second of a plain training loop around its loss."""
    model = _model(arguments.shape).train()

    def loss_of(ids: Tensor, _: Tensor) -> Tensor:
        loss: Tensor = model(input_ids=ids, labels=ids, use_cache=False).loss  # it shifts the labels itself
        return loss

    tell(tokens_per_second=training_rate(list(model.parameters()), loss_of, arguments), parameters=_count(model))


def generate(arguments: argparse.Namespace) -> None:
    """Tokens a second of its `generate`, with random weights."""
    model = _model(arguments.shape).to(arguments.device, getattr(torch, arguments.dtype)).eval()
    prompt = torch.randint(arguments.shape.vocab_size, (1, PROMPT), device=arguments.device)

    def run(tokens: int) -> int:
        text = model.generate(
            prompt,
            attention_mask=torch.ones_like(prompt),
            max_new_tokens=tokens,
            do_sample=True,
            temperature=TEMPERATURE,
            top_k=TOP_K,
            top_p=1.0,
        )
        return len(text[0].tolist()) - PROMPT

    tell(tokens_per_second=generation_rate(run, arguments.new_tokens), parameters=_count(model))


def _model(shape: Shape) -> Any:
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=shape.vocab_size,
            n_positions=shape.block_size,
            n_embd=shape.n_embd,
            n_layer=shape.n_layer,
            n_head=shape.n_head,
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            bos_token_id=None,
            eos_token_id=None,
            pad_token_id=None,
        )
    )


def _count(model: Any) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


if __name__ == "__main__":
    call({"train": train, "generate": generate})
