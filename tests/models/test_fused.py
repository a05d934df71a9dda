"""The fused pieces of a step do what PyTorch's functions do, to their numbers' precision, forward and backward."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
import torch
import torch.nn.functional as F
from numba.core.errors import NumbaError
from torch import Tensor

from tests.models.making import V, make
from tui_llm.models import fused
from tui_llm.models.fused import threads

#: What an answer may be off by, of the largest: two bfloat16 roundings, or what sums in float32 lose.
WORST = {torch.bfloat16: 2 * 2.0**-8, torch.float32: 2e-6}


@pytest.fixture(autouse=True, params=[1, 2, 3])
def _threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not fused.is_there("gelu", torch.bfloat16):
        pytest.skip("there is no numba, or a PyTorch without OpenMP's GOMP_parallel")
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    monkeypatch.setattr(fused, "FEWEST", 1)
    torch.manual_seed(request.param)
    yield
    torch.set_num_threads(before)


def normal(*shape: int, scale: float = 1.0, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    return (torch.randn(*shape) * scale).to(dtype).requires_grad_()


def check(
    ours: Callable[..., Tensor],
    theirs: Callable[..., Tensor],
    *inputs: Tensor,
    kernel: str,
    dtype: torch.dtype = torch.bfloat16,
) -> None:
    """Compare answer and gradients of `ours` under autocast to `dtype` with those of `theirs` in float64."""
    exact = [one.detach().double().requires_grad_() for one in inputs]
    with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
        y = ours(*inputs)
    assert type(y.grad_fn).__name__ == f"{kernel}Backward", "it was done by a kernel"
    expected = theirs(*exact)
    given = torch.randn(expected.shape).to(y.dtype)
    found = torch.autograd.grad(y, inputs, given)
    wanted = torch.autograd.grad(expected, exact, given.double())
    for one, other in zip((y, *found), (expected, *wanted), strict=True):
        assert one.shape == other.shape
        assert (one.double() - other).abs().max() <= WORST[dtype] * other.abs().max() + 1e-6


@pytest.mark.parametrize("size", [1, 5, 33, 4099])
def test_gelu(size: int) -> None:
    check(fused.gelu, lambda x: F.gelu(x, approximate="tanh"), normal(size, scale=3.0), kernel="GELU")


@pytest.mark.parametrize("dtype", WORST, ids=str)
@pytest.mark.parametrize("size", [1, 5, 33, 4099])
def test_gated_silu(size: int, dtype: torch.dtype) -> None:
    inputs = normal(size, scale=3.0, dtype=dtype), normal(size, scale=3.0, dtype=dtype)
    check(fused.gated_silu, lambda gate, up: F.silu(gate) * up, *inputs, kernel="GatedSiLU", dtype=dtype)


def test_gates_stay_finite_and_right_far_out() -> None:
    x = torch.tensor([-1e6, -300.0, -90.0, 0.0, 90.0, 300.0, 1e6]).bfloat16().requires_grad_()
    with torch.autocast("cpu", torch.bfloat16):
        y = fused.gelu(x)
    (slope,) = torch.autograd.grad(y, x, torch.ones_like(y))
    torch.testing.assert_close(y, x.clamp(min=0))
    torch.testing.assert_close(slope, torch.tensor([0, 0, 0, 0.5, 1, 1, 1]).bfloat16())


@pytest.mark.parametrize("dtype", WORST, ids=str)
@pytest.mark.parametrize("shape", [(1, 1, 8), (2, 3, 32), (3, 7, 50)])
def test_rms_norm(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    x, weight = normal(*shape, dtype=torch.float32, scale=4.0), normal(shape[-1], dtype=torch.float32)
    check(
        lambda x, weight: fused.rms_norm(x, weight, 1e-6),
        lambda x, weight: F.rms_norm(x, weight.shape, weight, 1e-6),
        *(x, weight),
        kernel="RMSNorm",
        dtype=dtype,
    )


@pytest.mark.parametrize("dtype", WORST, ids=str)
@pytest.mark.parametrize(("B", "T", "H", "D"), [(1, 1, 1, 2), (2, 5, 3, 8), (2, 9, 4, 48)])
def test_rotary_rms_norm(B: int, T: int, H: int, D: int, dtype: torch.dtype) -> None:
    angles = torch.rand(T, D // 2) * 6
    angles = torch.cat((angles, angles), dim=-1)
    cos, sin = angles.cos(), angles.sin()
    # As a projection's view: heads side by side, in a larger tensor.
    x = normal(B, T, H, D, dtype=dtype)

    def turned(x: Tensor, weight: Tensor) -> Tensor:
        y = F.rms_norm(x, weight.shape, weight, 1e-6).transpose(1, 2)
        pairs = torch.view_as_complex(torch.stack(y.chunk(2, dim=-1), dim=-1).contiguous())
        pairs = pairs * torch.polar(torch.ones(()), angles[:, : D // 2]).to(pairs.dtype)
        return torch.cat((pairs.real, pairs.imag), dim=-1)

    def ours(x: Tensor, weight: Tensor) -> Tensor:
        return fused.rotary_rms_norm(x, weight, 1e-6, cos, sin)

    check(ours, turned, x, normal(D, dtype=torch.float32), kernel="RotaryRMSNorm", dtype=dtype)


@pytest.mark.parametrize(("T", "S"), [(1, 1), (1, 40), (7, 7), (64, 64), (33, 70), (64, 128)])
def test_causal_softmax(T: int, S: int) -> None:
    seen = torch.ones(T, S, dtype=torch.bool).tril(S - T)

    def theirs(scores: Tensor) -> Tensor:
        return (scores * 0.3).masked_fill(~seen, float("-inf")).softmax(dim=-1)

    # A copy, since its room is taken for the weights.
    check(
        lambda scores: fused.causal_softmax(scores * 1, 0.3),
        theirs,
        normal(2, 3, T, S, scale=5.0),
        kernel="CausalSoftmax",
    )


@pytest.mark.parametrize(("N", "tokens"), [(1, 2), (5, 33), (40, 322)])
@pytest.mark.parametrize("scale", [0.1, 20.0])
def test_cross_entropy(N: int, tokens: int, scale: float) -> None:
    targets = torch.randint(tokens, (N,))

    def ours(logits: Tensor) -> Tensor:
        return fused.cross_entropy(logits, targets)

    check(ours, lambda logits: F.cross_entropy(logits, targets), normal(N, tokens, scale=scale), kernel="CrossEntropy")
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        logits = normal(N, tokens)
        torch.testing.assert_close(fused.cross_entropy(logits, targets), F.cross_entropy(logits.float(), targets))


def test_what_is_no_number_stays_so() -> None:
    """A run that has diverged must show it."""
    bad = torch.zeros(2, 64, dtype=torch.bfloat16)
    bad[0, 5] = math.nan
    with torch.autocast("cpu", torch.bfloat16):
        assert fused.cross_entropy(bad, torch.zeros(2, dtype=torch.int64)).isnan()
        assert fused.gelu(bad).isnan().sum() == 1
        assert fused.gated_silu(bad, bad).isnan().sum() == 1
        assert fused.causal_softmax(bad[None, None].clone(), 1.0)[0, 0, 0].isnan().any()
        assert fused.rms_norm(bad.float(), torch.ones(64), 1e-6)[0].isnan().all()


def test_only_where_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    x = normal(100)
    assert type(fused.gelu(x).grad_fn).__name__ == "GeluBackward0", "no autocast"
    with torch.autocast("cpu", torch.bfloat16):
        assert type(fused.gelu(x.float()).grad_fn).__name__ == "GeluBackward0", "float32"
        monkeypatch.setattr(fused, "FEWEST", 101)
        assert type(fused.gelu(x).grad_fn).__name__ == "GeluBackward0", "too small"


def test_what_does_not_compile_is_left_to_pytorch_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str, _dtype: torch.dtype) -> int:
        raise NumbaError("no such CPU")

    monkeypatch.setattr(threads, "_address", fail)
    monkeypatch.setattr(fused, "is_there", threads.is_there.__wrapped__)
    with torch.autocast("cpu", torch.bfloat16), pytest.warns(UserWarning, match="gelu does not compile here"):
        y = fused.gelu(normal(64))
    assert type(y.grad_fn).__name__ == "GeluBackward0"


@pytest.mark.parametrize("name", ["gpt", "modern", "encoder"])
def test_a_models_gradients(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As near to float32's as bfloat16's are without the kernels, and every time the same to the bit."""
    model = make(name, block_size=70)
    ids = torch.randint(V, (3, 71))

    def gradients(dtype: torch.dtype = torch.bfloat16) -> Tensor:
        model.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
            loss = model.loss(ids[:, :-1], ids[:, 1:])
        loss.backward()  # type: ignore[no-untyped-call]
        return torch.cat([one.grad.flatten() for one in model.parameters() if one.grad is not None])

    ours = gradients()
    assert torch.equal(ours, gradients())
    exact = gradients(torch.float32)
    monkeypatch.setattr(fused, "FEWEST", 1 << 60)
    plain = gradients()
    assert not torch.equal(ours, plain), "kernels were at work"
    assert (ours - exact).norm() <= 1.2 * (plain - exact).norm()
