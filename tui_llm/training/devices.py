"""What a run computes on: device, precision, memory, and how random numbers are set there. Imports torch."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import sys
from dataclasses import dataclass

import psutil
import torch

from tui_llm.config import SystemConfig
from tui_llm.errors import InputError


@dataclass(frozen=True)
class Device:
    """A device with the precision chosen for its matrix products."""

    torch_device: torch.device
    dtype: torch.dtype

    @property
    def name(self) -> str:
        """The device's name for people, as its maker calls it where that is known."""
        if self.torch_device.type == "cuda":
            return torch.cuda.get_device_name(self.torch_device)
        if self.torch_device.type == "cpu":
            threads = torch.get_num_threads()
            return f"CPU, {threads} thread{'' if threads == 1 else 's'}"
        return f"{self.torch_device.type} ({platform.machine()})"

    def precision(self) -> contextlib.AbstractContextManager[object]:
        """The context in which forward passes run: autocast where the precision is not float32."""
        if self.dtype == torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.torch_device.type, dtype=self.dtype)


def dtype_name(dtype: torch.dtype) -> str:
    """The precision's name, as the configuration spells it."""
    return str(dtype).removeprefix("torch.")


def choose_device(config: SystemConfig) -> Device:
    """The device and precision that `config` asks for, "auto" being the best there is.

    Raises:
        InputError: the device asked for is not there.
    """
    kind = config.device.partition(":")[0]
    if kind == "auto":
        device = torch.device("cuda" if torch.cuda.is_available() else "mps" if _has_mps() else "cpu")
    else:
        _require(kind, config.device)
        device = torch.device(config.device)
    if device.type == "cuda":
        # TF32 for the few products that stay in float32 under autocast.
        torch.set_float32_matmul_precision("high")
    return Device(device, _choose_dtype(config.dtype, device))


def _has_mps() -> bool:
    return torch.backends.mps.is_available()


def _require(kind: str, asked: str) -> None:
    if kind == "cuda" and not torch.cuda.is_available():
        raise InputError(
            "there is no CUDA device that this torch can use.", "see tui-llm doctor, or give --device cpu."
        )
    if kind == "mps" and not _has_mps():
        raise InputError("there is no MPS device that this torch can use.", "give --device cpu.")
    index = asked.partition(":")[2]
    if index and int(index) >= torch.cuda.device_count():
        raise InputError(
            f"there is no device {asked}; this machine has {torch.cuda.device_count()}.", "count from cuda:0."
        )


def _choose_dtype(asked: str, device: torch.device) -> torch.dtype:
    if asked != "auto":
        return torch.bfloat16 if asked == "bfloat16" else torch.float32
    fast = {
        "cuda": lambda: torch.cuda.is_bf16_supported(including_emulation=False),
        "cpu": cpu_has_bfloat16,
    }.get(device.type, lambda: False)()
    return torch.bfloat16 if fast else torch.float32


def cpu_has_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 matrices in hardware; without that, bfloat16 is slower than float32."""
    # get_capabilities came with torch 2.10; before, the same facts had private names.
    capabilities = getattr(torch.cpu, "get_capabilities", None)
    if capabilities is not None:
        found = capabilities()
        return bool(found.get("avx512_bf16") or found.get("amx_bf16"))
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def free_memory(device: Device) -> int:
    """Bytes that are free where the tensors of `device` lie; of memory that it shares with the system, the system's."""
    if device.torch_device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device.torch_device)
        return free
    return psutil.virtual_memory().available


def keep_freed_memory() -> None:
    """Let glibc keep what is freed for the next step instead of giving it back to the system.

    By default every large tensor is a mapping of its own, whose pages the system clears anew in every step: a fifth to
    two fifths of a small model's step on CPUs (bench/cpu_step.py). Other systems have no such switch, and stay as
    they are. The numbers are M_MMAP_MAX, M_TRIM_THRESHOLD and M_TOP_PAD of malloc.h.
    """
    if not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc":
        return
    libc = ctypes.CDLL(None)
    for option, value in ((-4, 0), (-1, 2**31 - 1), (-2, 256 * 2**20)):
        libc.mallopt(option, value)


def seed_step(seed: int, step: int, device: torch.device) -> None:
    """Make every dropout mask of step `step` on `device` a function of (seed, step) alone.

    `torch.manual_seed` would note down the call stack for each kind of device that is not in use: half a millisecond.
    """
    # Two odd multipliers spread the pair over 63 bits, so that neighbouring seeds and steps share no stream.
    number = (seed * 0x9E3779B97F4A7C15 + step * 0xD1B54A32D192ED03) % 2**63
    torch.default_generator.manual_seed(number)
    if device.type == "cuda":
        with torch.cuda.device(device):
            torch.cuda.manual_seed(number)
    elif device.type == "mps":
        torch.mps.manual_seed(number)


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether `error` is a device's or the machine's word for having no memory left."""
    return isinstance(error, torch.OutOfMemoryError) or "can't allocate memory" in str(error)
