"""What the machine is doing: GPUs through NVML or AMD's library, CPU and memory through psutil. Imports neither Textual
nor torch; the GPUs' libraries are imported at the first reading, where they are there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import psutil


@dataclass(frozen=True)
class Gpu:
    """One GPU at one moment; what it does not tell is None."""

    name: str
    use: float | None = None
    """Share of the time in which it was at work, 0 to 1."""
    memory_used: int | None = None
    """Bytes."""
    memory_total: int | None = None
    temperature: float | None = None
    """Degrees Celsius."""
    power: float | None = None
    """Watts."""
    power_limit: float | None = None


@dataclass(frozen=True)
class Machine:
    """The machine at one moment."""

    gpus: tuple[Gpu, ...]
    cpu: float
    """Share of all cores that was at work since the last reading, 0 to 1."""
    cores: int
    memory_used: int
    """Bytes."""
    memory_total: int
    load: float | None
    """Processes that wanted to run, over the last minute; None where the system does not count them."""


class MachineReader:
    """Reads the machine, from one thread. A reading takes a millisecond or two; the first loads the libraries."""

    def __init__(self) -> None:
        self._read_gpus: Callable[[], tuple[Gpu, ...]] | None = None

    def read(self) -> Machine:
        """How things are now; the first reading's `cpu` is 0."""
        if self._read_gpus is None:
            self._read_gpus = _nvidia() or _amd() or tuple
        memory = psutil.virtual_memory()
        return Machine(
            gpus=self._read_gpus(),
            cpu=psutil.cpu_percent() / 100,
            cores=psutil.cpu_count() or 1,
            memory_used=memory.total - memory.available,
            memory_total=memory.total,
            load=os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        )


def _told(read: Callable[..., Any], *arguments: object, failure: type[Exception]) -> Any:
    """What `read` gives, or None if this GPU does not tell it."""
    try:
        return read(*arguments)
    except failure:
        return None


def _nvidia() -> Callable[[], tuple[Gpu, ...]] | None:
    """A reader of NVIDIA's GPUs, if there are any and their library works."""
    try:
        import pynvml as nvml
    except ImportError:
        return None
    try:
        nvml.nvmlInit()
        handles = [nvml.nvmlDeviceGetHandleByIndex(index) for index in range(nvml.nvmlDeviceGetCount())]
    except nvml.NVMLError:
        return None
    return (lambda: tuple(_nvidia_gpu(nvml, handle) for handle in handles)) if handles else None


def _nvidia_gpu(nvml: ModuleType, handle: object) -> Gpu:
    def ask(question: str, *more: object) -> Any:
        return _told(getattr(nvml, question), handle, *more, failure=nvml.NVMLError)

    name = ask("nvmlDeviceGetName")
    use = ask("nvmlDeviceGetUtilizationRates")
    memory = ask("nvmlDeviceGetMemoryInfo")
    power, limit = ask("nvmlDeviceGetPowerUsage"), ask("nvmlDeviceGetEnforcedPowerLimit")
    return Gpu(
        name=name.decode() if isinstance(name, bytes) else name or "GPU",
        use=use.gpu / 100 if use else None,
        memory_used=memory.used if memory else None,
        memory_total=memory.total if memory else None,
        temperature=ask("nvmlDeviceGetTemperature", nvml.NVML_TEMPERATURE_GPU),
        power=None if power is None else power / 1000,
        power_limit=None if limit is None else limit / 1000,
    )


def _amd() -> Callable[[], tuple[Gpu, ...]] | None:
    """A reader of AMD's GPUs, if there are any and their library works."""
    try:
        import amdsmi
    except (ImportError, OSError, KeyError):  # the package looks for ROCm's library when it is imported
        return None
    try:
        amdsmi.amdsmi_init()
        handles = list(amdsmi.amdsmi_get_processor_handles())
    except amdsmi.AmdSmiException:
        return None
    return (lambda: tuple(_amd_gpu(amdsmi, handle) for handle in handles)) if handles else None


def _amd_gpu(amdsmi: ModuleType, handle: object) -> Gpu:
    def ask(question: str) -> dict[str, Any]:
        told = _told(getattr(amdsmi, question), handle, failure=amdsmi.AmdSmiException)
        # What a card lacks is the word N/A.
        return {key: value for key, value in (told or {}).items() if isinstance(value, int | float | str)}

    metrics, memory = ask("amdsmi_get_gpu_metrics_info"), ask("amdsmi_get_gpu_vram_usage")
    busy, power = _number(metrics.get("average_gfx_activity")), ask("amdsmi_get_power_info")
    used, total = _number(memory.get("vram_used")), _number(memory.get("vram_total"))
    watts = _number(power.get("current_socket_power")) or _number(power.get("average_socket_power"))
    return Gpu(
        name=str(ask("amdsmi_get_gpu_asic_info").get("market_name") or "GPU"),
        use=None if busy is None else busy / 100,
        memory_used=None if used is None else int(used) << 20,
        memory_total=None if total is None else int(total) << 20,
        temperature=_number(metrics.get("temperature_hotspot")),
        power=watts,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
