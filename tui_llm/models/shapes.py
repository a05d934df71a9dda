"""Models that have shapes and no weights, to be counted: without memory, and without loading torch's compiler, which
takes a second or more, and which torch asks even for random numbers on its device "meta". Imports torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import init
from torch.overrides import TorchFunctionMode

#: What fills a tensor at random.
_DRAWING = {Tensor.normal_, Tensor.uniform_, init.normal_, init.uniform_, init.kaiming_uniform_}


@contextmanager
def shapes_alone() -> Iterator[None]:
    """Within it, models are built on the device "meta", but for tables of places, which are small and stay on the CPU.
    They are not to be called.
    """
    with torch.device("meta"), _Shapes():
        yield


class _Shapes(TorchFunctionMode):
    """Draws nothing, and counts on the CPU."""

    def __torch_function__(
        self, func: Callable[..., Any], _types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        if func in _DRAWING:
            return args[0] if args else given["tensor"]
        if func is torch.arange:
            given = {**given, "device": "cpu"}
        return func(*args, **given)
