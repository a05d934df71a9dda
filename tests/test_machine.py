"""Reading GPUs through their makers' libraries, which are faked here, and the rest of the machine as it is."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from tui_llm.machine import Gpu, Machine, MachineReader
from tui_llm.widgets.machine import machine_line


class NvmlError(Exception):
    """As pynvml's own."""


class AmdError(Exception):
    """As amdsmi's own."""


def _refuse(*_: Any) -> Any:
    raise NvmlError("not supported")


def _nvml(**changes: Any) -> SimpleNamespace:
    """A pynvml with two GPUs, of which the second tells no power."""
    told: dict[str, Any] = {
        "NVMLError": NvmlError,
        "NVML_TEMPERATURE_GPU": 0,
        "nvmlInit": lambda: None,
        "nvmlDeviceGetCount": lambda: 2,
        "nvmlDeviceGetHandleByIndex": lambda index: index,
        "nvmlDeviceGetName": lambda handle: f"GPU model {handle}",
        "nvmlDeviceGetUtilizationRates": lambda handle: SimpleNamespace(gpu=50 + handle),
        "nvmlDeviceGetMemoryInfo": lambda handle: SimpleNamespace(used=2_000_000_000, total=8_000_000_000),
        "nvmlDeviceGetTemperature": lambda handle, sensor: 61,
        "nvmlDeviceGetPowerUsage": lambda handle: 215_000 if handle == 0 else _refuse(),
        "nvmlDeviceGetEnforcedPowerLimit": lambda handle: 300_000 if handle == 0 else _refuse(),
    }
    return SimpleNamespace(**{**told, **changes})


def _none_but(monkeypatch: pytest.MonkeyPatch, **modules: Any) -> None:
    for name in ("pynvml", "amdsmi"):
        monkeypatch.setitem(sys.modules, name, modules.get(name))


def test_nvidia_gpus_are_read_and_what_they_do_not_tell_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _none_but(monkeypatch, pynvml=_nvml())
    first, second = MachineReader().read().gpus
    assert first == Gpu("GPU model 0", 0.5, 2_000_000_000, 8_000_000_000, 61, 215.0, 300.0)
    assert (second.power, second.power_limit, second.use) == (None, None, 0.51)


def test_a_machine_without_a_driver_has_no_gpus_but_a_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    _none_but(monkeypatch, pynvml=_nvml(nvmlInit=_refuse))
    machine = MachineReader().read()
    assert machine.gpus == ()
    assert machine.cores >= 1
    assert 0 < machine.memory_used < machine.memory_total


def test_amd_gpus_are_read_and_words_for_nothing_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    amd = SimpleNamespace(
        AmdSmiException=AmdError,
        amdsmi_init=lambda: None,
        amdsmi_get_processor_handles=lambda: ["card"],
        amdsmi_get_gpu_metrics_info=lambda card: {"average_gfx_activity": 75, "temperature_hotspot": "N/A"},
        amdsmi_get_gpu_vram_usage=lambda card: {"vram_used": 1024, "vram_total": 4096},
        amdsmi_get_power_info=lambda card: {"current_socket_power": "N/A", "average_socket_power": 88},
        amdsmi_get_gpu_asic_info=lambda card: {"market_name": "Some card"},
    )
    _none_but(monkeypatch, amdsmi=amd)
    assert MachineReader().read().gpus == (Gpu("Some card", 0.75, 1 << 30, 4 << 30, None, 88.0),)


def test_the_line_tells_of_the_busiest_gpu_and_else_of_the_cpu() -> None:
    idle = Gpu("a", 0.02, 1_000_000_000, 80_000_000_000, 30, 60)
    busy = Gpu("b", 0.97, 70_000_000_000, 80_000_000_000, 71, 410)
    rest: dict[str, Any] = {"cpu": 0.5, "cores": 8, "memory_used": 3_100_000_000, "memory_total": 16_000_000_000}
    assert machine_line(Machine(gpus=(idle, busy), load=1.0, **rest)) == "2 GPU 97%  70.0/80 GB  71 C  410 W"
    assert machine_line(Machine(gpus=(), load=None, **rest)) == "CPU 50%  3.1/16 GB"
