"""`tui-llm doctor`: what this machine offers, and what to mend. Torch and numpy are imported inside.

Each fact is a `Finding`, ok unless something can be done about it. A problem (the home folder cannot be written, torch
or a device does not work) makes the exit code 1; a warning does not.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import locale
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import psutil
import typer

import tui_llm
from tui_llm.cli.arguments import Json
from tui_llm.cli.output import emit, emit_json, emit_table
from tui_llm.errors import FAILED, from_os_error
from tui_llm.runs.home import home

if TYPE_CHECKING:
    from types import ModuleType

#: The checkpoints of a small run fill as much; less free room than this is worth a word, in bytes.
_ROOM = 2 * 1024**3
_LEAST_MEMORY = 1024**3
_BF16_FLAGS = {"avx512_bf16", "amx_bf16", "bf16", "svebf16"}


class Finding(msgspec.Struct, frozen=True):
    """One fact about the machine."""

    what: str
    found: str
    level: Literal["ok", "warning", "problem"] = "ok"
    advice: str | None = None
    """What to do, in one sentence, where it is not ok."""


def doctor(json: Json = False) -> None:
    """Look at this machine: what it offers for training, and what to mend."""
    findings = [*_software(), *_machine(), *_torch_and_devices(), *_home(), *_terminal()]
    if json:
        emit_json(findings)
    else:
        emit_table(("", "what", "found"), ((one.level, one.what, one.found) for one in findings))
        for finding in findings:
            if finding.advice:
                emit(f"{finding.level}: {finding.what}: {finding.advice}")
    if any(finding.level == "problem" for finding in findings):
        raise typer.Exit(FAILED)


def _software() -> list[Finding]:
    return [
        Finding("tui-llm", tui_llm.__version__),
        Finding("Python", f"{platform.python_version()} ({sys.executable})"),
        Finding("numpy", importlib.metadata.version("numpy")),
    ]


def _machine() -> list[Finding]:
    physical, threads = psutil.cpu_count(logical=False), psutil.cpu_count()
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else threads
    cores = f"{physical or 'unknown'} physical, {threads} threads"
    memory = psutil.virtual_memory()
    scarce = memory.available < _LEAST_MEMORY
    return [
        Finding("system", platform.platform()),
        Finding("CPU", _cpu_name()),
        Finding("cores", cores if allowed == threads else f"{cores}; this process may use {allowed}"),
        Finding(
            "memory",
            f"{_gib(memory.total)}, {_gib(memory.available)} available",
            "warning" if scarce else "ok",
            "close other programs, or train a small model: there is hardly any memory left." if scarce else None,
        ),
    ]


def _torch_and_devices() -> list[Finding]:
    try:
        import torch
    except (ImportError, OSError) as error:  # OSError: a shared library does not load
        advice = "install it again as pytorch.org says for this machine; nothing can be trained without it."
        return [Finding("torch", f"does not load: {error}", "problem", advice)]
    return [
        Finding("torch", str(torch.__version__)),
        _cpu_device(torch),
        _compile_on_cpu(),
        *_cuda_devices(torch),
        *([_mps_device(torch)] if torch.backends.mps.is_available() else []),
    ]


def _cpu_device(torch: ModuleType) -> Finding:
    units = sorted(_BF16_FLAGS & _cpu_flags())
    threads, cores = torch.get_num_threads(), psutil.cpu_count(logical=False)
    capability = torch.backends.cpu.get_cpu_capability()
    found = f"{threads} threads, {capability}, bf16 units: {', '.join(units) or 'none'}"
    held = os.environ.get("OMP_NUM_THREADS")
    if held and cores and threads < cores:
        advice = f"unset OMP_NUM_THREADS ({held}) to train on all {cores} cores."
        return Finding("device cpu", found, "warning", advice)
    return Finding("device cpu", found)


def _cuda_devices(torch: ModuleType) -> list[Finding]:
    with warnings.catch_warnings(record=True) as caught:  # torch warns when the driver is too old
        warnings.simplefilter("always")
        available = torch.cuda.is_available()
    if available:
        devices = [_cuda_device(torch, index) for index in range(torch.cuda.device_count())]
        return [*devices, _compile_on_cuda()]
    if not shutil.which("nvidia-smi"):
        return []
    if torch.version.cuda is None:
        return [Finding("cuda", "torch was built for the CPU", "warning", "install the CUDA build from pytorch.org.")]
    reason = str(caught[0].message).splitlines()[0] if caught else "no device answers"
    return [Finding("cuda", reason, "warning", "see what nvidia-smi says; the driver may be too old for this torch.")]


def _cuda_device(torch: ModuleType, index: int) -> Finding:
    name = f"device cuda:{index}"
    properties = torch.cuda.get_device_properties(index)
    bf16 = "yes" if properties.major >= 8 or torch.version.hip else "no"
    found = f"{properties.name}, {_gib(properties.total_memory)}, bf16: {bf16}"
    try:
        torch.ones(2, device=f"cuda:{index}").sum().item()
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        return Finding(name, f"{found}; {reason}", "problem", "see nvidia-smi, or leave it out: --device cpu.")
    return Finding(name, found)


def _mps_device(torch: ModuleType) -> Finding:
    bf16 = "yes" if torch.backends.mps.is_macos_or_newer(14, 0) else "no"
    return Finding("device mps", f"{_cpu_name()}, bf16: {bf16}")


def _compile_on_cpu() -> Finding:
    """torch.compile looks for $CXX, else for the platform's own compiler, and includes Python.h."""
    fallback = {"darwin": "clang++", "win32": "cl"}.get(sys.platform, "g++")
    return _compiler("torch.compile cpu", os.environ.get("CXX", fallback))


def _compile_on_cuda() -> Finding:
    """Triton builds its launcher with $CC, else with what it finds, and includes Python.h."""
    what = "torch.compile cuda"
    if importlib.util.find_spec("triton") is None:
        return Finding(what, "no triton", "warning", "pip install triton; without it training is slower.")
    found = [name for name in ("clang", "gcc", "cc") if shutil.which(name)]
    return _compiler(what, os.environ.get("CC", found[0] if found else "gcc"))


def _compiler(what: str, name: str) -> Finding:
    header = Path(sysconfig.get_path("include")) / "Python.h"
    path = shutil.which(name)
    if path is None:
        return Finding(what, f"no {name}", "warning", f"install {name}; without a compiler training is slower.")
    if not header.exists():
        advice = "install Python's headers (python3-dev, python3-devel); without them training is slower."
        return Finding(what, f"{path}, but no {header}", "warning", advice)
    return Finding(what, path)


def _home() -> list[Finding]:
    folder = home()
    nearest = next(place for place in (folder, *folder.parents) if os.access(place, os.F_OK))
    elsewhere = "choose another folder with --home or TUI_LLM_HOME."
    fault = _write_fault(nearest, try_it=nearest == folder)
    if fault:
        return [Finding("home", f"{folder}: {fault}", "problem", elsewhere)]
    free = shutil.disk_usage(nearest).free
    scarce = free < _ROOM
    return [
        Finding("home", f"{folder} ({'writable' if nearest == folder else 'will be made'})"),
        Finding(
            "disk",
            f"{_gib(free)} free",
            "warning" if scarce else "ok",
            f"free some space, or {elsewhere}" if scarce else None,
        ),
    ]


def _write_fault(place: Path, *, try_it: bool) -> str | None:
    """Why nothing can be written into `place`, which exists, in one sentence; nothing if it can."""
    if not place.is_dir():
        return f"{place} is a file, not a folder."
    if not try_it:
        return None if os.access(place, os.W_OK | os.X_OK) else f"{place} cannot be written."
    try:
        with tempfile.TemporaryFile(dir=place):
            return None
    except OSError as error:
        return from_os_error(error, "writing there").what


def _terminal() -> list[Finding]:
    encoding = sys.stdout.encoding or locale.getpreferredencoding()
    utf8 = encoding.lower().replace("-", "") == "utf8"
    advice = "use a UTF-8 locale (LANG=es_ES.UTF-8, say), or letters with accents and the curves will be garbled."
    return [
        _screen(),
        Finding("encoding", encoding, "ok" if utf8 else "warning", None if utf8 else advice),
    ]


def _screen() -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", "none here: commands work, the app needs one")
    columns, lines = shutil.get_terminal_size()
    term, colours = os.environ.get("TERM", "unset"), os.environ.get("COLORTERM", "unset")
    found = f"{columns}x{lines}, TERM={term}, COLORTERM={colours}"
    if term in ("unset", "dumb"):
        return Finding("terminal", found, "warning", "set TERM to what the terminal is, xterm-256color say.")
    if columns < 80 or lines < 24:
        return Finding("terminal", found, "warning", "make the window 80x24 or larger for the app.")
    return Finding("terminal", found)


def _cpu_name() -> str:
    if sys.platform == "darwin":
        return _sysctl("machdep.cpu.brand_string")
    return _cpuinfo("model name") or platform.processor() or platform.machine()


def _cpu_flags() -> set[str]:
    if sys.platform == "darwin":
        return {"bf16"} if _sysctl("hw.optional.arm.FEAT_BF16") == "1" else set()
    return set((_cpuinfo("flags") or _cpuinfo("Features")).split())


def _cpuinfo(key: str) -> str:
    """The value of `key` for the first core in Linux's /proc/cpuinfo; empty if there is none."""
    source = Path("/proc/cpuinfo")
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines() if source.exists() else []
    return next(
        (value.strip() for name, _, value in (line.partition(":") for line in lines) if name.strip() == key), ""
    )


def _sysctl(name: str) -> str:
    return subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, check=False).stdout.strip()


def _gib(size: int) -> str:
    return f"{size / 1024**3:.1f} GiB"
