"""Optimizers: their state survives being saved, and AdamW is torch's own."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.training.optimizers import Optimizers

V = 17


def make_model() -> LanguageModel:
    torch.manual_seed(0)
    return build_model(ModelConfig(name="gpt", n_layer=1, n_head=2, n_embd=8, block_size=4), V)


def learn(model: LanguageModel, optimizers: Optimizers, steps: range) -> None:
    for step in steps:
        ids = torch.randint(V, (2, 5), generator=torch.Generator().manual_seed(step))
        model.loss(ids[:, :-1], ids[:, 1:]).backward()  # type: ignore[no-untyped-call]
        optimizers.step(1e-2)


@pytest.mark.parametrize("kind", ["adamw", "muon"])
def test_a_saved_state_goes_on_as_if_nothing_had_been(kind: str) -> None:
    config = TrainingConfig(optimizer=kind)  # type: ignore[arg-type]
    model = make_model()
    optimizers = Optimizers(model, config)
    learn(model, optimizers, range(3))
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    state = {name: value.clone() for name, value in optimizers.state().items()}
    learn(model, optimizers, range(3, 6))

    again = make_model()
    again.load_state_dict(weights)
    resumed = Optimizers(again, config)
    resumed.load(state)
    learn(again, resumed, range(3, 6))
    for name, value in model.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name


def test_adamw_is_torchs_adamw_with_decay_for_matrices_alone() -> None:
    ours, theirs = make_model(), make_model()
    config = TrainingConfig(optimizer="adamw", lr=1e-2, weight_decay=0.3, beta1=0.8, beta2=0.9, grad_clip=0.5)
    optimizers = Optimizers(ours, config)
    groups = [
        {"params": [p for p in theirs.parameters() if p.dim() >= 2], "weight_decay": 0.3},
        {"params": [p for p in theirs.parameters() if p.dim() < 2], "weight_decay": 0.0},
    ]
    reference = torch.optim.AdamW(groups, lr=1e-2, betas=(0.8, 0.9))
    for step in range(4):
        ids = torch.randint(V, (2, 5), generator=torch.Generator().manual_seed(step))
        for model in (ours, theirs):
            model.loss(ids[:, :-1], ids[:, 1:]).backward()  # type: ignore[no-untyped-call]
        optimizers.step(1e-2)
        torch.nn.utils.clip_grad_norm_(theirs.parameters(), 0.5)
        reference.step()
        reference.zero_grad()
    for name, value in ours.state_dict().items():
        torch.testing.assert_close(value, theirs.state_dict()[name], rtol=0, atol=1e-4)


def test_muon_moves_hidden_matrices_by_nearly_orthogonal_steps() -> None:
    model = make_model()
    optimizers = Optimizers(model, TrainingConfig(optimizer="muon", lr=1e-2, weight_decay=0.0))
    before = {name: value.clone() for name, value in model.named_parameters()}
    learn(model, optimizers, range(1))
    for name in model.hidden_matrices():
        step = (dict(model.named_parameters())[name] - before[name]).detach()
        sizes = torch.linalg.svdvals(step)
        # The Newton-Schulz iteration leaves singular values between about 0.5 and 1.5 of one another.
        assert float(sizes.max() / sizes.median()) < 2.0, name


def test_torchs_compiler_is_not_loaded_for_optimizers_alone() -> None:
    code = (
        "import sys, torch; from tui_llm.config import *; from tui_llm.models import build_model;"
        "from tui_llm.training.optimizers import Optimizers;"
        "model = build_model(ModelConfig(n_layer=1, n_head=1, n_embd=8, block_size=4), 10);"
        "moving = Optimizers(model, TrainingConfig(optimizer='muon'));"
        "model.loss(torch.zeros(1, 4, dtype=int), torch.zeros(1, 4, dtype=int)).backward();"
        "moving.step(1e-3); moving.load(moving.state());"
        "print('torch._dynamo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
