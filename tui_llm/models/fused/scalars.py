"""What numba lacks for the loops of `kernels`: bfloat16, an exponential that vectorises, rows at an address, and a
thread's share of them. Imports numpy, numba.

A kernel is a C function of one argument, a list of 64-bit words: numbers, and addresses of rows. It is written once and
compiled for rows of bfloat16 and of float32. bfloat16 is the upper half of a float32, so it is read by a shift and
written by rounding to even.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

Array = np.ndarray[Any, Any]
_Function = TypeVar("_Function", bound=Callable[..., Any])

_I16, _I32, _FLOAT, _POINTER = ir.IntType(16), ir.IntType(32), ir.FloatType(), ir.IntType(8).as_pointer()
_JOB = types.void(types.CPointer(types.int64))

#: Sums may be reordered, which is what makes them quick; infinities and what is no number stay what they are.
_FAST = {"reassoc", "contract", "nsz", "arcp"}

_LOG2E = np.float32(1 / math.log(2))
_LOWEST, _HIGHEST = np.float32(-87.3), np.float32(88)
#: Added to a small float32 and taken off again, this leaves the nearest whole number.
_ROUNDER = np.float32(1.5 * 2**23)
#: log 2 in two parts, the first of so few digits that a whole number of it is exact (Cody & Waite 1980).
_LN2 = np.float32(0.693359375)
_LN2_REST = np.float32(math.log(2) - 0.693359375)
#: Taylor's series of e**x about 0, good to 1e-7 within half of log 2.
_P2, _P3, _P4, _P5, _P6 = (np.float32(1 / math.factorial(n)) for n in range(2, 7))
_ONE = np.float32(1)

# OpenMP's own; `threads` says where they are.
_number_of_this = types.ExternalFunction("omp_get_thread_num", types.int32())
_number_of_all = types.ExternalFunction("omp_get_num_threads", types.int32())


#: numba looks for changes in the file of a kernel alone, and compiles anew what has another name.
_EDITION = zlib.crc32(Path(__file__).read_bytes())


class Kernel:
    """A function of a job's words, to be compiled for C to call, in each precision under a name of its own."""

    def __init__(self, function: FunctionType) -> None:
        self._function = function

    def compiled(self, precision: str) -> Any:
        """It, for rows of "bfloat16" or "float32": numba's `CFunc`. A later process finds it on disk."""
        function = FunctionType(
            self._function.__code__, {**self._function.__globals__, **PRECISIONS[precision]}, self._function.__name__
        )
        function.__qualname__ = f"{self._function.__name__}_{precision}_{_EDITION:x}"
        options = {"fastmath": _FAST, "error_model": "numpy"}  # a division by zero is an infinity, not a branch
        try:
            return numba.cfunc(_JOB, cache=True, **options)(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
            # There is no folder that can be written: every process compiles for itself.
            return numba.cfunc(_JOB, **options)(function)


def kernel(function: Callable[[Any], None]) -> Kernel:
    """Make `function` of a job's words a kernel."""
    return Kernel(cast(FunctionType, function))


def _inlined(*, fastmath: set[str] | None = None) -> Callable[[_Function], _Function]:
    """Compile a function for kernels to call."""

    def compile_(function: _Function) -> _Function:
        made: _Function = numba.njit(fastmath=fastmath or False)(function)
        return made

    return compile_


def _instructions(answer: Any, *operands: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A function for kernels, from one or two numbers of the types `operands` to one of `answer`, as LLVM's
    instructions.
    """

    def make(build: Callable[..., Any]) -> Callable[..., Any]:
        def of_one(_context: Any, _: Any) -> Any:
            return answer(*operands), lambda _context, llvm, _types, values: build(llvm, *values)

        def of_two(_context: Any, _: Any, __: Any) -> Any:
            return answer(*operands), lambda _context, llvm, _types, values: build(llvm, *values)

        made: Callable[..., Any] = intrinsic(of_one if len(operands) == 1 else of_two)
        return made

    return make


@intrinsic  # type: ignore[untyped-decorator]
def load(_context: Any, kind: Any) -> Any:
    """The float32 that a number of a row stands for: a bfloat16 (as uint16), or itself."""

    def widened(_context: Any, llvm: Any, _types: Any, values: Any) -> Any:
        return llvm.bitcast(llvm.shl(llvm.zext(values[0], _I32), _I32(16)), _FLOAT)

    def itself(_context: Any, _llvm: Any, _types: Any, values: Any) -> Any:
        return values[0]

    return types.float32(kind), widened if kind == types.uint16 else itself


@_instructions(types.uint16, types.float32)
def store(llvm: Any, number: Any) -> Any:
    """What stands in a row for a float32: the bfloat16 (as uint16) nearest to it, the even one of two."""
    bits = llvm.bitcast(number, _I32)
    odd = llvm.and_(llvm.lshr(bits, _I32(16)), _I32(1))
    return llvm.trunc(llvm.lshr(llvm.add(llvm.add(bits, _I32(0x7FFF)), odd), _I32(16)), _I16)


@_instructions(types.int32, types.float32)
def _rank(llvm: Any, number: Any) -> Any:
    """A whole number that compares as the float32 does; that of what is no number is above all, or below."""
    bits = llvm.bitcast(number, _I32)
    return llvm.xor(bits, llvm.and_(llvm.ashr(bits, _I32(31)), _I32(0x7FFFFFFF)))


@_instructions(types.float32, types.int32)
def _ranked(llvm: Any, rank: Any) -> Any:
    """The float32 of that rank."""
    return llvm.bitcast(llvm.xor(rank, llvm.and_(llvm.ashr(rank, _I32(31)), _I32(0x7FFFFFFF))), _FLOAT)


@_instructions(types.float32, types.float32, types.float32)
def _times_power(llvm: Any, number: Any, rounded: Any) -> Any:
    """A number times 2**n, where `rounded` is n + _ROUNDER, whose last bits are n."""
    exponent = llvm.shl(llvm.bitcast(rounded, _I32), _I32(23))
    return llvm.bitcast(llvm.add(llvm.bitcast(number, _I32), exponent), _FLOAT)


@_instructions(types.float32, types.int64)
def number(llvm: Any, word: Any) -> Any:
    """The float32 in the lower half of a job's word."""
    return llvm.bitcast(llvm.trunc(word, _I32), _FLOAT)


@_instructions(types.voidptr, types.int64)
def _pointer(llvm: Any, address: Any) -> Any:
    """An address, to be followed."""
    return llvm.inttoptr(address, _POINTER)


@_inlined(fastmath={"contract"})  # were sums reordered, nothing would be rounded
def exp(x: Any) -> Any:
    """e**x, good to 2e-7 of itself; below 1e-38 and above 1e38 it does not go. Of what is no number, no number."""
    x = _LOWEST if x < _LOWEST else x
    x = _HIGHEST if x > _HIGHEST else x
    rounded = x * _LOG2E + _ROUNDER
    whole = rounded - _ROUNDER
    rest = x - whole * _LN2 - whole * _LN2_REST
    series = _ONE + rest * (_ONE + rest * (_P2 + rest * (_P3 + rest * (_P4 + rest * (_P5 + rest * _P6)))))
    return _times_power(series, rounded)


@_inlined()
def largest(row: Array, length: int) -> Any:
    """The largest of the first `length` of a row; whole numbers are compared, since that vectorises."""
    found = _rank(load(row[0]))
    for i in range(length):
        rank = _rank(load(row[i]))
        found = rank if rank > found else found
    return _ranked(found)


@_inlined()
def thread() -> int:
    """The number of this thread, from 0."""
    return _number_of_this()  # type: ignore[no-any-return]


@_inlined()
def share(rows: int) -> tuple[int, int]:
    """The first of this thread's rows, and the one behind its last."""
    this, all_ = _number_of_this(), _number_of_all()
    return rows * this // all_, rows * (this + 1) // all_


@_inlined()
def numbers(address: int, start: int, size: int) -> Array:
    """`size` numbers of the kernel's precision, from number `start` on of those at `address`: bfloat16, as uint16."""
    return numba.carray(_pointer(address + 2 * start), (size,), dtype=np.uint16)  # type: ignore[no-any-return]


@_inlined()
def floats(address: int, start: int, size: int) -> Array:
    """`size` float32, from number `start` on of those at `address`."""
    return numba.carray(_pointer(address + 4 * start), (size,), dtype=np.float32)  # type: ignore[no-any-return]


@_inlined()
def longs(address: int, start: int, size: int) -> Array:
    """`size` int64, from number `start` on of those at `address`."""
    return numba.carray(_pointer(address + 8 * start), (size,), dtype=np.int64)  # type: ignore[no-any-return]


@_instructions(types.float32, types.float32)
def _store_float(llvm: Any, number: Any) -> Any:  # noqa: ARG001
    """What stands in a row of float32 for one: itself."""
    return number


#: What a kernel finds in the place of the functions above, by its precision.
PRECISIONS: dict[str, dict[str, Any]] = {"bfloat16": {}, "float32": {"numbers": floats, "store": _store_float}}
