"""Runs a compiled kernel on PyTorch's own threads. Imports torch; numba, by way of `kernels`, once it is asked for.

The kernels of `models.fused` alternate with PyTorch's. Threads of their own would wait for cores on which PyTorch's are
spinning until their next work, many times as long as a kernel runs. So a kernel goes where PyTorch's own loops go:
`GOMP_parallel` is what a C compiler makes of `#pragma omp parallel`, and libgomp, which PyTorch for Linux brings along,
has it (as has LLVM's OpenMP).
"""

from __future__ import annotations

import ctypes
import functools
import struct
import warnings
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

from tui_llm.models.kernels import load_kernels

KERNELS = "tui_llm.models.fused.kernels"

#: What there are kernels for, as `scalars` names it.
PRECISIONS = {torch.bfloat16: "bfloat16", torch.float32: "float32"}


class _OpenMP:
    """The OpenMP of this process's PyTorch."""

    def __init__(self) -> None:
        """Raises OSError, AttributeError or ValueError where PyTorch has none, or another kind."""
        (library,) = (Path(torch.__file__).parent / "lib").glob("libtorch_cpu.so")
        # A symbol is looked for in what the library needs, too: this is the very libgomp that PyTorch uses.
        self._library = ctypes.CDLL(str(library))
        self.parallel = self._library.GOMP_parallel
        self.parallel.restype = None
        self.parallel.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint)

    def address(self, name: str) -> int:
        """Where the function `name` is."""
        address = ctypes.cast(getattr(self._library, name), ctypes.c_void_p).value
        assert address is not None
        return address


@functools.cache
def _found() -> tuple[_OpenMP, ModuleType] | None:
    """OpenMP and the kernels, not yet compiled; None where one of them is missing."""
    try:
        openmp = _OpenMP()
        from llvmlite import binding

        kernels = load_kernels(KERNELS)
    except (ImportError, OSError, AttributeError, ValueError):
        return None
    for name in ("omp_get_thread_num", "omp_get_num_threads"):
        binding.add_symbol(name, openmp.address(name))  # by which a kernel finds it when it is loaded
    return openmp, kernels


@functools.cache
def is_there(name: str, dtype: torch.dtype) -> bool:
    """Whether the kernel `name` and that of its gradient can run here for rows of `dtype`; loads them, compiling each
    the first time on this machine.
    """
    found = _found()
    if found is None or dtype not in PRECISIONS:
        return False
    from numba.core.errors import NumbaError

    try:
        for one in (name, f"{name}_backward"):
            if hasattr(found[1], one):
                _address(one, dtype)
    except NumbaError as error:
        warnings.warn(f"the kernel {name} does not compile here, PyTorch does its work: {error}", stacklevel=2)
        return False
    return True


@functools.cache
def _address(name: str, dtype: torch.dtype) -> int:
    """Where the kernel `name` is, compiled for rows of `dtype`."""
    found = _found()
    assert found is not None, "ask is_there() first"
    address: int = getattr(found[1], name).compiled(PRECISIONS[dtype]).address
    return address


def run(name: str, dtype: torch.dtype, *job: Tensor | int | float) -> None:
    """Run the kernel `name` for rows of `dtype` on all threads at once, each with its share of the rows, of which `job`
    begins with the number. Tensors are contiguous, and stand for where they are.
    """
    found = _found()
    assert found is not None, "ask is_there() first"
    words = (ctypes.c_int64 * len(job))(*map(_word, job))
    found[0].parallel(_address(name, dtype), ctypes.addressof(words), torch.get_num_threads(), 0)


def _word(value: Tensor | int | float) -> int:
    """How a kernel is given a value: 64 bits, an address or a number; of a float, its 32 bits."""
    if isinstance(value, Tensor):
        return value.data_ptr()
    if isinstance(value, float):
        return int.from_bytes(struct.pack("<f", value), "little")
    return value
