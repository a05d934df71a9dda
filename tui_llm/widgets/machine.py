"""The machine in words and bars: a panel, and a line for where there is no room. Imports Textual, the readings of
`tui_llm.machine`, the figures and the translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.widgets import Static

from tui_llm.machine import Gpu, Machine
from tui_llm.translation import N_, _

_BAR = 8


class MachinePanel(Static):
    """Every GPU with its use, memory, temperature and power; below them CPU and memory."""

    HELP: ClassVar[str] = N_(
        """## Device

What the machine is doing, read every two seconds: of each GPU the share of time at work, memory, temperature and
power; of the computer its processors, memory and load (how many processes wanted to run over the last minute, of so
many that can). All programs count, not this run alone.
"""
    )

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, markup=False)
        self._ascii_only = ascii_only
        self._told = ""

    def show(self, machine: Machine) -> None:
        """Show a new reading."""
        told = "\n".join(self._rows(machine))
        if told != self._told:
            self._told = told
            self.update(Text(told, no_wrap=True, overflow="ellipsis"))

    def _rows(self, machine: Machine) -> Iterator[str]:
        if len(machine.gpus) > 1:
            yield machine.gpus[0].name
            yield from (self._one_line(number, gpu) for number, gpu in enumerate(machine.gpus))
        for gpu in machine.gpus if len(machine.gpus) == 1 else ():
            yield gpu.name
            if gpu.use is not None:
                yield self._row(_("use"), gpu.use, f"{gpu.use:4.0%}")
            if gpu.memory_used is not None and gpu.memory_total:
                told = _brief(gpu.memory_used, gpu.memory_total)
                yield self._row(_("memory"), gpu.memory_used / gpu.memory_total, told)
            rest = "  ".join(_heat_and_power(gpu, self._ascii_only))
            if rest:
                yield rest
        cores = _("{count} cores").format(count=machine.cores)
        if machine.load is not None:
            cores = _("load {load}/{cores}").format(load=f"{machine.load:.1f}", cores=machine.cores)
        yield self._row("CPU", machine.cpu, f"{machine.cpu:4.0%}  {cores}")
        told = _brief(machine.memory_used, machine.memory_total)
        yield self._row(_("memory"), machine.memory_used / machine.memory_total, told)

    def _row(self, name: str, share: float, told: str) -> str:
        return f"{name:<7} {self._bar(share, _BAR)} {told}"

    def _one_line(self, number: int, gpu: Gpu) -> str:
        """One of several GPUs."""
        parts = [f"{number} {self._bar(gpu.use or 0.0, _BAR // 2)} {gpu.use or 0.0:4.0%}"]
        if gpu.memory_used is not None and gpu.memory_total:
            parts.append(f"{gpu.memory_used / 1e9:.0f}/{gpu.memory_total / 1e9:.0f} GB")
        if gpu.temperature is not None:
            parts.append(f"{gpu.temperature:.0f}C")
        if gpu.power is not None:
            parts.append(f"{gpu.power:.0f}W")
        return " ".join(parts)

    def _bar(self, share: float, width: int) -> str:
        done = max(0, min(width, round(share * width)))
        full, empty = "#." if self._ascii_only else "━─"
        return full * done + empty * (width - done)


def _heat_and_power(gpu: Gpu, ascii_only: bool) -> Iterator[str]:
    if gpu.temperature is not None:
        yield f"{gpu.temperature:.0f} C" if ascii_only else f"{gpu.temperature:.0f} °C"
    if gpu.power is not None:
        yield f"{gpu.power:.0f} / {gpu.power_limit:.0f} W" if gpu.power_limit else f"{gpu.power:.0f} W"


def machine_line(machine: Machine) -> str:
    """The machine in about thirty characters: the busiest GPU, or else CPU and memory."""
    if not machine.gpus:
        return f"CPU {machine.cpu:.0%}  {_brief(machine.memory_used, machine.memory_total)}"
    gpu = max(machine.gpus, key=lambda one: one.use or 0.0)
    parts = [f"GPU {gpu.use:.0%}" if gpu.use is not None else "GPU"]
    if len(machine.gpus) > 1:
        parts[0] = f"{len(machine.gpus)} {parts[0]}"
    if gpu.memory_used is not None and gpu.memory_total:
        parts.append(_brief(gpu.memory_used, gpu.memory_total))
    if gpu.temperature is not None:
        parts.append(f"{gpu.temperature:.0f} C")
    if gpu.power is not None:
        parts.append(f"{gpu.power:.0f} W")
    return "  ".join(parts)


def _brief(used: int, total: int) -> str:
    return f"{used / 1e9:.1f}/{total / 1e9:.0f} GB"
