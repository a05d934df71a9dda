"""What a device can compute, against which a training is measured: model FLOPs utilisation, MFU (Chowdhery et al. 2022,
PaLM, appendix B). Imports torch and `devices`.
"""

from __future__ import annotations

import time
from functools import cache

import torch

from tui_llm.training.devices import Device

#: Operations a second of dense bfloat16 products that makers state, by a part of the device's name.
STATED = {"H200": 989e12, "H100 PCIe": 756e12, "H100": 989e12, "A100": 312e12, "RTX 4090": 165e12}


def peak_flops(device: Device) -> float:
    """Operations a second that `device` reaches at most in its precision: as stated, where we know, else measured."""
    stated = next((rate for name, rate in STATED.items() if name in device.name), None)
    return stated if stated and device.dtype == torch.bfloat16 else matrix_rate(device.torch_device, device.dtype)


@cache
def matrix_rate(device: torch.device, dtype: torch.dtype) -> float:
    """Operations a second of products of matrices of a common size: the best in 0.3 s, of 5 at least (the first may
    take all the time, while a library gets ready). Measured once in a process.
    """
    size = 4096 if device.type == "cuda" else 768
    left = torch.randn(size, size, device=device, dtype=dtype)
    best = 0.0
    tried, ends = 0, time.monotonic() + 0.3
    while tried < 5 or time.monotonic() < ends:
        tried += 1
        began = time.perf_counter()
        product = left @ left
        product[0, 0].item()  # waits for the device
        best = max(best, 2.0 * size**3 / (time.perf_counter() - began))
    return best
