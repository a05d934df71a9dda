"""What `auto` chooses: by the text, the time and the machine, and never more than any of them can bear."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.config import Request
from tui_llm.presets import resolve
from tui_llm.training import auto
from tui_llm.training.devices import Device
from tui_llm.training.footprint import footprint
from tui_llm.training.utilisation import matrix_rate

CPU = Device(torch.device("cpu"), torch.bfloat16)

FACTS = auto.Facts(
    train_tokens=1_000_000,
    smallest_split=50_000,
    vocab_size=2_048,
    seconds=300.0,
    rates={"float32": 1.7e11, "bfloat16": 4e11},
    device="cpu",
)


def parameters(chosen: Request) -> int:
    """Those of the blocks, about."""
    model = chosen["model"]
    return 12 * int(model["n_layer"]) * int(model["n_embd"]) ** 2


@given(seconds=st.floats(10.0, 1e6), times=st.floats(1.0, 100.0), tokens=st.integers(10_000, 10**9))
def test_more_time_or_text_never_makes_a_smaller_model(seconds: float, times: float, tokens: int) -> None:
    facts = replace(FACTS, seconds=seconds, train_tokens=tokens)
    size = parameters(auto.choose(facts))
    assert parameters(auto.choose(replace(facts, seconds=seconds * times))) >= size
    assert parameters(auto.choose(replace(facts, train_tokens=int(tokens * times)))) >= size


@given(
    seconds=st.floats(6.0, 1e6),
    tokens=st.integers(100, 10**9),
    smallest=st.integers(2, 10**6),
    vocab_size=st.integers(2, 60_000),
    rate=st.floats(1e9, 1e15),
    device=st.sampled_from(["cpu", "cuda", "mps"]),
)
def test_whatever_it_chooses_is_a_configuration(
    seconds: float, tokens: int, smallest: int, vocab_size: int, rate: float, device: str
) -> None:
    facts = auto.Facts(tokens, smallest, vocab_size, seconds, {"float32": rate}, device)
    chosen = auto.choose(facts)
    config = resolve({}, chosen)
    assert config.model.block_size < smallest
    assert config.model.n_embd % config.model.n_head == 0
    assert not auto.is_open(chosen), "a run.toml with all of it leaves nothing to choose"


def test_a_small_text_that_is_seen_often_gets_dropout() -> None:
    assert auto.choose(FACTS)["model"]["dropout"] == 0.0
    assert auto.choose(replace(FACTS, train_tokens=20_000))["model"]["dropout"] > 0.0


@pytest.mark.parametrize(("device", "compiled"), [("cpu", False), ("mps", False), ("cuda", True)])
def test_it_compiles_where_that_pays(device: str, compiled: bool) -> None:
    assert auto.choose(replace(FACTS, device=device))["system"]["compile"] is compiled


def test_the_quickest_precision_is_taken() -> None:
    assert auto.choose(FACTS)["system"]["dtype"] == "bfloat16"
    slow = replace(FACTS, rates={"float32": 2e11, "bfloat16": 3e10})
    assert auto.choose(slow)["system"]["dtype"] == "float32"


def test_the_rates_are_those_of_the_precisions_asked_for() -> None:
    assert set(auto.matrix_rates(CPU, "auto")) == {"float32", "bfloat16"}
    assert set(auto.matrix_rates(replace(CPU, dtype=torch.float32), "float32")) == {"float32"}
    assert all(rate > 1e6 for rate in auto.matrix_rates(CPU, "auto").values())


def test_a_first_product_that_takes_all_the_time_is_not_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a library that gets ready for bfloat16 has the run trained in float32."""
    products = 0

    class Matrix:
        def __matmul__(self, other: Matrix) -> torch.Tensor:
            nonlocal products
            products += 1
            if products == 1:
                time.sleep(0.4)
            return torch.zeros(1, 1)

    monkeypatch.setattr(torch, "randn", lambda *_, **__: Matrix())
    first_alone = 2 * 768**3 / 0.4
    assert matrix_rate.__wrapped__(CPU.torch_device, torch.bfloat16) > first_alone


def test_three_lines_say_what_was_chosen_and_the_requests_own_settings_win() -> None:
    lines = auto.explain(FACTS, auto.choose(FACTS), {"model": {"n_layer": 7}}).splitlines()
    assert len(lines) == 3
    assert "400 GFLOP/s in bfloat16" in lines[0]
    assert "7 layers" in lines[1]


def test_a_batch_that_memory_cannot_hold_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    config = resolve({}, auto.choose(FACTS))
    whole = config.training.batch_size

    def parted(free: int) -> tuple[int, int]:
        monkeypatch.setattr(auto, "free_memory", lambda device: free)
        training = auto.fit_memory(config, FACTS.vocab_size, CPU)["training"]
        return training["batch_size"], training["gradient_accumulation_steps"]

    assert parted(2**40) == (whole, 1)
    assert parted(1) == (1, whole)
    batch, accumulate = parted(footprint(config, FACTS.vocab_size, CPU).total)
    assert 1 <= batch < whole
    assert batch * accumulate == whole
